"""The sections on topics and on service calls: what they say, and what they keep to themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from report_factories import (
    NIGHT,
    OWN,
    comment_row,
    demo_context,
    demo_tables,
    feedback_row,
    frame,
    opinion_row,
)
from report_factories import tables as spoken

from cem_nlp.cem.service_summary import MEASURES, service_measures
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.blocks import Details
from cem_nlp.report.blocks_text import render_markdown, render_terminal
from cem_nlp.report.html import render_html
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import service, topics
from cem_nlp.vocabulary import CATEGORIES

CONTEXT = replace(
    demo_context(),
    topics={"contact": Bilingual("电话联系", "calls and contact"), "fee": Bilingual("费用", "fees")},
    promises={"callback": Bilingual("回复回电", "call back")},
)


def topic(code: str, category: str, contribution: float, **values: Any) -> dict[str, Any]:
    verdict = "hurts" if contribution < 0 else "helps"
    measures = {"experience": 0.4, "contribution": contribution, "against_before": 0.1}
    ranges = {
        f"{name}_{end}": value + d
        for name, value in measures.items()
        for end, d in (("low", -0.1), ("high", 0.1))
    }
    counts = {"n_mentions": 40, "n_feedback": 38, "share": 0.2, "q_value": 0.001}
    return {
        "brand": OWN,
        "category": category,
        "topic": code,
        "verdict": verdict,
        **measures,
        **ranges,
        **counts,
        **values,
    }


def word(text: str, verdict: str, comparison: str = "before") -> dict[str, Any]:
    counts = {"n": 30, "n_reference": 0, "n_words": 1000, "n_words_reference": 900}
    numbers = {"log_odds": 2.0, "z": 3.0, "q_value": 0.01}
    return {
        "brand": OWN,
        "category": "service",
        "word": text,
        "comparison": comparison,
        "verdict": verdict,
        **counts,
        **numbers,
    }


def call(number: int, **values: Any) -> dict[str, Any]:
    return {
        "feedback_id": f"f{number:06d}",
        "brand": OWN,
        "product_line": "空调",
        "product": "静岚壁挂空调",
        "is_own": True,
        "business_date": NIGHT,
        "n_customer_turns": 2,
        "n_agent_turns": 2,
        "asked": ["fee"],
        "complained": ["contact"],
        "promises": ["callback"],
        "resolution": "unknown",
        **values,
    }


def counted(said: str, code: str, n: int, **values: Any) -> dict[str, Any]:
    counts = {"n_calls": n, "n_all": 10, "n_resolved": 0, "n_unresolved": 0, "n_unknown": n}
    cell = {
        "brand": OWN,
        "product_line": "all",
        "product": "all",
        "said": said,
        "category": "price",
        "topic": code,
    }
    return cell | counts | {"suppressed": False, **values}


def with_tables(**rows: list[dict[str, Any]]) -> ReportTables:
    return replace(demo_tables(), more={name: frame(name, found) for name, found in rows.items()})


def said(section: Any, tables: ReportTables, language: Language = "zh") -> str:
    phrases = Phrases(language, CONTEXT)
    built = section(tables, CONTEXT, phrases)
    return render_terminal(built, phrases) if built else ""


TOPICS = [
    topic("contact", "service", -0.37),
    topic("fee", "price", 0.25),
    topic("rare", "price", -1, verdict="suppressed"),
]
CALLS = [call(n, resolution="resolved") for n in range(3)] + [
    call(n, resolution="unresolved") for n in range(3, 10)
]


def test_the_worst_topic_leads() -> None:
    text = said(topics.section, with_tables(topics=TOPICS))
    assert "最拖后腿的是服务里的「电话联系」，40 条观点，得分 0.4，把服务拉低 0.37 分" in text
    assert "价格：拉高得分的是「费用」（40 条，得分 0.4，影响 +0.25）" in text
    assert "rare" not in text


def test_quotes_are_about_the_topic() -> None:
    tables = with_tables(topics=TOPICS)
    opinions = tables.opinions.assign(topic=None)
    bad = opinions[(opinions["category"] == "service") & (opinions["polarity"] == "negative")].index
    opinions.loc[bad, "topic"] = "contact"
    text = said(topics.section, replace(tables, opinions=opinions))
    assert any(evidence in text for evidence in opinions.loc[bad, "evidence"].unique())


@pytest.mark.parametrize(("n", "folded"), [(6, False), (7, True)])
def test_many_quotes_are_folded_away(n: int, folded: bool) -> None:
    texts = [f"第{place}回电话打不通，白等一场" for place in range(n)]
    places = [(category, f"t{half}") for category in CATEGORIES for half in (0, 1)][:n]
    tables = spoken(
        feedback=[feedback_row(number, text) for number, text in enumerate(texts)],
        opinions=[
            opinion_row(number, text, text, category=category, topic=code)
            for number, (text, (category, code)) in enumerate(zip(texts, places, strict=True))
        ],
        comments=[comment_row(number) for number in range(n)],
    )
    more = {"topics": frame("topics", [topic(code, category, -0.3) for category, code in places])}
    section = topics.section(replace(tables, more=more), CONTEXT, Phrases("zh", CONTEXT))
    assert section is not None
    titles = {block.summary for block in section.blocks if isinstance(block, Details)}
    assert ("客户怎么说：拉低得分的话题" in titles) == folded
    assert "白等一场" in render_terminal(section, Phrases("zh", CONTEXT))


@pytest.mark.parametrize(
    ("language", "new", "none"),
    [
        ("zh", "新出现「漏氟」（服务，30 人）", "超出偶然"),
        ("en", "“漏氟” is new (service, 30 customers)", "by more than chance"),
    ],
)
def test_new_words_are_named(language: Language, new: str, none: str) -> None:
    found = [word("漏氟", "new"), word("师傅", "no_evidence"), word("补贴", "distinctive", "rivals")]
    assert new in said(topics.section, with_tables(topics=TOPICS, words=found), language)
    assert none in said(topics.section, with_tables(topics=TOPICS, words=found[1:2]), language)


@pytest.mark.parametrize(
    ("verdict", "comparison", "quoted"),
    [("new", "before", "这次勉强满意"), ("distinctive", "rivals", "去年还是满意得很")],
)
def test_a_word_is_quoted_from_its_own_period_and_never_denied(
    verdict: str, comparison: str, quoted: str
) -> None:
    # The surest first: a complaint that denies the word, then one from long ago.
    texts = {"回回都是不满意": 0.99, "去年还是满意得很": 0.95, "这次勉强满意": 0.9}
    days = (NIGHT, NIGHT - timedelta(days=400), NIGHT)
    tables = spoken(
        feedback=[
            feedback_row(n, text, day=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))
        ],
        opinions=[
            opinion_row(n, text, text, category="service", probability=sure)
            for n, (text, sure) in enumerate(texts.items())
        ],
        comments=[comment_row(n) for n in range(len(texts))],
    )
    more = {"words": frame("words", [word("满意", verdict, comparison)]), "topics": frame("topics", TOPICS)}
    text = said(topics.section, replace(tables, more=more))
    told = text[text.index("新词和变多的词") :]
    assert [words in told for words in texts] == [words == quoted for words in texts]


def test_nothing_to_say_is_no_section() -> None:
    assert said(topics.section, with_tables(topics=[TOPICS[2]])) == ""
    assert said(topics.section, demo_tables()) == ""
    assert said(service.section, demo_tables()) == ""


def test_service_says_what_is_asked_and_solved() -> None:
    counts = [counted("asked", "fee", 10), counted("complained", "contact", 10)]
    text = said(service.section, with_tables(service_calls=CALLS, service_topics=counts))
    assert "问得最多的是「费用」（10 通），抱怨最多的是「电话联系」（10 通）" in text
    assert "看得出结局的 10 通里，30% 解决了（9.3%–61%）".replace("–", "-") in text.replace("–", "-")
    assert "回复回电 10 通" in text
    assert "未知" in text  # repeat contact: no customer is known


def test_a_topic_of_few_calls_is_not_called_the_most_common() -> None:
    counts = [counted("asked", "fee", 1), counted("asked", "fee", 1, product_line="空调")]
    tables = with_tables(service_calls=CALLS[:1], service_topics=counts)
    text = said(service.section, tables)
    assert "没有一个话题有 5 通问到，没有一个话题有 5 通抱怨。" in text
    assert "问得最多的是" not in text
    assert "样本不足（1 通）" in text
    assert "no topic is asked about in 5 calls" in said(service.section, tables, "en")


def test_calls_of_nobody_in_particular_are_not_taken_for_the_own_service() -> None:
    strangers = [call(n, brand="unknown", is_own=False) for n in range(3)]
    assert "3 通客服通话（没有一通注明是自有品牌的" in said(
        service.section, with_tables(service_calls=strangers, service_topics=[])
    )


def test_no_outcome_is_said_to_be_unknown() -> None:
    text = said(service.section, with_tables(service_calls=[call(1)], service_topics=[]), "en")
    assert "The outcome shows in none of the 1 calls" in text
    assert "nan" not in text


def test_markdown_and_page_hold_the_sections() -> None:
    counts = [counted("asked", "fee", 10), counted("complained", "contact", 10, product_line="空调")]
    tables = with_tables(
        topics=TOPICS, words=[word("漏氟", "new")], service_calls=CALLS, service_topics=counts
    )
    for language in ("zh", "en"):
        page = render_html(tables, CONTEXT, language)
        assert 'href="#topics"' in page
        assert 'href="#service"' in page
    phrases = Phrases("zh", CONTEXT)
    built = [builder(tables, CONTEXT, phrases) for builder in (topics.section, service.section)]
    assert "电话联系" in "\n".join(render_markdown([section for section in built if section]))


def test_measures_leave_out_what_is_unknown() -> None:
    calls = frame(
        "service_calls",
        [
            *CALLS,
            call(20, seconds=100.0, silence_seconds=20.0),
            call(21, seconds=50.0, silence_seconds=10.0, repeated=True),
        ],
    )
    table = service_measures(calls).set_index("measure")
    assert list(table.index) == list(MEASURES)
    assert tuple(table.loc["resolved", ["n", "n_known"]]) == (3, 10)
    assert tuple(table.loc["repeated", ["n", "n_known"]]) == (1, 1)
    assert list(table.loc["silence", ["value", "low", "high"]]) == pytest.approx([0.2, 0.2, 0.2])
    assert table.loc["kept", ["value", "low", "high"]].isna().all()
    assert service_measures(calls.iloc[:0])["value"].isna().all()
