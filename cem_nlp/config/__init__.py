"""One frozen, typed configuration, from one TOML or YAML file.

Paths are relative to the configuration file. Every key is described in its section; an unknown key is refused
with the list of the known ones.
"""

from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from cem_nlp.config.acting import Actions
from cem_nlp.config.alerts import Alerts
from cem_nlp.config.analysis import Brands, Scores, Survey
from cem_nlp.config.comparison import Comparison
from cem_nlp.config.customers import CustomerColumns, Customers, Segments
from cem_nlp.config.deciding import Cost, StrategyFile
from cem_nlp.config.expectation import Expectation
from cem_nlp.config.mix import Mix
from cem_nlp.config.perceiving import Benchmark, Listening, OwnRating
from cem_nlp.config.section import Section, WrongSetting
from cem_nlp.config.service import Service
from cem_nlp.config.sources import Columns, Constants, Format, Kind, RatingScale, Role, Source, Turns
from cem_nlp.config.topics import Topics
from cem_nlp.config.touchpoints import Blueprint, TouchpointSurvey
from cem_nlp.parallel import MOST_PROCESSES

__all__ = [
    "Actions",
    "Alerts",
    "Benchmark",
    "Blueprint",
    "Brands",
    "Columns",
    "Comparison",
    "Config",
    "Constants",
    "Cost",
    "CustomerColumns",
    "Customers",
    "Expectation",
    "Format",
    "Kind",
    "Listening",
    "Mix",
    "OwnRating",
    "RatingScale",
    "Role",
    "Scores",
    "Section",
    "Segments",
    "Service",
    "Source",
    "StrategyFile",
    "Survey",
    "Topics",
    "TouchpointSurvey",
    "Turns",
]


class Config(Section):
    """The whole configuration of a nightly run."""

    warehouse: Path = Field(description="folder of the tables and reports")
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    brands: Brands = Brands()
    survey: Survey | None = None
    touchpoints: TouchpointSurvey | None = None
    blueprint: Blueprint | None = None
    scores: Scores = Scores()
    strategy: StrategyFile | None = None
    cost: Cost | None = None
    comparison: Comparison = Comparison()
    topics: Topics = Topics()
    service: Service = Service()
    expectation: Expectation = Expectation()
    customers: Customers | None = None
    segments: Segments = Segments()
    own_rating: OwnRating | None = None
    benchmark: Benchmark | None = None
    listening: Listening = Listening()
    alerts: Alerts = Alerts()
    actions: Actions | None = None
    timezone: str = Field("Asia/Shanghai", description="time zone of days and nights")
    max_bad_share: float = Field(
        0.05, ge=0, le=1, description="share of rows in quarantine that fails the run"
    )
    workers: int = Field(2, ge=1, le=MOST_PROCESSES, description="processes that read feedback side by side")
    keep_snapshots: int = Field(
        7, ge=2, description="published states kept on disk; quarantines of failed runs too"
    )
    taxonomy: Path | None = Field(None, description="taxonomy file; the shipped one where absent")
    user_dictionary: Path | None = Field(None, description="jieba dictionary; the shipped one where absent")
    model: Path | None = Field(None, description="model folder; the shipped one where absent")
    data_notes: tuple[str, ...] = Field((), description="caveats about the data, shown in the report")

    folder: Path = Field(exclude=True, description="folder of the configuration file")
    checksum: str = Field(exclude=True, description="SHA-256 of the configuration file")

    @field_validator("sources")
    @classmethod
    def _unique_names(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        names = [source.name for source in sources]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise WrongSetting(
                f"来源的名称重复：{'、'.join(sorted(twice))}",
                f"two sources share the name {', '.join(sorted(twice))}",
            )
        return sources

    @model_validator(mode="after")
    def _mixed_sources_exist(self) -> Self:
        known = {source.name for source in self.sources}
        mixed = () if self.scores.mix is None else self.scores.mix.sources
        for name in mixed:
            if name not in known:
                raise WrongSetting(
                    f"scores.mix.sources 里没有叫 {name} 的来源，有的是 {'、'.join(sorted(known))}",
                    f"scores.mix.sources names {name!r}, known are {', '.join(sorted(known))}",
                )
        return self

    @model_validator(mode="after")
    def _rivals_are_others(self) -> Self:
        for brand in self.comparison.rivals:
            if brand in self.brands.own:
                raise WrongSetting(
                    f"comparison.rivals 里的 {brand} 是自有品牌（brands.own）",
                    f"{brand} of comparison.rivals is an own brand (brands.own)",
                )
        return self

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise WrongSetting(f"没有时区 {name}", f"unknown time zone {name!r}") from error
        return name

    def resolve(self, path: str | Path) -> Path:
        """Return `path` as seen from the configuration file's folder."""
        return (self.folder / path).resolve()
