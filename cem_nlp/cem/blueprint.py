"""The service blueprint: what happens at a touchpoint on stage and behind it, and what was measured there.

[[touchpoints]]
touchpoint = "after"
customer_action = "…"     # what the customer does
on_stage = "…"            # contact that the customer sees
back_stage = "…"          # action that the customer does not see
support = "…"             # process behind both
evidence = "…"            # physical evidence
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.tables import Table
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import SCALE
from cem_nlp.scores.plain import plain_scores
from cem_nlp.vocabulary import ALL, TOUCHPOINTS

COLUMNS: Final = tuple(name for name in TABLES["blueprint"].names if name != "run_id")
LAYERS: Final = ("customer_action", "on_stage", "back_stage", "support", "evidence")
"""The five layers of a blueprint, from the customer inwards."""

_ENDS: Final = ("", "_low", "_high")


@dataclass(frozen=True, slots=True)
class Description:
    """One touchpoint of the blueprint, in the user's words."""

    touchpoint: str
    customer_action: str
    on_stage: str
    back_stage: str
    support: str
    evidence: str


def parse_blueprint(
    values: Mapping[str, Any], touchpoints: Mapping[str, Bilingual] = TOUCHPOINTS
) -> tuple[Description, ...]:
    """Return the described touchpoints in the order of the file, which calls them by code or by name.

    Raises ConfigError with place, value and valid values: an unknown key or touchpoint, a missing or empty
    layer, a touchpoint described twice, no touchpoint at all.
    """
    table = Table(values)
    table.only("touchpoints")
    rows = table.rows("touchpoints")
    if not rows:
        what = Bilingual("蓝图里没有任何触点", "the blueprint describes no touchpoint")
        raise ConfigError(what, where="touchpoints", valid=["[[touchpoints]]"])
    codes = {word: code for code, name in touchpoints.items() for word in (code, *name)}
    place_of: dict[str, str] = {}
    described = []
    for row in rows:
        row.only("touchpoint", *LAYERS)
        code = codes[row.one_of("touchpoint", codes)]
        if code in place_of:
            what = Bilingual(f"已在 {place_of[code]} 里描述过", f"described before, in {place_of[code]}")
            rest = [other for other in touchpoints if other not in place_of]
            raise ConfigError(what, where=row.at("touchpoint"), value=code, valid=rest)
        place_of[code] = row.place
        described.append(Description(code, *(row.text(layer) for layer in LAYERS)))
    return tuple(described)


def blueprint_table(
    described: Sequence[Description],
    touchpoints: pd.DataFrame,
    mentions: pd.DataFrame,
    minimum_mentions: int,
) -> pd.DataFrame:
    """Return the `blueprint` table of the schema, without `run_id`.

    It has every description for every brand of the table `touchpoints`, with its score there and the
    sub-topic that pulls it down most.

    `mentions` (with `topic`) comes from `scores.cells.mentions_of`. The worst sub-topic is the one with the
    most mentions × points below full marks, among those with `minimum_mentions`; one that all praise is none.
    """
    whole = touchpoints[touchpoints["product"] == ALL]
    measured = ["brand", "touchpoint", "n_mentions", *(f"experience{end}" for end in _ENDS)]
    rows = pd.DataFrame([asdict(one) for one in described], columns=["touchpoint", *LAYERS])
    table = rows.merge(whole[["brand"]].drop_duplicates(), how="cross")
    table = table.merge(whole[measured], on=["brand", "touchpoint"], how="left")
    table = table.merge(_worst_topics(mentions, minimum_mentions), on=["brand", "touchpoint"], how="left")
    counts = ["n_mentions", "worst_n_mentions"]
    table[counts] = table[counts].fillna(0).astype("int64")
    return table.sort_values("brand", kind="stable", ignore_index=True)[list(COLUMNS)]


def _worst_topics(mentions: pd.DataFrame, minimum_mentions: int) -> pd.DataFrame:
    cells = plain_scores(mentions, ("brand", "touchpoint", "topic"))
    cells = cells[cells["n_mentions"] >= minimum_mentions]
    lost = (cells["n_mentions"] * (SCALE - cells["experience"])).to_numpy(np.float64)
    cells = cells.assign(lost=lost)[lost > 0].sort_values(["lost", "topic"], ascending=[False, True])
    worst = cells.drop_duplicates(["brand", "touchpoint"])
    names = {"topic": "worst_topic", "n_mentions": "worst_n_mentions"}
    names |= {f"experience{end}": f"worst_experience{end}" for end in _ENDS}
    return worst.rename(columns=names)[["brand", "touchpoint", *names.values()]]
