"""The page's server over real HTTP on loopback: who is let in, and what is stored."""

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from label_factories import TEXT, answer, opinion, said, task
from label_serving import serving

from cem_nlp.errors import InputError
from cem_nlp.label_files import load_labels
from cem_nlp.labelling.server import LabellingServer
from cem_nlp.labelling.wording import page_words

TASKS = [
    task("a", TEXT, opinion(TEXT, "做工精细", "product", "positive", "use")),
    task("b", "很好", audit=True),
]
WORDS = said(TEXT, "客服三天不理人", "service", "negative", "after")
PAGE = resources.files("cem_nlp.labelling").joinpath("page")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LabellingServer]:
    with serving(tmp_path / "mine.jsonl", TASKS) as running:
        yield running


def ask(
    server: LabellingServer, name: str, body: object = None, path: str | None = None, **headers: str | None
) -> tuple[HTTPResponse, bytes]:
    """GET, or POST where there is a body; headers given as None are left out."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    origin = f"http://127.0.0.1:{server.server_port}"
    known = {} if body is None else {"Origin": origin, "Content-Type": "application/json"}
    sent = {**known, **{key.replace("_", "-"): value for key, value in headers.items()}}
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    connection.request(
        "GET" if body is None else "POST",
        path or f"/{server.labelling.token}/{name}",
        content,
        {key: value for key, value in sent.items() if value is not None},
    )
    reply = connection.getresponse()
    try:
        return reply, reply.read()
    finally:
        connection.close()


def test_it_listens_on_loopback_only(server: LabellingServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert re.fullmatch(rf"http://127\.0\.0\.1:{server.server_port}/[\w-]{{20,}}/", server.url)


def test_the_page_its_files_and_the_tasks_are_served(server: LabellingServer) -> None:
    page, html = ask(server, "")
    assert page.status == 200
    for name in re.findall(r'(?:src|href)="([\w.]+)"', html.decode()):
        reply, content = ask(server, name)
        assert (reply.status, content) == (200, PAGE.joinpath(name).read_bytes())
    reply, content = ask(server, "session")
    view = json.loads(content)
    assert [each["id"] for each in view["tasks"]] == ["a", "b"]
    assert view["tasks"][0]["text"] == TEXT
    assert view["language"] == "en"


def test_every_file_of_the_page_is_served_and_none_names_another_host(server: LabellingServer) -> None:
    names = {file.name for file in PAGE.iterdir()} - {"index.html", "guide.toml"}
    for name in names:
        assert ask(server, name)[0].status == 200
    for file in PAGE.iterdir():
        assert not re.search(
            r"https?:|//[a-z]", re.sub(r"^ *//.*|; //.*", "", file.read_text("utf-8"), flags=re.M)
        )


def test_the_browser_is_told_to_load_nothing_from_elsewhere(server: LabellingServer) -> None:
    for name in ("", "session", "page.js"):
        headers = ask(server, name)[0].headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/", "/session", "//session", "/wrong/session", "/wrong/", "*", "/{}", "/%e9/session"]
)
def test_nothing_is_shown_without_the_secret(server: LabellingServer, path: str) -> None:
    reply, content = ask(server, "", path=path.format(server.labelling.token[:-1]))
    assert (reply.status, content) == (404, b"Not Found")


@pytest.mark.parametrize("name", ["guide.toml", "../server.py", "page.js/", "none", "labels", "index.html"])
def test_only_the_page_is_served(server: LabellingServer, name: str) -> None:
    assert ask(server, name)[0].status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_another_host_name_is_refused(server: LabellingServer, host: str) -> None:
    # A name that an attacker has pointed at 127.0.0.1 ("DNS rebinding").
    assert ask(server, "session", Host=host.format(port=server.server_port))[0].status == 404
    assert ask(server, "session", Host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 404),
        ({"Content_Length": "9999999999"}, 413),
        ({"Content_Length": "-5"}, 413),
        ({"Content_Length": "x"}, 413),
    ],
)
def test_another_site_cannot_store_labels(
    server: LabellingServer, headers: dict[str, Any], status: int
) -> None:
    assert ask(server, "labels", {"id": "a", **answer()}, **headers)[0].status == status
    assert not server.labelling.file.labels


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"{", "Bad Request"),
        (b"\xff", "Bad Request"),
        (b"[" * 100_000, "Bad Request"),
        ([], "no such task"),
        ({"id": "z"}, "no such task"),
        ({"id": ["a"]}, "no such task"),
        ({"id": "a"}, "seconds"),
        ({"id": "a", "seconds": 1}, "opinions"),
        ({"id": "a", **answer({**WORDS, "polarity": "bad"})}, "positive, neutral, negative"),
        ({"id": "a", **answer({**WORDS, "end": 1000})}, "outside the text"),
    ],
)
def test_a_broken_answer_is_refused_and_nothing_stored(
    server: LabellingServer, body: object, found: str
) -> None:
    reply, content = ask(server, "labels", body)
    assert reply.status == 400
    assert found in content.decode()
    assert "客服三天" not in content.decode()
    assert not server.labelling.file.labels


def test_answers_are_stored_and_shown_again(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    with serving(file, TASKS) as server:
        for number, intent in (("a", None), ("b", "repurchase"), ("a", "churn")):
            reply, content = ask(
                server, "labels", {"id": number, **answer(*[WORDS] * (number == "a"), intent=intent)}
            )
            assert reply.status == 200
        assert json.loads(content) == {"labelled": 2}
    with serving(file, TASKS) as server:
        labels = json.loads(ask(server, "session")[1])["labels"]
    assert labels["a"]["opinions"] == [{**WORDS, "evidence": "客服三天不理人"}]
    stored = {each.id: (each.intent, each.audit) for each in load_labels(file)}
    assert stored == {"a": ("churn", False), "b": ("repurchase", True)}


def test_an_answer_that_knows_too_few_before_it_is_not_stored(server: LabellingServer) -> None:
    assert json.loads(ask(server, "session")[1])["answers"] == {}
    for known, status in ((0, 200), (0, 409), (1, 200), (5, 409)):
        reply, _ = ask(server, "labels", {"id": "a", **answer(), "answers": known})
        assert reply.status == status
    assert json.loads(ask(server, "session")[1])["answers"] == {"a": 2}
    assert len(Path(server.labelling.file._stream.name).read_text("utf-8").splitlines()) == 2


def test_a_port_that_is_taken_is_named(server: LabellingServer) -> None:
    for port in (server.server_port, 70_000, -1):
        with pytest.raises(InputError, match="--port") as caught:
            LabellingServer(server.labelling, port)
        assert caught.value.value == port


def test_every_word_of_the_page_is_there_and_used() -> None:
    scripts = "".join(file.read_text("utf-8") for file in PAGE.iterdir() if file.name.endswith(".js"))
    named = set(re.findall(r'words\.(\w+)|word: "(\w+)"|choices\("(\w+)"', scripts))
    used = {name for names in named for name in names if name} | {"agent", "customer"}
    for language in ("zh", "en"):
        words = page_words(language)["words"]  # type: ignore[arg-type]
        assert used == set(words)
        assert all(words.values())


def test_no_two_choices_share_a_key() -> None:
    words = page_words("zh")
    keys = [each["key"] for name in ("categories", "polarities", "touchpoints") for each in words[name]]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set("iesug?[] ")
