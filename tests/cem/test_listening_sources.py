"""A list of sources: what it covers, what it leaves out, and what it refuses."""

import pandas as pd
import pytest
from own_csv import own_csv

from cem_nlp.cem.listening import unheard_table
from cem_nlp.cem.listening_sources import (
    expected_of,
    heard_of_sources,
    listening_of_sources,
    read_listening_sources,
    touchpoints_named,
)
from cem_nlp.errors import BrokenSources
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint

PLACES = {
    "web": Touchpoint(Bilingual("网页与应用", "site and app"), "web", "before", "online"),
    "store": Touchpoint(Bilingual("门店现场", "store"), "face_to_face", "during", "stores"),
    "after": Touchpoint(Bilingual("售后维修", "after-sales"), "phone_inbound", "after", "aftersales"),
}
THREE = """来源,方式,条数,月份,触点,客群
评论,事后,900,2026-09,网页与应用、售后维修,新客
问卷,持续,40,2026-06,售后维修,全部
座谈,潜在,3,2026-09,,老客
"""
"""A source of each of the three patterns."""


def read(text: str, **named: list[str]) -> pd.DataFrame:
    return read_listening_sources(own_csv(text), PLACES, named, "s.csv")


def unheard(text: str, recent_days: int = 30, **named: list[str]) -> dict[tuple[str, str], str]:
    sources = read(text, **named)
    expected = expected_of(sources, [*PLACES], named)
    heard = heard_of_sources(sources, expected, recent_days)
    table = unheard_table(listening_of_sources(sources), heard, expected, 5)
    return {(row.dimension, row.name): row.status for row in table.itertuples(index=False)}


def test_the_three_patterns_by_source_and_month() -> None:
    table = listening_of_sources(read(THREE))
    assert table[["pattern", "source", "month", "n_feedback", "n_own", "rests_on"]].to_numpy().tolist() == [
        ["past", "评论", "2026-09", 900, 900, "source"],
        ["present", "问卷", "2026-06", 40, 40, "source"],
        ["potential", "座谈", "2026-09", 3, 3, "source"],
    ]


def test_what_is_silent_what_stopped_and_what_is_thin() -> None:
    assert unheard(THREE, segment=["新客", "老客", "企业"]) == {
        ("pattern", "potential"): "thin",
        ("touchpoint", "store"): "silent",
        ("channel", "face_to_face"): "silent",
        ("channel", "phone_outbound"): "silent",
        ("channel", "other"): "silent",
        ("stage", "during"): "silent",
        ("segment", "企业"): "stopped",  # the survey of all segments was in June
    }
    assert ("segment", "企业") not in unheard(THREE, recent_days=120, segment=["新客", "老客", "企业"])


def test_what_the_list_does_not_speak_of_is_not_judged() -> None:
    assert {dimension for dimension, _ in unheard("来源,方式,条数\n评论,事后,9")} == {"pattern"}


def test_without_months_nothing_has_stopped() -> None:
    text = "来源,方式,条数,月份,客群\n评论,事后,9,2026-01,新客\n电话,事后,9,2026-09,老客\n信件,事后,9,,新客"
    assert ("segment", "新客") not in unheard(text)
    assert unheard(text.replace("信件,事后,9,,新客", "信件,事后,9,,老客"))[("segment", "新客")] == "stopped"


def test_a_row_counts_for_each_name_it_lists() -> None:
    text = "来源,方式,条数,产品\n评论,事后,4,空调、冰箱\n电话,事后,1,冰箱"
    assert unheard(text)[("product", "空调")] == "thin"
    assert ("product", "冰箱") not in unheard(text)


def test_own_touchpoints_take_the_place_of_the_taxonomys() -> None:
    named = touchpoints_named(["柜台", "售后维修"], PLACES)
    assert [*named] == ["柜台", "after"]
    assert named["after"] is PLACES["after"]
    sources = read_listening_sources(own_csv("来源,方式,条数,触点\n评论,事后,9,柜台"), named, {}, "s.csv")
    assert expected_of(sources, [*named], {}) == {"touchpoint": ["柜台", "after"]}
    assert touchpoints_named([], PLACES) == PLACES


@pytest.mark.parametrize("month", ["2026-8", "2026/08", "2026年8月", "202608", "2026-08-31"])
def test_months_may_be_written_in_the_usual_ways(month: str) -> None:
    assert read(f"来源,方式,条数,月份\n评论,事后,9,{month}")["month"].tolist() == ["2026-08"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("来源,方式,条数\n评论,以后,9", ["line 2, column 方式", "'以后'", "potential, 潜在"]),
        ("来源,方式,条数\n评论,事后,", ["line 2, column 条数", "whole number"]),
        ("来源,方式,条数\n评论,事后,1.5", ["'1.5'"]),
        ("来源,方式,条数\n评论,事后,-1", ["'-1'"]),
        ("来源,方式,条数,月份\n评论,事后,9,2026-13", ["line 2, column 月份", "'2026-13'", "2026-08"]),
        (
            "来源,方式,条数,触点\n评论,事后,9,网页与应用、柜台",
            ["column 触点", "'柜台'", "门店现场", "--touchpoints"],
        ),
        (
            "来源,方式,条数,客群\n评论,事后,9,新客、老可",
            ["column 客群", "'老可'", "新客, 老客"],
        ),
        ("来源,方式,条数\n,事后,9", ["line 2", "without source"]),
        ("来源,方式,条数\n评论,事后,9\n评论,事后,8", ["line 3", "twice"]),
        ("来源,方式,条数\n评论,事后,0", ["nothing is heard"]),
        ("来源,条数\n评论,9", ["line 1", "'pattern'"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_valid_values(text: str, words: list[str]) -> None:
    with pytest.raises(BrokenSources) as caught:
        read(text, segment=["新客", "老客"])
    for word in ["s.csv", *words]:
        assert word in caught.value.explain("en")
