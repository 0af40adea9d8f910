"""The sample's reviews: hand-written ones, ones put together from clauses, and planted oddities."""

import re
from collections.abc import Iterator
from functools import cache

from scene import Cast, Scene, lines, settings, spell

HEADER = ["品牌", "商品", "评分", "评论时间", "渠道", "会员等级", "用户编号", "评论内容"]
EMOJI = {"1": "😡💢😭", "2": "😭😤🙏", "3": "🤔😅", "4": "👍😄", "5": "👍😊🌹❄"}
TAILS = ["！", "。。。", "~", "，", "👍", " "]
POLARITY = {"+": 1, "0": 0, "-": -1}
STARS = {"good": "5554", "mixed": "3343", "bad": "1122"}


@cache
def clauses() -> list[list[str]]:
    """Return (brand, kind, category, polarity, month, text) of each hand-written clause."""
    return list(lines("fragments.txt", 6))


def choose_clauses(cast: Cast, brand: str, kind: str, month: str) -> list[tuple[int, str]]:
    """Return one to four clauses of different categories as (sign, text), drawn along the brand's stories."""
    rng, story = cast.rng, cast.scene["stories"][brand]
    chosen: dict[str, tuple[int, str]] = {}
    for _ in range(rng.choice([1, 2, 2, 2, 3, 3, 4])):
        category, polarity = rng.choices(list(story), list(story.values()))[0].split()
        fitting = [
            text
            for b, k, c, p, m, text in clauses()
            if b in ("*", brand) and k in ("*", kind) and (c, p) == (category, polarity) and m in ("-", month)
        ]
        if fitting and category not in chosen:
            chosen[category] = (POLARITY[polarity], spell(rng.choice(fitting), rng.choice))
    return list(chosen.values())


def compose(cast: Cast, brand: str, kind: str, month: str) -> tuple[str, str]:
    """Return stars and text of a review put together from clauses."""
    rng, joints = cast.rng, cast.scene["joints"]
    parts: list[tuple[int, str]] = []
    while not parts:
        parts = sorted(choose_clauses(cast, brand, kind, month), key=lambda part: -part[0])
    mean = sum(sign for sign, _ in parts) / len(parts)
    if mean < 0 and rng.random() < 0.6:
        parts.reverse()
    text, before = spell(rng.choice(joints["openings"]), rng.choice), None
    for sign, clause in parts:
        if before is not None:
            joint = "contrast" if before > 0 >= sign else "turn" if before < 0 <= sign else "same"
            text += rng.choice(joints[joint])
        text, before = text + clause, sign
    mood = "good" if mean > 0.5 else "bad" if mean < -0.3 else "mixed"
    return rng.choice(STARS[mood]), text + rng.choice(joints[f"{mood}_endings"])


def composed(cast: Cast, missing: dict[str, int], known: set[str]) -> Iterator[list[str]]:
    """Yield as many composed reviews as each brand still lacks, no text twice."""
    for brand, count in missing.items():
        while count > 0:
            kind, month = cast.kind(brand), cast.rng.choice("889")
            stars, text = compose(cast, brand, kind, month)
            if len(text) > 3 and text not in known:
                known.add(text)
                count -= 1
                yield cast.review(brand, kind, month, stars, text)


def decorate(cast: Cast, rows: list[list[str]], full_width: int) -> None:
    """Give some reviews an emoji and others full-width digits, in place."""
    for row in cast.rng.sample(rows, len(rows) // 12):
        row[-1] += cast.rng.choice(EMOJI[row[2]])
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    with_digits = [row for row in rows if re.search(r"[0-9]", row[-1])]
    for row in cast.rng.sample(with_digits, full_width):
        row[-1] = row[-1].translate(wide)


def but(row: list[str], column: str, value: str) -> list[str]:
    """Return the row with another value in one column."""
    place = HEADER.index(column)
    return [*row[:place], value, *row[place + 1 :]]


def bad_rows(cast: Cast, planted: Scene, good: list[list[str]]) -> list[list[str]]:
    """Return rows that break the contract: each a good review with one thing wrong."""
    models = iter(cast.rng.sample([row for row in good if len(row[-1]) > 12], 20))
    days = [*planted["wrong_dates"], *planted["future_dates"]]
    dated = [but(next(models), "评论时间", day) for day in days]
    empty = [but(next(models), "评论内容", text) for text in planted["empty_texts"]]
    stars = [but(next(models), "评分", star) for star in planted["impossible_stars"]]
    shifted = [[*next(models)[:-1], *text.split(",")] for text in planted["unquoted"]]
    cut = [next(models)[:5] for _ in range(planted["cut_lines"])]
    return [*dated, *empty, *stars, *shifted, *cut]


def copies(cast: Cast, planted: Scene, good: list[list[str]]) -> list[list[str]]:
    """Return rows that stand twice, and long texts that another customer repeats almost word for word."""
    exact = [list(row) for row in cast.rng.sample(good, planted["exact_copies"])]
    near = []
    for row in cast.rng.sample([row for row in good if len(row[-1]) > 30], planted["near_copies"]):
        twin = cast.review(row[0], "*", "-", row[2], row[-1] + cast.rng.choice(TAILS))
        near.append(but(twin, "商品", row[1]))
    return [*exact, *near]


def written(cast: Cast) -> list[list[str]]:
    """Return the hand-written reviews."""
    return [
        cast.review(brand, *fields)
        for brand, sold in cast.scene["brands"].items()
        for fields in lines(sold["reviews"], 4)
    ]


def default_praise(cast: Cast, planted: Scene) -> Iterator[list[str]]:
    """Yield what the platform writes where a customer wrote nothing."""
    for _ in range(planted["default_rows"]):
        brand = cast.rng.choice(list(cast.scene["brands"]))
        yield cast.review(brand, "*", "-", "5", cast.rng.choice(planted["default_praise"]))


def review_rows(scene: Scene) -> list[list[str]]:
    """Return the rows of reviews.csv under `HEADER`, oldest first; broken rows anywhere."""
    cast, planted = Cast(scene, "reviews"), settings("planted.toml")["reviews"]
    invented = settings("planted.toml")["invented"]
    personal = [
        cast.review(*spell(line, cast.rng.choice, **invented).split(" | ", 4)) for line in planted["personal"]
    ]
    rows = written(cast)
    bad = bad_rows(cast, planted, rows)
    praise = list(default_praise(cast, planted))
    target = (
        scene["reviews"]
        - sum(map(len, (bad, personal, praise)))
        - planted["exact_copies"]
        - planted["near_copies"]
    )
    missing = {
        brand: round(target * sold["share"]) - sum(row[0] == brand for row in rows)
        for brand, sold in scene["brands"].items()
    }
    missing[next(iter(missing))] += target - len(rows) - sum(missing.values())
    rows += composed(cast, missing, {row[-1] for row in rows})
    decorate(cast, rows, planted["full_width_digits"])
    rows += personal + praise + copies(cast, planted, rows)
    rows.sort(key=lambda row: row[3].replace("/", "-"))
    for row in bad:
        rows.insert(cast.rng.randrange(len(rows)), row)
    return rows
