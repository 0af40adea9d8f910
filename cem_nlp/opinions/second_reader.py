"""What a model says of a batch: its network alone, or with the transformer that reads beside it.

The network knows words and their neighbours, the transformer their order. The transformer, which takes ten
times longer, is asked about feedback of the kinds it is joined for, where the network is in doubt: there an
opinion's log-odds are a weighted sum of what each says (`transformer.weights.Blend`).
"""

from dataclasses import replace
from typing import Final

import numpy as np

from cem_nlp.opinions.decode import probabilities
from cem_nlp.opinions.encode import Encoded, picked
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import N_OPINIONS, Bags, Floats, Scores
from cem_nlp.opinions.transformer.forward import Logits, logits
from cem_nlp.opinions.transformer.weights import Blend
from cem_nlp.vocabulary import KINDS

_KIND_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS)}
_UNLIKELY: Final = 0.2
_LIKELY: Final = 0.7
"""Between these the network is in doubt about an opinion. On a fifth of the training comments, left out of
training, these borders spare half of the text and cost nothing that could be measured; 0.3 and 0.6 spare two
thirds and cost 0.001 of F1 (models/README.md, sixth round)."""
_LONGEST: Final = 10_000
"""Code points of the longest text read twice, half an hour of talk: a megabyte would take a minute."""


def scores_of(model: Model, encoded: Encoded, bags: Bags) -> Scores:
    """Return what the model says of a batch, whose features it knows are `bags`.

    Touchpoints, intent, expectation and rating are the network's; opinions and the clauses that hold them are
    both readers', if there are two, where the second is asked.
    """
    scores = model.score(bags)
    return read_twice(model, encoded, scores, doubtful(model, encoded, scores))


def doubtful(model: Model, encoded: Encoded, scores: Scores) -> Counts:
    """Return the numbers of the comments about which the transformer is asked, none without one; `scores` are
    the network's.
    """
    kinds = {_KIND_NUMBER[kind] for kind in model.read_twice}
    asked = [
        number
        for number in in_doubt(probabilities(model, scores)).tolist()
        if encoded.kinds[number] in kinds and len(encoded.texts[number]) <= _LONGEST
    ]
    return np.array(asked, np.int64)


def read_twice(model: Model, encoded: Encoded, scores: Scores, comments: Counts) -> Scores:
    """Return the network's scores with those of these comments' opinions replaced by what both say."""
    if model.transformer is None or not len(comments):
        return scores
    asked, clauses = picked(encoded, comments)
    comment, clause = scores.comment.copy(), scores.clause.copy()
    heard = Logits(comment[comments], clause[clauses])
    both = blended(heard, logits(model.transformer, asked), model.transformer.blend, model.calibration)
    comment[comments, :N_OPINIONS], clause[clauses, :N_OPINIONS] = both
    return replace(scores, comment=comment, clause=clause)


def in_doubt(chances: Floats) -> Counts:
    """Return the numbers of the comments of which some opinion is neither unlikely nor likely; `chances` are
    probabilities, comments × LABELS.
    """
    opinions = chances[:, :N_OPINIONS]
    return np.flatnonzero(((opinions > _UNLIKELY) & (opinions < _LIKELY)).any(axis=1))


def blended(network: Logits, beside: Logits, blend: Blend, calibration: tuple[float, float]) -> Logits:
    """Return what both readers say together, of the opinion labels alone.

    It stays on the network's scale, so that its calibration (shift, slope) turns comments' logits into the
    log-odds that the blend gives. The scores of clauses are weighted in the same proportion.
    """
    shift, slope = calibration
    opinions = slice(N_OPINIONS)
    log_odds = (
        blend.shift
        + blend.network * network.comment[:, opinions]
        + blend.transformer * beside.comment[:, opinions]
    )
    clause = (
        blend.network * network.clause[:, opinions] + blend.transformer * beside.clause[:, opinions]
    ) / (blend.network + blend.transformer)
    return Logits(np.asarray((log_odds - shift) / slope, np.float32), np.asarray(clause, np.float32))
