"""What a report is made from: finished tables, and the facts about the run that no table holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import pandas as pd

from cem_nlp.config import Benchmark, Comparison, Cost, Scores, Segments, Topics
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import TOUCHPOINTS

Basis: TypeAlias = Literal["feedback", "survey"]


@dataclass(frozen=True, slots=True)
class ReportTables:
    """The tables a report reads, each with the columns of `schemas.TABLES` (extra columns do no harm).

    `scores`, `gaps`, `opinions`, `feedback` and `comments` are the state as published, all nights together;
    of `sources`, `quarantine` and `drift` only the rows of the report's own night are shown. `more` holds
    the tables of the further sections by name; a table that is absent or empty leaves its section out.
    """

    scores: pd.DataFrame
    gaps: pd.DataFrame
    opinions: pd.DataFrame
    feedback: pd.DataFrame
    comments: pd.DataFrame
    sources: pd.DataFrame
    quarantine: pd.DataFrame
    drift: pd.DataFrame
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelQuality:
    """How well the model read a labelled set: category + polarity F1 (0–1) over `n_comments` comments."""

    f1: float
    measured_on: str
    n_comments: int
    by_category: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """The run behind the tables, and how its codes are called.

    `own` names the own brands, the most important first; `scores`, `comparison` and `segments` hold the
    settings they were made with, `benchmark` the reference group, `cost` the revenue and its currency,
    `least_effect` the least gain of an action that counts; `touchpoints`, `topics`, `themes`, `owners`
    (departments) and `reasons` (of quarantine) map codes to names; a code without a name is shown as it is.
    `owner_of` says which owner answers for a touchpoint. `basis` says what the tables rest on: a night's
    feedback, or the files of a user who has nothing else.
    """

    night: date
    run_id: str
    own: tuple[str, ...]
    model_version: str
    taxonomy_version: str
    software_version: str
    timezone: str = "Asia/Shanghai"
    scores: Scores = field(default_factory=Scores)
    comparison: Comparison = field(default_factory=Comparison)
    segments: Segments = field(default_factory=Segments)
    periods: Topics = field(default_factory=Topics)
    data_notes: tuple[str, ...] = ()
    model_quality: ModelQuality | None = None
    touchpoints: Mapping[str, Bilingual] = field(default_factory=lambda: TOUCHPOINTS)
    topics: Mapping[str, Bilingual] = field(default_factory=dict)
    themes: Mapping[str, Bilingual] = field(default_factory=dict)
    reasons: Mapping[str, Bilingual] = field(default_factory=dict)
    promises: Mapping[str, Bilingual] = field(default_factory=dict)
    owners: Mapping[str, Bilingual] = field(default_factory=dict)
    owner_of: Mapping[str, str] = field(default_factory=dict)
    benchmark: Benchmark | None = None
    cost: Cost | None = None
    least_effect: float = 0.3
    basis: Basis = "feedback"
