"""Touchpoints as a survey alone tells of them: where they lie, their diagnosis, wishes and blueprint.

A company has touchpoints of its own: whatever the file calls one is one, if the file says in which channel
and at which stage it lies. The taxonomy's touchpoints lie where the taxonomy puts them unless the file puts
them elsewhere; a row of channel and stage without a touchpoint speaks of that cell of the matrix.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.blueprint import Description, blueprint_table
from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.missing_points import missing_points
from cem_nlp.cem.preferences import no_wished_channels
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.cem.touchpoint_figures import at_cells, averaged, pooled, touchpoint_figures
from cem_nlp.cem.touchpoint_importance import no_importance
from cem_nlp.cem.touchpoint_survey import (
    OF_TOUCHPOINTS,
    WITH_WISHES,
    cell_code,
    checked_survey,
    matrix_cell,
    named_places,
)
from cem_nlp.cem.touchpoints import touchpoint_table
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.schemas import TABLES
from cem_nlp.scores.comparison import comparable_mentions
from cem_nlp.vocabulary import ALL

ANSWERED: Final = 1
"""Answers from which a figure is shown: what somebody answered stands for itself, and its range, or that it
has none, tells how sure it is."""

_FEEDBACK: Final = ("feedback", "opinions")
_UNSAID: Final = (
    *(f"share_of_voice{end}" for end in ("", "_low", "_high")),
    *(f"experience{end}" for end in ("", "_low", "_high", "_from")),
)


def own_places(
    table: pd.DataFrame, known: Mapping[str, Touchpoint], name: str = "touchpoints"
) -> dict[str, Touchpoint]:
    """Return the touchpoints that a survey names, by their codes: the known ones in their order, then others.

    `table` is as in `read_touchpoint_survey`, `known` the taxonomy's touchpoints. Raises BrokenSurvey for a
    touchpoint that neither the taxonomy nor the file places, with the known ones.
    """
    checked = checked_survey(table, name)
    rows = named_places(checked, WITH_WISHES)
    words = checked.words("touchpoint")
    codes = {word.lower(): code for code, place in known.items() for word in (code, *place.name)}
    rows["code"] = [codes.get(word, word) for word in words.str.lower()]
    rows["code"] = rows["code"].mask(matrix_cell(rows, words != ""), cell_code(rows))
    places_it = rows["measure"].isin(OF_TOUCHPOINTS) | (checked.words("wish") != "")
    rows["channel"] = rows["channel"].where(places_it, ALL)
    rows = rows.assign(word=words)[~rows["code"].isin(["", ALL, "全部"])]
    # The channel of a wish told in words is that of the touchpoint, unless answers tell another.
    rows = rows.sort_values("measure", key=lambda measure: measure == "wish", kind="stable")
    told = {side: _first(rows[rows[side] != ALL], side) for side in ("channel", "stage")}
    word_of = _first(rows, "word")
    places: dict[str, Touchpoint] = {}
    for code in sorted(word_of, key=lambda code: [*known, code].index(code)):
        place = known.get(code, Touchpoint(Bilingual(word_of[code], word_of[code]), "", "", ""))
        channel, stage = (told[side].get(code, getattr(place, side)) for side in ("channel", "stage"))
        if not channel or not stage:
            raise _unplaced(checked, int(rows.index[rows["code"] == code][0]), known)
        called = place.name if place.name.zh else _cell_name(channel, stage)
        places[code] = Touchpoint(called, channel, stage, place.owner)
    return places


def _first(rows: pd.DataFrame, column: str) -> dict[str, str]:
    """Return what the first row of each code says."""
    first = rows.drop_duplicates("code")
    return dict(zip(first["code"], first[column], strict=True))


def _unplaced(checked: CheckedTable, row: int, known: Mapping[str, Touchpoint]) -> InputError:
    what = Bilingual(
        "不认识的触点：自己的触点要写明渠道和阶段",
        "an unknown touchpoint: say in which channel and at which stage yours lie",
    )
    valid = [word for code, place in known.items() for word in (code, place.name.zh)]
    return checked.broken(what, row, "touchpoint", valid)


def own_touchpoint_tables(
    answers: pd.DataFrame,
    places: Mapping[str, Touchpoint],
    described: Sequence[Description],
    own: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """Return the tables `touchpoints`, `missing_points` and `blueprint` of the schema, without `run_id`, from
    the answers of `read_touchpoint_survey` at `places`, which come from `own_places`.

    Answers without a brand speak of the first brand of `own`, if there is one. Nothing is suppressed (see
    `ANSWERED`), and what only feedback can tell, such as the share of voice, is null.
    """
    cells = _cells(answers, own)
    table = touchpoint_table(
        _measures(cells, places, own),
        _channels(answers, places, cells),
        no_importance(),
        no_wished_channels(),
        touchpoint_figures(answers),
        ANSWERED,
    )
    mentions = comparable_mentions(*(TABLES[name].empty_table().to_pandas() for name in _FEEDBACK))
    spoken = answers.assign(brand=_branded(answers["brand"], own))
    return {
        "touchpoints": table,
        "missing_points": _missing(spoken, mentions, places),
        "blueprint": blueprint_table(described, table, mentions, ANSWERED),
    }


def _cell_name(channel: str, stage: str) -> Bilingual:
    sides = CHANNELS[channel], PURCHASE[stage]
    return Bilingual("·".join(name.zh for name in sides), ", ".join(name.en for name in sides))


def _branded(brands: "pd.Series[str]", own: Sequence[str]) -> "pd.Series[str]":
    return brands.replace(ALL, own[0]) if own else brands


def _cells(answers: pd.DataFrame, own: Sequence[str]) -> pd.DataFrame:
    """Return the brands, each as a whole and with the products that answers name."""
    named = answers[["brand", "product"]].assign(brand=_branded(answers["brand"], own))
    return pd.concat([named.assign(product=ALL), named]).drop_duplicates(ignore_index=True)


def _measures(cells: pd.DataFrame, places: Mapping[str, Touchpoint], own: Sequence[str]) -> pd.DataFrame:
    """Return every touchpoint of every cell as `touchpoint_measures` does where nothing was said of any."""
    rows = [(code, place.channel, place.stage) for code, place in places.items()]
    every = pd.DataFrame(rows, columns=["touchpoint", "channel", "stage"], dtype="str")
    table = cells.merge(every, how="cross").assign(n_mentions=0, **dict.fromkeys(_UNSAID, np.nan))
    return table.assign(is_own=table["brand"].isin(list(own)))


def _channels(answers: pd.DataFrame, places: Mapping[str, Touchpoint], cells: pd.DataFrame) -> pd.DataFrame:
    """Return the answers' score of every channel at every stage in the columns of `channel_scores`; nobody
    was heard there, so that it has no share of the mentions.
    """
    asked = pooled(answers[answers["measure"] == "experience"])
    voice = asked["voice"].where(asked["voice"] != "", asked["line"])
    asked = asked.assign(value=asked["score"], voice=voice)
    for side in ("channel", "stage"):
        asked[side] = asked["touchpoint"].map({code: getattr(place, side) for code, place in places.items()})
    means = averaged(asked, ["brand", "product", "channel", "stage"])
    # A channel at a stage is looked up as a measure of a touchpoint is.
    found = at_cells(means.assign(touchpoint=means["stage"], measure=means["channel"]), cells)
    names = {"touchpoint": "stage", "value": "experience", "low": "experience_low", "high": "experience_high"}
    found = found.drop(columns="measure").rename(columns={**names, "n": "n_mentions"})
    return found.assign(**dict.fromkeys(("share", "share_low", "share_high"), np.nan))


def _missing(spoken: pd.DataFrame, mentions: pd.DataFrame, places: Mapping[str, Touchpoint]) -> pd.DataFrame:
    """Return what respondents wish for; of anonymous answers nobody knows what share of people they are."""
    voice = spoken["respondent"].where(spoken["respondent"] != "", "line " + spoken.index.astype("str"))
    people = voice.groupby(spoken["brand"]).nunique()
    wishes = spoken[spoken["measure"] == "wish"]
    in_words = wishes["wish"] != ""
    placed = pd.DataFrame(
        {
            "feedback_id": voice[wishes.index],
            "wish_no": wishes.index,
            "brand": wishes["brand"],
            "sort": "missing",
            "channel": wishes["channel"].mask(in_words | (wishes["channel"] == ALL), None),
            "touchpoint": wishes["touchpoint"].mask(wishes["touchpoint"] == ALL, None),
            "category": None,
            "topic": wishes["wish"].where(in_words, None),
            "evidence": wishes["wish"],
        }
    )
    counts = {str(brand): int(n) for brand, n in people.items()}
    points = missing_points(placed, mentions, counts, places, ANSWERED)
    # Who wished for something is nobody's business but the respondents'.
    points["example_ids"] = pd.Series([[] for _ in points.index], points.index, dtype=object)
    anonymous = set(spoken.loc[spoken["respondent"] == "", "brand"])
    shares = ["share", "share_low", "share_high"]
    points[shares] = points[shares].astype("float64").mask(points["brand"].isin(anonymous))
    return points
