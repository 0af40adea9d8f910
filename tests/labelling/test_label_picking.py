import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from label_factories import UnsureEngine, comment, comments

from cem_nlp.analysis import Comment
from cem_nlp.labelling import choose
from cem_nlp.labelling.doubt import Doubt, doubts
from cem_nlp.labelling.picking import candidates
from cem_nlp.labelling.spread import spread
from cem_nlp.opinions.network import OPINION_LABELS


def chances(**known: float) -> np.ndarray:
    row = np.zeros((1, len(OPINION_LABELS)), np.float32)
    for name, chance in known.items():
        row[0, OPINION_LABELS.index(tuple(name.split("_")))] = chance  # type: ignore[arg-type]
    return row


@pytest.mark.parametrize(
    ("known", "doubt"),
    [
        ({"price_negative": 0.5}, Doubt("price", "category", 1.0)),
        ({"price_negative": 0.5, "brand_positive": 1.0}, Doubt("price", "category", 1.0)),
        ({"price_negative": 0.25}, Doubt("price", "category", 0.5)),
        ({"price_negative": 0.75}, Doubt("price", "category", 0.5)),
        # Surely about service, but neither polarity reaches the threshold.
        ({"service_positive": 0.45, "service_negative": 0.55}, Doubt("service", "polarity", 0.9)),
        # Both polarities are certain: much is said, nothing is doubtful.
        ({"service_positive": 1.0, "service_negative": 1.0}, Doubt("product", "category", 0.0)),
        ({}, Doubt("product", "category", 0.0)),
    ],
)
def test_doubt_is_closeness_to_the_threshold(known: dict[str, float], doubt: Doubt) -> None:
    (found,) = doubts(chances(**known), 0.5)
    assert (found.category, found.about) == (doubt.category, doubt.about)
    assert found.uncertainty == pytest.approx(doubt.uncertainty, abs=1e-3)


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=18, max_size=18), min_size=1, max_size=5), st.floats(0.1, 0.9)
)
@settings(max_examples=100, deadline=None)
def test_uncertainty_is_a_share(rows: list[list[float]], threshold: float) -> None:
    found = doubts(np.array(rows, np.float32), threshold)
    assert len(found) == len(rows)
    assert all(-1e-4 <= doubt.uncertainty <= 1.0001 for doubt in found)


@given(st.data(), st.integers(0, 25))
@settings(max_examples=60, deadline=None)
def test_the_choice_is_as_large_as_asked_and_buckets_take_turns(data: st.DataObject, count: int) -> None:
    texts = [each.text for each in comments(20)]
    values = np.array(data.draw(st.lists(st.floats(0, 1), min_size=20, max_size=20)))
    buckets = data.draw(st.lists(st.sampled_from("abc"), min_size=20, max_size=20))
    chosen = spread(texts, values, buckets, count)
    assert len(chosen) == len(set(chosen)) == min(count, 20)
    sizes = {name: buckets.count(name) for name in buckets}
    taken = {name: sum(buckets[index] == name for index in chosen) for name in sizes}
    fewest = min((taken[name] for name in sizes if taken[name] < sizes[name]), default=20)
    assert max(taken.values()) <= fewest + 1


def test_what_says_the_same_is_taken_last() -> None:
    texts = ["空调制冷很快非常满意", "空调制冷很快非常满意呢", "前台小哥说话难听极了"]
    assert spread(texts, np.array([0.9, 0.89, 0.6]), ["a", "a", "a"], 2) == [0, 2]
    assert spread(texts, np.array([0.9, 0.89, 0.6]), ["a", "a", "a"], 3) == [0, 2, 1]


def test_candidates_are_masked_distinct_chinese_and_not_yet_labelled() -> None:
    given = [
        Comment("masked", "联系我13812345678，客服一直不回复我的消息"),
        Comment("copy", "联系我13812345679，客服一直不回复我的消息！"),
        Comment("first", "这台空调的制冷效果真的非常好，安装师傅也很专业很准时，家里老人特别满意"),
        Comment("almost", "这台空调的制冷效果真的非常好，安装师傅也很专业很准时，家里老人特别开心"),
        Comment("short", "很好"),
        Comment("short copy", "很好！！"),
        Comment("known id", "安装师傅迟到了两个小时"),
        Comment("known text", "物流非常快，第二天上午就送到家里了！"),
        Comment("english", "very good"),
        Comment("emoji", "😀😀"),
        Comment("blank", ""),
        Comment("default", "此用户没有填写评价"),
        Comment("agent", "客服：您好，很高兴为您服务", "transcript"),
        Comment("call", "客户：空调坏了三天没人修 / 客服：您好", "transcript", "家电"),
    ]
    labelled = [
        comment("known id", "别的文字"),
        comment("other", "物流非常快，第二天上午就送到家里了"),
    ]
    found = candidates(given, labelled)
    assert [each.id for each in found] == ["masked", "first", "short", "call"]
    assert "13812345678" not in found[0].text
    assert found[-1] == given[-1]


def test_audit_tasks_are_apart_and_show_no_suggestion() -> None:
    picked = choose(UnsureEngine({}), comments(60), [], count=40, audit_share=0.25, seed=1)
    audit = [task for task in picked.tasks if task.comment.audit]
    others = [task for task in picked.tasks if not task.comment.audit]
    assert (len(audit), len(others), picked.candidates) == (10, 30, 60)
    assert len({task.comment.id for task in picked.tasks}) == 40
    assert all(task.suggestion is None and task.doubt is None and not task.comment.opinions for task in audit)
    assert all(task.suggestion and task.doubt and task.comment.intent == "recommend" for task in others)
    # At random places: neither all first nor all last.
    places = [number for number, task in enumerate(picked.tasks) if task.comment.audit]
    assert places != list(range(10))
    assert places != list(range(30, 40))


@pytest.mark.parametrize(
    ("count", "share", "audited"),
    [(3, 0.1, 0), (5, 0.1, 1), (5, 0, 0), (14, 0.1, 1), (20, 0.1, 2), (4, 1, 4)],
)
def test_few_tasks_have_an_audit_too(count: int, share: float, audited: int) -> None:
    picked = choose(UnsureEngine({}), comments(30), [], count=count, audit_share=share, seed=1)
    assert len(picked.tasks) == count
    assert sum(task.comment.audit for task in picked.tasks) == audited


def test_the_doubtful_are_picked() -> None:
    given = comments(30)
    sure = {each.text: 0.999 for each in given[5:]}
    picked = choose(UnsureEngine(sure), given, [], count=5, audit_share=0, seed=1)
    assert {task.comment.id for task in picked.tasks} == {each.id for each in given[:5]}


def test_the_seed_alone_decides() -> None:
    first, again, other = (
        choose(UnsureEngine({}), comments(60), [], count=20, audit_share=0.5, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_the_audit_is_drawn_uniformly_whatever_the_model_thinks() -> None:
    given = comments(10)
    engine = UnsureEngine({each.text: 0.999 for each in given[:5]})
    drawn = [
        task.comment.id
        for seed in range(200)
        for task in choose(engine, given, [], count=10, audit_share=0.3, seed=seed).tasks
        if task.comment.audit
    ]
    # 600 draws of 10 comments: 60 each with a standard error of 6.5; four of them either way.
    assert all(34 <= drawn.count(each.id) <= 86 for each in given)


def test_fewer_candidates_than_asked() -> None:
    picked = choose(UnsureEngine({}), comments(3), [], count=10, audit_share=0.1, seed=1)
    assert len(picked.tasks) == 3
    assert choose(UnsureEngine({}), [], [], count=10, audit_share=0.1, seed=1).tasks == []
