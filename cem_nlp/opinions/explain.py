"""Why an opinion was found: what its probability loses when a word is left out."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.network import OPINION_LABELS, Floats
from cem_nlp.opinions.second_reader import doubtful, read_twice
from cem_nlp.opinions.types import Opinion, Reason
from cem_nlp.text.script import simplify

_STRONGEST: Final = 5
"""Words shown for an opinion."""


def explain(engine: NetworkEngine, text: str, kind: str = "review") -> list[Reason]:
    """Return the comment's opinions, each with the words that speak for it most.

    A word's pull is the opinion's log-odds with it less those without it; words that pull the other way, and
    opinions that a rule decided, show none.
    """
    (reading,) = engine.read([text], [kind])
    return [
        Reason(opinion, text[opinion.start : opinion.end], _pulls(engine, text, kind, opinion))
        for opinion in reading.opinions
    ]


def _pulls(engine: NetworkEngine, text: str, kind: str, opinion: Opinion) -> tuple[tuple[str, float], ...]:
    if opinion.decided_by != "model":
        return ()
    spans = _word_spans(engine, text, opinion)
    without = [text[:start] + text[end:] for start, end in spans]
    label = OPINION_LABELS.index((opinion.category, opinion.polarity))
    logits = _log_odds(engine, [text, *without], kind)[:, label]
    found = [
        (text[start:end], float(logits[0] - rest))
        for (start, end), rest in zip(spans, logits[1:], strict=True)
    ]
    strongest = sorted(found, key=lambda pull: -pull[1])[:_STRONGEST]
    return tuple((word, round(pull, 2)) for word, pull in strongest if pull > 0)


def _word_spans(engine: NetworkEngine, text: str, opinion: Opinion) -> list[tuple[int, int]]:
    words = engine.segmenter.cut(simplify(text)[opinion.start : opinion.end])
    ends = opinion.start + np.cumsum([len(word) for word in words])
    return [(int(end) - len(word), int(end)) for word, end in zip(words, ends, strict=True) if word.strip()]


def _log_odds(engine: NetworkEngine, texts: Sequence[str], kind: str) -> Floats:
    model = engine.model
    encoded = encode(texts, [kind] * len(texts), engine.segmenter)
    shift, slope = model.calibration
    scores = model.score(model.bags(encoded))
    # The first is the whole comment: without a word it is read by whoever reads it whole.
    comments = np.arange(len(texts)) if 0 in doubtful(model, encoded, scores) else np.arange(0)
    scores = read_twice(model, encoded, scores, comments)
    return np.asarray(np.float32(shift) + np.float32(slope) * scores.comment)
