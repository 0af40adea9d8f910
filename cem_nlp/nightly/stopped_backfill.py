"""The error of a backfill: that of the night which failed, led by how far the backfill came."""

from collections.abc import Sequence

from cem_nlp.errors import CemError
from cem_nlp.language import Bilingual


def stopped_backfill(error: CemError, done: Sequence[str], left: Sequence[str]) -> CemError:
    """Return the error of the first of the nights `left`, of the same kind, with the nights published,
    `done`, and left, and how to go on.
    """
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
