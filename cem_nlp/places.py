"""Where in a file something is wrong, and why a file cannot be read or written, in both languages."""

import errno
import gzip
import zlib
from pathlib import Path
from typing import Final, TypeAlias

from cem_nlp.errors import InputError, UnreadableSource
from cem_nlp.language import Bilingual

Unreadable: TypeAlias = OSError | EOFError | UnicodeDecodeError | zlib.error
UNREADABLE: Final = (OSError, EOFError, UnicodeDecodeError, zlib.error)
"""What reading a file in UTF-8, plain or gzipped, may raise."""

_REASONS: Final = {
    errno.ENOENT: Bilingual("文件不存在", "no such file or directory"),
    errno.ENOTDIR: Bilingual(
        "路径中间有一段是文件，不是文件夹", "a part of the path is a file, not a folder"
    ),
    errno.EEXIST: Bilingual("已有同名的文件", "there is a file of this name"),
    errno.EISDIR: Bilingual("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.EACCES: Bilingual("没有权限", "permission denied"),
    errno.EPERM: Bilingual("没有权限", "permission denied"),
    errno.EROFS: Bilingual("磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Bilingual("磁盘已满", "no space left on the disk"),
    errno.EDQUOT: Bilingual("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Bilingual("文件太大", "the file is too large"),
    errno.EIO: Bilingual("磁盘读写出错", "the disk cannot be read or written"),
    errno.EMFILE: Bilingual("打开的文件太多", "too many open files"),
    errno.EBADF: Bilingual("文件已经关闭", "the file is closed"),
    errno.ENAMETOOLONG: Bilingual("文件名太长", "the file name is too long"),
}
_NO_FOLDER: Final = Bilingual("文件夹不存在", "no such folder")
_DAMAGED: Final = Bilingual("gzip 已损坏或不完整", "the gzip is damaged or cut short")
_NOT_UTF8: Final = Bilingual("不是 UTF-8 编码", "it is not in UTF-8")


def cell(file: str, line: int, column: str | None = None) -> Bilingual:
    """Return the place of a line, or of a cell in it, of a table's file."""
    within = in_line(line) if column is None else in_column(line, column)
    return Bilingual(f"{file} {within.zh}", f"{file}, {within.en}")


def in_line(line: int) -> Bilingual:
    """Return the place of a line in a file that the caller knows (see `CemError.in_file`)."""
    return Bilingual(f"第 {line} 行", f"line {line}")


def in_character(line: int, character: int) -> Bilingual:
    """Return the place of a character in a line, both counted from 1."""
    return Bilingual(f"第 {line} 行第 {character} 个字符", f"line {line}, character {character}")


def in_column(line: int, column: str) -> Bilingual:
    """Return the place of a cell in a table's line."""
    return Bilingual(f"第 {line} 行“{column}”列", f"line {line}, column {column}")


def in_field(line: int, field: str) -> Bilingual:
    """Return the place of a field in the JSON object on a line."""
    return Bilingual(f"第 {line} 行“{field}”字段", f"line {line}, field {field}")


def refuse_same_file(*paths: Path) -> None:
    """Raise InputError where two of a command's files are one: the output would overwrite the input."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise InputError(
            Bilingual("输入和各输出须是不同的文件", "input and outputs must be different files"),
            where=", ".join(map(str, paths)),
            next_step=Bilingual("换一个输出文件名", "choose another output"),
        )


def unreadable(file: Path, error: Unreadable) -> UnreadableSource:
    """Return the error for a file that cannot be read."""
    why = reason_of(error)
    return UnreadableSource(
        Bilingual(f"文件读不出来：{why.zh}", f"the file cannot be read: {why.en}"), where=str(file)
    )


def reason_of(error: Unreadable) -> Bilingual:
    """Return why a file could not be read or written, in the user's words where they are known."""
    if isinstance(error, UnicodeDecodeError):
        return _NOT_UTF8
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return _DAMAGED
    said = str(getattr(error, "strerror", None) or error)
    return _REASONS.get(getattr(error, "errno", None) or 0, Bilingual(said, said))


def reason_not_written(error: OSError) -> Bilingual:
    """Return why a file could not be written; what is missing is then never the file but its folder."""
    return _NO_FOLDER if error.errno == errno.ENOENT else reason_of(error)
