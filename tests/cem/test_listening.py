"""Who is listened to and how; and who is not."""

from datetime import date

import pandas as pd
import pytest
from customer_factories import spoken

from cem_nlp.cem.listening import heard_counts, listening_table, unheard_table, wishes


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("要是能在网上报修就好了", True),
        ("希望厂家处理", False),
        ("客服：希望能改进服务 / 客户：好", False),
        ("客服：您好 / 客户：希望增加网点", True),
        ("希望增加夜间配送", True),
        ("为什么不设个上门回收", True),
        ("建议你们出个小尺寸的", True),
        ("如果再安静一点就完美", True),
        ("制冷很快，师傅也客气", False),
        ("建议大家别买", False),
        ("用了三天就坏了", False),
    ],
)
def test_wishes_are_told_by_their_form(text: str, wished: bool) -> None:
    assert wishes(pd.Series([text])).tolist() == [wished]


def test_patterns_by_source_and_month() -> None:
    feedback, _ = spoken([("a", "+", 1), ("b", "-", 40), ("c", "-", 2), ("d", "+", 3), ("e", "+", 1)])
    feedback = feedback.assign(wish=[False, True, True, False, False])
    feedback.loc[2, "source"] = "专项研究"
    feedback.loc[3, "created_at"] = pd.NaT
    feedback.loc[4, "duplicate_of"] = "甲0"
    table = listening_table(feedback, {"专项研究": "potential"}, 12, "survey.csv")
    columns = ["pattern", "source", "month", "n_feedback", "rests_on"]
    assert table[columns].to_numpy().tolist() == [
        ["past", "评论", "2026-08", 1, "source"],
        ["past", "评论", "2026-09", 1, "source"],
        ["past", "评论", "unknown", 1, "source"],
        ["present", "survey.csv", "unknown", 12, "source"],
        ["potential", "专项研究", "2026-09", 1, "source"],
        ["potential", "评论", "2026-08", 1, "wishes"],
    ]


def heard(*things: tuple[str, str, int, date]) -> pd.DataFrame:
    rows = [
        {"dimension": dimension, "name": name, "feedback_id": f"{name}{n}", "business_date": day}
        for dimension, name, count, day in things
        for n in range(count)
    ]
    return pd.DataFrame(rows)


def test_what_is_silent_what_stopped_and_what_is_thin() -> None:
    own = heard(
        ("touchpoint", "use", 9, date(2026, 9, 29)),
        ("touchpoint", "bill", 3, date(2026, 9, 29)),
        ("product", "旧款", 20, date(2026, 7, 1)),
        ("product", "unknown", 2, date(2026, 9, 29)),
        ("segment", "金", 5, date(2026, 8, 30)),
    )
    listening = pd.DataFrame({"pattern": ["past", "potential"], "n_own": [30, 2]})
    expected = {"touchpoint": ["use", "web"], "segment": ["金", "银", "unknown"]}
    table = unheard_table(listening, heard_counts(own, 30), expected, 5)
    found = {(row.dimension, row.name): row.status for row in table.itertuples(index=False)}
    assert found == {
        ("pattern", "present"): "silent",
        ("pattern", "potential"): "thin",
        ("touchpoint", "bill"): "thin",
        ("touchpoint", "web"): "silent",
        ("product", "旧款"): "stopped",
        ("segment", "金"): "stopped",  # the thirtieth day before the last is over
        ("segment", "银"): "silent",
    }
    shuffled = heard_counts(own.sample(frac=1, random_state=3), 30)
    assert unheard_table(listening, shuffled, expected, 5).equals(table)


def test_a_comment_counts_once_however_many_opinions_it_holds() -> None:
    own = heard(("touchpoint", "use", 1, date(2026, 9, 29)))
    listening = pd.DataFrame({"pattern": ["past"], "n_own": [1]})
    table = unheard_table(listening, heard_counts(pd.concat([own] * 9), 30), {}, 5)
    assert table.set_index("name").loc["use", ["n_feedback", "status"]].tolist() == [1, "thin"]
