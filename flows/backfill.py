"""Every night of a range of dates, one after the other."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from prefect import flow

from cem_nlp.errors import CemError
from cem_nlp.language import Bilingual, Language
from flows.nightly import nightly


@flow(name="backfill", persist_result=False)
def backfill(config: str, first: date, last: date, language: Language = "zh") -> list[str]:
    """Publish each night from `first` to `last`, both included; stops at the first failure.

    Nights already published are replaced by the same rows, so a backfill can simply be run again.
    Returns the nights published. Raises the error of the night that failed, which says how far it came.
    """
    nights = [(first + timedelta(days)).isoformat() for days in range((last - first).days + 1)]
    for number, night in enumerate(nights):
        run: Any = nightly.with_options(flow_run_name=f"nightly {night}")
        try:
            run(config, night, language)
        except CemError as error:
            raise _stopped(error, nights[:number], nights[number:]) from error
    return nights


def _stopped(error: CemError, done: Sequence[str], left: Sequence[str]) -> CemError:
    """Return the error of the first of the nights `left`, led by how far the backfill came."""
    said = Bilingual(
        f"补跑停在 {left[0]}；已发布：{_span(done) or '无'}；未发布：{_span(left)}\n{error.what.zh}",
        f"the backfill stopped at {left[0]}; published: {_span(done) or 'none'}; left: {_span(left)}\n"
        f"{error.what.en}",
    )
    goes_on = Bilingual(
        f"从这一夜继续补跑：--from {left[0]} --to {left[-1]}",
        f"then go on from this night: --from {left[0]} --to {left[-1]}",
    )
    step = error.next_step
    if step is not None:
        goes_on = Bilingual(f"{step.zh}；再{goes_on.zh}", f"{step.en}; {goes_on.en}")
    return type(error)(said, where=error.place, value=error.value, valid=error.choices, next_step=goes_on)


def _span(nights: Sequence[str]) -> str:
    return " – ".join(dict.fromkeys([*nights[:1], *nights[-1:]]))
