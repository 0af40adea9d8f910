"""Chinese voice-of-customer pipeline: what customers say, turned into experience scores and decisions."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cem_nlp.api import analyse

__all__ = ["analyse"]


def __getattr__(name: str) -> Any:
    """Import the front door on first use: the command line and the workers start without it."""
    if name == "analyse":
        from cem_nlp.api import analyse

        return analyse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
