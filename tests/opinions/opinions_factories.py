"""Written comments, labelled and rated, that a small model learns within seconds."""

import json
from dataclasses import asdict
from functools import cache
from itertools import product

import numpy as np

from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.opinions.model import Model, Thresholds
from cem_nlp.opinions.pooled import PoolComment
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_table import parse_taxonomy
from cem_nlp.opinions.training import Decision, Phase, Recipe, train
from cem_nlp.text.segment import Segmenter
from cem_nlp.vocabulary import TOUCHPOINTS

CLAUSES = {
    ("product", "positive", "use"): ["质量很好", "做工精细", "屏幕清晰", "制冷效果不错"],
    ("product", "negative", "use"): ["质量太差", "用两天就坏了", "噪音很大", "屏幕有划痕"],
    ("service", "positive", "after"): ["客服很耐心", "师傅态度很好", "售后很热情"],
    ("service", "negative", "after"): ["客服态度恶劣", "售后没人理", "师傅很不耐烦"],
    ("price", "positive", "order"): ["价格很便宜", "性价比高", "活动力度大"],
    ("price", "negative", "order"): ["价格太贵了", "安装费乱收", "刚买就降价"],
    ("convenience", "positive", "delivery"): ["物流很快", "第二天就送到", "操作很方便"],
    ("convenience", "negative", "delivery"): ["物流太慢", "等了十天才到", "排队排了半天"],
}
DECISION = Decision(Thresholds(0.45, 0.28, 0.2), (0.0, 1.0))
SMALL = Recipe(
    teacher_size=(16, 16),
    student_size=(16, 16),
    least_labelled=2,
    least_pooled=5,
    teachers=2,
    ratings=Phase(passes=1, batch=64, embedding_rate=0.3),
    labels=Phase(passes=6, batch=16, embedding_rate=0.3, rate=0.01),
    teaching=Phase(passes=8, batch=16, embedding_rate=0.3, rate=0.01),
    alone=DECISION,
    beside_reading=DECISION,
)


def labelled(number: int, *parts: tuple[tuple[str, str, str], str]) -> LabelledComment:
    """A comment of these clauses, one opinion each."""
    opinions, text = [], ""
    for (category, polarity, touchpoint), words in parts:
        opinions.append(LabelledOpinion(category, polarity, touchpoint, len(text), len(text) + len(words)))
        text += f"{words}，"
    return LabelledComment(f"c{number}", "review", "家电", text, tuple(opinions), None, None)


def as_line(comment: LabelledComment, category: str | None = None) -> str:
    """A line of a file of labels, its opinions of another category if one is given."""
    opinions = [
        {**asdict(o), "category": category or o.category, "evidence": comment.text[o.start : o.end]}
        for o in comment.opinions
    ]
    return json.dumps({**asdict(comment), "opinions": opinions}, ensure_ascii=False)


@cache
def comments() -> tuple[LabelledComment, ...]:
    """Four hundred comments of one to three opinions."""
    random = np.random.default_rng(5)
    keys = list(CLAUSES)
    made = []
    for number in range(400):
        chosen = random.choice(len(keys), size=random.integers(1, 4), replace=False)
        made.append(labelled(number, *((keys[k], str(random.choice(CLAUSES[keys[k]]))) for k in chosen)))
    return tuple(made)


@cache
def pool() -> tuple[PoolComment, ...]:
    """Rated comments with the same words."""
    return tuple(
        PoolComment(f"{one}，{other}。", "review", polarity == "positive")
        for polarity in ("positive", "negative")
        for one, other in product(_words(polarity), repeat=2)
    )


def _words(polarity: str) -> list[str]:
    return [words for key, clauses in CLAUSES.items() if key[1] == polarity for words in clauses]


def taxonomy_table() -> dict[str, object]:
    """A small valid taxonomy as TOML would give it."""
    place = {"name": "触点", "channel": "web", "stage": "during", "owner": "support"}
    return {
        "version": "test",
        "owners": {"support": {"name": "客服部"}},
        "touchpoints": {code: dict(place) for code in TOUCHPOINTS},
        "categories": {
            "product": {
                "topics": {
                    "quality": {"name": "质量", "words": ["质量", "做工"]},
                    "screen": {"name": "屏幕", "words": ["屏幕"]},
                }
            }
        },
        "themes": {
            "trust": {"name": "信任", "level": 1, "words": ["放心", "正品"]},
            "respect": {"name": "尊重", "level": 2, "words": ["态度"]},
        },
    }


def taxonomy(**changes: object) -> Taxonomy:
    """The small taxonomy with some of its tables replaced."""
    return parse_taxonomy({**taxonomy_table(), **changes})


@cache
def segmenter() -> Segmenter:
    """A segmenter without user words."""
    return Segmenter()


def trained(seed: int = 1) -> Model:
    """A small model trained anew."""
    return train(comments(), pool(), segmenter(), seed=seed, version="test", facts={}, recipe=SMALL)


@cache
def model() -> Model:
    """A small model, trained once."""
    return trained()


@cache
def engine() -> NetworkEngine:
    """An engine with the small model."""
    return NetworkEngine(model(), taxonomy(), segmenter())
