"""What is listed in one place is there in the other: analyses, tables, sections, benchmarks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from cem_nlp.nightly.analyses import ANALYSES
from cem_nlp.report.html import OF_TEMPLATES, PAGE
from cem_nlp.report.sections import BUILDERS
from cem_nlp.schemas import TABLES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cem_nlp"
IN_A_LOOP = {"turns", "quarantine"}
"""Tables that the ingest writes beside `feedback`, so that no call names them."""


def calls(folder: Path, *names: str) -> Iterator[ast.Call]:
    """Every call in a folder of a function with one of these names."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                yield node


def defining(folder: Path, function: str) -> set[str]:
    """The modules of a folder that define a function of this name."""
    return {
        path.stem
        for path in folder.glob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == function
            for node in ast.parse(path.read_text("utf-8")).body
        )
    }


def test_every_analysis_is_registered_once() -> None:
    registered = [analysis.write.__module__.rpartition(".")[2] for analysis in ANALYSES]
    assert len(set(registered)) == len(registered)
    assert set(registered) == defining(PACKAGE / "nightly" / "analyses", "write") - {"frames"}


def test_every_section_is_registered_and_has_its_place_on_the_page() -> None:
    folder = PACKAGE / "report" / "sections"
    registered = {builder.__module__.rpartition(".")[2] for builder in BUILDERS}
    assert registered == defining(folder, "section")
    named = {ast.literal_eval(call.args[0]) for call in calls(folder, "Section")}
    assert named == set(PAGE) - OF_TEMPLATES
    assert len(set(PAGE)) == len(PAGE)


def test_every_table_is_written() -> None:
    written = {
        argument.value
        for call in calls(PACKAGE / "nightly", "write", "write_part")
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    assert set(TABLES) - written == IN_A_LOOP


def test_every_simulation_of_the_statistics_is_run_and_ends_with_a_verdict() -> None:
    listed = re.search(r"^STATISTICS := (.*?[^\\])$", (ROOT / "Makefile").read_text("utf-8"), re.M | re.S)
    assert listed is not None
    names = set(listed[1].replace("\\\n", " ").split())
    simulations = {
        path.stem for path in (ROOT / "benchmarks").glob("*.py") if "default_rng" in path.read_text("utf-8")
    }
    assert names == simulations
    for name in names:
        text = (ROOT / "benchmarks" / f"{name}.py").read_text("utf-8")
        assert "asked: " in text, name
        assert "'NOT kept'" in text or '"NOT kept"' in text, name
