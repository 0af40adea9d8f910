"""Where the files shipped with the product lie: the model, the taxonomy, the user dictionary."""

from importlib.resources import files
from pathlib import Path


def repository() -> Path | None:
    """Return the checkout that this package runs from, None for an installed wheel."""
    top = Path(__file__).resolve().parent.parent
    return top if (top / "pyproject.toml").exists() else None


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, such as 'models/default' or 'data/taxonomy.toml'.

    A checkout keeps them at its top level, an installed wheel inside the package.
    """
    return (repository() or Path(str(files("cem_nlp"))) / "_shipped") / name


def load_stop_words() -> frozenset[str]:
    """Return the shipped words that carry grammar, time or politeness."""
    lines = shipped("data/stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
