"""What a command imports: each only what it needs, so that it starts at once."""

import subprocess
import sys

import pytest

from cem_nlp.cli import build_parser

HEAVY = {
    "duckdb",
    "jinja2",
    "numpy",
    "openpyxl",
    "pandas",
    "prefect",
    "pyarrow",
    "pydantic",
    "rjieba",
    "scipy.optimize",
    "scipy.sparse",
    "scipy.stats",
    "sklearn",
    "snownlp",
    "sqlalchemy",
}
"""What takes long to import."""

ENGINE = {"numpy", "rjieba", "scipy.sparse"}
RUN = """
import sys
from cem_nlp.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as ended:  # --help ends the process
    code = ended.code or 0
print(code, *sys.modules)
"""


def imported(script: str, *arguments: str) -> tuple[int, set[str]]:
    """The exit code of a script that prints it with its modules, and those that are heavy."""
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    code, *modules = ran.stdout.splitlines()[-1].split()
    return int(code), HEAVY & set(modules)


@pytest.mark.parametrize(
    ("arguments", "code", "needed"),
    [
        (["--help"], 0, set()),
        ([], 2, set()),
        (["nonsense"], 2, set()),
        (["explain", "房间很干净"], 0, ENGINE),
        (["query", "--help"], 0, {"duckdb", "numpy", "pandas", "pyarrow", "pydantic"}),
    ],
    ids=lambda value: " ".join(value) or "no command" if isinstance(value, list) else "",
)
def test_a_command_imports_only_what_it_needs(arguments: list[str], code: int, needed: set[str]) -> None:
    ended, heavy = imported(RUN, *arguments)
    assert ended == code
    assert heavy == needed


def test_the_package_alone_imports_nothing_heavy() -> None:
    script = "import sys, cem_nlp; print(0, *sys.modules)"
    assert imported(script) == (0, set())


def test_the_parser_of_one_command_knows_the_names_of_all() -> None:
    assert build_parser("zh", "").format_help() == build_parser("zh").format_help()
