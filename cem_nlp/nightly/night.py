"""What one night's run knows: configuration, date, state being built, engine files."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd

from cem_nlp.cem import NO_STRATEGY, Strategy
from cem_nlp.config import Config, Source
from cem_nlp.confusion_file import CONFUSION, load_confusion
from cem_nlp.days import DATE_FORMS, parse_date
from cem_nlp.errors import ConfigError
from cem_nlp.ingest import EARLIEST, locate
from cem_nlp.language import Bilingual
from cem_nlp.model_files import EngineFiles, load_model, load_profile, load_taxonomy, read_dictionary
from cem_nlp.nightly.action_files import check_action_files
from cem_nlp.nightly.inputs import Look, look_at
from cem_nlp.nightly.own_files import check_own_files
from cem_nlp.nightly.touchpoint_files import check_touchpoint_files
from cem_nlp.opinions.profile import PROFILE
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.resources import shipped
from cem_nlp.salt import customer_salt
from cem_nlp.service_file import load_service_patterns, service_file
from cem_nlp.store import Staging
from cem_nlp.strategy_file import load_strategy
from cem_nlp.survey_file import load_survey

Result = TypeVar("Result")

_YEARS_AHEAD = 10
"""By which a night may lie ahead: a clock may be behind, and invented data are of any year."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Result]):
    """One stage of the run, ready to be worked by whoever schedules it."""

    name: str
    title: Bilingual
    work: Callable[[], Result]
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Night:
    """One run under way. It is handed to worker processes, so it holds paths and values only.

    `inputs` are the files of each source by its name (None for its database), `began` every file that the run
    rests on as it was when the night opened.
    """

    config: Config
    date: date
    staging: Staging
    engine: EngineFiles
    salt: bytes
    run_id: str
    model_version: str
    taxonomy_version: str
    inputs: Mapping[str, Sequence[Path | None]]
    began: Mapping[Path, Look]


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


def resolve_night(said: str, timezone: str, where: str | None = None) -> date:
    """Return the night meant by a word that `resolve_date` understands.

    Raises ConfigError for anything else, and for a slip of the finger: a night before `EARLIEST`, or more
    than `_YEARS_AHEAD` from today. Once published it would stay.
    """
    night, today = resolve_date(said, timezone, where), _today(timezone)
    latest = today.replace(month=12, day=31, year=today.year + _YEARS_AHEAD)
    if not EARLIEST <= night <= latest:
        raise ConfigError(
            Bilingual("业务日期太早，或太远", "the night is too early, or too far ahead"),
            where=where,
            value=said,
            valid=(f"{EARLIEST} – {latest}", "today", "yesterday"),
            next_step=Bilingual(
                "改正日期后重试；日期无误则核对本机时钟",
                "correct the date and run again; if it is right, check this machine's clock",
            ),
        )
    return night


def resolve_date(said: str, timezone: str, where: str | None = None) -> date:
    """Return the date meant by 'today', 'yesterday' or a date (see `days`) in the configured time zone.

    Raises ConfigError for anything else; `where` is the option that says it.
    """
    today = _today(timezone)
    if said == "today":
        return today
    if said == "yesterday":
        return today - timedelta(days=1)
    day = parse_date(said)
    if day is None:
        raise ConfigError(
            Bilingual("看不懂的日期", "this is no date"),
            where=where,
            value=said,
            valid=("YYYY-MM-DD", *DATE_FORMS[1:], "today", "yesterday"),
            next_step=Bilingual("改正日期后重试", "correct the date and run again"),
        )
    return day


def _today(timezone: str) -> date:
    return datetime.now(ZoneInfo(timezone)).date()


def open_night(config: Config, night: date, state: Staging) -> Night:
    """Find and check everything the run needs, so that a missing file fails it in its first second."""
    files = engine_files(config)
    taxonomy = load_taxonomy(files.taxonomy)
    versions = (load_model(files.model).version, taxonomy.version)
    inputs = {source.name: places(config, source, night) for source in config.sources}
    delivered = [path for paths in inputs.values() for path in paths if path is not None]
    surveys = [] if config.survey is None else [config.resolve(config.survey.path)]
    strategies = [] if config.strategy is None else [config.resolve(config.strategy.path)]
    # A broken survey or strategy fails the run now, not after all comments have been read.
    load_answers(config)
    strategy_of(config, taxonomy)
    load_service_patterns(config)
    read_dictionary(files.user_dictionary)
    beside = [] if load_profile(files.model) is None else [files.model / PROFILE]
    beside += [] if load_confusion(files.model) is None else [files.model / CONFUSION]
    salt = customer_salt(state.warehouse)
    own = [*check_own_files(config, salt), *check_touchpoint_files(config, taxonomy)]
    own += check_action_files(config, taxonomy, night)
    read = [*delivered, *surveys, *strategies, *own, *beside, files.taxonomy, files.user_dictionary]
    read.append(service_file(config))
    began = {path: look_at(path) for path in read}
    return Night(
        config=config,
        date=night,
        staging=state,
        engine=files,
        salt=salt,
        run_id=fingerprint(config, night, versions, [began[path] for path in read]),
        model_version=versions[0],
        taxonomy_version=versions[1],
        inputs=inputs,
        began=began,
    )


def load_answers(config: Config) -> pd.DataFrame | None:
    """Return the checked answers of the configured survey, None where there is none; raises its errors."""
    survey = config.survey
    if survey is None:
        return None
    return load_survey(config.resolve(survey.path), survey.scale, survey.encoding)


def strategy_of(config: Config, taxonomy: Taxonomy) -> Strategy:
    """Return the configured strategy, checked; one that rules out nothing where there is none."""
    if config.strategy is None:
        return NO_STRATEGY
    return load_strategy(config.resolve(config.strategy.path), taxonomy.topics)


def engine_files(config: Config) -> EngineFiles:
    """Return the configured files of the engine, the shipped ones where none are given."""
    return EngineFiles(
        model=_given_or_shipped(config, config.model, "models/default"),
        taxonomy=_given_or_shipped(config, config.taxonomy, "data/taxonomy.toml"),
        user_dictionary=_given_or_shipped(config, config.user_dictionary, "data/user_dictionary.txt"),
    )


def places(config: Config, source: Source, night: date) -> Sequence[Path | None]:
    """Return the files of a source for this night; None stands for its database."""
    if source.path is None:
        return [None]
    return locate(source.pattern(night), config.folder)


def _given_or_shipped(config: Config, given: Path | None, name: str) -> Path:
    return shipped(name) if given is None else config.resolve(given)


def fingerprint(config: Config, night: date, versions: Sequence[str], files: Sequence[Look]) -> str:
    """Return the run's id: the night and a checksum of everything that decides its rows.

    The same night over the same files, configuration, model and taxonomy has the same id.
    """
    digest = hashlib.blake2b(
        "\0".join([config.checksum, night.isoformat(), *versions]).encode(), digest_size=5
    )
    for look in files:
        digest.update(look.digest)
    return f"{night.isoformat()}-{digest.hexdigest()}"
