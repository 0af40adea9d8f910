"""What a model says of a batch: its network alone, or with the transformer that reads beside it.

The network knows words and their neighbours, the transformer their order; where both are asked, an opinion's
log-odds are a weighted sum of what each says (`transformer.weights.Blend`).
"""

import numpy as np

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import N_OPINIONS, Bags, Floats, Scores, score
from cem_nlp.opinions.transformer.forward import Logits, logits
from cem_nlp.opinions.transformer.weights import Transformer


def scores_of(model: Model, encoded: Encoded, bags: Bags) -> Scores:
    """Return what the model says of a batch, whose features it knows are `bags`.

    Touchpoints, intent, expectation and rating are the network's; opinions and the clauses that hold them are
    both readers', if there are two.
    """
    scores = score(model.embedding, model.weights, bags)
    if model.transformer is None:
        return scores
    return blended(scores, logits(model.transformer, encoded), model.transformer, model.calibration)


def blended(
    scores: Scores, beside: Logits, transformer: Transformer, calibration: tuple[float, float]
) -> Scores:
    """Return the network's scores with those of opinions replaced by what both readers say.

    They stay on the network's scale, so that its calibration (shift, slope) turns them into the log-odds that
    the blend gives.
    """
    shift, slope = calibration
    blend = transformer.blend
    comment, clause = scores.comment.copy(), scores.clause.copy()
    log_odds = (
        blend.shift
        + blend.network * scores.comment[:, :N_OPINIONS]
        + blend.transformer * beside.comment[:, :N_OPINIONS]
    )
    comment[:, :N_OPINIONS] = (log_odds - shift) / slope
    clause[:, :N_OPINIONS] = _mean_of_both(scores.clause[:, :N_OPINIONS], beside.clause, transformer)
    return Scores(comment, scores.stars, clause, scores.hidden)


def _mean_of_both(network: Floats, beside: Floats, transformer: Transformer) -> Floats:
    """Return the scores of clauses, weighted as those of comments are."""
    blend = transformer.blend
    return np.asarray(
        (blend.network * network + blend.transformer * beside) / (blend.network + blend.transformer),
        np.float32,
    )
