"""The labelling page and its two answers, on this machine only: Python's own HTTP server on loopback.

A secret path keeps other users of the machine out. Other sites open in the browser can neither read (the
path) nor write: a request names this very host, and an answer also this very origin and JSON.
"""

import hmac
import json
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Lock
from typing import Any, Final

from cem_nlp.errors import BrokenLabels, InputError, NotWritable, withhold
from cem_nlp.labelling.files import LabelFile
from cem_nlp.labelling.records import label_record
from cem_nlp.labelling.session import session_view
from cem_nlp.labelling.tasks import Task
from cem_nlp.language import Bilingual, Language

_HOST: Final = "127.0.0.1"
_LONGEST_ANSWER: Final = 1 << 20
"""Bytes of an answer: spans and codes of ten thousand opinions."""
_IDLE_SECONDS: Final = 60
_MEDIA_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
_SCRIPTS: Final = ("page.js", "view.js", "draft.js", "text.js", "keys.js", "service.js", "stopwatch.js")
_PAGE: Final = {"": "index.html"} | {name: name for name in ("style.css", *_SCRIPTS)}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Labelling:
    """One annotator at work: the tasks, the file that the labels go to, and the secret of the page.

    `answers` counts the answers to each task since the server runs: by them a window of the page that knows
    fewer learns that another one has answered meanwhile.
    """

    tasks: Sequence[Task]
    file: LabelFile
    annotator: str
    language: Language
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    answers: Counter[str] = field(default_factory=Counter)
    turn: Lock = field(default_factory=Lock)

    def view(self) -> dict[str, Any]:
        """Return what the page shows."""
        with self.turn:
            view = session_view(self.tasks, self.file.labels, self.annotator, self.language)
            return {**view, "answers": dict(self.answers)}

    def answer(self, said: object) -> int | None:
        """Store an answer of the page and return how many tasks are labelled.

        Nothing is stored and None returned where the page gives in `answers` how many answers to the task it
        knows, and there are others. Raises BrokenLabels for an answer that is none, NotWritable.
        """
        task_id = said.get("id") if isinstance(said, dict) else None
        comment = next((task.comment for task in self.tasks if task.comment.id == task_id), None)
        if not isinstance(said, dict) or comment is None:
            raise BrokenLabels(Bilingual("没有这个任务", "there is no such task"), value=task_id)
        record = label_record(comment, said, self.annotator, datetime.now(UTC))
        with self.turn:
            if said.get("answers", self.answers[comment.id]) != self.answers[comment.id]:
                return None
            self.file.append(record)
            self.answers[comment.id] += 1
        return self.labelled

    @property
    def labelled(self) -> int:
        """How many of the tasks are labelled."""
        return sum(task.comment.id in self.file.labels for task in self.tasks)


class LabellingServer(ThreadingHTTPServer):
    """Serves one Labelling on loopback; port 0 takes any free port."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, labelling: Labelling, port: int = 0) -> None:
        """Bind the port. Raises InputError where it is taken or not allowed."""
        self.labelling = labelling
        try:
            super().__init__((_HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise InputError(
                Bilingual("这个端口用不了", "the port cannot be used"),
                where="--port",
                value=port,
                next_step=Bilingual("换一个端口，或用 --port 0", "choose another one, or --port 0"),
            ) from error

    @property
    def url(self) -> str:
        """The address of the page, with its secret."""
        return f"http://{_HOST}:{self.server_port}/{self.labelling.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say on the terminal what went wrong, quoting nobody; a browser that went away is no news."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, ConnectionError):
            print(withhold(error).explain(self.labelling.language), file=sys.stderr)


class _Handler(BaseHTTPRequestHandler):
    server: LabellingServer
    server_version = "cem"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        name = self._name()
        if name == "session":
            self._reply_json(HTTPStatus.OK, self.server.labelling.view())
        elif name in _PAGE:
            content = resources.files("cem_nlp.labelling").joinpath("page", _PAGE[name]).read_bytes()
            media_type = _MEDIA_TYPES[_PAGE[name].rpartition(".")[2]]
            self._reply(HTTPStatus.OK, f"{media_type}; charset=utf-8", content)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        if self._name() != "labels":
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self.headers.get("Origin") not in self._origins():
            self._refuse(HTTPStatus.FORBIDDEN)
        elif self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif not (length := self._length()):
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._store(self.rfile.read(length))

    def _store(self, body: bytes) -> None:
        labelling = self.server.labelling
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        try:
            labelled = labelling.answer(said)
            status = HTTPStatus.CONFLICT if labelled is None else HTTPStatus.OK
            self._reply_json(status, {"labelled": labelled})
        except BrokenLabels as error:
            self._reply_json(HTTPStatus.BAD_REQUEST, {"error": error.explain(labelling.language)})
        except NotWritable as error:
            self._reply_json(HTTPStatus.INSUFFICIENT_STORAGE, {"error": error.explain(labelling.language)})

    def _name(self) -> str | None:
        """Return what is asked for below the secret path, None for anything else or another host."""
        _, token, *rest = self.path.split("/", 2) if self.path.count("/") > 1 else ("", "", "")
        known = hmac.compare_digest(token.encode(), self.server.labelling.token.encode())
        return rest[0] if known and f"http://{self.headers.get('Host')}" in self._origins() else None

    def _origins(self) -> tuple[str, ...]:
        return tuple(f"http://{name}:{self.server.server_port}" for name in (_HOST, "localhost"))

    def _length(self) -> int:
        said = self.headers.get("Content-Length", "")
        return int(said) if said.isdecimal() and int(said) <= _LONGEST_ANSWER else 0

    def _refuse(self, status: HTTPStatus) -> None:
        self._reply(status, "text/plain; charset=utf-8", status.phrase.encode())

    def _reply_json(self, status: HTTPStatus, content: object) -> None:
        self._reply(status, "application/json", json.dumps(content).encode())

    def _reply(self, status: HTTPStatus, media_type: str, content: bytes) -> None:
        self.send_response(status)
        about = {"Content-Type": media_type, "Content-Length": str(len(content))}
        for name, value in {**_HEADERS, **about}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the address holds the secret."""
