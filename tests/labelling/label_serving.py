"""A labelling server in this process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from cem_nlp.labelling.files import open_label_file
from cem_nlp.labelling.server import Labelling, LabellingServer
from cem_nlp.labelling.tasks import Task
from cem_nlp.language import Language


@contextmanager
def serving(file: Path, tasks: Sequence[Task], language: Language = "en") -> Iterator[LabellingServer]:
    """Serve `tasks` to annotator 甲 on a free port; labels go to `file`."""
    with (
        open_label_file(file, "甲") as labels,
        LabellingServer(Labelling(tasks, labels, "甲", language)) as server,
    ):
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
