"""Touchpoints are told by the words of the clause, for each category apart."""

from dataclasses import replace

import numpy as np
from opinions_factories import SMALL, comments, labelled, pool, segmenter, taxonomy

from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.features import BUCKETS
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.learner import Learner
from cem_nlp.opinions.model import look_up, rows_of
from cem_nlp.opinions.network import OPINION_LABELS
from cem_nlp.opinions.targets import Examples, from_labels
from cem_nlp.opinions.touchpoints import touchpoint_weights
from cem_nlp.opinions.training import train
from cem_nlp.vocabulary import CATEGORIES, TOUCHPOINTS

_QUEUE = (("convenience", "negative", "store"), "柜台排队排了半天")
_PARCEL = (("convenience", "negative", "delivery"), "物流太慢")
_FEE = (("price", "negative", "bill"), "柜台多扣了手续费")


def _branch_and_parcel() -> list[LabelledComment]:
    parts = (_QUEUE, _PARCEL, _FEE)
    return [labelled(number, parts[number % 3]) for number in range(900)]


def _untaught(given: list[LabelledComment]) -> tuple[Learner, Examples]:
    """A small network that knows nothing yet, and what it could learn from these comments."""
    encoded = encode([comment.text for comment in given], ["review"] * len(given), segmenter())
    kept = np.zeros(BUCKETS, np.bool_)
    kept[encoded.features] = True
    rows = int(kept.sum())
    learner = Learner.fresh(rows, 8, 8, seed=3)
    return learner, from_labels(given, encoded, look_up(encoded, rows_of(kept), rows))


def test_one_category_has_touchpoints_apart() -> None:
    given = [*comments(), *_branch_and_parcel()]
    model = train(given, pool(), segmenter(), seed=1, version="test", facts={}, recipe=SMALL)
    engine = NetworkEngine(model, taxonomy(), segmenter())
    texts = [words for _, words in (_QUEUE, _PARCEL, _FEE)]
    for reading, ((_, _, touchpoint), _) in zip(
        engine.read(texts, ["review"] * 3), (_QUEUE, _PARCEL, _FEE), strict=True
    ):
        assert touchpoint in {opinion.touchpoint for opinion in reading.opinions}


def test_a_category_without_labels_keeps_what_the_network_learnt_and_one_touchpoint_needs_no_choice() -> None:
    given = [labelled(0, _QUEUE), labelled(1, _PARCEL), labelled(2, _FEE), labelled(3, _FEE)]
    learner, examples = _untaught(given)
    before = {name: value.copy() for name, value in learner.weights.items()}
    found = touchpoint_weights(learner.embedding, learner.weights, examples)
    categories = list(CATEGORIES)
    assert np.array_equal(found["touchpoint"][categories.index("brand")], before["touchpoint"])
    price = OPINION_LABELS.index(("price", "negative"))
    assert list(TOUCHPOINTS)[int(found["touchpoint_bias"][price].argmax())] == "bill"
    assert not found["touchpoint"][categories.index("price")].any()
    rest = set(found) - {"touchpoint", "touchpoint_bias"}
    assert all(np.array_equal(found[name], before[name]) for name in rest)


def test_labels_without_an_opinion_change_nothing() -> None:
    given = [replace(labelled(0, _QUEUE), opinions=())]
    learner, examples = _untaught(given)
    found = touchpoint_weights(learner.embedding, learner.weights, examples)
    assert np.array_equal(found["touchpoint_bias"], learner.weights["touchpoint_bias"])
