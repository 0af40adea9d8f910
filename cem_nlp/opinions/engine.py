"""The default engine: clauses, hashed features, network, taxonomy."""

from collections.abc import Iterator, Sequence
from typing import Final

from cem_nlp.opinions.decode import readings
from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import score
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.types import Reading
from cem_nlp.text.segment import Segmenter

_BATCH_CODE_POINTS: Final = 60_000
"""Text read at once: about a thousand comments, some 100 MB of arrays; memory stays flat whatever comes in.
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

    def _read_batch(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Reading]:
        encoded = encode(texts, kinds, self.segmenter)
        scores = score(self.model.embedding, self.model.weights, self.model.bags(encoded))
        return readings(self.model, self.taxonomy, encoded, scores)


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
