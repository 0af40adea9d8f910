"""What reading and writing the warehouse shares: bytes that last, and errors that name place and reason."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cem_nlp.errors import NotReadable, NotWritable
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_not_written, reason_of


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


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Raise NotReadable, with the file and the reason, where published tables in `folder` cannot be read."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        why = Bilingual("文件已损坏", "a file is damaged")
        if isinstance(error, OSError) and error.errno is not None:
            why = reason_of(error)
        # Without its cause: Arrow's message may quote what the file holds.
        raise NotReadable(
            Bilingual(f"已发布的表读不出来：{why.zh}", f"the published tables cannot be read: {why.en}"),
            where=str(_first_unreadable(folder)),
            next_step=Bilingual(
                "检查文件夹的权限；文件损坏时从备份取回，或让 current 指回 snapshots 里较早的一份",
                "check the folder's permissions; restore a damaged file from a backup, or point current to "
                "an earlier state in snapshots",
            ),
        ) from None


def _first_unreadable(folder: Path) -> Path:
    """Return the file that cannot be read, or the folder where it is none of the files."""
    for path in sorted(folder.rglob("*.parquet")):
        try:
            with path.open("rb") as content:
                pq.read_table(content)
        except (OSError, pa.ArrowException):
            return path
    return folder
