"""Tasks and labels as files."""

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from cem_nlp.errors import BrokenLabels, NotWritable, UnreadableSource
from cem_nlp.labelling.records import check_annotator, is_label, label_line, whole_lines
from cem_nlp.labelling.tasks import Task, parse_tasks, task_line
from cem_nlp.language import Bilingual
from cem_nlp.opinions.labels import LabelledComment, parse_comment, read_labels
from cem_nlp.opinions.standoff import without_text
from cem_nlp.places import cell, reason_not_written, reason_of


def load_tasks(file: Path) -> list[Task]:
    """Read a file of tasks. Raises UnreadableSource and BrokenLabels."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error)
        raise UnreadableSource(
            Bilingual(f"任务文件读不出来：{why.zh}", f"the file of tasks cannot be read: {why.en}"),
            where=str(file),
            next_step=Bilingual("用 cem label pick 挑选评论", "pick comments with cem label pick"),
        ) from None
    try:
        return parse_tasks(text.split("\n"))
    except BrokenLabels as error:
        raise error.in_file(file) from None


def save_tasks(tasks: Sequence[Task], file: Path) -> None:
    """Write tasks; the file appears when complete. Raises NotWritable, also where it holds labels."""
    _write_whole(file, "".join(f"{task_line(task)}\n" for task in tasks))


def save_detached(labels: Path, file: Path) -> int:
    """Write the labels of a file without their texts (see `opinions.standoff`); return how many.

    Raises UnreadableSource, BrokenLabels, and NotWritable, also where `file` holds labels with their texts.
    """
    try:
        # Not `splitlines`, which would part a text at a line separator of Unicode as well.
        lines = labels.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error)
        raise UnreadableSource(
            Bilingual(f"标注文件读不出来：{why.zh}", f"the labels cannot be read: {why.en}"),
            where=str(labels),
        ) from None
    try:
        read_labels(lines)
    except BrokenLabels as error:
        raise error.in_file(labels) from None
    # Of a comment labelled again the last line holds, as in `read_labels`.
    last = {record["id"]: record for record in map(json.loads, filter(str.strip, lines))}
    detached = [without_text(record) for record in last.values()]
    _write_whole(file, "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in detached))
    return len(detached)


def _write_whole(file: Path, content: str) -> None:
    _refuse_labels(file)
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.write_text(content, "utf-8")
        draft.replace(file)
    except OSError as error:
        raise _not_writable(file, error) from error


def _refuse_labels(file: Path) -> None:
    """Raise NotWritable where the file holds what an annotator said: hours of work, in no other place."""
    try:
        lines = file.read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return  # most often there is no such file; whether it can be written shows when it is
    number = next((number for number, line in enumerate(lines, start=1) if is_label(line)), None)
    if number is not None:
        raise NotWritable(
            Bilingual(
                "这个文件里是人工标注，不覆盖", "the file holds an annotator's labels: not overwritten"
            ),
            where=cell(str(file), number),
            next_step=Bilingual("换一个 --output", "choose another --output"),
        )


class LabelFile:
    """One annotator's label file, open for appending; `labels` holds what stands in it, by id.

    Any thread may append; `close` waits for those that do.
    """

    def __init__(self, stream: BinaryIO, labels: dict[str, LabelledComment], repaired: bool) -> None:
        self._stream = stream
        self._turn = Lock()
        self.labels = labels
        self.repaired = repaired

    def append(self, record: Mapping[str, Any]) -> None:
        """Add a record; it is on the disk when this returns.

        Raises:
            NotWritable: the disk is full or gone, or the file is closed; the file is as it was before.
        """
        with self._turn:
            try:
                self._write(f"{label_line(record)}\n".encode())
            except OSError as error:
                raise _not_writable(Path(self._stream.name), error) from error
            self.labels[record["id"]] = parse_comment(record, 1)

    def close(self) -> None:
        """Close the file; nothing is appended any more."""
        with self._turn:
            self._stream.close()

    def _write(self, line: bytes) -> None:
        if self._stream.closed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        size = self._stream.seek(0, os.SEEK_END)
        try:
            if self._stream.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._stream.fileno())
        except OSError:
            self._stream.truncate(size)
            raise


@contextmanager
def open_label_file(file: Path, annotator: str) -> Iterator[LabelFile]:
    """Open an annotator's label file, new or begun, for this process alone.

    A last line that a killed process left half-written is removed (`repaired`).

    Raises:
        NotWritable: the file cannot be written, or another process has it open.
        BrokenLabels: the file holds somebody else's labels or breaks the labelled format.
    """
    try:
        # Unbuffered: what was written is with the kernel, and a failed write leaves nothing behind.
        stream = file.open("a+b", buffering=0)
    except OSError as error:
        raise _not_writable(file, error) from error
    with stream:
        _lock(stream, file)
        stream.seek(0)
        content = stream.read()
        lines, torn = whole_lines(content.decode("utf-8-sig", "replace"))
        try:
            check_annotator(lines, annotator)
            labels = {comment.id: comment for comment in read_labels(lines)}
        except BrokenLabels as error:
            raise error.in_file(file) from None
        # Only now is it sure that the file is a label file and may be mended.
        _end_last_line(stream, content, torn)
        with closing(LabelFile(stream, labels, bool(torn))) as opened:
            yield opened


def _lock(stream: BinaryIO, file: Path) -> None:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise NotWritable(
            Bilingual("另一个标注页面正在写这个文件", "another labelling page is writing this file"),
            where=str(file),
            next_step=Bilingual(
                "先关掉那一个，或换一个 --output", "close that one, or choose another --output"
            ),
        ) from error


def _end_last_line(stream: BinaryIO, content: bytes, torn: str) -> None:
    if torn:
        stream.truncate(content.rfind(b"\n") + 1)
    elif content and not content.endswith(b"\n"):
        stream.write(b"\n")


def _not_writable(file: Path, error: OSError) -> NotWritable:
    why = reason_not_written(error)
    return NotWritable(Bilingual(f"无法写入：{why.zh}", f"cannot write: {why.en}"), where=str(file))
