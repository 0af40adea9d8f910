"""Stage five: the run's account, the report, the commit."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from cem_nlp import store
from cem_nlp.config import Actions, Config
from cem_nlp.ingest import REASONS
from cem_nlp.language import Language
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.inputs import refuse_changed
from cem_nlp.nightly.night import FileCounts, Night, engine_files
from cem_nlp.nightly.unheard_brands import unheard_brands
from cem_nlp.quality_file import load_quality
from cem_nlp.report import ReportContext, ReportTables, render_html, render_markdown, render_terminal
from cem_nlp.schemas import NIGHTLY, TABLES, to_table
from cem_nlp.service_file import load_service_patterns

SOFTWARE = "cem-nlp"


@dataclass(frozen=True, slots=True)
class Pages:
    """The report in the forms that are shown at once."""

    terminal: str
    markdown: str


def write_account(night: Night, counts: Sequence[FileCounts], opinions: int, started: datetime) -> None:
    """Write `sources` and `runs`; a night whose rows do not add up is a fault and is not published."""
    for count in counts:
        if count.rows_in != count.published + count.quarantined + count.duplicates:
            raise AssertionError(f"rows do not add up: {count}")
    sources = [{**asdict(count), "run_id": night.run_id} for count in counts]
    store.write_part(night.staging, "sources", to_table("sources", sources))
    finished = datetime.now(UTC)
    run = {
        "started_at": started,
        "finished_at": finished,
        "seconds": (finished - started).total_seconds(),
        "rows_in": sum(count.rows_in for count in counts),
        "published": sum(count.published for count in counts),
        "quarantined": sum(count.quarantined for count in counts),
        "duplicates": sum(count.duplicates for count in counts),
        "opinions": opinions,
        "model_version": night.model_version,
        "taxonomy_version": night.taxonomy_version,
        "config_hash": night.config.checksum,
        "version": version(SOFTWARE),
        "run_id": night.run_id,
    }
    store.write_part(night.staging, "runs", to_table("runs", [run]))


def write_report(night: Night, language: Language) -> Pages:
    """Write report.html and report.md beside the tables; return the short forms.

    The page is headed with the latest night that it holds; the terminal has the account of this one.
    """
    tables = report_tables(night.staging.folder)
    context = report_context(night.config, night.staging.folder, language)
    markdown = render_markdown(tables, context, language)
    store.write_text(night.staging, "report.html", render_html(tables, context, language))
    store.write_text(night.staging, "report.md", markdown)
    warehouse = night.staging.warehouse
    shown, tonight = warehouse / "current" / "report.html", replace(context, night=night.date)
    return Pages(render_terminal(tables, tonight, language, shown, warehouse), markdown)


def report_tables(folder: Path) -> ReportTables:
    """Read what the report needs from a snapshot or a staged state."""
    tables = {name: store.read_table(folder, name).to_pandas() for name in _OWN_ATTRIBUTE}
    more = TABLES.keys() - NIGHTLY - tables.keys()
    return ReportTables(
        **tables, more={name: store.read_table(folder, name).to_pandas() for name in sorted(more)}
    )


_OWN_ATTRIBUTE = ("scores", "gaps", "opinions", "feedback", "comments", "sources", "quarantine", "drift")


def report_context(config: Config, folder: Path, language: Language) -> ReportContext:
    """Return the facts behind the tables of a snapshot or a staged state: its latest night, and the run that
    wrote it last.

    Its notes on the data, in `language`, begin with the configuration's brands that no feedback names.
    """
    runs = store.read_table(folder, "runs").to_pylist()
    files = engine_files(config)
    taxonomy = load_taxonomy(files.taxonomy)
    unheard = (warning.say(language) for warning in unheard_brands(config, folder))
    last = max(runs, key=lambda run: run["finished_at"])
    return ReportContext(
        night=date.fromisoformat(max(run["night"] for run in runs)),
        run_id=last["run_id"],
        own=config.brands.own,
        model_version=last["model_version"],
        taxonomy_version=last["taxonomy_version"],
        software_version=last["version"],
        timezone=config.timezone,
        scores=config.scores,
        comparison=config.comparison,
        segments=config.segments,
        benchmark=config.benchmark,
        cost=config.cost,
        periods=config.topics,
        data_notes=(*unheard, *config.data_notes),
        model_quality=load_quality(files.model, last["model_version"]),
        touchpoints={code: place.name for code, place in taxonomy.touchpoints.items()},
        topics={code: topic.name for topics in taxonomy.topics.values() for code, topic in topics.items()},
        themes={code: theme.name for code, theme in taxonomy.themes.items()},
        reasons=REASONS,
        promises=load_service_patterns(config).promises,
        owners=taxonomy.owners,
        owner_of={code: place.owner for code, place in taxonomy.touchpoints.items()},
        least_effect=(config.actions or Actions(path="")).minimum_effect,
    )


def publish(night: Night) -> Path:
    """Commit the night's state; return its folder.

    Tables of the latest state that no analysis wrote to are there without rows: one that is missing was
    published by an older version. Raises UnreadableSource where a file has changed since the night began.
    """
    refuse_changed(night.began)
    for name in sorted(TABLES.keys() - NIGHTLY):
        if not store.parts(night.staging, name):
            store.write_part(night.staging, name, TABLES[name].empty_table())
    facts = {
        "run_id": night.run_id,
        "model_version": night.model_version,
        "config_hash": night.config.checksum,
    }
    return store.commit(night.staging, facts, night.config.keep_snapshots)
