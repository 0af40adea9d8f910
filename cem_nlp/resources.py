"""Where the files shipped with the product lie: the model, the taxonomy, the user dictionary."""

from importlib.resources import files
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, such as 'models/default' or 'data/taxonomy.toml'.

    An installed wheel carries them inside the package, a checkout at its top level.
    """
    installed = Path(str(files("cem_nlp"))) / "_shipped" / name
    return installed if installed.exists() else _REPOSITORY / name
