"""The house's rules, read off the source: who may import whom, and who may touch the outside."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cem_nlp"
ROOMS = ["ingest", "text", "opinions", "scores", "cem", "report"]
PURE_ROOMS = ["text", "opinions", "scores", "cem"]
EDGES = {
    "store",
    "nightly",
    "cli",
    "labelling",
    "config_file",
    "label_files",
    "model_files",
    "parallel",
    "quality_file",
    "resources",
    "run_lock",
    "salt",
    "classify",
}
LABELLING_USES = {"text", "opinions", "analysis", "errors", "language", "vocabulary", "places", "labelling"}
TEACHER_USES = {"text", "opinions", "errors", "language", "vocabulary", "places", "teacher"}
LABELLING_EDGES = {"files.py", "server.py"}
ONE_MODULE_EACH = {"jieba", "rjieba", "snownlp", "sklearn", "opencc", "re2"}
OUTSIDE = {"random", "time", "os", "pathlib", "tempfile", "shutil", "socket", "subprocess", "secrets"}


def imports(path: Path) -> set[str]:
    """Every module a file imports, dotted, relative imports resolved to the package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def top_names(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (PACKAGE / room).rglob("*.py"))


def pure_modules() -> list[Path]:
    return [
        *modules(*PURE_ROOMS),
        *(path for path in modules("labelling") if path.name not in LABELLING_EDGES),
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_earlier_rooms(room: str) -> None:
    forbidden = {*ROOMS[ROOMS.index(room) + 1 :], *EDGES}
    if room != "ingest":
        # Ingest hands raw text on and the text room takes it from there: neither knows the other.
        forbidden.add("ingest")
    for path in modules(room):
        named = {tuple(name.split(".")[:2]) for name in imports(path)}
        broken = named & {("cem_nlp", name) for name in forbidden}
        assert not broken, f"{path.relative_to(ROOT)} imports {broken}"


def test_labelling_stands_beside_the_pipeline() -> None:
    for path in modules("labelling"):
        used = {name.split(".")[1] for name in imports(path) if name.startswith("cem_nlp.")}
        assert used <= LABELLING_USES, path


def test_the_teacher_stands_beside_the_pipeline() -> None:
    for path in modules("teacher"):
        used = {name.split(".")[1] for name in imports(path) if name.startswith("cem_nlp.")}
        assert used <= TEACHER_USES, path
    users = {path.name for path in PACKAGE.rglob("*.py") if "torch" in top_names(path)}
    assert users == {"lessons.py", "second_round.py", "transformer.py"}
    asked_by = [path.name for path in PACKAGE.rglob("*.py") if "cem_nlp.teacher" in imports(path)]
    assert asked_by == ["pool_reading.py"]


def test_only_flows_import_prefect() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert "prefect" not in top_names(path), path


@pytest.mark.parametrize("library", sorted(ONE_MODULE_EACH))
def test_one_module_knows_each_language_library(library: str) -> None:
    users = [path for path in PACKAGE.rglob("*.py") if library in top_names(path)]
    assert len(users) == 1, users


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pure_rooms_touch_no_clock_file_or_environment(path: Path) -> None:
    assert not OUTSIDE & top_names(path)
    tree = ast.parse(path.read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & {"open", "datetime.now", "date.today", "datetime.today", "print", "input"}


def test_rooms_stay_small() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "flows").rglob("*.py")]
        if (lines := path.read_text("utf-8").count("\n")) > 270
    }
    assert not too_long
