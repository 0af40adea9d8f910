"""Where feedback comes from, and which of its columns holds what."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from cem_nlp.config.section import Encoding, Section, WrongSetting, refuse_reversed

Role = Literal["customer", "agent"]
Kind = Literal["review", "complaint", "transcript"]
Format = Literal["csv", "excel", "jsonl", "parquet", "sql"]
Pattern = Literal["past", "present", "potential"]
_SUFFIXES: Mapping[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}

_NO_DELIMITERS = '\r\n"\0'


class Columns(Section):
    """Which column of the source holds what, by the source's own column names."""

    text: str | tuple[str, ...] | None = Field(
        None, description="what the customer says (not for transcripts); several are joined by a line break"
    )
    id: str | None = Field(None, description="the source's own record number")
    brand: str | None = Field(None, description="brand or company")
    product: str | tuple[str, ...] | None = Field(
        None, description="product; several columns are joined by a space"
    )
    channel: str | None = Field(None, description="where the customer spoke")
    segment: str | None = Field(None, description="customer segment, such as a membership level")
    customer: str | None = Field(None, description="customer number; stored as a salted hash only")
    created_at: str | None = Field(None, description="when the customer spoke")
    rating: str | None = Field(None, description="stars or points; `[sources.rating]` gives the scale")
    kind: str | None = Field(None, description="kind of feedback, where one file holds several")


class Constants(Section):
    """Values for rows whose source has no such column, or leaves it empty."""

    brand: str | None = Field(None, description="brand or company")
    product: str | None = Field(None, description="product")
    channel: str | None = Field(None, description="where the customer spoke")
    segment: str | None = Field(None, description="customer segment, such as a membership level")


class Turns(Section):
    """How a transcript's turns are named."""

    column: str = Field("turns", description="the list of turns")
    role: str = Field("role", description="who speaks")
    text: str = Field("text", description="what is said")
    seconds: str | None = Field(None, description="seconds since the call began")
    roles: dict[str, Role] = Field(
        {"customer": "customer", "agent": "agent"}, description="what each side is called"
    )


class RatingScale(Section):
    """The rating's scale, both ends included."""

    low: float = Field(1, description="worst rating")
    high: float = Field(5, description="best rating")

    @model_validator(mode="after")
    def _upwards(self) -> Self:
        refuse_reversed(self.low, self.high)
        return self


class Source(Section):
    """One source of feedback: files, or a query to a database."""

    name: str = Field(description="unique; part of every record's identity")
    kind: Kind = Field("review", description="what the customer wrote or said")
    path: str | None = Field(None, description="file; may hold * and {date}; several files share one mapping")
    url: str | None = Field(None, description="SQLAlchemy address; ${NAME} is taken from the environment")
    query: str | None = Field(None, description="SELECT for `url`; may use :night")
    format: Format | None = Field(None, description="guessed from the file's suffix where absent")
    encoding: Encoding | None = Field(
        None, description="utf-8 (with or without mark), then gb18030, where absent; Big5 has to be declared"
    )
    delimiter: str | None = Field(
        None, min_length=1, max_length=1, description="comma, or tab for .tsv, where absent"
    )
    sheet: str | None = Field(None, description="sheet of a workbook; the first where absent")
    columns: Columns = Columns()
    constants: Constants = Constants()
    turns: Turns = Turns()
    date_formats: tuple[str, ...] = Field(
        (), description="strptime patterns tried in order, before ISO 8601 and the usual Chinese forms"
    )
    rating: RatingScale = RatingScale()
    listening: Pattern = Field(
        "past",
        description="after a transaction (past), in the running relation (present), or probing for what is "
        "missing (potential)",
    )
    kinds: dict[str, Kind] = Field(default_factory=dict, description="what the kind column's values mean")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.path is None) == (self.url is None):
            raise WrongSetting("path 与 url 须写一个，且只写一个", "give either path or url")
        if self.url is not None and self.query is None:
            raise WrongSetting("写了 url 还要写 query", "url needs query")
        if self.file_format == "sql" and self.url is None:
            raise WrongSetting("format 为 sql 时要写 url 与 query", "format sql needs url and query")
        if not self.columns.text and self.declared_kinds != {"transcript"}:
            raise WrongSetting("缺少 columns.text", "columns.text is missing")
        return self

    @field_validator("delimiter")
    @classmethod
    def _parts_cells(cls, delimiter: str | None) -> str | None:
        if delimiter is not None and delimiter in _NO_DELIMITERS:
            raise WrongSetting(
                "换行和双引号在 CSV 里另有用途，不能作分隔符；可用的如 ,  ;  |  \\t",
                "line ends and double quotes mean something else in CSV; a delimiter is such as ,  ;  |  \\t",
            )
        return delimiter

    @field_validator("date_formats")
    @classmethod
    def _usable_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        now = datetime(2026, 9, 3, 8, 5)
        for pattern in patterns:
            try:
                datetime.strptime(now.strftime(pattern), pattern)
            except ValueError as error:
                raise WrongSetting(
                    f"不是 strptime 的日期格式：{pattern}", f"not a strptime pattern: {pattern!r}"
                ) from error
        return patterns

    @property
    def declared_kinds(self) -> frozenset[Kind]:
        """The kinds of feedback that this source declares: by its kind column where it has one."""
        return frozenset(self.kinds.values() if self.columns.kind is not None else [self.kind])

    def pattern(self, night: date) -> str:
        """Return `path` for `night`, as the configuration wrote it; empty for a database."""
        return (self.path or "").replace("{date}", night.isoformat())

    @property
    def file_format(self) -> Format:
        """The declared format, or the one the suffix says."""
        if self.format is not None:
            return self.format
        if self.path is None:
            return "sql"
        suffix = Path(self.path.lower().removesuffix(".gz")).suffix
        if suffix not in _SUFFIXES:
            raise WrongSetting(
                f"后缀 {suffix} 不在 {'、'.join(_SUFFIXES)} 之列：请写 format",
                f"suffix {suffix!r} is none of {', '.join(_SUFFIXES)}: give format",
            )
        return _SUFFIXES[suffix]
