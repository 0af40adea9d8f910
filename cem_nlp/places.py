"""Where in a file something is wrong, and why a file cannot be read or written, in both languages."""

import errno
from typing import Final

from cem_nlp.language import Bilingual

_REASONS: Final = {
    errno.ENOENT: Bilingual("文件不存在", "no such file or directory"),
    errno.ENOTDIR: Bilingual("文件不存在", "no such file or directory"),
    errno.EISDIR: Bilingual("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.EACCES: Bilingual("没有权限", "permission denied"),
    errno.EPERM: Bilingual("没有权限", "permission denied"),
    errno.EROFS: Bilingual("磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Bilingual("磁盘已满", "no space left on the disk"),
    errno.ENAMETOOLONG: Bilingual("文件名太长", "the file name is too long"),
}


def cell(file: str, line: int, column: str | None = None) -> Bilingual:
    """Return the place of a line, or of a cell in it, of a table's file."""
    if column is None:
        return Bilingual(f"{file} 第 {line} 行", f"{file}, line {line}")
    return Bilingual(f"{file} 第 {line} 行“{column}”列", f"{file}, line {line}, column {column}")


def reason_of(error: OSError | EOFError) -> Bilingual:
    """Return why the system could not read or write a file, in the user's words where they are known."""
    said = str(getattr(error, "strerror", None) or error)
    return _REASONS.get(getattr(error, "errno", None) or 0, Bilingual(said, said))
