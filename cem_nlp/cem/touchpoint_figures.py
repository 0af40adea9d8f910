"""From the answers of a survey of touchpoints to figures with ranges."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.touchpoint_survey import OF_CHANNELS
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL

FIGURES: Final = ("brand", "product", "touchpoint", "channel", "measure", "value", "low", "high", "n")

_ASKED: Final = ["brand", "product", "touchpoint", "measure"]
_CELL: Final = [*_ASKED, "channel"]
_WIDTHS: Final = (("brand", "product"), ("brand",), ("product",), ())
"""Which of brand and product a figure still names, from the narrowest to the widest that may stand in."""


def touchpoint_figures(answers: pd.DataFrame) -> pd.DataFrame:
    """Return `FIGURES`: one row per brand, product, touchpoint, channel and measure that the answers of
    `read_touchpoint_survey` name. Over all products the answers are pooled unless some speak of all.

    Experience and importance are means over respondents, preference and use each channel's share of a
    respondent's points, averaged; low and high are t ranges, null for a single respondent. Answers without a
    respondent are one voice each for the former, and together one voice for the latter.
    """
    answers = pooled(answers[answers["measure"] != "wish"])
    if answers.empty:
        numbers = {"value": "float64", "low": "float64", "high": "float64", "n": "int64"}
        return pd.DataFrame(columns=list(FIGURES)).astype(dict.fromkeys(FIGURES, "str") | numbers)
    of_channel = answers["measure"].isin(OF_CHANNELS)
    voice = answers["voice"].where((answers["respondent"] != "") | of_channel, answers["line"])
    said = answers.assign(voice=voice).groupby([*_CELL, "voice"])["score"].mean().reset_index()
    total = said.groupby([*_ASKED, "voice"])["score"].transform("sum")
    is_share = said["measure"].isin(OF_CHANNELS)
    share = said["score"] / total.where(total > 0)
    # Shares are a tenth of the scale on which answers are rounded.
    said["value"] = (share * 10).where(is_share, said["score"])
    means = averaged(said.dropna(subset="value"), _CELL)
    ends = ["value", "low", "high"]
    tenth = np.where(means["measure"].isin(OF_CHANNELS), 10.0, 1.0)
    means[ends] = means[ends].div(tenth, axis=0)
    return means[list(FIGURES)]


def pooled(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with those about products as answers about all of them where none is about all, and
    `voice` ('' where unknown) and `line`, which tell the people behind them apart.
    """
    line = "line " + answers.index.astype("str")
    asked = answers.assign(voice=answers["respondent"], line=line, itself=True)
    wider = asked[asked["product"] != ALL].assign(product=ALL, itself=False)
    both = pd.concat([asked, wider], ignore_index=True)
    told = both.groupby(_ASKED)["itself"].transform("max").astype("bool")
    return both[both["itself"] == told].drop(columns="itself").reset_index(drop=True)


def averaged(said: pd.DataFrame, cell: Sequence[str]) -> pd.DataFrame:
    """Return the mean `value` (0–10) of each `cell` with its 95 % range and the number of answers `n`.

    `said` has the cell's columns, voice and value; a voice counts once in the range.
    """
    said = said.reset_index(drop=True)
    number = np.asarray(said.groupby(list(cell)).ngroup(), dtype=np.int64)
    voices = np.asarray(pd.factorize(said["voice"])[0], dtype=np.int64)
    labels = said.assign(number=number).drop_duplicates("number").sort_values("number")[list(cell)]
    ends = mean_ranges(said["value"].to_numpy(np.float64), number, voices, len(labels))
    kept = {name: np.clip(end, 0, 10) for name, end in zip(("value", "low", "high"), ends, strict=True)}
    return labels.assign(**kept, n=np.bincount(number, minlength=len(labels))).reset_index(drop=True)


def at_cells(figures: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that hold for each brand and product of `cells`: those of the product, else those
    of the brand as a whole, else those of the product or of everything where no brand is named.
    """
    parts = []
    for rank, named in enumerate(_WIDTHS):
        wide = cells[["brand", "product"]].rename(columns={"brand": "of_brand", "product": "of_product"})
        for name in ("brand", "product"):
            wide[name] = wide[f"of_{name}"] if name in named else ALL
        parts.append(wide.merge(figures, on=["brand", "product"]).assign(rank=rank))
    found = pd.concat(parts, ignore_index=True).drop(columns=["brand", "product"])
    found = found.rename(columns={"of_brand": "brand", "of_product": "product"})
    best = found.groupby(_ASKED)["rank"].transform("min")
    return found[found["rank"] == best].reset_index(drop=True)[list(FIGURES)]
