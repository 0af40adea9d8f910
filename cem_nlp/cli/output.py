"""Files that a command was asked for: errors that name place, reason and next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_not_written


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Raise NotWritable, with the reason, where the system refuses this file or folder."""
    try:
        yield
    except OSError as error:
        why = reason_not_written(error)
        raise NotWritable(
            Bilingual(f"无法写入：{why.zh}", f"cannot write: {why.en}"),
            where=str(output),
            next_step=Bilingual("检查文件夹、权限和磁盘空间", "check folder, permissions and free space"),
        ) from error
