"""What running `cem` gives, named apart from `conftest`, of which every folder has its own."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """A command that has ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Cem = Callable[..., Ran]
