"""Which channel customers prefer at a touchpoint, and which one they use."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.stages import CHANNELS
from cem_nlp.vocabulary import ALL

CELL: Final = ["brand", "product", "touchpoint"]
ENDS: Final = {"": "value", "_low": "low", "_high": "high", "_from": "origin"}
"""Columns of a measure with range and origin, and of a figure."""
NO_CONTACT: Final = "other"
"""The channel of touchpoints that nobody could choose another channel for: advertising, the product's use."""


def filled(table: pd.DataFrame, measure: str, figures: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the table with value, range and origin of the figures as `measure`, matched on `keys`.

    What it holds of the measure already stays where there is no figure.
    """
    names = {end: f"{measure}{suffix}" for suffix, end in ENDS.items()}
    found = table[list(keys)].merge(figures[[*keys, *names]], on=list(keys), how="left")
    known = found["value"].notna().to_numpy()
    for end, name in names.items():
        old = table[name].to_numpy() if name in table else None
        new = found[end].to_numpy()
        table = table.assign(**{name: new if old is None else np.where(known, new, old)})
    return table


def channel_figures(cells: pd.DataFrame, surveyed: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the survey's figures of a channel's measure for every cell (brand, product, touchpoint, and its
    `own` channel): of the touchpoint where it names one, else those for everywhere, which hold for all
    touchpoints but those of `NO_CONTACT`. `surveyed` comes from `touchpoint_figures.at_cells`.
    """
    said = surveyed[surveyed["measure"] == measure].assign(origin="survey")
    named = cells.merge(said, on=CELL)
    answered = pd.MultiIndex.from_frame(cells[CELL]).isin(pd.MultiIndex.from_frame(named[CELL]))
    open_cells = cells[(cells["own"] != NO_CONTACT) & ~answered]
    everywhere = said[said["touchpoint"] == ALL].drop(columns="touchpoint")
    return pd.concat([named, open_cells.merge(everywhere, on=CELL[:2])], ignore_index=True)


def with_preference(table: pd.DataFrame, wished: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """Add the preferred channel, its share and that of the own channel; null where nobody says."""
    cells = table[CELL].assign(own=table["channel"])
    asked = channel_figures(cells, surveyed, "preference")
    silent = ~pd.MultiIndex.from_frame(cells[CELL]).isin(pd.MultiIndex.from_frame(asked[CELL]))
    hinted = cells[silent & (cells["own"] != NO_CONTACT)].merge(wished.assign(origin="derived"), on=CELL)
    found = pd.concat([part for part in (asked, hinted) if len(part)] or [hinted], ignore_index=True)
    found["is_own"] = found["channel"] == found["own"]
    order = {channel: number for number, channel in enumerate(CHANNELS)}
    found["number"] = found["channel"].map(order)
    best = found.sort_values(
        [*CELL, "value", "is_own", "number"], ascending=[True] * 3 + [False, False, True]
    )
    best = best.drop_duplicates(CELL)
    chosen = best.rename(columns={"channel": "preferred_channel", "n": "n_preferences"})
    table = table.merge(chosen[[*CELL, "preferred_channel", "n_preferences"]], on=CELL, how="left")
    table["n_preferences"] = table["n_preferences"].fillna(0).astype("int64")
    table = filled(table, "preference", best, CELL)
    # Of channels nobody names next to others the share is nought.
    nought = best[[*CELL, "origin"]].assign(value=0.0, low=np.nan, high=np.nan)
    table = filled(table, "own_preference", nought, CELL)
    return filled(table, "own_preference", found[found["is_own"]], CELL)


def with_use(table: pd.DataFrame, channels: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """Add the share of contacts through the touchpoint's own channel, of the opinions at the same stage.

    A survey's takes precedence. `channels` comes from `touchpoints.channel_scores`.
    """
    names = {"share": "value", "share_low": "low", "share_high": "high"}
    used = channels[channels["share"].notna()].rename(columns=names).assign(origin="derived")
    table = filled(table, "use", used, ["brand", "product", "stage", "channel"])
    said = channel_figures(table[CELL].assign(own=table["channel"]), surveyed, "use")
    return filled(table, "use", said[said["channel"] == said["own"]], CELL)
