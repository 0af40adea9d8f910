"""Results of the calculators as JSON and as tables for a terminal."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from cem_nlp.cem.cost import NegativeExperienceCost
from cem_nlp.cem.figures import MEASURES
from cem_nlp.language import Bilingual, Language
from cem_nlp.vocabulary import ALL, CATEGORIES

_STEPS: Final = {
    "experience": Bilingual("2a 体验", "2a experience"),
    "expectation": Bilingual("2b 期望", "2b expectation"),
    "satisfaction": Bilingual("2c 满意", "2c satisfaction"),
    "importance": Bilingual("2d 重要性", "2d importance"),
    "weighted": Bilingual("3 加权", "3 weighted"),
    "ideal": Bilingual("4a 理想", "4a ideal"),
    "gap": Bilingual("4b 差距", "4b gap"),
}
_KEY_PROBABILITY: Final = Bilingual("是关键的概率", "probability of being the key")
_MARKS: Final = {"derived": "~", "assumed": "?"}
_MARKED: Final = ("experience", "expectation", "importance")
"""The ideal is derived by rule from these three unless a survey gives it: a mark would say nothing."""
_GROUP_NAMES: Final = {
    "brand": Bilingual("品牌", "brand"),
    "product": Bilingual("产品", "product"),
    "segment": Bilingual("客群", "segment"),
}
_LEGEND: Final = Bilingual(
    "★ 关键体验  ☆ 备选  ~ 由文本推算  ? 假定  – 未知",
    "★ key experience  ☆ runner-up  ~ derived from text  ? assumed  – unknown",
)
_NO_KEY: Final = Bilingual(
    "定不出关键体验：没有一个类别既知道体验、又知道大于 0 的重要性。",
    "No key experience: of no category both the experience and an importance above 0 are known.",
)
_ALONE: Final = Bilingual(
    "只有这一类既知道体验、又知道重要性：没有别的类别可比。",
    "Of this category alone both experience and importance are known: there is nothing to weigh it against.",
)
_LEVEL: Final = Bilingual(
    "并列：{categories}的加权满意度与重要性都相同，★ 只按六类的固定次序落在第一个上。",
    "Level: {categories} have the same weighted satisfaction and importance; the ★ goes to the first of them "
    "in the fixed order of the six.",
)
_NOTHING: Final = Bilingual("没有可计算的内容。", "Nothing to compute.")
_UNASKED: Final = Bilingual(
    "问卷没有问到的：{missing}。有的照算，缺的留空，由此而来的数也留空。",
    "The survey did not ask for: {missing}. What is there is computed; the rest stays empty, and so "
    "does what follows from it.",
)
_UNASKED_OF: Final = Bilingual("{measure}（{categories}）", "{measure} ({categories})")
_CATEGORY: Final = Bilingual("类别", "category")
_AMOUNTS: Final = ("lost_complainers", "lost_silent", "at_risk_complainers", "at_risk_silent", "won_back")


def gaps_as_json(gaps: pd.DataFrame) -> str:
    """Return the rows of `gap_table` as a JSON list of objects; what is unknown is null."""
    plain = gaps.astype("object").where(gaps.notna(), None)
    return json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=2)


def cost_as_json(cost: NegativeExperienceCost) -> str:
    """Return the five amounts as a JSON object."""
    return json.dumps({name: getattr(cost, name) for name in _AMOUNTS}, ensure_ascii=False, indent=2)


def gaps_as_text(gaps: pd.DataFrame, language: Language) -> str:
    """Return one table per brand × product × segment, one line per category, for a terminal."""
    if gaps.empty:
        return _NOTHING.say(language)
    header = [_CATEGORY.say(language), *(name.say(language) for name in _STEPS.values())]
    if gaps["key_probability"].notna().any():
        header.append(_KEY_PROBABILITY.say(language))
    blocks = []
    for key, rows in gaps.groupby(list(_GROUP_NAMES), sort=False):
        names = zip(_GROUP_NAMES.values(), key, strict=True)
        title = "  ".join(f"{name.say(language)}: {value}" for name, value in names if value != ALL)
        lines = [_gap_line(row, language)[: len(header)] for row in rows.to_dict("records")]
        remarks = [remark] if (remark := _remark(rows, language)) else []
        blocks.append("\n".join([*([title] if title else []), *_aligned([header, *lines]), *remarks]))
    return "\n\n".join([*blocks, _LEGEND.say(language)])


def unasked_as_text(unasked: Mapping[str, Sequence[str]], language: Language) -> str:
    """Return what a survey did not ask, measure by measure, from `survey.unasked`; '' where it asked all."""
    stop, semicolon = Bilingual("、", ", ").say(language), Bilingual("；", "; ").say(language)
    missing = [
        _UNASKED_OF.say(language).format(
            measure=MEASURES[measure].say(language),
            categories=stop.join(CATEGORIES[category].say(language) for category in categories),
        )
        for measure, categories in unasked.items()
    ]
    return _UNASKED.say(language).format(missing=semicolon.join(missing)) if missing else ""


def _remark(rows: pd.DataFrame, language: Language) -> str:
    """Return why there is no key experience, or how little the choice of it proves; '' where it is plain."""
    if not rows["is_key_experience"].any():
        return _NO_KEY.say(language)
    if not rows["runner_up"].any():
        return _ALONE.say(language)
    level = [CATEGORIES[category].say(language) for category in rows.loc[rows["tied"].eq(True), "category"]]
    listed = Bilingual("、", ", ").say(language).join(level)
    return _LEVEL.say(language).format(categories=listed) if level else ""


def _gap_line(row: Mapping[Any, Any], language: Language) -> list[str]:
    mark = "★ " if row["is_key_experience"] else "☆ " if row["runner_up"] else "  "
    probability = "–" if pd.isna(row["key_probability"]) else _percent(row["key_probability"])
    name = mark + CATEGORIES[row["category"]].say(language)
    return [name, *(_value(row, step) for step in _STEPS), probability]


def _percent(probability: float) -> str:
    """Return whole per cent, 99% for anything short of certain."""
    return f"{min(round(probability * 100), 99 if probability < 1 else 100)}%"


def _value(row: Mapping[Any, Any], name: str) -> str:
    if pd.isna(row[name]):
        return "–"
    mark = _MARKS.get(row[f"{name}_from"], "") if name in _MARKED else ""
    # Adding 0 turns a rounded −0 into 0.
    return f"{round(row[name], 1) + 0:g}{mark}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pad cells to columns, the first flush left, the others right; Chinese characters are two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [" " * (width - _width(cell)) + cell for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first + " " * (widths[0] - _width(first)), *cells]).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
