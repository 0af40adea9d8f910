"""The files that a night rests on: looked at when it begins, and once more before it is published."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_of

_Marks: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was: the checksum of its content, and the marks that change when it is written."""

    digest: bytes
    marks: _Marks


def look_at(path: Path) -> Look:
    """Read a file's checksum and marks. Raises UnreadableSource."""
    try:
        with path.open("rb") as content:
            # The marks come first: what is written during the reading changes them.
            marks = _marks(os.fstat(content.fileno()))
            return Look(hashlib.file_digest(content, "sha256").digest(), marks)
    except OSError as error:
        why = reason_of(error)
        raise UnreadableSource(
            Bilingual(f"无法打开文件：{why.zh}", f"cannot open the file: {why.en}"),
            where=str(path),
            next_step=Bilingual("检查路径与文件权限", "check the path and the file's permissions"),
        ) from error


def refuse_changed(began: Mapping[Path, Look]) -> None:
    """Check that every file still has the content that the night `began` with.

    Only a file whose marks have changed is read again.

    Raises UnreadableSource: a file has another content, or is gone.
    """
    for path, look in began.items():
        try:
            if _marks(path.stat()) == look.marks or look_at(path).digest == look.digest:
                continue
        except (OSError, UnreadableSource):
            pass
        raise UnreadableSource(
            Bilingual(
                "运行期间文件变了或不见了；已发布的结果没有变动",
                "the file changed or vanished during the run; the published state is unchanged",
            ),
            where=str(path),
            next_step=Bilingual(
                "等文件送达完毕后重新运行", "wait until its delivery is complete and run again"
            ),
        )


def _marks(found: os.stat_result) -> _Marks:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
