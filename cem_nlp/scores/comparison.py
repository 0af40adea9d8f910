"""The `comparisons` table: own brands against each rival and against the industry, in every cell of a grid.

Many cells are compared at once, so some differ by chance: Benjamini and Hochberg's q-values (1995,
"Controlling the false discovery rate") over all rows of the table decide what is called a difference. Where
nothing differs at all, a table raises any verdict in at most that share of cases;
`benchmarks/comparison_false_alarms.py` shows it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import false_discovery_control

from cem_nlp.config import Comparison, Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.aggregate import grain_name
from cem_nlp.scores.cells import FROM_FEEDBACK, FROM_OPINIONS, cell_numbers, mentions_of
from cem_nlp.scores.differences import difference_of, score_of
from cem_nlp.scores.stratified import STRATA, Grid, Side, Standing, grid_of, stratified_shares
from cem_nlp.vocabulary import ALL, UNKNOWN

GRAINS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("category",),
    ("touchpoint",),
    ("touchpoint", "category"),
    ("category", "topic"),
)
"""Every grain of the table; a cell is one value in each of its dimensions."""

COLUMNS: Final = tuple(name for name in TABLES["comparisons"].names if name != "run_id")

_DIMENSIONS: Final = ("category", "touchpoint", "topic")
_SUPPRESSED: Final = (
    *(f"{name}{end}" for name in ("experience", "experience_rival") for end in ("", "_low", "_high")),
    *("difference", "difference_low", "difference_high", "p_value"),
)


def comparable_mentions(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions to compare: those of `cells.mentions_of`, with `source` and `topic`."""
    return mentions_of(feedback, opinions, (*FROM_FEEDBACK, "source"), (*FROM_OPINIONS, "topic"))


def rivals_of(mentions: pd.DataFrame, own: Sequence[str], named: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the brands that own brands are compared with, in order of their names.

    Those `named`, or every brand, unless it is an own one, unknown, or has no mention.
    """
    spoken_of = set(mentions["brand"].unique()) - {*own, UNKNOWN}
    return tuple(sorted(spoken_of & set(named) if named else spoken_of))


def compare_brands(
    mentions: pd.DataFrame,
    own: Sequence[str],
    rivals: Sequence[str],
    industry: Sequence[str],
    settings: Comparison,
    scores: Scores,
    grains: Sequence[Sequence[str]] = GRAINS,
) -> pd.DataFrame:
    """Return the `comparisons` table of the schema, without `run_id` and with empty ranks (see `ranking`).

    `mentions` comes from `comparable_mentions`. Each brand of `own` is held against each of `rivals` and, as
    rival 'all', against the brands of `industry` together. A cell has a row if both sides are mentioned in
    it; a rival that shares no source, kind and month with the brand has none at all. Ranges are two-sided at
    `scores.confidence`. The order of the rows of `mentions` with one customer does not matter.
    """
    pairs = _pairs(mentions, own, rivals, bool(industry))
    parts = [pd.DataFrame(columns=[*COLUMNS]).astype(_dtypes())]
    for grain in grains if pairs else ():
        grid = grid_of(mentions, grain)
        if not len(grid.labels):  # nobody has named this dimension
            continue
        sides = {name: grid.side([name]) for pair in pairs for name in pair if name != ALL}
        sides[ALL] = grid.side(industry)
        parts.append(_compared(grid, grain, pairs, sides, scores.confidence))
    table = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    return _with_verdicts(table, settings).reindex(columns=list(COLUMNS)).astype(_dtypes())


def _pairs(
    mentions: pd.DataFrame, own: Sequence[str], rivals: Sequence[str], has_industry: bool
) -> list[tuple[str, str]]:
    """Return the pairs that have mentions in a common stratum, each own brand's industry first."""
    strata = cell_numbers(mentions, STRATA)
    heard = {name: set(strata[(mentions["brand"] == name).to_numpy()]) for name in {*own, *rivals}}
    met = [(brand, rival) for brand in own for rival in rivals if heard[brand] & heard[rival]]
    industry = [(brand, ALL) for brand in own if has_industry and heard[brand]]
    return sorted(industry + met, key=lambda pair: (own.index(pair[0]), pair[1] != ALL))


def _compared(
    grid: Grid,
    grain: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    sides: Mapping[str, Side],
    confidence: float,
) -> pd.DataFrame:
    """Return one row per pair and cell in which both are mentioned, without verdict and q-value."""
    both = [_mentioned(sides[brand]) & _mentioned(sides[rival]) for brand, rival in pairs]
    standings = [stratified_shares(sides[brand], sides[rival], grid.correlation) for brand, rival in pairs]
    own, rivals = (_joined(side) for side in zip(*standings, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):  # cells without a shared stratum have no score
        own_score, rival_score = (score_of(side.shares, side.effective_n) for side in (own, rivals))
        found = difference_of(own_score, rival_score, confidence)
    columns = {"n_mentions": own.n, "n_rival": rivals.n}
    columns |= {"covered": own.covered, "covered_rival": rivals.covered}
    columns |= {"effective_n": own.effective_n, "effective_n_rival": rivals.effective_n}
    measures = {"experience": found.own, "experience_rival": found.rival, "difference": found.difference}
    for name, values in measures.items():
        columns |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
    named = [(brand, rival) for brand, rival in pairs for _ in range(len(grid.labels))]
    table = pd.DataFrame(named, columns=["brand", "rival"]).assign(grain=grain_name(grain), **columns)
    for name in _DIMENSIONS:
        table[name] = np.tile(grid.labels[name].astype("str"), len(pairs)) if name in grain else ALL
    return table.assign(p_value=found.p_value)[np.concatenate(both)]


def _mentioned(side: Side) -> npt.NDArray[np.bool_]:
    """Mark the cells that the side has mentions in."""
    return np.asarray(side.counts.sum(axis=(1, 2)) > 0)


def _joined(standings: Sequence[Standing]) -> Standing:
    """Return the standings of several pairs one below the other."""
    parts = ([getattr(standing, name) for standing in standings] for name in Standing.__slots__)
    return Standing(*(np.concatenate(part) for part in parts))


def _with_verdicts(table: pd.DataFrame, settings: Comparison) -> pd.DataFrame:
    """Suppress what is thin, whatever it says, and judge the rest by q-values over the whole table."""
    thin = table[["effective_n", "effective_n_rival"]].min(axis=1) < settings.minimum_mentions
    table = table.assign(**{name: table[name].mask(thin) for name in _SUPPRESSED})
    p = table.loc[~thin, "p_value"].to_numpy(np.float64)
    q = pd.Series(false_discovery_control(p) if len(p) else p, table.index[~thin])
    size = table["difference"].abs()
    sure = (q.reindex(table.index) <= settings.false_discovery_rate) & (size >= settings.minimum_effect)
    verdict = np.where(table["difference"] > 0, "better", "worse")
    verdict = np.where(thin, "suppressed", np.where(sure, verdict, "no_evidence"))
    return table.assign(q_value=q.reindex(table.index), verdict=verdict)


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "int64": "int64", "int32": "Int32"}
    return {name: names[str(TABLES["comparisons"].field(name).type)] for name in COLUMNS}
