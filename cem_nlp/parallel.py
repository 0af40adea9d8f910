"""Pure work spread over processes, results in order, memory bounded."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Final, TypeVar

from cem_nlp.errors import WorkerEnded
from cem_nlp.language import Bilingual

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_PROCESSES: Final = 64
"""More than any machine this runs on has use for; a slip of the finger starts no thousand."""
ENOUGH_PROCESSES: Final = 8
"""Processes that are started unasked: with these a million comments take a minute or two, and each of them
half a gigabyte of memory."""
_THREADS = "OMP_NUM_THREADS"
"""What numpy's libraries ask for the number of their threads when they are loaded."""
_AHEAD = 2
"""Items in flight per process: enough to keep it busy, few enough to keep memory flat."""


def ordered_map(work: Callable[[Item], Result], items: Iterable[Item], processes: int) -> Iterator[Result]:
    """Yield `work(item)` for each item, in order, computed in up to `processes` processes.

    A single item, or a single process, is worked in this process: starting others would cost more.
    Workers are spawned, not forked, so that they neither inherit the warehouse's lock nor upset threads.

    Raises WorkerEnded where the system ends a worker, and what `work` raises.
    """
    remaining = iter(items)
    first = list(islice(remaining, 2))
    if processes == 1 or len(first) < 2:
        yield from map(work, chain(first, remaining))
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _end_with_parent)
    with _one_thread_each(), pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in chain(first, remaining):
                waiting.append(pool.submit(work, item))
                if len(waiting) >= processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise _ended(processes) from None


def _ended(processes: int) -> WorkerEnded:
    return WorkerEnded(
        Bilingual(
            f"系统结束了 {processes} 个工作进程中的一个，多半是内存不够",
            f"the system ended one of {processes} worker processes, mostly for want of memory",
        ),
        next_step=Bilingual(
            "减少并行进程（workers）或腾出内存后重试，每个进程约需半 GB",
            "run fewer of them (workers), or free memory: each takes about half a gigabyte",
        ),
    )


def usual_processes() -> int:
    """Return one for each processor core that this process may use, at most `ENOUGH_PROCESSES`."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    return min(cores, ENOUGH_PROCESSES)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that begin now calculate with one thread each, unless the user says otherwise.

    As many threads as cores in every process wait for one another: a night read twice by a transformer
    of four layers took 8:49 minutes instead of 2:19.
    """
    given = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    try:
        yield
    finally:
        if given is None:
            del os.environ[_THREADS]


def _end_with_parent() -> None:
    """Let this worker end at once with its parent, however that ends.

    Left alone, the workers of a killed run would wait for ever, and first write into the next run's state.
    """
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
