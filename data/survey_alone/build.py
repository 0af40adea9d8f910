"""Write the larger ones of the invented surveys beside this file; the others are by hand.

    python data/survey_alone/build.py [FOLDER]

The seed is fixed, and a test compares the result. Everything is invented: bank, rivals, respondents, figures.
"""

import csv
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

CATEGORIES = ("产品", "服务", "关系", "价格", "便利性", "品牌形象")
EXPERIENCE = {
    "静湖银行": (6.8, 5.9, 5.6, 6.4, 4.6, 6.9),
    "远山银行": (6.9, 6.8, 6.0, 5.8, 6.9, 7.1),
    "青屿银行": (6.4, 6.2, 5.5, 6.6, 6.6, 6.0),
}
EXPECTATION = (6.9, 6.8, 5.5, 6.5, 7.2, 6.8)
IMPORTANCE = (7.5, 7.2, 5.0, 6.5, 8.6, 5.4)
THEMES = {
    "信任": 7.2,
    "便利": 5.1,
    "守诺": 4.8,
    "尊重": 6.7,
    "自主": 6.2,
    "选择": 6.6,
    "知情": 5.7,
    "个性认同": 5.4,
    "生活增益": 5.9,
    "身份地位": 5.2,
}
LEVELS = {"私行客户": 1500, "金卡客户": 260, "普通客户": 40}
"""What a customer of each level is worth, in the middle of the level."""


def answer(draw: random.Random, mean: float, spread: float = 1.3) -> int:
    """Return a whole score from 0 to 10 about a mean."""
    return min(10, max(0, round(draw.gauss(mean, spread))))


def moods(draw: random.Random) -> Iterable[tuple[str, str, float]]:
    """Yield 24 respondents, each with his segment and how content he is with everything."""
    for number in range(24):
        yield f"R{number + 1:02d}", ("新客", "老客")[number % 2], draw.gauss(0, 0.9)


def survey(draw: random.Random) -> Iterable[Sequence[object]]:
    """Yield the survey of the seven steps, on the own bank alone."""
    yield "产品", "客群", "受访者", "类别", "指标", "分数"
    for person, segment, mood in moods(draw):
        asked = {"体验": EXPERIENCE["静湖银行"], "期望": EXPECTATION, "重要性": IMPORTANCE}
        for measure, means in asked.items():
            for category, mean in zip(CATEGORIES, means, strict=True):
                content = mood if measure == "体验" else 0.0
                yield "储蓄卡", segment, person, category, measure, answer(draw, mean + content, 1.1)


def brands(draw: random.Random) -> Iterable[Sequence[object]]:
    """Yield what respondents who know three banks experience at each."""
    yield "品牌", "受访者", "类别", "指标", "分数"
    for person, _, mood in moods(draw):
        for brand, means in EXPERIENCE.items():
            for category, mean in zip(CATEGORIES, means, strict=True):
                yield brand, person, category, "体验", answer(draw, mean + mood)


def customers(draw: random.Random) -> Iterable[Sequence[object]]:
    """Yield two periods of scores by 72 customers; private customers are losing patience."""
    yield "客户编号", "期次", "满意度", "价值", "年限", "客户等级"
    for number in range(72):
        level = draw.choice([*LEVELS])
        value, years = round(LEVELS[level] * draw.lognormvariate(0, 0.5)), round(draw.uniform(0.2, 12), 1)
        liking = draw.gauss(6.4, 1.8)
        for period, change in (("2026Q2", 0.0), ("2026Q3", -1.4 if level == "私行客户" else 0.3)):
            yield f"K{number + 1:03d}", period, answer(draw, liking + change, 0.9), value, years, level


def themes(draw: random.Random) -> Iterable[Sequence[object]]:
    """Yield ratings of the ten themes by 48 people; trust and promises kept are what satisfies them."""
    yield "受访者", "主题", "分数"
    for number in range(48):
        person, mood = f"T{number + 1:02d}", draw.gauss(0, 0.8)
        rated = {theme: answer(draw, mean + mood) for theme, mean in THEMES.items()}
        satisfied = answer(draw, 0.4 * rated["信任"] + 0.4 * rated["守诺"] + 1.4, 0.8)
        again = "是" if draw.random() < satisfied / 10 + (0.2 if rated["守诺"] > 5 else -0.2) else "否"
        for item, score in {**rated, "满意度": satisfied, "回购": again}.items():
            yield person, item, score


TABLES = {"survey.csv": survey, "brands.csv": brands, "customers.csv": customers, "themes.csv": themes}


def build(folder: Path) -> None:
    """Write the tables into `folder`, as Excel saves CSV in China."""
    for seed, (name, rows) in enumerate(TABLES.items(), start=2026):
        with (folder / name).open("w", encoding="gb18030", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows(random.Random(seed)))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
