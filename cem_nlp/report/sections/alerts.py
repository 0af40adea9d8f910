"""The section on changes of the last days: what moved, since when, how sure, and what else moved."""

from typing import Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Section, Table, Tone, row
from cem_nlp.report.cells import day, number, word
from cem_nlp.report.changes import Alert, foremost, sureness, value_of
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.alerts_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

MAX_CHANGES: Final = 8
"""Changes the table lists; `alerts` holds all."""
MAX_PLACES: Final = 2
"""Further cells of a change that are named."""
CROWD: Final = 2.0
"""How many times as many comments (or as few) are named beside a change of experience at the same time."""

_TONES: Final[dict[str, Tone]] = {"worse": "bad", "better": "good"}
_MIXES: Final = ("kind", "source", "channel")
_SHORT: Final = {
    ("share", "daily"): "share_of_talk",
    ("share", "weekly"): "share_of_talk",
    ("volume", "daily"): "per_day",
    ("volume", "weekly"): "per_week",
}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `alerts`; None where the tables were never made."""
    series, alerts = tables.more.get("alert_series"), tables.more.get("alerts")
    if series is None or alerts is None:
        return None
    say = speaker(WORDS, phrases.language)
    undated = _undated(tables, say)
    if series.empty:
        return Section("alerts", say("title"), say("thin"), undated)
    until = str(max(day(value) for value in series["until"]))
    changes = gathered(alerts)
    blocks: list[Block] = []
    if changes:
        lead = _lead(changes, until, say, phrases)
        blocks += [_table(changes[:MAX_CHANGES], say, phrases), Note(say("explained"))]
        if len(changes) > MAX_CHANGES:
            blocks.append(Note(say("hidden", n=len(changes) - MAX_CHANGES)))
        if context.data_notes:
            blocks.append(Note(say("notes", notes=" ".join(context.data_notes)), caution=True))
    else:
        lead = say("quiet", until=until, series=numbers.count(len(series)))
    floor = _floor(series, context, say, phrases)
    blocks += [Note(text) for text in (floor, say("method")) if text]
    return Section("alerts", say("title"), lead, (*blocks, *undated))


def gathered(alerts: pd.DataFrame) -> list[list[Alert]]:
    """Return the alerts by change: those of a brand in one direction whose days overlap, the surest first.

    Changes come in the order of their first alert in the table.
    """
    changes: list[list[Alert]] = []
    for alert in alerts.to_dict("records"):
        for change in changes:
            if any(_together(alert, other) for other in change):
                change.append(alert)
                break
        else:
            changes.append([alert])
    return [sorted(change, key=sureness) for change in changes]


def _together(one: Alert, other: Alert) -> bool:
    alike = all(one[name] == other[name] for name in ("brand", "measure", "direction"))
    return alike and _overlap(one, other)


def _overlap(one: Alert, other: Alert) -> bool:
    return day(one["since"]) <= day(other["until"]) and day(other["since"]) <= day(one["until"])


def _lead(changes: list[list[Alert]], until: str, say: Say, phrases: Phrases) -> str:
    own = sum(bool(change[0]["is_own"]) for change in changes)
    counts = [say("own", n=own)] if own else []
    counts += [say("rivals", n=len(changes) - own)] if own < len(changes) else []
    explained = sum(word(change[0]["explained_by"]) is not None for change in changes)
    first = foremost(change[0] for change in changes)
    beside = _beside(first, _volumes(changes), say, phrases)
    sentences = [
        say("lead", until=until, counts=phrases.listed(counts)),
        say(
            "first",
            what=_place(first, say, phrases),
            since=day(first["since"]),
            measure=_measure(first, say),
            before=value_of(first, first["before"]),
            after=value_of(first, first["after"]),
            ongoing=say("ongoing" if first["ongoing"] else "over"),
            beside="" if beside == say("nothing") else say("aside", said=beside),
        ),
    ]
    sentences += [say("explained_count", n=explained)] if explained else []
    return phrases.say("sentence_gap").join(sentences)


def _table(changes: list[list[Alert]], say: Say, phrases: Phrases) -> Table:
    head = tuple(say(name) for name in ("where", "what", "negative", "when", "sure", "beside"))
    rows = tuple(_row(change, _volumes(changes), say, phrases) for change in changes)
    return Table(say("caption"), head, rows, words=frozenset({1, 2, 3, 5}))


def _volumes(changes: list[list[Alert]]) -> list[Alert]:
    return [alert for change in changes for alert in change if alert["measure"] == "volume"]


def _row(change: list[Alert], volumes: list[Alert], say: Say, phrases: Phrases) -> tuple[Cell, ...]:
    main, *others = change
    ranges = [
        f"{value_of(main, main[f'{name}_low'])}{numbers.EN_DASH}{value_of(main, main[f'{name}_high'])}"
        for name in ("before", "after")
    ]
    measure = _SHORT.get((main["measure"], main["series"]), "experience")
    moved = say("moved", measure=say(measure), change=_change(main, say))
    q_value = float(main["q_value"])
    return row(
        Cell(_place(main, say, phrases), under=_beneath(main, others, say, phrases)),
        Cell(
            moved,
            _TONES.get(main["direction"], "plain"),
            under=say("change", before=ranges[0], after=ranges[1]),
        ),
        _negative(main, say),
        Cell(
            say("window", since=day(main["since"]), until=day(main["until"])),
            under=say("lasting" if main["ongoing"] else "ended"),
        ),
        say("below") if q_value < 0.001 else f"{q_value:.1%}",
        _beside(main, volumes, say, phrases),
    )


def _change(alert: Alert, say: Say) -> str:
    return say("change", before=value_of(alert, alert["before"]), after=value_of(alert, alert["after"]))


def _negative(alert: Alert, say: Say) -> str:
    before, after = number(alert["negative_before"]), number(alert["negative_after"])
    if before is None or after is None:
        return numbers.EN_DASH
    return say("change", before=numbers.percent(before), after=numbers.percent(after))


def _place(alert: Alert, say: Say, phrases: Phrases) -> str:
    return say("cell", brand=phrases.brand(str(alert["brand"])), place=_inside(alert, say, phrases))


def _inside(alert: Alert, say: Say, phrases: Phrases) -> str:
    if alert["category"] != ALL:
        return phrases.category(str(alert["category"]))
    return say("all") if alert["touchpoint"] == ALL else phrases.touchpoint(str(alert["touchpoint"]))


def _beneath(main: Alert, others: list[Alert], say: Say, phrases: Phrases) -> str:
    """Return the department that answers for an own touchpoint, and where else it moved."""
    owner = phrases.owner(str(main["touchpoint"])) if main["is_own"] else ""
    return phrases.listed([said for said in (owner, _also(others, say, phrases)) if said])


def _also(others: list[Alert], say: Say, phrases: Phrases) -> str:
    places = list(dict.fromkeys(_inside(other, say, phrases) for other in others))
    if not places:
        return ""
    named = phrases.listed(places[:MAX_PLACES])
    if len(places) > MAX_PLACES:
        named = say("also_more", places=named, n=len(places))
    return say("also", places=named)


def _measure(alert: Alert, say: Say) -> str:
    measure = str(alert["measure"])
    return say(f"volume_{alert['series']}" if measure == "volume" else measure)


def _beside(alert: Alert, volumes: list[Alert], say: Say, phrases: Phrases) -> str:
    """Return what else moved at the time: the calendar, the mix, all brands, how many speak."""
    said = []
    names = word(alert["calendar" if phrases.language == "zh" else "calendar_english"])
    if names is not None:
        said.append(say("calendar", names=numbers.one_line(names)))
    explained = word(alert["explained_by"])
    if explained in _MIXES:
        value = str(alert["mix_value"])
        shares = [numbers.percent(float(alert[f"mix_{name}"])) for name in ("before", "after")]
        shown = phrases.kind(value) if explained == "kind" else phrases.brand(value)
        change = say("change", before=shares[0], after=shares[1])
        said.append(say("mix", dimension=say(explained), value=shown, change=change))
    elif explained is not None:
        said.append(say(explained))
    for volume in volumes:
        factor = volume["after"] / volume["before"]
        if alert["measure"] == "experience" and volume["brand"] == alert["brand"] and _overlap(alert, volume):
            if not 1 / CROWD < factor < CROWD:
                said.append(say("crowd", factor=numbers.score(factor)))
            break
    return phrases.listed(said) or say("nothing")


def _floor(series: pd.DataFrame, context: ReportContext, say: Say, phrases: Phrases) -> str:
    """Say the smallest change of the most important own brand that would have been seen."""
    overall = series[(series["category"] == ALL) & (series["touchpoint"] == ALL) & series["is_own"]]
    overall = overall[overall["measure"] == "experience"]
    for brand in context.own:
        known = overall[(overall["brand"] == brand) & overall["detectable"].notna()]
        if len(known):
            best = known.sort_values("series").iloc[0]
            key = "floor" if best["series"] == "daily" else "floor_weekly"
            return say(key, brand=phrases.brand(brand), size=numbers.score(float(best["detectable"])))
    return say("floor_none", brand=phrases.brand(context.own[0])) if context.own else ""


def _undated(tables: ReportTables, say: Say) -> tuple[Block, ...]:
    n = int(tables.feedback["created_at"].isna().sum())
    return (Note(say("undated", n=numbers.count(n))),) if n else ()
