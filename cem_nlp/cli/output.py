"""What a command writes: files, with errors that name place, reason and next step, and its last words."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EEXIST, ENOTDIR
from pathlib import Path

from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual, Language
from cem_nlp.places import reason_not_written, reason_of


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


def print_done(text: str, done: Bilingual, language: Language) -> None:
    """Print what a command has to say at its end; where that is impossible, tell on standard error that its
    work, `done`, stands all the same: no exit code should say otherwise.
    """
    why = _not_printed(text)
    if why is not None:
        said = Bilingual(
            f"{done.zh}，但结果打印不出来：{why.zh}", f"{done.en}, but the result cannot be printed: {why.en}"
        )
        with suppress(OSError):
            print(said.say(language), file=sys.stderr, flush=True)


def _not_printed(text: str) -> Bilingual | None:
    if sys.stdout is None:
        return Bilingual("标准输出已关闭", "standard output is closed")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise  # the reader has seen enough, which is no fault
    except UnicodeEncodeError as error:
        return Bilingual(
            f"它的编码 {error.encoding} 写不出中文（可设 PYTHONIOENCODING=utf-8）",
            f"its encoding {error.encoding} has no Chinese (set PYTHONIOENCODING=utf-8)",
        )
    except OSError as error:
        # What is still buffered would fail once more at the interpreter's exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return reason_of(error)
    return None
