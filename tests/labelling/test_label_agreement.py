from math import isnan

import pytest
from label_factories import TEXT, comment, opinion

from cem_nlp.errors import BrokenLabels
from cem_nlp.labelling import compare, render_agreement
from cem_nlp.labelling.agreement import cohens_kappa

GOOD = opinion(TEXT, "做工精细", "product", "positive", "use")
BAD = opinion(TEXT, "𠮷字牌面𪚥难看", "product", "negative", "use")
RUDE = opinion(TEXT, "客服三天不理人", "service", "negative", "after")
AT_STORE = opinion(TEXT, "三天不理人", "service", "negative", "store")


def test_kappa_of_a_worked_example() -> None:
    # Two readers of 50 applications: 20 both yes, 15 both no, 5 and 10 divided; kappa = (0.7 - 0.5) / 0.5.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohens_kappa(first, second) == pytest.approx(0.4)
    assert cohens_kappa(first, first) == 1
    assert isnan(cohens_kappa(["yes", "yes"], ["yes", "yes"]))


def test_two_annotators_are_compared_where_both_labelled() -> None:
    first = [comment("a", TEXT, GOOD, RUDE), comment("b", TEXT, BAD, intent="churn"), comment("only", TEXT)]
    second = [comment("b", TEXT, GOOD), comment("a", TEXT, GOOD, AT_STORE)]
    found = compare(first, second)
    assert (found.comments, found.only_first, found.only_second) == (2, 1, 0)
    assert (found.overall.labelled, found.overall.found, found.overall.right) == (3, 3, 2)
    assert found.overall.f1 == pytest.approx(2 / 3)
    assert found.category.f1 == 1
    assert found.categories["product"].f1 == pytest.approx(1 / 2)
    assert found.categories["service"].f1 == 1
    assert found.kappas["service"] == 1
    assert (found.touchpoint.value, found.touchpoint.of) == (0.5, 2)
    assert [(each.id, each.first, each.second) for each in found.differences] == [
        ("a", ("service negative after",), ("service negative store",)),
        ("b", ("churn", "product negative use"), ("product positive use",)),
    ]


def test_agreement_of_equal_labels_is_full() -> None:
    labels = [comment("a", TEXT, GOOD), comment("b", TEXT, RUDE, expectation="below")]
    found = compare(labels, labels)
    assert (found.overall.f1, found.kappas["product"], found.differences) == (1, 1, ())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_names_ids_but_quotes_nobody(language: str) -> None:
    first, second = [comment("a17", TEXT, GOOD)], [comment("a17", TEXT, RUDE, intent="churn")]
    shown = render_agreement(compare(first, second), language)  # type: ignore[arg-type]
    assert "a17" in shown
    assert ("流失" if language == "zh" else "churn") in shown
    assert "–––" not in shown
    assert "做工" not in shown
    assert "理人" not in shown


def test_files_that_cannot_be_compared() -> None:
    with pytest.raises(BrokenLabels, match="share no comment"):
        compare([comment("a", "好")], [comment("b", "好")])
    with pytest.raises(BrokenLabels, match="different texts") as caught:
        compare([comment("a", "很好")], [comment("a", "不好")])
    assert "不好" not in caught.value.explain("en")
