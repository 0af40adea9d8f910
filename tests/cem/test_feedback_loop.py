"""An action is judged against what was left alone: its own status, and none without evidence."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.feedback_loop import MEASURES, feedback_loop_table
from cem_nlp.cem.loop_returns import with_returns
from cem_nlp.config import Actions

FIRST, SINCE, LAST = date(2026, 6, 1), date(2026, 7, 27), date(2026, 9, 20)
PLACES = (("delivery", "convenience"), ("use", "product"), ("after", "service"))
WEEKS = 16


def action(**values: object) -> dict[str, object]:
    known = {"action": "预约送货", "touchpoint": "delivery", "category": "convenience", "product": "all"}
    return known | {"since": SINCE, "until": None, "cost": np.nan} | values


def market(
    share: object = lambda brand, place, week: 0.5, each: int = 12
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every brand, place and week has `each` comments by customers of their own; `share` are praise."""
    rows = []
    for brand in ("甲", "乙"):
        for touchpoint, category in PLACES:
            for week in range(WEEKS):
                praise = round(each * share(brand, touchpoint, week))  # type: ignore[operator]
                rows += [
                    (
                        brand,
                        touchpoint,
                        category,
                        FIRST + timedelta(days=7 * week + number % 7),
                        number < praise,
                    )
                    for number in range(each)
                ]
    names = ["brand", "touchpoint", "category", "business_date", "good"]
    table = pd.DataFrame(rows, columns=names)
    table["feedback_id"] = [f"f{number}" for number in range(len(table))]
    polarity = table["good"].map({True: "positive", False: "negative"})
    feedback = table[["feedback_id", "brand", "business_date"]].assign(
        kind="review",
        source="reviews",
        product="one",
        customer_key=table["feedback_id"],
        created_at=pd.to_datetime(table["business_date"]),
        duplicate_of=None,
    )
    return feedback, table[["feedback_id", "touchpoint", "category"]].assign(polarity=polarity)


def judge(
    *actions: dict[str, object], share: object = lambda *_: 0.5, each: int = 12, **settings: object
) -> pd.DataFrame:
    feedback, opinions = market(share, each)
    configured = Actions.model_validate({"path": "-"} | settings)
    table = pd.DataFrame(actions)
    table["until"] = table["until"].astype(object).where(table["until"].notna(), None)
    return feedback_loop_table(table, feedback, opinions, ["甲"], [], LAST, configured)


def gained(points: float) -> object:
    """The own brand's delivery gains from the start on; everything else is as it was."""

    def share(brand: str, touchpoint: str, week: int) -> float:
        touched = brand == "甲" and touchpoint == "delivery" and week >= WEEKS // 2
        return 0.4 + points / 10 * touched

    return share


def test_a_large_gain_is_working_and_has_its_size() -> None:
    row = judge(action(), share=gained(4), each=20).iloc[0]
    assert (row["status"], row["reason"], row["weeks"]) == ("working", "judged", 8)
    assert row["effect_low"] < 4 < row["effect_high"]
    assert row["effect"] == pytest.approx(4)
    assert row["before"] == pytest.approx(4)
    assert row["change_untouched"] == pytest.approx(0)
    assert row["effect_own"] == pytest.approx(row["effect_rivals"])


def test_a_loss_is_not_working_and_nothing_is_no_evidence() -> None:
    assert judge(action(), share=gained(-3), each=20)["status"].iloc[0] == "not_working"
    still = judge(action()).iloc[0]
    assert (still["status"], still["reason"]) == ("no_evidence", "uncertain")
    assert still["effect"] == pytest.approx(0)


def test_what_moves_everybody_is_no_effect() -> None:
    row = judge(action(), share=lambda brand, touchpoint, week: 0.3 + 0.4 * (week >= 8), each=20).iloc[0]
    assert row["change_low"] > 0
    assert row["effect"] == pytest.approx(0)
    assert row["status"] == "no_evidence"


def test_statuses_follow_the_calendar() -> None:
    table = judge(
        action(since=LAST + timedelta(days=1)),
        action(since=LAST - timedelta(days=19)),
        action(since=FIRST + timedelta(days=6), touchpoint="use", category="product"),
    )
    assert table["status"].tolist() == ["planned", "too_early", "no_evidence"]
    assert table["reason"].tolist() == ["not_begun", "few_weeks", "short_history"]
    assert table["action_no"].tolist() == [1, 2, 3]


def test_a_thin_cell_has_no_verdict_however_sure_it_looks() -> None:
    row = judge(action(), share=gained(6), each=2, weeks=6).iloc[0]
    assert (row["status"], row["reason"]) == ("no_evidence", "few_mentions")
    assert pd.isna(row["effect"])
    young = judge(action(since=LAST - timedelta(days=27)), share=gained(6), each=3).iloc[0]
    assert (young["status"], young["reason"]) == ("too_early", "few_mentions")


