"""A tiny vocabulary, a tiny transformer of random weights, and short comments to read."""

from collections.abc import Sequence

import numpy as np

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.network import LABELS
from cem_nlp.opinions.transformer.weights import Blend, Transformer
from cem_nlp.vocabulary import KINDS

PIECES = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *"，。质量好坏物流快慢价格贵便宜客服耐心差a1",
    *("wi", "##fi", "##f", "##i", "wif", "10", "##0", "##24"),
)
BLEND = Blend(-0.1, 0.6, 0.5)


def transformer(seed: int = 1, embedding: int = 8, layers: int = 2) -> Transformer:
    """A transformer of random weights, its states 24 wide; by `embedding` 24 they need no widening."""
    random = np.random.default_rng(seed)

    def linear(name: str, inputs: int, outputs: int) -> dict[str, np.ndarray]:
        weight = random.standard_normal((outputs, inputs)) / np.sqrt(inputs)
        return {f"{name}.weight": weight, f"{name}.bias": random.standard_normal(outputs) * 0.2}

    def norm(name: str, width: int) -> dict[str, np.ndarray]:
        return {f"{name}.weight": 1 + random.standard_normal(width) * 0.2, f"{name}.bias": np.zeros(width)}

    found = {
        "encoder.pieces.weight": random.standard_normal((len(PIECES), embedding)),
        "encoder.positions.weight": random.standard_normal((512, embedding)) * 0.3,
        "encoder.segment": random.standard_normal(embedding) * 0.2,
        **norm("encoder.norm", embedding),
        **(linear("encoder.widened", embedding, 24) if embedding != 24 else {}),
        **linear("context", 3 * 24 + len(KINDS), 16),
        **linear("label", 16, len(LABELS)),
        **linear("comment", 2 * 16, len(LABELS)),
    }
    for number in range(layers):
        layer = f"encoder.layers.{number}"
        found |= linear(f"{layer}.projected", 24, 3 * 24) | linear(f"{layer}.attended", 24, 24)
        found |= linear(f"{layer}.widened", 24, 32) | linear(f"{layer}.narrowed", 32, 24)
        found |= norm(f"{layer}.attended_norm", 24) | norm(f"{layer}.narrowed_norm", 24)
    weights = {name: value.astype(np.float16).astype(np.float32) for name, value in found.items()}
    return Transformer(PIECES, 2, weights, BLEND, "random")


def encoded(*comments: Sequence[str], kinds: Sequence[int] | None = None) -> Encoded:
    """Comments of these clauses, commas between them; reviews, if nothing else is said."""
    spans = []
    for clauses in comments:
        begin = 0
        for clause in clauses:
            spans.append((begin, begin + len(clause)))
            begin += len(clause) + 1
    sizes = [len(clauses) for clauses in comments]
    nothing = np.zeros(0, np.int32)
    return Encoded(
        features=nothing,
        clause_starts=np.zeros(len(spans) + 1, np.int64),
        comment_starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        answers=nothing,
        answer_starts=np.zeros(len(comments) + 1, np.int64),
        kinds=np.array(kinds or [0] * len(comments), np.int64),
        spans=spans,
        texts=["，".join(clauses) for clauses in comments],
    )
