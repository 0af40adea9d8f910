"""The transformer: BERT over the pieces of a comment, its clauses read off it and pooled to the comment.

    pieces of a window → embedding → layers of attention                      (every piece in its context)
    mean and maximum of a clause's pieces, the mean of the comment's clauses, the kind → GELU
    → a score per label and clause, a score per touchpoint
    a comment's logit = scores pooled over its clauses + linear in the mean and maximum of the clauses

The last two lines are those of the network in use (`opinions.network`), and so is the pooling.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from cem_nlp.opinions.network import LABELS, N_OPINIONS, Floats
from cem_nlp.opinions.transformer.windows import Batch
from cem_nlp.teacher.checkpoint import Checkpoint, Size
from cem_nlp.vocabulary import KINDS, TOUCHPOINTS

_DROPPED_IN_CONTEXT: Final = 0.1
_DROPPED_HIDDEN: Final = 0.2
"""Shares left out at random in training, above the encoder only: it is kept from learning by heart by pieces
that are hidden from it (see `lessons`), which costs less time than to leave out parts of its every layer."""
_HIDDEN: Final = 256
_TINY: Final = 1e-12
"""Added to variances by BERT's normalisation."""
_FAR: Final = -1e4
"""Logit that keeps attention off padding, as in BERT."""
_NOT_OF_OPINIONS: Final = ("touchpoint", "stars")
"""What the names of the weights begin with that only touchpoints and ratings need."""
_FUSED_FROM: Final = 256
"""Positions above which fused attention is faster in training too; below, its gradient is slow."""


