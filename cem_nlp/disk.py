"""What every writing to the warehouse shares: bytes that last, and errors that name place and reason."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_not_written


def flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlast a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(warehouse: Path) -> Iterator[None]:
    """Raise NotWritable, with the file and the reason, where the system refuses what is written here."""
    try:
        yield
    except OSError as error:
        why = reason_not_written(error)
        raise NotWritable(
            Bilingual(f"无法写入数据仓库：{why.zh}", f"cannot write the warehouse: {why.en}"),
            where=str(error.filename or warehouse),
            next_step=Bilingual(
                "检查文件夹的权限和磁盘空间；已发布的结果没有变动",
                "check the folder's permissions and free space; the published state is unchanged",
            ),
        ) from error
