"""The sample is what its script makes, holds what its README says, and names nobody real."""

import csv
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cem_nlp.config_file import load_config
from cem_nlp.vocabulary import CATEGORIES

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
FIRST, LAST = date(2026, 8, 1), date(2026, 9, 29)
PRODUCTS = {
    "澄居": {"静澜空调", "素涤洗衣机", "青鲜冰箱", "暖川热水器"},
    "北岭": {"冰锐空调", "快净洗衣机", "大仓冰箱"},
    "禾悦": {"和风空调", "悦净洗衣机", "悦鲜冰箱"},
}
WIDTH = 8


def review_rows() -> list[list[str]]:
    with (SAMPLE / "reviews.csv").open(encoding="gb18030", newline="") as file:
        return list(csv.reader(file))[1:]


def whole_reviews() -> list[list[str]]:
    return [row for row in review_rows() if len(row) == WIDTH]


def complaint_rows(path: Path = SAMPLE / "complaints.xlsx") -> list[tuple[Any, ...]]:
    return list(load_workbook(path).active.values)[1:]


def calls() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / "calls.jsonl").read_text("utf-8").splitlines()]


def words() -> str:
    """Return everything anybody says in the sample, in half width and without spaces inside numbers."""
    said = [row[-1] for row in whole_reviews()]
    said += [f"{row[4]} {row[5]}" for row in complaint_rows()]
    said += [turn["text"] for call in calls() for turn in call["turns"]]
    return re.sub(r"(?<=\d) (?=\d)", "", unicodedata.normalize("NFKC", "\n".join(said)))


def day_of(text: str) -> date | None:
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run([sys.executable, SAMPLE / "build.py", folder], check=True)
    return folder


@pytest.mark.parametrize(
    "name", ["reviews.csv", "calls.jsonl", "survey.csv", "customers.csv", "own_rating.csv", "actions.csv"]
)
def test_committed_file_is_what_the_script_makes(rebuilt: Path, name: str) -> None:
    assert (rebuilt / name).read_bytes() == (SAMPLE / name).read_bytes()


def test_committed_workbook_has_the_cells_the_script_makes(rebuilt: Path) -> None:
    # Cells, not bytes: another zlib packs the same workbook differently.
    assert complaint_rows(rebuilt / "complaints.xlsx") == complaint_rows()


def test_counts() -> None:
    assert (len(review_rows()), len(complaint_rows()), len(calls())) == (900, 120, 80)


