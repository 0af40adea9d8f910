"""What one night's run knows: configuration, date, state being built, engine files."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from cem_nlp.config import Config
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Step(Generic[Result]):
    """One stage of the run, ready to be worked by whoever schedules it."""

    name: str
    title: Bilingual
    work: Callable[[], Result]
    retries: int = 0


@dataclass(frozen=True, slots=True)
class FileCounts:
    """The reconciliation of one file: rows_in = published + quarantined + duplicates."""

    source: str
    file: str
    kind: str
    rows_in: int
    published: int
    quarantined: int
    duplicates: int
    near_duplicates: int = 0


def resolve_night(said: str, timezone: str) -> date:
    """Return the date meant by 'today', 'yesterday' or YYYY-MM-DD in the configured time zone.

    Raises ConfigError for anything else.
    """
    today = datetime.now(ZoneInfo(timezone)).date()
    if said == "today":
        return today
    if said == "yesterday":
        return today - timedelta(days=1)
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise ConfigError(
            Bilingual("看不懂的日期", "this is no date"),
            value=said,
            valid=("YYYY-MM-DD", "today", "yesterday"),
        ) from error


def fingerprint(config: Config, night: date, versions: Sequence[str], files: Sequence[Path]) -> str:
    """Return the run's id: the night and a checksum of everything that decides its rows.

    The same night over the same files, configuration, model and taxonomy has the same id.
    """
    digest = hashlib.blake2b(
        "\0".join([config.checksum, night.isoformat(), *versions]).encode(), digest_size=5
    )
    for path in files:
        with path.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return f"{night.isoformat()}-{digest.hexdigest()}"
