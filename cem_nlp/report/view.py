"""The report's content, taken from the tables once: which brands stand in it, and what is known of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cem_nlp.report.cells import Cell, Week, cells, day, weekly
from cem_nlp.report.drift import Drift, drift_of
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.reconciliation import BrokenRows, FileRows, broken_rows_of, files_of, total_of
from cem_nlp.report.seven_steps import Steps, seven_steps
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL, CATEGORIES, KINDS, UNKNOWN

ROWS = (ALL, *CATEGORIES)
"""The rows of every score table: the brand as a whole, then the six categories."""

# What a reader can take in; the Parquet tables hold the rest, and the page says how much that is.
MAX_OWN = 3
MAX_RIVALS = 5
MAX_STEPS = 12
MAX_REASONS = 30
WEEKS = 13

KIND_SHARES_APART = 0.2
"""A share of complaints that differs by more moves a brand's total by more than most real differences."""


@dataclass(frozen=True, slots=True)
class Brands:
    """Brands of the report; each group has the most mentioned first, own ones as configured.

    `focus` is the brand that the heat map, the trend and the key points are about: the first own one, or
    the most mentioned where none is own. None where nobody said anything about anybody. `silent` are those
    that feedback names without any opinion in the scores, apart from the own ones.
    """

    own: tuple[str, ...]
    rivals: tuple[str, ...]
    own_left_out: int
    rivals_left_out: int
    unnamed_mentions: int
    silent: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """Own brands, then rivals."""
        return self.own + self.rivals

    @property
    def focus(self) -> str | None:
        """The brand that the report is about."""
        return self.shown[0] if self.shown else None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The brands whose touchpoints, trend and quotes are shown: the own ones, else the focus."""
        return self.own or self.shown[:1]

    @property
    def compared(self) -> tuple[str, ...]:
        """The brands that the focus is compared with."""
        return self.rivals if self.own else self.rivals[1:]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the report rests on: counts over all brands, and the first and last day customers spoke.

    Near-duplicates are counted by themselves and nowhere else, as in the scores. `n_foreign` comments are in
    another language and were not read. `kinds` holds the comments by brand and kind.
    """

    n_feedback: int
    n_foreign: int
    n_near_duplicates: int
    n_opinions: int
    kinds: Mapping[tuple[str, str], int]
    first_day: date | None
    last_day: date | None

    def of(self, brand: str) -> int:
        """Return the comments on a brand."""
        return sum(n for (named, _), n in self.kinds.items() if named == brand)


@dataclass(frozen=True, slots=True)
class View:
    """All that the three renderings show.

    `scores` holds the cells in which brands are compared: those of one `compared_kind` of feedback where the
    brands' feedback differs too much in kind, else those of all kinds, as in `whole`. `comparisons` is the
    table of that name, which is fairer and decides how brands stand to each other where it knows them.
    """

    brands: Brands
    coverage: Coverage
    compared_kind: str | None
    scores: Mapping[tuple[str, str], Cell]
    whole: Mapping[tuple[str, str], Cell]
    touchpoints: Mapping[tuple[str, str, str], Cell]
    weeks: Mapping[str, Mapping[str, tuple[Week, ...]]]
    comparisons: pd.DataFrame
    alerts: pd.DataFrame
    steps: tuple[Steps, ...]
    files: tuple[FileRows, ...]
    total: FileRows
    broken_rows: tuple[BrokenRows, ...]
    drift: Drift

    def cell(self, brand: str, category: str) -> Cell | None:
        """Return a brand's cell in a category ('all' for the brand as a whole), if anyone mentioned it."""
        return self.scores.get((brand, category))

    @property
    def has_corrected(self) -> bool:
        """Whether any score shown is corrected for classifier error."""
        return any(cell.corrected is not None for cell in self.scores.values())


def build_view(tables: ReportTables, context: ReportContext) -> View:
    """Take out of the tables what a report shows."""
    whole = brand_scores(tables.scores)
    coverage = _coverage(tables)
    brands = choose_brands(whole, context.own, coverage)
    kind = compared_kind(tables.scores, coverage, brands)
    scores = whole if kind is None else brand_scores(tables.scores[tables.scores["kind"] == kind], "kind")
    brands = choose_brands(scores, context.own, coverage)
    files = files_of(tables.sources, context.night)
    return View(
        brands=brands,
        coverage=coverage,
        compared_kind=kind,
        scores=scores,
        whole=whole,
        touchpoints=_touchpoints(tables.scores),
        weeks={b: weekly(tables.scores, b, context.night, WEEKS) for b in brands.subjects},
        comparisons=_table_of(tables, "comparisons"),
        alerts=_table_of(tables, "alerts"),
        steps=seven_steps(tables.gaps, context.own or brands.subjects, tables.feedback),
        files=files,
        total=total_of(files),
        broken_rows=broken_rows_of(tables.quarantine, context.night),
        drift=drift_of(tables.drift, context.night),
    )


