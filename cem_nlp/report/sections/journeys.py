"""The section on what customers remember, and where on their way it goes wrong."""

from typing import Any

import pandas as pd

from cem_nlp.cem.journeys import MEASURES
from cem_nlp.cem.stages import VIEWS
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Chart, Note, Section, Table, Tone, row
from cem_nlp.report.cells import number
from cem_nlp.report.curves import Line, Point, emotion_curve
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.journey_cells import measure_cell, spread, stage_cell
from cem_nlp.report.sections.journey_details import by_brand, by_product
from cem_nlp.report.sections.journeys_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

_TONES: dict[str, Tone] = {"better": "good", "worse": "bad"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `journeys`, None without opinions."""
    journeys, emotions = tables.more.get("journeys"), tables.more.get("emotions")
    if emotions is None or emotions.empty or journeys is None:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    whole = emotions[emotions["product"] == ALL]
    brand = focus_of(whole, context.own, "n_mentions")
    mine = whole[whole["brand"] == brand]
    shown = _episodes_of(journeys, brand)
    blocks: list[Block] = []
    if len(shown):
        blocks += [_episode_table(shown, say, phrases), Note(say("how", units=say("units")))]
    if "customer" not in set(journeys["level"]):
        blocks.append(Note(phrases.head(say("unordered"))))
    for view in (view for view in VIEWS if (mine["view"] == view).any()):
        of_view = mine[mine["view"] == view]
        if view == "journey":
            blocks.append(_curve(of_view, str(brand), say, phrases))
        blocks.append(_stage_table(of_view, view, say, phrases))
    compared = context.basis == "feedback" or _has_rivals(mine)
    blocks.append(Note(say("alike", convention=say("convention")) if compared else say("convention")))
    for details in (by_product, by_brand):
        found = details(journeys, emotions, brand, say, phrases)
        blocks += [] if found is None else [found]
    said = [_remembered(shown, say, phrases), *_effort(mine, say, phrases), *_told_apart(mine, say, phrases)]
    lead = phrases.paragraph(said)
    return Section("journeys", say("title"), lead, tuple(blocks))


def _episodes_of(journeys: pd.DataFrame, brand: str | None) -> pd.DataFrame:
    """Return the rows of the brand; of everybody where it has no calls or journeys of its own."""
    whole = journeys[journeys["product"] == ALL]
    mine = whole[whole["brand"] == brand]
    return mine if len(mine) else whole[whole["brand"] == ALL]


def _remembered(shown: pd.DataFrame, say: Say, phrases: Phrases) -> str:
    """Return what the surest comparison says: journeys before calls where both can be compared."""
    known = shown[~shown["suppressed"]]
    if known.empty:
        return say("lead_thin")
    best: dict[Any, Any] = known.sort_values(["n_compared", "level"], ascending=False).iloc[0].to_dict()
    low, high = number(best["difference_low"]), number(best["difference_high"])
    sure = low is not None and high is not None and (low > 0 or high < 0)
    which = "lead_same" if not sure else "lead_worse" if best["difference"] < 0 else "lead_better"
    slight = sure and abs(best["difference"]) < phrases.context.least_effect
    return say(
        f"{which}_slightly" if slight else which,
        brand=_named(str(best["brand"]), say, phrases),
        level=say(f"{best['level']}s"),
        peak_end=numbers.score(best["peak_end"]),
        mean=numbers.score(best["mean"]),
    )


def _effort(mine: pd.DataFrame, say: Say, phrases: Phrases) -> list[str]:
    """Return where bad peaks and ends gather; nothing where there are none."""
    stages = mine[mine["view"] == "journey"]
    low = stages[["n_low_peaks", "n_low_ends"]].sum(axis=1)
    if not low.sum():
        return []
    worst = stages.iloc[int(low.to_numpy().argmax())]
    names, _ = VIEWS["journey"]
    place = worst["worst_touchpoint"]
    return [
        say(
            "lead_effort_stage" if pd.isna(place) else "lead_effort",
            stage=phrases.named(names, str(worst["stage"])),
            n_peaks=numbers.count(int(worst["n_low_peaks"])),
            n_ends=numbers.count(int(worst["n_low_ends"])),
            touchpoint=phrases.touchpoint(str(place)),
        )
    ]


def _told_apart(mine: pd.DataFrame, say: Say, phrases: Phrases) -> list[str]:
    """Return at which stages of the journey rivals are surely felt otherwise."""
    names, _ = VIEWS["journey"]
    stages = mine[mine["view"] == "journey"]
    found = {
        verdict: [
            phrases.named(names, str(stage)) for stage in stages.loc[stages["verdict"] == verdict, "stage"]
        ]
        for verdict in ("worse", "better")
    }
    parts = [say(verdict, stages=phrases.listed(named)) for verdict, named in found.items() if named]
    return [say("lead_against", parts=say("part_separator").join(parts))] if parts else []


def _episode_table(shown: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    head = (say("episode"), say("n"), *(say(name) for name in MEASURES))
    rows = []
    for found in shown.to_dict("records"):
        brand = _named(str(found["brand"]), say, phrases)
        counts = f"{numbers.count(found['n_compared'])} / {numbers.count(found['n_episodes'])}"
        measures = [measure_cell(found, name, say) for name in MEASURES]
        rows.append(row(say("of", level=say(str(found["level"])), brand=brand), counts, *measures))
    return Table(say("episodes"), head, tuple(rows))


def _curve(stages: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> Chart:
    names, _ = VIEWS["journey"]
    found = stages.set_index("stage")
    sides = [("own", _named(brand, say, phrases), "experience")]
    if stages["experience_rival"].notna().any():
        sides.append(("rival", say("rivals"), "experience_rival"))
    lines = [
        Line(kind, title, tuple(_point(found, stage, measure) for stage in names))
        for kind, title, measure in sides
    ]
    said = [
        say(
            "point",
            stage=phrases.named(names, stage),
            score=_pointed(point, stage in found.index, say),
        )
        for stage, point in zip(names, lines[0].points, strict=True)
    ]
    label = say("curve", brand=lines[0].name, points=phrases.listed(said))
    return Chart(emotion_curve([phrases.named(names, stage) for stage in names], lines, label), label)


def _pointed(point: Point, mentioned: bool, say: Say) -> str:
    if point.value is not None:
        return numbers.score(point.value)
    return say("too_few" if mentioned else "silent")


def _point(found: pd.DataFrame, stage: str, measure: str) -> Point:
    if stage not in found.index:
        return Point(None, None, None)
    return Point(*(number(found.loc[stage, f"{measure}{end}"]) for end in ("", "_low", "_high")))


def _stage_table(stages: pd.DataFrame, view: str, say: Say, phrases: Phrases) -> Table:
    names, _ = VIEWS[view]
    rivals, placed = _has_rivals(stages), bool(stages["worst_touchpoint"].notna().any())
    head = ["stage", "own", *(["gap"] if rivals else []), "low_peaks", "low_ends"]
    head += ["worst"] if placed else []
    rows = []
    for found in stages.to_dict("records"):
        cells = [Cell(phrases.named(names, str(found["stage"]))), stage_cell(found, say)]
        if rivals:
            cells.append(_against(found, say))
        worst = found["worst_touchpoint"]
        cells += [Cell(numbers.count(found[name])) for name in ("n_low_peaks", "n_low_ends")]
        if placed:
            cells.append(Cell("" if pd.isna(worst) else phrases.touchpoint(str(worst))))
        rows.append(tuple(cells))
    last = frozenset({len(head) - 1} if placed else ())
    return Table(say(view), tuple(say(name) for name in head), tuple(rows), last)


def _has_rivals(stages: pd.DataFrame) -> bool:
    return bool(stages["verdict"].notna().any())


def _against(found: dict[Any, Any], say: Say) -> Cell:
    gap = number(found["difference"])
    if gap is None:
        return Cell(say("too_few"), "quiet")
    ends = spread(number(found["difference_low"]), number(found["difference_high"]))
    tone = _TONES.get(str(found["verdict"]), "plain")
    return Cell(numbers.signed(gap), tone, ends)


def _named(brand: str, say: Say, phrases: Phrases) -> str:
    return say("everyone") if brand == ALL else phrases.brand(brand)
