"""Make the sample: feedback, survey, customers, own ratings and actions of an invented home-appliance market.

    python data/sample/build.py [FOLDER]

writes the files into FOLDER, by default next to this script. The words are in `source/`, written by hand
for this project; nothing is copied from real customers. The script arranges them: it gives each text a day, a
customer and a product, puts the remaining reviews together from hand-written clauses along the stories of
`scene.toml`, and plants what `planted.toml` lists. The seed is fixed, so a second run makes the same files.
"""

import csv
import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from reviews import HEADER as REVIEW_HEADER
from reviews import review_rows
from scene import HERE, Cast, Scene, customer_numbers, lines, settings, spell

COMPLAINT_HEADER = ["投诉单号", "品牌", "产品", "投诉时间", "投诉标题", "投诉内容", "客户编号", "客户类型"]
CUSTOMER_HEADER = ["客户编号", "会员等级", "年消费额", "消费增长", "入会年数", "地区"]
RATING_HEADER = ["类别", "部门", "评分"]
ACTION_HEADER = ["行动", "触点", "类别", "产品", "开始", "计划结束", "费用"]
SURVEY_HEADER = ["product", "segment", "respondent", "category", "measure", "score"]
OWN = "澄居"


def complaint_rows(scene: Scene) -> list[list[Any]]:
    """Return the rows of complaints.xlsx under `COMPLAINT_HEADER`, oldest first."""
    cast, planted = Cast(scene, "complaints"), settings("planted.toml")
    odd = planted["complaints"]
    rows: list[list[Any]] = []
    for brand, kind, month, title, content in lines("complaints.txt", 5):
        content = spell(content, cast.rng.choice, **planted["invented"])
        product, moment = cast.product(brand, kind), cast.moment(month)
        level = cast.level(title + content)
        rows.append([brand, product, moment, title, content, cast.customer(level), level])
    rows.sort(key=lambda row: row[2])
    rows = [[f"TS{row[2]:%Y%m%d}{number:04}", *row] for number, row in enumerate(rows, 1)]
    for row in cast.rng.sample(rows, odd["empty"]):
        row[4:6] = "", ""
    row = cast.rng.choice([row for row in rows if row[5]])
    row[3] = odd["wrong_date"]
    return rows + [list(row) for row in cast.rng.sample([row for row in rows if row[5]], odd["copies"])]


def skeletons() -> list[tuple[list[str], str, list[str]]]:
    """Return (kinds, month, turns) of each hand-written call."""
    blocks = (HERE / "source" / "calls.txt").read_text("utf-8").split("\n== ")[1:]
    calls = []
    for block in blocks:
        head, *turns = block.strip().splitlines()
        kinds, month = head.split(" | ")
        calls.append((kinds.split(","), month, turns))
    return calls


def speak(cast: Cast, kind: str, turns: list[str], telling: int) -> list[dict[str, Any]]:
    """Return the turns of one call in its first, second … wording; people say four characters a second."""
    second, spoken = cast.rng.randrange(1, 4), []
    invented = settings("planted.toml")["invented"]
    for turn in turns:
        speaker, text = turn.split("：", 1)
        text = spell(text, lambda options: options[telling % len(options)], kind=kind, **invented)
        spoken.append({"speaker": speaker, "text": text, "second": second})
        second += len(text) // 4 + cast.rng.randrange(1, 6)
    return spoken


