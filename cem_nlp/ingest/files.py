"""Files and their bytes, plain or gzipped, with errors that name a file as the configuration does."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from glob import glob, has_magic
from io import BufferedReader, FileIO
from itertools import takewhile
from pathlib import Path, PurePath
from typing import IO, Final

from cem_nlp.errors import NotWritable, UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_not_written, reason_of

BLOCK: Final = 1 << 20
LARGEST_UNPACKED: Final = 2 << 30
"""Bytes that a gzipped workbook or Parquet file may unfold to: they need random access, hence disk."""


def locate(pattern: str, folder: Path) -> list[Path]:
    """Return the files that match `pattern` (a path that may hold *, ? and [ ]) below `folder`, sorted.

    Lock files of open workbooks (`~$…`) are passed over.

    Raises:
        UnreadableSource: no file matches, names the closest names in the folder; the folder cannot be read.
    """
    try:
        return _locate(pattern, folder)
    except OSError as error:
        why = reason_of(error)
        raise UnreadableSource(
            Bilingual(
                f"无法读取数据文件所在的文件夹：{why.zh}",
                f"the folder of the data file cannot be read: {why.en}",
            ),
            where=pattern,
            next_step=Bilingual("检查文件夹的权限", "check the folder's permissions"),
        ) from error


def _locate(pattern: str, folder: Path) -> list[Path]:
    exact = folder / pattern
    names = [pattern] if exact.is_file() else glob(pattern, root_dir=folder, recursive=True)
    found = [folder / name for name in names]
    files = sorted(path for path in found if path.is_file() and not path.name.startswith("~$"))
    if files:
        return files
    if not has_magic(str(Path(pattern).parent)) and not exact.parent.is_dir():
        raise UnreadableSource(
            Bilingual("找不到数据文件所在的文件夹", "the folder of the data file does not exist"),
            where=pattern,
            next_step=Bilingual(
                "检查这一夜的文件是否已送达；已送达则检查配置里的 path（相对于配置文件）",
                "check whether the night's files have arrived; if so, path (relative to the configuration)",
            ),
        )
    raise UnreadableSource(
        Bilingual("没有匹配的数据文件", "no data file matches"),
        where=pattern,
        value=exact.name,
        valid=_similar_names(exact),
        next_step=Bilingual(
            "检查文件是否已送达，或修改配置里的 path", "check whether the file has arrived, or correct path"
        ),
    )


def _similar_names(wanted: Path) -> list[str] | None:
    if not wanted.parent.is_dir():
        return None
    names = sorted(path.name for path in wanted.parent.iterdir() if path.is_file())
    return get_close_matches(wanted.name, names, n=5, cutoff=0.3) or names[:5] or None


def file_name(pattern: str, path: Path, folder: Path) -> str:
    """Return how tables call a file: by its path below the folder that `pattern` names outright.

    That is its name, and the folders that the pattern leaves open: no two files are called the same.
    """
    try:
        return path.relative_to(folder / _named_folder(pattern)).as_posix()
    except ValueError:
        return path.name


def shown_path(pattern: str, path: Path, folder: Path) -> str:
    """Return how errors call a file: as the configuration wrote it, never absolute by itself."""
    return str(_named_folder(pattern) / file_name(pattern, path, folder))


def _named_folder(pattern: str) -> PurePath:
    return PurePath(*takewhile(lambda part: not has_magic(part), PurePath(pattern).parent.parts))


def read_blocks(path: Path, shown: str) -> Iterator[bytes]:
    """Yield the file's bytes, unzipped where its name ends in .gz.

    Raises:
        UnreadableSource: the file is empty, cannot be opened, or its gzip is damaged or cut short.
    """
    empty = True
    try:
        with _open(path) as stream:
            while block := stream.read(BLOCK):
                empty = False
                yield block
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableSource(
            Bilingual("gzip 文件已损坏或不完整", "the gzip is damaged or cut short"),
            where=shown,
            next_step=Bilingual("重新传输该文件", "transfer the file again"),
        ) from error
    except OSError as error:
        why = reason_of(error)
        raise UnreadableSource(
            Bilingual(f"无法打开文件：{why.zh}", f"cannot open the file: {why.en}"),
            where=shown,
            next_step=Bilingual("检查文件权限", "check the file's permissions"),
        ) from error
    if empty:
        raise UnreadableSource(
            Bilingual("文件是空的", "the file is empty"),
            where=shown,
            next_step=Bilingual(
                "重新导出；没有数据的文件也应有表头",
                "export it again; a file without rows still has a header",
            ),
        )


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path, "rb") if is_gzipped(path) else path.open("rb")


def is_gzipped(path: Path) -> bool:
    """Return whether the name says that the file is gzipped."""
    return path.suffix.lower() == ".gz"


@contextmanager
def open_seekable(path: Path, shown: str) -> Iterator[IO[bytes]]:
    """Open a file for random access; a gzipped one is unfolded into a temporary file first.

    Raises:
        UnreadableSource: as `read_blocks`, or the content is larger than `LARGEST_UNPACKED`.
        NotWritable: the temporary folder is full, or cannot be written.
    """
    if not is_gzipped(path):
        next(read_blocks(path, shown))
        with path.open("rb") as stream:
            yield stream
        return
    with ExitStack() as opened:
        with _room_for(shown):
            # Without a buffer: closing would try once more to write what a full disk has refused.
            unpacked = opened.enter_context(tempfile.TemporaryFile(buffering=0))
            for block in read_blocks(path, shown):
                _write(unpacked, block)
                if unpacked.tell() > LARGEST_UNPACKED:
                    raise UnreadableSource(
                        Bilingual("解压后超过 2 GiB", "more than 2 GiB when unpacked"),
                        where=shown,
                        next_step=Bilingual("把文件拆小，或改用 CSV", "split the file, or deliver CSV"),
                    )
            unpacked.seek(0)
        yield BufferedReader(unpacked)


def _write(file: FileIO, block: bytes) -> None:
    left = memoryview(block)
    while left:
        left = left[file.write(left) :]


@contextmanager
def _room_for(shown: str) -> Iterator[None]:
    """Raise NotWritable where the temporary folder cannot take what is unpacked."""
    try:
        yield
    except OSError as error:
        why = reason_not_written(error)
        raise NotWritable(
            Bilingual(
                f"无法在临时文件夹里解压 {shown}：{why.zh}",
                f"{shown} cannot be unpacked in the temporary folder: {why.en}",
            ),
            where=tempfile.tempdir or "TMPDIR",
            next_step=Bilingual(
                "腾出空间，或用环境变量 TMPDIR 指定另一个文件夹；也可以交付未压缩的文件",
                "free some space, name another folder in the environment variable TMPDIR, or deliver the "
                "file unpacked",
            ),
        ) from error
