"""The published state that a command reads."""

from collections.abc import Iterable
from pathlib import Path

from cem_nlp import store
from cem_nlp.config import Config
from cem_nlp.errors import OutdatedTables
from cem_nlp.language import Bilingual
from cem_nlp.schemas import NIGHTLY


def published_state(config: Config, tables: Iterable[str]) -> Path:
    """Return the folder of what was published last, for a command that reads `tables`.

    Raises NothingPublished, and OutdatedTables where a table of the latest state is not there: today's
    version publishes them all, with or without rows.
    """
    snapshot = store.published(config.resolve(config.warehouse))
    missing = sorted(name for name in {*tables} - NIGHTLY if not (snapshot / name).exists())
    if missing:
        raise OutdatedTables(
            Bilingual(
                f"已发布的结果由较早的版本写成，还没有这些表：{'、'.join(missing)}",
                f"an older version published the state; it lacks the tables {', '.join(missing)}",
            ),
            where=str(snapshot),
            next_step=Bilingual(
                "用同一份配置重新运行 cem nightly", "run cem nightly with the same configuration once more"
            ),
        )
    return snapshot
