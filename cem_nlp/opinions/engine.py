"""The default engine: clauses, hashed features, network, taxonomy."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cem_nlp.opinions.decode import by_rules_alone, probabilities, readings
from cem_nlp.opinions.encode import Encoded, encode
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import N_OPINIONS, Bags, Floats
from cem_nlp.opinions.rules import told_in, without_replaced
from cem_nlp.opinions.second_reader import scores_of
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.types import Reading
from cem_nlp.text.segment import Segmenter
from cem_nlp.text.written_language import written_language

_BATCH_CODE_POINTS: Final = 15_000
"""Text read at once: some 260 reviews. Memory stays flat whatever comes in, and the arrays in the processor's
cache: four times as much is read a third slower, half as much no faster."""

_GIBBERISH: Final = 0.75
"""Share of unknown n-grams from which nothing is believed: of 31,000 comments in eleven domains four reach
three quarters, each one word repeated; UTF-8 shown as GBK has more.
"""


class NetworkEngine:
    """Finds opinions with the trained network and names topics and themes by the taxonomy."""

    def __init__(self, model: Model, taxonomy: Taxonomy, segmenter: Segmenter) -> None:
        self.model = model
        self.taxonomy = taxonomy
        self.segmenter = segmenter

    @property
    def model_version(self) -> str:
        """Version and checksum of the model."""
        return self.model.version

    @property
    def taxonomy_version(self) -> str:
        """Version and checksum of the taxonomy."""
        return self.taxonomy.version

    def read(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Reading]:
        """Read prepared comments; see `types.OpinionEngine`."""
        return [reading for part in _batches(texts) for reading in self._read_batch(texts[part], kinds[part])]

    def opinion_chances(self, texts: Sequence[str], kinds: Sequence[str]) -> Floats:
        """Return the calibrated probability of every opinion, comments × `network.OPINION_LABELS`.

        The model's own view: a user's rules decide nothing here. `texts` and `kinds` are as for `read`.
        """
        parts = [self._chances(texts[part], kinds[part]) for part in _batches(texts)]
        return np.concatenate([np.empty((0, N_OPINIONS), np.float32), *parts])

    def _chances(self, texts: Sequence[str], kinds: Sequence[str]) -> Floats:
        encoded = encode(texts, kinds, self.segmenter)
        scores = scores_of(self.model, encoded, self.model.bags(encoded))
        return probabilities(self.model, scores)[:, :N_OPINIONS]

    def _read_batch(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Reading]:
        encoded = encode(texts, kinds, self.segmenter)
        told = told_in(self.taxonomy, encoded)
        heard = without_replaced(encoded, told)
        bags = self.model.bags(encoded)
        heard_bags = bags if heard is encoded else self.model.bags(heard)
        found = readings(self.model, self.taxonomy, encoded, scores_of(self.model, heard, heard_bags), told)
        shares = unknown_shares(encoded, bags)
        return [
            self._understood(reading, text, kind, unknown)
            for reading, text, kind, unknown in zip(found, encoded.texts, kinds, shares, strict=True)
        ]

    def _understood(self, reading: Reading, text: str, kind: str, unknown: float | None) -> Reading:
        """Say how far a comment was understood; take back what the model alone read out of gibberish."""
        language = written_language(text, kind)
        if language != "zh":
            reading = by_rules_alone(self.taxonomy, text, kind)
        elif unknown is None or unknown >= _GIBBERISH:
            by_model = all(opinion.decided_by == "model" for opinion in reading.opinions)
            reading = Reading() if by_model else reading
        return replace(reading, language=language, unknown=unknown)


def unknown_shares(encoded: Encoded, bags: Bags) -> list[float | None]:
    """Return the share of each comment's n-grams that the model does not know, None for one without any."""
    all_of = np.diff(encoded.clause_starts[encoded.comment_starts])
    known = np.diff(bags.clause_starts[bags.comment_starts])
    pairs = zip(known.tolist(), all_of.tolist(), strict=True)
    return [round(1 - few / n, 4) if n else None for few, n in pairs]


def _batches(texts: Sequence[str]) -> Iterator[slice]:
    """Yield slices of about `_BATCH_CODE_POINTS`; a comment is never split."""
    begin = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size >= _BATCH_CODE_POINTS:
            yield slice(begin, number + 1)
            begin, size = number + 1, 0
    if begin < len(texts):
        yield slice(begin, len(texts))
