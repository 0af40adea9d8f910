"""The touchpoint matrix and its diagnosis: defect, misplaced, none or unknown.

The method names a defect where a touchpoint is important and poor, and a misplaced one where customers would
rather use another channel, or where effort goes into what matters little. The words are used only beyond the
ranges: poor is a score whose whole range lies below `MIDDLE`, not poor one whose range nowhere does,
important an importance whose whole range lies above the mean of all touchpoints of the brand and product.
Effort is read off how much is said of a touchpoint. What customers miss altogether is in `missing_points`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.cem.channel_choice import CELL, NO_CONTACT, filled, with_preference, with_use
from cem_nlp.cem.stages import CHANNELS
from cem_nlp.cem.touchpoint_figures import at_cells
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.schemas import TABLES
from cem_nlp.scores.plain import plain_scores
from cem_nlp.scores.shares import mention_shares
from cem_nlp.vocabulary import ALL

COLUMNS: Final = tuple(name for name in TABLES["touchpoints"].names if name != "run_id")
MIDDLE: Final = 5.0
"""As much praise as blame: below it a touchpoint is poor."""

_GROUP: Final = ["brand", "product"]
_EXPERIENCE: Final = ["experience", "experience_low", "experience_high"]
_VOICE: Final = {f"share{end}": f"share_of_voice{end}" for end in ("", "_low", "_high")}

Flags = npt.NDArray[np.bool_]


def touchpoint_measures(
    mentions: pd.DataFrame,
    places: Mapping[str, Touchpoint],
    brands: Sequence[str],
    own: Sequence[str],
    minimum_mentions: int,
) -> pd.DataFrame:
    """Return brand, product ('all' and each), touchpoint, channel, stage, n_mentions, share of voice and
    experience (not shrunk, null below `minimum_mentions`) for every touchpoint of `brands`, mentioned or not.

    `mentions` comes from `scores.cells.mentions_of`, `places` from the taxonomy.
    """
    cells = _scored(mentions, brands, "touchpoint")
    groups = cells[_GROUP].drop_duplicates()
    every = pd.DataFrame(
        [(code, place.channel, place.stage) for code, place in places.items()],
        columns=["touchpoint", "channel", "stage"],
    )
    table = groups.merge(every, how="cross").merge(cells, on=CELL, how="left")
    table["n_mentions"] = table["n_mentions"].fillna(0).astype("int64")
    voices = _shares(mentions, brands, _GROUP, "touchpoint", list(places))
    table = table.merge(voices.rename(columns=_VOICE), on=CELL, how="left")
    thin = table["n_mentions"] < minimum_mentions
    table[_EXPERIENCE] = table[_EXPERIENCE].astype("float64").mask(thin)
    table["experience_from"] = pd.Series("derived", index=table.index).mask(thin)
    return table.assign(is_own=table["brand"].isin(list(own)))


def channel_scores(
    mentions: pd.DataFrame, places: Mapping[str, Touchpoint], brands: Sequence[str]
) -> pd.DataFrame:
    """Return the score of every channel at every stage: a cell of the matrix, its touchpoints together; and
    its share of the mentions at that stage, null where nobody could choose a channel.
    """
    touchpoint = mentions["touchpoint"].astype("str")
    placed = mentions.assign(
        channel=touchpoint.map({code: place.channel for code, place in places.items()}),
        stage=touchpoint.map({code: place.stage for code, place in places.items()}),
    )
    stage = [*_GROUP, "stage"]
    chosen = [channel for channel in CHANNELS if channel != NO_CONTACT]
    shares = _shares(placed, brands, stage, "channel", chosen)
    return _scored(placed, brands, "channel", "stage").merge(shares, on=[*stage, "channel"], how="left")


def touchpoint_table(
    measures: pd.DataFrame,
    channels: pd.DataFrame,
    importance: pd.DataFrame,
    wished: pd.DataFrame,
    surveyed: pd.DataFrame,
    minimum: int,
) -> pd.DataFrame:
    """Return the `touchpoints` table of the schema, without `run_id`.

    `measures` and `channels` are those of this module, `importance` what the ratings tell (module
    `touchpoint_importance`), `wished` the channels of wishes (`preferences`), `surveyed` the figures of a
    survey (`touchpoint_figures`), which come first wherever they speak. Channels and preferences with fewer
    than `minimum` mentions or wishes decide nothing.
    """
    surveyed = at_cells(surveyed, measures[_GROUP].drop_duplicates())
    said = surveyed.assign(origin="survey")
    table = filled(measures, "experience", said[said["measure"] == "experience"], CELL)
    table = filled(table, "importance", importance.assign(origin="derived"), CELL)
    table = filled(table, "importance", said[said["measure"] == "importance"], CELL)
    table["mean_importance"] = table.groupby(_GROUP)["importance"].transform("mean")
    table = with_use(table, channels, surveyed)
    table = with_preference(table, wished, surveyed)
    elsewhere = _prefers_another(table, minimum)
    table = table.assign(**_diagnosis(table, elsewhere))
    return _steered(table, channels, elsewhere, minimum)[list(COLUMNS)].astype(_dtypes())


def _scored(mentions: pd.DataFrame, brands: Sequence[str], *by: str) -> pd.DataFrame:
    mine = mentions[mentions["brand"].isin(list(brands))]
    whole = plain_scores(mine, ("brand", *by)).assign(product=ALL)
    return pd.concat([whole, plain_scores(mine, ("brand", "product", *by))], ignore_index=True)


def _shares(
    mentions: pd.DataFrame, brands: Sequence[str], grain: Sequence[str], part: str, names: Sequence[str]
) -> pd.DataFrame:
    mine = mentions[mentions["brand"].isin(list(brands))]
    parts = [mention_shares(rows, grain, part, names) for rows in (mine.assign(product=ALL), mine)]
    return pd.concat(parts, ignore_index=True)


def _prefers_another(table: pd.DataFrame, minimum: int) -> Flags:
    """Tell where customers surely prefer another channel than the touchpoint's own."""
    other = table["preferred_channel"].notna() & (table["preferred_channel"] != table["channel"])
    heard = (table["preference_from"] == "survey") | (table["n_preferences"] >= minimum)
    low = table["preference_low"].fillna(table["preference"])
    high = table["own_preference_high"].fillna(table["own_preference"])
    sure: Flags = (other & heard & (low > high)).to_numpy(np.bool_)
    return sure