def call_records(scene: Scene) -> list[dict[str, Any]]:
    """Return the records of calls.jsonl: the own brand's service line, oldest first."""
    cast, odd = Cast(scene, "calls"), settings("planted.toml")["calls"]
    calls, stories = [], skeletons()
    for number in range(scene["calls"] - odd["copies"]):
        kinds, month, turns = stories[number % len(stories)]
        kind = cast.rng.choice(kinds)
        moment, spoken = cast.moment(month), speak(cast, kind, turns, number // len(stories))
        level = cast.level("".join(turn["text"] for turn in spoken))
        product, customer = cast.product(OWN, kind), cast.customer(level)
        record = {"started_at": f"{moment.isoformat()}+08:00", "brand": OWN, "product": product}
        calls.append({**record, "customer": customer, "level": level, "turns": spoken})
    calls.sort(key=lambda call: call["started_at"])
    calls = [{"call_id": f"C{number:05}", **call} for number, call in enumerate(calls, 1)]
    for call in cast.rng.sample(calls, odd["silent"]):
        call["turns"] = []
    return calls + cast.rng.sample([call for call in calls if call["turns"]], odd["copies"])


def survey_rows(scene: Scene) -> list[list[Any]]:
    """Return the rows of survey.csv: what respondents expect and how much it matters to them, 0–10."""
    cast, survey = Cast(scene, "survey"), scene["survey"]
    rows, segments = [], list(survey["shift"])
    people = [
        (product, segments[number % len(segments)])
        for product in survey["silent"]
        for number in range(scene["respondents"])
    ]
    for number, (product, segment) in enumerate(people, 1):
        for measure in ("expectation", "importance"):
            for category, mean in survey[measure].items():
                if f"{segment} {measure} {category}" in survey["silent"][product] or cast.rng.random() < 0.03:
                    continue
                score = cast.rng.gauss(mean + survey["shift"][segment].get(category, 0), 1.1)
                rows.append(
                    [product, segment, f"R{number:03}", category, measure, min(10, max(0, round(score)))]
                )
    return rows


def customer_rows(scene: Scene) -> list[list[Any]]:
    """Return the rows of customers.csv: yearly spending, its growth in per cent, years of membership, region.

    Some customers who speak are missing, and some who are there never speak.
    """
    cast, known = Cast(scene, "customer table"), scene["customers"]
    rows = []
    for level, numbers in customer_numbers(scene["seed"]).items():
        silent = [f"S{cast.rng.randrange(100_000, 1_000_000)}" for _ in range(known["silent"][level])]
        for number in [*numbers[known["missing"][level] :], *silent]:
            spending = round(known["spending"][level] * cast.rng.lognormvariate(0, 0.5), -1)
            growth = round(cast.rng.gauss(known["growth"][level], 18))
            years = round(cast.rng.expovariate(1 / known["years"][level]), 1)
            rows.append([number, level, int(spending), growth, years, cast.rng.choice(known["regions"])])
    cast.rng.shuffle(rows)
    return rows


def rating_rows(scene: Scene) -> list[list[Any]]:
    """Return the rows of own_rating.csv: how departments rate their company in each category, 0–10."""
    return [
        [category, department, score]
        for category, ratings in scene["own_rating"].items()
        for department, score in ratings.items()
    ]


def action_rows(scene: Scene) -> list[list[Any]]:
    """Return the rows of actions.csv: what the company did or plans, where, from when and at what cost."""
    return [[action.get(name, "") for name in ACTION_HEADER] for action in scene["actions"]]


def as_csv(header: list[str], rows: list[list[Any]]) -> str:
    """Return a CSV text with Windows line ends, as spreadsheets export it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def as_workbook(header: list[str], rows: list[list[Any]]) -> bytes:
    """Return an XLSX file that does not tell when it was made."""
    book, raw, fixed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "投诉明细"
    for row in [header, *rows]:
        book.active.append(row)
    book.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-09-30T00:00:00Z", content)
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def build() -> dict[str, bytes]:
    """Return the content of each file of the sample."""
    scene = settings("scene.toml")
    calls = [json.dumps(call, ensure_ascii=False) + "\n" for call in call_records(scene)]
    return {
        "reviews.csv": as_csv(REVIEW_HEADER, review_rows(scene)).encode("gb18030"),
        "complaints.xlsx": as_workbook(COMPLAINT_HEADER, complaint_rows(scene)),
        "calls.jsonl": "".join(calls).encode(),
        "survey.csv": as_csv(SURVEY_HEADER, survey_rows(scene)).encode(),
        "customers.csv": as_csv(CUSTOMER_HEADER, customer_rows(scene)).encode("gb18030"),
        "own_rating.csv": as_csv(RATING_HEADER, rating_rows(scene)).encode(),
        "actions.csv": as_csv(ACTION_HEADER, action_rows(scene)).encode(),
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, content in build().items():
        (target / name).write_bytes(content)
