"""The section on the ten experience themes: their pyramid, and what they have to do with loyalty."""

from typing import Any

import pandas as pd

from cem_nlp.cem.stages import LIFE_CYCLE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Details, Note, Section, Table, Tone
from cem_nlp.report.cells import number
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import ends, score_cell, score_range, share_cell, signed_range
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.report.sections.themes_wording import WORDS
from cem_nlp.vocabulary import ALL

_TONES: dict[str, Tone] = {"higher": "good", "lower": "bad"}
_SURE = tuple(_TONES)


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `themes`, None where nobody speaks of any."""
    themes = tables.more.get("themes")
    if themes is None or themes.empty:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    mine = themes[themes["brand"] == focus_of(themes[themes["life_cycle"] == ALL], context.own, "n_comments")]
    whole = mine[mine["life_cycle"] == ALL].sort_values("level", ascending=False)
    unheard = [
        phrases.named(context.themes, code) for code in context.themes if code not in set(whole["theme"])
    ]
    blocks: list[Block] = [_pyramid(whole, say, phrases, context)]
    if unheard:
        blocks.append(Note(say("unheard", themes=phrases.listed(unheard))))
    blocks.append(Note(say("how", by=say(str(whole["satisfaction_by"].iloc[0])))))
    if context.basis == "feedback" or (mine["life_cycle"] != ALL).any():
        blocks.append(Details(say("stages"), (_stages(mine, whole, say, phrases, context),)))
    lead = phrases.paragraph(_lead(whole, say, phrases, context))
    return Section("themes", say("title"), lead, tuple(blocks))


def _lead(whole: pd.DataFrame, say: Say, phrases: Phrases, context: ReportContext) -> list[str]:
    sentences = [_foremost(whole, say, phrases, context)]
    scored = whole[whole["experience_high"] < 5.0]  # surely more blame than praise
    if len(scored):
        worst: dict[Any, Any] = scored.sort_values("experience").iloc[0].to_dict()
        value, low, high = ends(worst, "experience")
        assert value is not None
        theme = phrases.named(context.themes, str(worst["theme"]))
        spread = score_range(low, high)
        sentences.append(say("lead_low", theme=theme, experience=numbers.score(value), range=spread))
    sure = whole[whole["satisfaction_verdict"].isin(_SURE)]
    sure = sure.sort_values("satisfaction_effect", ascending=False, kind="stable")
    ties = [
        say("tie", theme=phrases.named(context.themes, str(theme)), effect=numbers.signed(effect))
        for theme, effect in zip(sure["theme"], sure["satisfaction_effect"], strict=True)
    ]
    if whole["satisfaction_n"].notna().any():
        sentences.append(say("lead_ties", themes=phrases.listed(ties)) if ties else say("lead_no_ties"))
    return sentences


def _foremost(whole: pd.DataFrame, say: Say, phrases: Phrases, context: ReportContext) -> str:
    """Return which theme is spoken of most; of a survey, which asks for all, which is rated best, worst."""
    by = "n_comments" if context.basis == "feedback" else "experience"
    ordered = whole.dropna(subset=by).sort_values(by, ascending=False, kind="stable")
    few = by == "n_comments" and not (ordered[by] >= context.scores.minimum_mentions).any()
    if ordered.empty or few:
        return say("lead_thin", minimum=context.scores.minimum_mentions)
    most: dict[Any, Any] = ordered.iloc[0].to_dict()
    least: dict[Any, Any] = ordered.iloc[-1].to_dict()
    return say(
        "lead",
        brand=phrases.brand(str(most["brand"])),
        theme=phrases.named(context.themes, str(most["theme"])),
        share=share_cell(most, "share", say("too_few")).text,
        experience=score_cell(most, "experience", say("too_few")).text,
        least=phrases.named(context.themes, str(least["theme"])),
        lowest=score_cell(least, "experience", say("too_few")).text,
    )


def _pyramid(whole: pd.DataFrame, say: Say, phrases: Phrases, context: ReportContext) -> Table:
    rows = []
    for found in whole.to_dict("records"):
        level = say("level", level=found["level"])
        name = Cell(phrases.named(context.themes, str(found["theme"])), under=level)
        experience = score_cell(found, "experience", say("too_few"))
        ties = [_tie(found, tie, say) for tie in ("satisfaction", "repurchase")]
        rows.append((name, share_cell(found, "share", numbers.EN_DASH), experience, *ties))
    head = ("theme", "share", "experience", "satisfaction", "repurchase")
    return Table(say("table"), tuple(say(name) for name in head), tuple(rows))


def _tie(found: dict[Any, Any], tie: str, say: Say) -> Cell:
    """Return an effect with its range where it is sure, else that it is not."""
    verdict = str(found[f"{tie}_verdict"])
    value, low, high = ends(found, f"{tie}_effect")
    if value is None or low is None or high is None:
        return Cell(say("too_few" if number(found[f"{tie}_n"]) is not None else "not_asked"), "quiet")
    scale = 1.0 if tie == "satisfaction" else 100.0
    spread = signed_range(scale * low, scale * high)
    if verdict not in _SURE:
        return Cell(say("no_evidence"), "quiet", spread)
    return Cell(numbers.signed(scale * value), _TONES[verdict], spread)


def _stages(
    mine: pd.DataFrame, whole: pd.DataFrame, say: Say, phrases: Phrases, context: ReportContext
) -> Table:
    found = mine.set_index(["theme", "life_cycle"])
    rows = []
    for theme in whole["theme"]:
        cells = [Cell(phrases.named(context.themes, str(theme)))]
        for stage in LIFE_CYCLE:
            known = (theme, stage) in found.index
            cells.append(_in_stage(found.loc[(theme, stage)].to_dict(), say) if known else Cell(""))
        rows.append(tuple(cells))
    head = (say("theme"), *(phrases.named(LIFE_CYCLE, stage) for stage in LIFE_CYCLE))
    return Table(say("stages"), head, tuple(rows))


def _in_stage(found: dict[Any, Any], say: Say) -> Cell:
    value, low, high = ends(found, "experience")
    n = say("n", n=numbers.count(int(found["n_comments"])))
    if value is None:
        return Cell(say("too_few"), "quiet", n)
    return Cell(numbers.score(value), under=say("range_of", range=score_range(low, high), n=n))
