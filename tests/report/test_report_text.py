"""The plain renderings, numbers and wording."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_factories import OWN, context, demo_context, score, source_row, tables

from cem_nlp.language import Language
from cem_nlp.report import ReportTables, render_markdown, render_terminal, sections
from cem_nlp.report import format as numbers
from cem_nlp.report.html import OF_TEMPLATES
from cem_nlp.report.page_wording import PAGE_WORDS
from cem_nlp.report.sections.owners_wording import WORDS as OWNER_WORDS
from cem_nlp.report.text_tables import display_width
from cem_nlp.report.wording import WORDS

REPORT, WAREHOUSE = Path("w/current/report.html"), Path("w")


@pytest.mark.parametrize(
    ("value", "printed", "with_sign"),
    [(6.84, "6.8", "+6.8"), (-0.04, "0.0", "0.0"), (-1.25, "−1.2", "−1.2"), (0.06, "0.1", "+0.1")],
)
def test_numbers_have_one_decimal_and_a_true_minus(value: float, printed: str, with_sign: str) -> None:
    assert (numbers.score(value), numbers.signed(value)) == (printed, with_sign)


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (0.0, "0%"),
        (0.93, "93%"),
        (0.57, "57%"),
        (0.188, "19%"),
        (0.125, "13%"),
        (0.996, "99%"),
        (1.0, "100%"),
    ],
)
def test_nothing_short_of_certain_is_a_hundred_per_cent(share: float, printed: str) -> None:
    assert numbers.percent(share) == printed


def test_clean_text_has_no_hidden_marks() -> None:
    assert numbers.clean("a\u202eb\u2066c\x00d\x1be\u200ff\x85g\nh\ti😀") == "abcdefg\nh\ti😀"


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert numbers.clean(numbers.clean(text)) == numbers.clean(text)


@pytest.mark.parametrize("key", [*WORDS, *PAGE_WORDS])
def test_both_languages_say_the_same(key: str) -> None:
    zh, en = WORDS.get(key) or PAGE_WORDS[key]
    assert zh.strip() or key == "sentence_gap"
    assert en
    assert not re.search(r"[\u3400-\u9fff，。：；（）]", en)
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
    assert names[0] == names[1]


def test_no_key_is_worded_twice() -> None:
    assert not WORDS.keys() & PAGE_WORDS.keys()


def blocks(printed: str) -> list[list[str]]:
    return [block.splitlines() for block in printed.strip().split("\n\n")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_terminal_columns_line_up(demo_tables: ReportTables, language: Language) -> None:
    printed = render_terminal(demo_tables, demo_context(), language, REPORT, WAREHOUSE)
    _, scores, _, files, _ = blocks(printed)
    assert len(scores) == 8
    assert len({display_width(line) for line in scores}) == 1
    assert len({display_width(line) for line in files[1:]}) == 1


def test_terminal_says_scores_key_experience_rows_and_paths(demo_tables: ReportTables) -> None:
    printed = render_terminal(demo_tables, demo_context(), "zh", REPORT, WAREHOUSE)
    _, scores, key, files, paths = blocks(printed)
    whole = demo_tables.scores[demo_tables.scores["grain"] == "brand"].set_index("brand").loc[OWN]
    own = f"{whole['experience']:.1f}（{whole['low']:.1f}-{whole['high']:.1f}）"
    assert scores[1].split()[:2] == ["总体", own]
    assert key[0].startswith("关键体验  便利性：重要性 8.4（问卷）× 满意度 -3.4")
    assert files[-1].split() == ["合计", "1,105", "1,076", "11", "18", "相符"]
    assert paths == ["报告  w/current/report.html", "仓库  w"]


def test_long_names_are_cut_and_counted_in_columns() -> None:
    night = tables(
        scores=[score(brand=OWN, positive=9)],
        sources=[source_row("客户体验部二〇二六年八月商城全部评论导出.csv", 1, 1, 0, 0)],
    )
    *_, files, _ = blocks(render_terminal(night, context(), "zh", REPORT, WAREHOUSE))
    assert files[2].startswith("客户体验部二〇二六年八..")
    assert len({display_width(line) for line in files[1:]}) == 1


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("体验", 4), ("e\u0301", 1), ("😀", 2), ("（）", 4)]
)
def test_display_width(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_markdown_holds_points_scores_and_rows(demo_tables: ReportTables) -> None:
    text = render_markdown(demo_tables, demo_context())
    assert text.startswith("# 客户体验报告 2026-09-01\n")
    assert "| 类别 | 澄居（自有） | 北岭 | 禾悦 |\n| --- | ---: | ---: | ---: |\n| 总体 | " in text
    assert "- **关键体验** 便利性：重要性 8.4" in text
    assert "| 合计 | 1,105 | 1,076 | 11 | 18 | ✓ 相符 |" in text


def test_every_english_title_begins_with_a_capital() -> None:
    names = [found.name for found in pkgutil.iter_modules(sections.__path__) if "wording" in found.name]
    worded = [import_module(f"{sections.__name__}.{name}").WORDS for name in names]
    titles = [words["title"].en for words in worded if "title" in words]
    titles += [WORDS[name].en for name in OF_TEMPLATES]
    titles += [OWNER_WORDS[name].en for name in ("hurts", "standing", "asked", "said", "doing")]
    assert len(titles) > 20
    assert [title for title in titles if not title[0].isupper()] == []