def test_reviews_are_gb18030_and_nothing_else() -> None:
    raw = (SAMPLE / "reviews.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("gbk")  # emoji need the four bytes that only GB18030 has
    assert raw.decode("gb18030").encode("gb18030") == raw


def test_every_brand_sells_its_own_products() -> None:
    sold = {(row[0], row[1]) for row in whole_reviews()} | {(row[1], row[2]) for row in complaint_rows()}
    assert sold == {(brand, product) for brand, products in PRODUCTS.items() for product in products}
    assert {(call["brand"], call["product"]) for call in calls()} <= sold


def test_broken_rows_are_the_planted_ones() -> None:
    rows = whole_reviews()
    assert Counter(len(row) for row in review_rows() if len(row) != WIDTH) == {5: 2, 9: 1, 10: 1}
    assert sum(not row[-1].strip() for row in rows) == 3
    assert Counter(row[2] for row in rows)["9"] == 2
    assert {row[2] for row in rows} == set("123459")
    complaints = complaint_rows()
    assert sum(row[5] is None for row in complaints) == 1
    assert [row[3] for row in complaints if not isinstance(row[3], datetime)] == ["2026-13-45"]
    assert sum(not call["turns"] for call in calls()) == 1


def test_all_days_lie_within_the_sixty_but_the_planted_ones() -> None:
    days = {row[3]: day_of(row[3]) for row in whole_reviews()}
    impossible = {text for text, day in days.items() if day is None}
    assert impossible == {"2026-13-45 10:20:00", "2026-13-45"}
    known = Counter(day for day in days.values() if day is not None)
    assert {day for day in known if not FIRST <= day <= LAST} == {date(2027, 3, 15), date(2027, 8, 1)}
    spoken = [row[3].date() for row in complaint_rows() if isinstance(row[3], datetime)]
    spoken += [datetime.fromisoformat(call["started_at"]).date() for call in calls()]
    assert all(FIRST <= day <= LAST for day in spoken)
    assert len(known) > 60  # no day of the sixty is silent


def test_repeated_records() -> None:
    rows = [tuple(row) for row in whole_reviews()]
    assert len(rows) - len(set(rows)) == 6
    complaints, told = complaint_rows(), calls()
    assert len(complaints) - len(set(complaints)) == 2
    assert len(complaints) - len({row[0] for row in complaints}) == 2
    assert len(told) - len({call["call_id"] for call in told}) == 1


def test_near_copies_repeat_a_text_under_another_customer() -> None:
    customers: dict[str, set[str]] = {}
    for row in whole_reviews():
        core = "".join(re.findall(r"\w", row[-1]))
        if len(core) > 20:
            customers.setdefault(core, set()).add(row[6])
    assert sum(len(found) > 1 for found in customers.values()) >= 12


def test_oddities_of_real_texts() -> None:
    texts = [row[-1] for row in whole_reviews()]
    defaults = re.compile("系统默认好评|没有填写评价|未填写评价|该用户觉得商品较好|默认好评")
    assert sum(bool(defaults.search(text)) for text in texts) == 18
    assert sum(bool(re.search("[裝說聲靜貨價們師機東開電這還給]", text)) for text in texts) >= 18
    assert sum(bool(re.search("[０-９]", text)) for text in texts) >= 12
    assert sum(bool(re.search("[\U0001f300-\U0001faff]", text)) for text in texts) >= 50
    assert min(map(len, filter(str.strip, texts))) == 1
    assert max(map(len, texts)) > 130


def test_personal_data_are_there_and_invented() -> None:
    text = words()
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert len(mobiles) >= 5
    assert all(number.startswith("1990000") for number in mobiles)
    assert set(re.findall(r"(?<!\d)0\d{2,3}-\d{7,8}", text)) == {"0399-5550123"}
    assert set(re.findall(r"[\w.]+@[\w.]+", text, re.ASCII)) == {"zhang.test@example.com"}
    assert set(re.findall(r"(?<!\d)\d{16}(?!\d)", text)) == {"4111111111111111", "6200000000000005"}
    assert luhn("4111111111111111")
    assert luhn("6200000000000005")
    assert set(re.findall(r"(?<!\d)[1-9]\d{16}[\dX](?!\d)", text)) == {
        "110101194912310008",
        "202608150000123456",
    }
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    check = sum(w * int(digit) for w, digit in zip(weights, "11010119491231000", strict=True)) % 11
    assert "10X98765432"[check] == "8"
    for wanted in ("沪A12345", "cj_test_2026", "QQ:1000000001", "桂花路128号6幢1203室"):
        assert wanted in text


def test_stories_show_in_the_ratings() -> None:
    stars: dict[tuple[str, bool], list[int]] = {}
    for row in whole_reviews():
        if row[2] in set("12345") and (day := day_of(row[3])):
            stars.setdefault((row[0], day.month == 9), []).append(int(row[2]))
    mean = {cell: sum(values) / len(values) for cell, values in stars.items()}
    assert mean["澄居", True] < mean["澄居", False] - 0.3  # the waits of September
    assert mean["禾悦", True] > mean["澄居", True] > 2
    assert mean["北岭", False] < mean["澄居", False]


def test_calls_have_turns_of_both_sides_in_order() -> None:
    for call in calls():
        seconds = [turn["second"] for turn in call["turns"]]
        assert seconds == sorted(seconds)
        assert {turn["speaker"] for turn in call["turns"]} <= {"客户", "坐席"}
        assert len(call["turns"]) == 0 or 4 <= len(call["turns"]) <= 12


def test_survey_asks_what_the_categories_are_and_leaves_some_silent() -> None:
    with (SAMPLE / "survey.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["category"] for row in rows} == set(CATEGORIES)
    assert {row["measure"] for row in rows} == {"expectation", "importance"}
    assert {row["product"] for row in rows} == PRODUCTS["澄居"] - {"暖川热水器"}
    assert all(0 <= int(row["score"]) <= 10 for row in rows)
    cells = {(row["product"], row["segment"], row["category"], row["measure"]) for row in rows}
    assert len(cells) == 3 * 3 * 6 * 2 - 9


def test_customers_keep_their_level_and_are_mostly_in_the_table() -> None:
    said = [(row[6], row[5]) for row in whole_reviews()] + [(row[6], row[7]) for row in complaint_rows()]
    said += [(call["customer"], call["level"]) for call in calls()]
    level = dict(said)
    assert len(set(said)) == len(level)
    with (SAMPLE / "customers.csv").open(encoding="gb18030", newline="") as file:
        table = {row["客户编号"]: row["会员等级"] for row in csv.DictReader(file)}
    assert len(table) == 280
    assert (len(level), len(level.keys() - table.keys()), len(table.keys() - level.keys())) == (246, 11, 45)
    assert all(level[number] == table[number] for number in level.keys() & table.keys())
    assert sum(count > 1 for count in Counter(number for number, _ in said).values()) > 200


def test_configuration_names_the_files_of_the_sample() -> None:
    config = load_config(ROOT / "data" / "configs" / "sample.toml")
    assert {config.resolve(source.pattern(LAST)) for source in config.sources} == {
        SAMPLE / name for name in ("reviews.csv", "complaints.xlsx", "calls.jsonl")
    }
    assert config.survey is not None
    assert config.resolve(config.survey.path) == SAMPLE / "survey.csv"
    assert config.brands.own == ("澄居",)
    assert [source.columns.id is None for source in config.sources] == [True, False, False]
