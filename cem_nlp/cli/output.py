"""Files that a command was asked for: errors that name place, reason and next step."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EEXIST, ENOTDIR
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


def refuse_no_folder(output: Path) -> None:
    """Raise NotWritable where no folder `output` can be made or written in: before the work, not after it."""
    with writing(output):
        above = next(place for place in (output, *output.parents) if os.path.lexists(place))
        if not above.is_dir():
            number = EEXIST if above == output else ENOTDIR
            raise OSError(number, os.strerror(number))
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
