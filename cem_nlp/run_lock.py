"""One run at a time per warehouse.

The kernel releases the lock when its holder ends, however it ends: a killed run never blocks the next
one, and no heartbeat has to be watched.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from cem_nlp.disk import writing
from cem_nlp.errors import RunInProgress
from cem_nlp.language import Bilingual


@contextmanager
def hold(lock: TextIO, night: date) -> Iterator[None]:
    """Hold the opened lock file and note in it who holds it; closes it at the end.

    Raises RunInProgress, naming process and night, where another run holds it, and NotWritable.
    """
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _in_progress(lock) from error
        holder = json.dumps({"process": os.getpid(), "night": night.isoformat()})
        with writing(Path(lock.name).parent):
            lock.truncate(0)
            # Past the buffer: what a full disk refuses would be tried again when the file is closed.
            os.write(lock.fileno(), holder.encode())
        yield


def _in_progress(lock: TextIO) -> RunInProgress:
    lock.seek(0)
    holder = lock.read()
    return RunInProgress(
        Bilingual("另一个运行正占用这个数据仓库", "another run holds this warehouse"),
        where=lock.name,
        value=holder or None,
        next_step=Bilingual(
            "等它结束后重试；它结束时锁会自动释放", "wait for it: the lock goes with its process"
        ),
    )