def _diagnosis(table: pd.DataFrame, elsewhere: Flags) -> dict[str, npt.NDArray[np.str_]]:
    """Return diagnosis and reason; a single answer of a survey has no range and stands for itself."""
    importance = table["importance"]
    important = importance.notna() & (table["importance_low"].fillna(importance) > table["mean_importance"])
    idle = importance.notna() & (table["importance_high"].fillna(importance) < table["mean_importance"])
    experience = table["experience"]
    poor = table["experience_high"].fillna(experience) < MIDDLE
    not_poor = table["experience_low"].fillna(experience) >= MIDDLE
    mentioned = (table["n_mentions"] > 0).groupby([table["brand"], table["product"]]).transform("sum")
    loud = table["share_of_voice_low"] > 1 / mentioned.clip(lower=1)
    cases = {
        ("defect", "important_and_poor"): important & poor,
        ("misplaced", "channel"): elsewhere,
        ("misplaced", "effort"): idle & loud,
        ("unknown", "few_mentions"): experience.isna(),
        ("none", "not_poor"): not_poor,
        ("unknown", "uncertain"): ~poor,
        ("unknown", "no_importance"): importance.isna(),
    }
    names = list(cases)
    conditions = [np.asarray(case, dtype=np.bool_) for case in cases.values()]
    return {
        "diagnosis": np.select(conditions, [name for name, _ in names], "none"),
        "reason": np.select(conditions, [reason for _, reason in names], "not_important"),
    }


def _steered(table: pd.DataFrame, channels: pd.DataFrame, elsewhere: Flags, minimum: int) -> pd.DataFrame:
    """Add the preferred channel as the one to steer to, where it is surely better at the same stage."""
    names = dict(
        zip(_EXPERIENCE, ("steer_experience", "steer_experience_low", "steer_experience_high"), strict=True)
    )
    heard = channels[channels["n_mentions"] >= minimum].rename(
        columns={**names, "channel": "preferred_channel"}
    )
    keys = [*_GROUP, "stage", "preferred_channel"]
    table = table.merge(heard[[*keys, *names.values()]], on=keys, how="left")
    # A single answer of a survey has no range and stands for itself.
    low = table["steer_experience_low"].fillna(table["steer_experience"])
    high = table["experience_high"].fillna(table["experience"])
    better = elsewhere & (low > high).to_numpy(np.bool_)
    table["steer_to"] = table["preferred_channel"].where(pd.Series(better, index=table.index))
    table[list(names.values())] = table[list(names.values())].where(
        pd.Series(better, index=table.index), np.nan
    )
    return table


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "bool": "bool", "int64": "int64"}
    return {name: names[str(TABLES["touchpoints"].field(name).type)] for name in COLUMNS}
