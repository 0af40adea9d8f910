"""The section on touchpoints: the diagnosis first, then the matrix, what is missing, and where to steer."""

import pandas as pd

from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Details, Heading, Note, Paragraph, Section, Table
from cem_nlp.report.cells import number
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.missing_points import missing_blocks, missing_sentence
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.report.sections.touchpoint_cells import diagnosis_table, rows_of
from cem_nlp.report.sections.touchpoints_wording import WORDS
from cem_nlp.vocabulary import ALL

MAX_PRODUCTS = 12
"""Products whose findings are listed; the table holds all."""


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `touchpoints`, None where nothing is known of any."""
    table = tables.more.get("touchpoints")
    if table is None or table.empty:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    whole = table[table["product"] == ALL]
    brand = focus_of(whole, context.own, "n_mentions")
    mine = whole[whole["brand"] == brand]
    missing = tables.more.get("missing_points", pd.DataFrame(columns=["brand", "diagnosis"]))
    missing = missing[(missing["brand"] == brand) & (missing["diagnosis"] == "missing")]
    lead = [*_diagnosed(mine, str(brand), say, phrases), *missing_sentence(missing, say, phrases)]
    least = context.scores.minimum_mentions
    mean = number(mine["mean_importance"].iloc[0])
    blocks: list[Block] = [
        _matrix(mine, say, phrases),
        diagnosis_table(mine, least, say, phrases),
        Note(say("how", mean=say("silent") if mean is None else numbers.score(mean))),
        *_steering(mine, say, phrases),
        *missing_blocks(missing, tables.feedback, say, phrases),
        *([Note(say("wish_note", n=least))] if context.basis == "feedback" or len(missing) else []),
        *_products(table[(table["brand"] == brand) & (table["product"] != ALL)], say, phrases),
    ]
    return Section("touchpoints", say("title"), phrases.paragraph(lead), tuple(blocks))


def _diagnosed(mine: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> list[str]:
    """Return the sentences on defects, misplaced touchpoints and where to steer."""
    named = {
        code: [phrases.touchpoint(str(row["touchpoint"])) for row in rows_of(mine[mine["diagnosis"] == code])]
        for code in ("defect", "misplaced")
    }
    shown = say("company") if brand == ALL else phrases.brand(brand)
    said = [
        say("lead_defect", brand=shown, touchpoints=phrases.listed(named["defect"]))
        if named["defect"]
        else say("lead_no_defect", brand=shown)
    ]
    for reason in ("channel", "effort"):
        found = mine[(mine["diagnosis"] == "misplaced") & (mine["reason"] == reason)]
        places = [phrases.touchpoint(str(row["touchpoint"])) for row in rows_of(found)]
        if places:
            said.append(say("lead_misplaced", touchpoints=phrases.listed(places), why=say(f"why_{reason}")))
    moves = [
        say(
            "move",
            touchpoint=phrases.touchpoint(str(row["touchpoint"])),
            channel=phrases.named(CHANNELS, str(row["steer_to"])),
        )
        for row in rows_of(mine[mine["steer_to"].notna()])
    ]
    return [*said, say("lead_steer", moves=phrases.listed(moves))] if moves else said


def _matrix(mine: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    rows = []
    for channel, name in CHANNELS.items():
        cells = [Cell(name.say(phrases.language))]
        for stage in PURCHASE:
            inside = rows_of(mine[(mine["channel"] == channel) & (mine["stage"] == stage)])
            bad = any(row["diagnosis"] == "defect" for row in inside)
            texts = [
                say(
                    "in_matrix",
                    touchpoint=phrases.touchpoint(str(row["touchpoint"])),
                    score=numbers.EN_DASH if pd.isna(row["experience"]) else numbers.score(row["experience"]),
                    mark=say(f"mark_{row['diagnosis']}"),
                )
                for row in inside
            ]
            cells.append(Cell(say("separator").join(texts), "bad" if bad else "plain"))
        rows.append(tuple(cells))
    head = (say("channel"), *(name.say(phrases.language) for name in PURCHASE.values()))
    return Table(say("matrix"), head, tuple(rows), frozenset({1, 2, 3}))


def _steering(mine: pd.DataFrame, say: Say, phrases: Phrases) -> list[Block]:
    sentences = [
        say(
            "steer_single" if pd.isna(row["steer_experience_low"]) else "steer",
            touchpoint=phrases.touchpoint(str(row["touchpoint"])),
            score=numbers.score(row["experience"]),
            preferred=phrases.named(CHANNELS, str(row["steer_to"])),
            share=numbers.percent(row["preference"]),
            n=numbers.count(row["n_preferences"]),
            other=numbers.score(row["steer_experience"]),
        )
        for row in rows_of(mine[mine["steer_to"].notna()])
    ]
    return [Heading(say("steering")), *map(Paragraph, sentences)] if sentences else []


def _products(rows: pd.DataFrame, say: Say, phrases: Phrases) -> list[Block]:
    """Return the defects and misplaced touchpoints of single products, folded away."""
    found = rows[rows["diagnosis"].isin(["defect", "misplaced"])]
    if found.empty:
        return []
    most = rows.groupby("product")["n_mentions"].sum().sort_values(ascending=False, kind="stable").index
    lines = []
    for product in [name for name in most if name in set(found["product"])][:MAX_PRODUCTS]:
        of_product = found[found["product"] == product]
        cells = []
        for code in ("defect", "misplaced"):
            of_code = rows_of(of_product[of_product["diagnosis"] == code])
            cells.append(
                Cell(phrases.listed([phrases.touchpoint(str(row["touchpoint"])) for row in of_code]))
            )
        lines.append((Cell(phrases.brand(str(product))), *cells))
    table = Table(
        say("products"), (say("product"), say("defect"), say("misplaced")), tuple(lines), frozenset({1, 2})
    )
    return [Details(say("products"), (table,))]