def test_cells_that_moved_apart_before_the_start_are_not_judged() -> None:
    def rising(brand: str, touchpoint: str, week: int) -> float:
        return 0.1 + 0.05 * week * (brand == "甲" and touchpoint == "delivery")

    row = judge(action(), share=rising, each=40).iloc[0]
    assert (row["status"], row["reason"]) == ("no_evidence", "moved_before")
    assert row["trend_low"] > 0


def test_yardsticks_that_contradict_each_other_decide_nothing() -> None:
    def share(brand: str, touchpoint: str, week: int) -> float:
        late = week >= WEEKS // 2
        if touchpoint == "delivery":
            return 0.5 if brand == "甲" else 0.5 + 0.4 * late
        return 0.5 - 0.4 * late if brand == "甲" else 0.5

    row = judge(action(), share=share, each=30).iloc[0]
    assert row["effect_own"] > 0 > row["effect_rivals"]
    assert (row["status"], row["reason"]) == ("no_evidence", "untouched_disagree")


def test_two_actions_at_one_place_cannot_be_told_apart() -> None:
    other = action(action="另一项", since=SINCE + timedelta(days=7))
    assert judge(action(), other, share=gained(4), each=20)["reason"].tolist() == ["two_actions"] * 2


def test_what_another_action_touches_is_no_yardstick() -> None:
    other = action(action="修得快", touchpoint="after", category="service", since=SINCE)
    alone, beside = judge(action()), judge(action(), other)
    assert beside["n_untouched"].iloc[0] < alone["n_untouched"].iloc[0]


def test_nothing_untouched_nothing_judged() -> None:
    feedback, opinions = market(each=20)
    opinions = opinions[opinions["touchpoint"] == "delivery"]
    feedback = feedback[feedback["brand"] == "甲"]
    table = feedback_loop_table(
        pd.DataFrame([action()]), feedback, opinions, ["甲"], [], LAST, Actions(path="-")
    )
    assert table["reason"].tolist() == ["nothing_untouched"]


def test_days_after_the_night_undated_and_copied_feedback_do_not_count() -> None:
    feedback, opinions = market()
    same = feedback_loop_table(
        pd.DataFrame([action()]), feedback, opinions, ["甲"], [], LAST, Actions(path="-")
    )
    extra, more = market(gained(4))
    extra["feedback_id"] = "x" + extra["feedback_id"]
    more["feedback_id"] = "x" + more["feedback_id"]
    undated = extra.iloc[::3].assign(created_at=None)
    copied = extra.iloc[1::3].assign(duplicate_of="f0")
    later = extra.iloc[2::3].assign(business_date=LAST + timedelta(days=9))
    together = pd.concat([feedback, undated, copied, later], ignore_index=True)
    table = feedback_loop_table(
        pd.DataFrame([action()]), together, pd.concat([opinions, more]), ["甲"], [], LAST, Actions(path="-")
    )
    pd.testing.assert_frame_equal(table, same)


@settings(max_examples=15, deadline=None)
@given(
    shares=st.lists(st.floats(0.1, 0.9), min_size=4, max_size=4),
    each=st.integers(4, 15),
)
def test_ranges_hold_their_value_and_the_identity_of_differences(shares: list[float], each: int) -> None:
    def share(brand: str, touchpoint: str, week: int) -> float:
        return shares[2 * (week >= WEEKS // 2) + (brand == "甲" and touchpoint == "delivery")]

    row = judge(action(), share=share, each=each).iloc[0]
    for name in MEASURES:
        low, value, high = (row[f"{name}_low"], row[name], row[f"{name}_high"])
        assert -20 <= low <= value <= high <= 20
    assert row["effect"] == pytest.approx(row["change"] - row["change_untouched"])
    assert row["change"] == pytest.approx(row["after"] - row["before"])


def test_a_point_has_its_price_and_saves_revenue_only_where_an_action_works() -> None:
    loop = judge(action(cost=80_000), action(touchpoint="use", category="product"), share=gained(4), each=20)
    costs = pd.DataFrame({"scenario": ["now"], "quantity": ["lost"], "value": [1e6], "currency": ["元"]})
    table = with_returns(loop, costs)
    works, other = table.iloc[0], table.iloc[1]
    assert works["cost_per_point"] == pytest.approx(80_000 / 4)
    assert works["cost_per_point_low"] < works["cost_per_point"] < works["cost_per_point_high"]
    assert works["saved"] == pytest.approx(1e6 * works["share_of_blame"] * 0.4)
    assert other["status"] != "working"
    assert pd.isna(other["saved"])
    assert with_returns(loop, pd.DataFrame())["saved"].isna().all()
