"""What the documentation shows is run: Python in order, commands against the parser, outputs as they are.

The conventions. A ```python block runs as it stands, in order, all of one document in one namespace, in a
folder that holds the published sample as `make run` leaves it. A ```toml block is a whole configuration if
it names sources, else a piece of a taxonomy with rules. An
indented line that begins with `.venv/bin/cem` or `make` is a command; after `$ .venv/bin/cem explain …` its
output follows, without probabilities and reasons. What `make run` ends like is compared but for its figures,
which change with every model; a line may end in … where it goes on.
"""

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cem_nlp import store
from cem_nlp.cli import build_parser, main
from cem_nlp.cli.parser import split_language
from cem_nlp.config_file import load_config
from cem_nlp.nightly import Outcome, run_night
from cem_nlp.opinions.taxonomy_table import parse_taxonomy

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CEM = ".venv/bin/cem "
READ_BY = {
    "产品,客群,受访者,类别,指标,分数": ("gap", "--survey"),
    "受访者,触点,渠道,阶段,指标,分数,希望": ("touchpoints", "--survey"),
    "客户,步骤,阶段,分数": ("journey", "--scores"),
    "客户编号,期次,满意度,价值,年限,客户等级": ("segments", "--survey"),
    "类别,部门,评分": (
        *("perception", "--survey", str(ROOT / "data" / "survey_alone" / "brands.csv")),
        *("--own", "静湖银行", "--own-rating"),
    ),
    "受访者,主题,分数": ("themes", "--survey"),
    "来源,方式,条数,月份,触点,客群": ("listening", "--sources"),
}
"""The command that reads a small table of the README, by its heading."""


def fenced(document: Path, language: str) -> list[tuple[int, str]]:
    """The fenced blocks of a language, each with the line it begins on."""
    text = document.read_text("utf-8")
    return [
        (text.count("\n", 0, block.start()) + 1, block[1])
        for block in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]


def indented(document: Path) -> Iterator[str]:
    """The indented lines, continued ones joined, fenced blocks left out."""
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("    "):
            yield line.strip()


def commands(document: Path) -> list[str]:
    return [line.removeprefix("$ ") for line in indented(document) if line.removeprefix("$ ").startswith(CEM)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A folder laid out as the repository after `make run`."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("configs", "sample"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    config = load_config(folder / "data" / "configs" / "sample.toml")
    return folder, run_night(config, date(2026, 9, 29), "zh")


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_python_runs_and_shows_something(
    document: Path,
    sample: tuple[Path, Outcome],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(sample[0])
    namespace: dict[str, object] = {}
    for line, block in fenced(document, "python"):
        exec(compile("\n" * line + block, str(document), "exec"), namespace)
        shown = capsys.readouterr().out
        assert shown.strip(), f"{document.name}:{line} prints nothing"
        assert "Empty DataFrame" not in shown, f"{document.name}:{line}"
        assert "0 rows" not in shown, f"{document.name}:{line}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_configurations_and_taxonomies_are_valid(document: Path, tmp_path: Path) -> None:
    shipped_taxonomy = tomllib.loads((ROOT / "data" / "taxonomy.toml").read_text("utf-8"))
    for _, block in fenced(document, "toml"):
        if "[[sources]]" in block:
            (tmp_path / "config.toml").write_text(block, "utf-8")
            assert load_config(tmp_path / "config.toml").sources
        else:
            assert parse_taxonomy({**shipped_taxonomy, **tomllib.loads(block)}).rules


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_options_exist(document: Path) -> None:
    for command in commands(document):
        language, words = split_language(shlex.split(command.removeprefix(CEM), comments=True))
        build_parser(language).parse_args(words)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {line.split()[1] for line in indented(document) if line.startswith("make ")}
    assert asked <= targets


def test_every_command_is_documented() -> None:
    text = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    known = build_parser("zh").format_help()
    names = re.findall(r"^    (\w+) ", known, re.MULTILINE)
    assert {"nightly", "classify", "explain", "gap", "cost", "query", "report"} <= set(names)
    assert not [name for name in names if not re.search(rf"\bcem {name}\b", text)]


def test_the_comment_that_comes_in_gives_what_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    lines = list(indented(ROOT / "README.md"))
    asked = f"$ {CEM}explain "
    (start,) = [number for number, line in enumerate(lines) if line.startswith(asked)]
    assert main(["explain", *shlex.split(lines[start].removeprefix(asked))]) == 0
    # Processors round differently: the words hold, figures may differ in their last digit.
    shown = [_without_figures(line) for line in capsys.readouterr().out.splitlines()]
    assert [_without_figures(line) for line in lines[start + 1 : start + 1 + len(shown)]] == shown


def _without_figures(line: str) -> str:
    return re.sub(r"\d+(\.\d+)?", "0", line).strip()


def only_a_survey() -> list[str]:
    """The lines of README's section of that name."""
    text = (ROOT / "README.md").read_text("utf-8")
    return text.partition("## Only a survey\n")[2].partition("\n## ")[0].splitlines()


@pytest.mark.parametrize("command", [line.strip() for line in only_a_survey() if CEM in line])
def test_what_needs_only_a_survey_runs_as_it_stands(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command.removeprefix(CEM))) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_the_small_tables_shown_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = "\n".join(line if line.startswith("    ") and CEM not in line else "" for line in only_a_survey())
    tables = [part.strip() for part in re.split(r"\n\n+", shown) if part.strip()]
    assert len(tables) >= len(READ_BY)
    file = tmp_path / "shown.csv"
    for table in tables:
        heading, *_ = lines = [line.strip() for line in table.splitlines()]
        file.write_text("\n".join(lines), "utf-8")
        assert main([*READ_BY[heading], str(file)]) == 0, heading
        assert capsys.readouterr().out


@pytest.mark.slow
def test_make_run_ends_as_shown(sample: tuple[Path, Outcome]) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    example = text.partition("`make run` ends like this")[2].partition("\n\n")[2].partition("\n\n")[0]
    lines, real = without_figures(example), without_figures(sample[1].terminal)
    assert len(lines) > 4
    for line in lines:
        assert any(found.startswith(line.removesuffix("…")) for found in real), line


@pytest.mark.slow
def test_what_prefect_and_the_terminal_are_given_holds_no_customers_words(
    sample: tuple[Path, Outcome],
) -> None:
    outcome = sample[1]
    texts = store.read_table(outcome.snapshot, "feedback", ["text"]).column("text").to_pylist()
    clauses = {clause for text in texts for clause in re.split(r"[\W_]+", text) if len(clause) >= 6}
    assert len(clauses) > 1_000
    page = (outcome.snapshot / "report.html").read_text("utf-8")
    assert [clause for clause in clauses if clause in page], "the page quotes customers: the search works"
    for said in (outcome.markdown, outcome.terminal):
        assert not [clause for clause in clauses if clause in said]


def without_figures(text: str) -> list[str]:
    """The lines, blanks single, each figure a 0."""
    return [re.sub(r"-?[0-9][0-9,.]*", "0", " ".join(line.split())) for line in text.splitlines()]