def _table_of(tables: ReportTables, name: str) -> pd.DataFrame:
    return tables.more.get(name, TABLES[name].empty_table().to_pandas())


def brand_scores(scores: pd.DataFrame, *also: str) -> dict[tuple[str, str], Cell]:
    """Return the cells of each brand: (brand, category), and (brand, 'all') for the brand as a whole.

    `also` names dimensions that are not rolled up; `scores` must hold one value of each.
    """
    whole = {(key[0], ALL): cell for key, cell in cells(scores, "brand", *also).items()}
    parts = {(key[0], key[1]): cell for key, cell in cells(scores, "brand", "category", *also).items()}
    return whole | parts


def compared_kind(scores: pd.DataFrame, coverage: Coverage, brands: Brands) -> str | None:
    """Return the kind of feedback to compare brands in, None where they can be compared in all kinds at once.

    A company has its own complaints and calls, but hardly its rivals': a comparison of everything would
    punish it for listening. Chosen is the kind in which the focus and a rival have scores, the one with
    most comments; None as well where there is no such kind.
    """
    if not kinds_differ(coverage, brands):
        return None
    scored = {key for key, cell in cells(scores, "brand", "kind").items() if cell.has_score}
    shared = [
        kind
        for kind in KINDS
        if (brands.focus, kind) in scored and any((b, kind) in scored for b in brands.compared)
    ]
    return max(
        shared, key=lambda kind: sum(coverage.kinds.get((b, kind), 0) for b in brands.shown), default=None
    )


def _touchpoints(scores: pd.DataFrame) -> dict[tuple[str, str, str], Cell]:
    """Return the cells by brand, touchpoint and category, 'all' for the touchpoint as a whole.

    A category that holds all opinions of its touchpoint has the touchpoint's score: in the table the two
    differ by the parents that they are drawn towards.
    """
    whole = {(brand, place): cell for (brand, place), cell in cells(scores, "brand", "touchpoint").items()}
    found = {(brand, place, ALL): cell for (brand, place), cell in whole.items()}
    for (brand, place, category), cell in cells(scores, "brand", "touchpoint", "category").items():
        touchpoint = whole.get((brand, place), cell)
        same = touchpoint.n_mentions == cell.n_mentions
        found[brand, place, category] = touchpoint if same else cell
    return found


def choose_brands(scores: Mapping[tuple[str, str], Cell], own: tuple[str, ...], coverage: Coverage) -> Brands:
    """Return the brands to show: the own ones that are mentioned, and the most mentioned rivals.

    'unknown' is nobody's rival, so its mentions are only counted, unless there is no named brand at all.
    An own brand stays in the report when nobody mentions any of them.
    """
    silent = {brand for brand, _ in coverage.kinds} - {brand for brand, _ in scores} - {*own, UNKNOWN}
    mentions = {brand: cell.n_mentions for (brand, category), cell in scores.items() if category == ALL}
    named = sorted((b for b in mentions if b != UNKNOWN), key=lambda b: (-mentions[b], b))
    if not named and not own:
        named = list(mentions)
    mentioned_own = tuple(b for b in own if b in mentions) or own[:1]
    rivals = [brand for brand in named if brand not in own]
    return Brands(
        own=mentioned_own[:MAX_OWN],
        rivals=tuple(rivals[:MAX_RIVALS]),
        own_left_out=max(0, len(mentioned_own) - MAX_OWN),
        rivals_left_out=max(0, len(rivals) - MAX_RIVALS),
        unnamed_mentions=0 if UNKNOWN in named else mentions.get(UNKNOWN, 0),
        silent=tuple(sorted(silent, key=lambda brand: (-coverage.of(brand), brand))),
    )


def _coverage(tables: ReportTables) -> Coverage:
    feedback = tables.feedback[tables.feedback["duplicate_of"].isna()]
    comments, opinions = (
        table[table["feedback_id"].isin(feedback["feedback_id"])]
        for table in (tables.comments, tables.opinions)
    )
    dated = feedback.loc[feedback["created_at"].notna(), "business_date"]
    kinds = Counter(zip(feedback["brand"].astype(str), feedback["kind"].astype(str), strict=True))
    return Coverage(
        n_feedback=len(feedback),
        n_foreign=int((comments["language"] == "other").sum()),
        n_near_duplicates=len(tables.feedback) - len(feedback),
        n_opinions=len(opinions),
        kinds=kinds,
        first_day=None if dated.empty else day(dated.min()),
        last_day=None if dated.empty else day(dated.max()),
    )


def kinds_differ(coverage: Coverage, brands: Brands) -> bool:
    """Say whether the brands' feedback differs in kind by more than `KIND_SHARES_APART` of its comments."""
    shares: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for brand in brands.shown:
        counts = {kind: coverage.kinds.get((brand, kind), 0) for kind in KINDS}
        if total := sum(counts.values()):
            for kind, n in counts.items():
                shares[kind].append(n / total)
    return any(max(found) - min(found) > KIND_SHARES_APART for found in shares.values() if found)