class Layer(nn.Module):
    """One layer: pieces look at one another, then each is transformed by itself."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.projected = nn.Linear(size.hidden, 3 * size.hidden)
        self.attended = nn.Linear(size.hidden, size.hidden)
        self.attended_norm = nn.LayerNorm(size.hidden, eps=_TINY)
        self.widened = nn.Linear(size.hidden, size.inner)
        self.narrowed = nn.Linear(size.inner, size.hidden)
        self.narrowed_norm = nn.LayerNorm(size.hidden, eps=_TINY)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return new states (windows × positions × hidden); `mask` is added to the logits of attention."""
        states = self.attended_norm(states + self.attended(self._attend(states, mask)))
        return self.narrowed_norm(states + self.narrowed(functional.gelu(self.widened(states))))

    def _attend(self, states: Tensor, mask: Tensor) -> Tensor:
        windows, positions, hidden = states.shape
        parts = self.projected(states).view(windows, positions, 3, self.heads, hidden // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mask = mask.to(query.dtype)
        if self.training and positions <= _FUSED_FROM:
            logits = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
            mixed = torch.softmax(logits.add_(mask), -1) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return mixed.transpose(1, 2).reshape(windows, positions, hidden)


class Encoder(nn.Module):
    """BERT, its embeddings narrower than its layers where the checkpoint has them so (as in ALBERT)."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.pieces = nn.Embedding(size.vocabulary, size.embedding)
        self.positions = nn.Embedding(size.positions, size.embedding)
        self.segment = nn.Parameter(torch.zeros(size.embedding))
        self.norm = nn.LayerNorm(size.embedding, eps=_TINY)
        narrow = size.embedding != size.hidden
        self.widened = nn.Linear(size.embedding, size.hidden) if narrow else nn.Identity()
        self.layers = nn.ModuleList([Layer(size) for _ in range(size.layers)])

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the state of every piece (windows × positions × hidden); piece 0 is padding."""
        embedded = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.segment
        states = self.widened(self.norm(embedded))
        mask = torch.where(pieces != 0, 0.0, _FAR)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Said(NamedTuple):
    """What the transformer says: per comment the logits of LABELS and of a good rating, per clause the
    logits of the opinion labels and the clause in context, from which touchpoints follow.
    """

    comment: Tensor
    stars: Tensor
    clause: Tensor
    hidden: Tensor


class Reader(nn.Module):
    """An encoder and what is read off its states."""

    def __init__(self, encoder: Encoder, hidden: int) -> None:
        """Take an encoder whose states have `hidden` numbers; what stands above it is random."""
        super().__init__()
        self.encoder = encoder
        self.context = nn.Linear(3 * hidden + len(KINDS), _HIDDEN)
        self.label = nn.Linear(_HIDDEN, len(LABELS))
        self.comment = nn.Linear(2 * _HIDDEN, len(LABELS))
        self.touchpoint = nn.Linear(_HIDDEN, len(TOUCHPOINTS))
        self.touchpoint_bias = nn.Parameter(torch.zeros(N_OPINIONS, len(TOUCHPOINTS)))
        self.stars = nn.Linear(2 * _HIDDEN, 1)
        nn.init.zeros_(self.comment.weight)
        # Labels are rare: start from about five in a hundred.
        nn.init.constant_(self.label.bias, -3.0)

    def forward(self, batch: Batch) -> Said:
        """Read a batch.

        The encoder calculates with bfloat16, which is faster where the processor knows it; scores and their
        pooling with float32.
        """
        comment_of, n_comments = torch.from_numpy(batch.comment_of), len(batch.comments)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self._in_context(batch)
        hidden = hidden.float()
        scores = self.label(hidden)
        summary = torch.cat(
            [_mean(hidden, comment_of, n_comments), _maximum(hidden, comment_of, n_comments)], 1
        )
        comment = _pooled(scores, comment_of, n_comments) + self.comment(summary)
        return Said(comment, self.stars(summary)[:, 0], scores[:, :N_OPINIONS], hidden)

    def touchpoints(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """Return the logits of the touchpoints of opinions: one label for each of these clauses."""
        return self.touchpoint(hidden) + self.touchpoint_bias[labels]

    def _in_context(self, batch: Batch) -> Tensor:
        comment_of, n_clauses = torch.from_numpy(batch.comment_of), len(batch.clauses)
        clause_of = torch.from_numpy(batch.clause_of)
        states = self.encoder(torch.from_numpy(batch.pieces)).flatten(0, 1)
        read = states[torch.from_numpy(batch.places)].float()
        clauses = _mean(read, clause_of, n_clauses)
        comments = _mean(clauses, comment_of, len(batch.comments))
        kinds = functional.one_hot(torch.from_numpy(batch.kinds), len(KINDS)).float()
        context = torch.cat(
            [clauses, _maximum(read, clause_of, n_clauses), comments[comment_of], kinds[comment_of]], 1
        )
        context = functional.dropout(context, _DROPPED_IN_CONTEXT, self.training)
        return functional.dropout(functional.gelu(self.context(context)), _DROPPED_HIDDEN, self.training)


def reader_of(checkpoint: Checkpoint) -> Reader:
    """Return a reader whose encoder has the checkpoint's weights."""
    encoder = Encoder(checkpoint.size)
    encoder.load_state_dict(
        {name: torch.from_numpy(value) for name, value in _encoder_arrays(checkpoint).items()}
    )
    return Reader(encoder, checkpoint.size.hidden)


def weights_of(reader: Reader) -> dict[str, Floats]:
    """Return the weights that reading opinions takes, named and shaped as in a `Transformer`."""
    return {
        name: value.detach().float().numpy().copy()
        for name, value in reader.state_dict().items()
        if not name.startswith(_NOT_OF_OPINIONS)
    }


def _encoder_arrays(checkpoint: Checkpoint) -> dict[str, Floats]:
    """Return the checkpoint's arrays by the names of the encoder's weights."""
    arrays, place = checkpoint.arrays, "embeddings"
    found = {
        "pieces.weight": arrays[f"{place}/word_embeddings"],
        "positions.weight": arrays[f"{place}/position_embeddings"],
        # A comment is one text: the embedding of a second one beside it is not used.
        "segment": arrays[f"{place}/token_type_embeddings"][0],
        **_norm("norm", arrays, f"{place}/LayerNorm"),
    }
    if checkpoint.size.embedding != checkpoint.size.hidden:
        found |= _dense("widened", arrays, ["encoder/embedding_hidden_mapping_in"])
    for number in range(checkpoint.size.layers):
        layer, place = f"layers.{number}", f"encoder/layer_{number}"
        projections = [f"{place}/attention/self/{part}" for part in ("query", "key", "value")]
        found |= _dense(f"{layer}.projected", arrays, projections)
        found |= _dense(f"{layer}.attended", arrays, [f"{place}/attention/output/dense"])
        found |= _norm(f"{layer}.attended_norm", arrays, f"{place}/attention/output/LayerNorm")
        found |= _dense(f"{layer}.widened", arrays, [f"{place}/intermediate/dense"])
        found |= _dense(f"{layer}.narrowed", arrays, [f"{place}/output/dense"])
        found |= _norm(f"{layer}.narrowed_norm", arrays, f"{place}/output/LayerNorm")
    return found


def _norm(name: str, arrays: Mapping[str, Floats], place: str) -> dict[str, Floats]:
    return {f"{name}.weight": arrays[f"{place}/gamma"], f"{name}.bias": arrays[f"{place}/beta"]}


def _dense(name: str, arrays: Mapping[str, Floats], places: Sequence[str]) -> dict[str, Floats]:
    """Return one layer for those at these places; PyTorch keeps kernels as outputs × inputs."""
    return {
        f"{name}.weight": np.concatenate([arrays[f"{place}/kernel"].T for place in places]),
        f"{name}.bias": np.concatenate([arrays[f"{place}/bias"] for place in places]),
    }


def _sum(values: Tensor, group: Tensor, n_groups: int) -> Tensor:
    """Add up the rows of each group."""
    return values.new_zeros(n_groups, values.shape[1]).index_add(0, group, values)


def _mean(values: Tensor, group: Tensor, n_groups: int) -> Tensor:
    """Average the rows of each group; none is empty."""
    return _sum(values, group, n_groups) / torch.bincount(group, minlength=n_groups)[:, None]


def _maximum(values: Tensor, group: Tensor, n_groups: int) -> Tensor:
    """Take the maximum over the rows of each group."""
    lowest = values.new_full((n_groups, values.shape[1]), -torch.inf)
    return lowest.scatter_reduce(0, group[:, None].expand_as(values), values, "amax")


def _pooled(scores: Tensor, group: Tensor, n_groups: int) -> Tensor:
    """Average the scores of each group, weighted by the softmax of themselves: a smooth maximum."""
    raised = torch.exp(scores - _maximum(scores, group, n_groups).detach()[group])
    return _sum(raised * scores, group, n_groups) / _sum(raised, group, n_groups)
