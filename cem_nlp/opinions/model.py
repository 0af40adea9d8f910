"""A trained model as data, and its files as bytes: arrays without pickle, JSON, and a checksum over both.

The arrays hold numbers only: which of the hashed features are kept, a row of coarse weights for each,
and the dense weights. No word of any customer can be read out of them.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.features import BUCKETS, Counts, Flags
from cem_nlp.opinions.network import LABELS, Bags, Floats, Scores, finished_shapes, score
from cem_nlp.opinions.transformer.weights import Transformer
from cem_nlp.vocabulary import POLARITIES

ARRAYS: Final = "model.npz"
FACTS: Final = "model.json"
CHECKSUMS: Final = "SHA256SUMS"
FILES: Final = (ARRAYS, FACTS, CHECKSUMS)

_FORMAT: Final = 3
_LARGEST: Final = 15
"""Largest absolute value of a stored weight: 31 levels compress well, and lose nothing against 255 on dev."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least probability, 0–1, with which an opinion, an intent or an expectation is reported."""

    opinion: float
    intent: float
    expectation: float


@dataclass(frozen=True)
class Model:
    """A trained model.

    `kept` marks the hashed features that have a row in `quantised`; a row times its entry in `scales` is the
    embedding. A label holds where its probability, the sigmoid of calibration[0] + calibration[1] × logit,
    reaches `threshold`. `facts` is the card's data: what it was trained on and how. Where there is a
    `transformer`, it reads opinions beside the network in feedback of the kinds `read_twice` (see
    `second_reader`).
    """

    version: str
    kept: Flags
    quantised: npt.NDArray[np.int8]
    scales: Floats
    weights: Mapping[str, Floats]
    thresholds: Thresholds
    calibration: tuple[float, float]
    facts: Mapping[str, Any]
    transformer: Transformer | None = None
    read_twice: tuple[str, ...] = ()

    @cached_property
    def row_of(self) -> npt.NDArray[np.int32]:
        """The row of every hashed feature."""
        return rows_of(self.kept)

    def bags(self, encoded: Encoded) -> Bags:
        """Look the features of a batch up."""
        return look_up(encoded, self.row_of, len(self.quantised))

    def score(self, bags: Bags) -> Scores:
        """Run the network over a batch, the transformer left out; see `network.score`."""
        embedding, rows = self._embedded(bags)
        return score(embedding, self.weights, rows)

    def touchpoint_scores(self, hidden: Floats, labels: Counts) -> Floats:
        """Return how well each touchpoint suits, opinions × touchpoints; `hidden` has what the clause of each
        opinion says in context, `labels` the numbers of their OPINION_LABELS.
        """
        found = self.weights["touchpoint_bias"][labels]
        for category, weights in enumerate(self.weights["touchpoint"]):
            those = labels // len(POLARITIES) == category
            found[those] += hidden[those] @ weights
        return found

    def _embedded(self, bags: Bags) -> tuple[Floats, Bags]:
        """Return the embeddings of the features in these bags, a row each, and the bags with those rows.

        A batch has some twenty thousand of all features: with these alone the whole table of floats, 285 MB
        that take a second at every start, need not be made; it would be read 7 % faster.
        """
        is_used = np.zeros(len(self.quantised), np.bool_)
        is_used[bags.rows] = True
        is_used[bags.answer_rows] = True
        used = np.flatnonzero(is_used)
        place = np.cumsum(is_used, dtype=np.int32) - 1
        embedding = self.quantised[used].astype(np.float32)
        embedding *= self.scales[used, None]
        return embedding, replace(bags, rows=place[bags.rows], answer_rows=place[bags.answer_rows])


def rows_of(kept: Flags) -> npt.NDArray[np.int32]:
    """Return the row of every hashed feature, that after the last one for features not kept."""
    return np.where(kept, np.cumsum(kept) - 1, kept.sum()).astype(np.int32)


def look_up(encoded: Encoded, row_of: npt.NDArray[np.int32], n_rows: int) -> Bags:
    """Turn features into rows, leaving out those without one."""
    rows, clause_starts = _known(encoded.features, encoded.clause_starts, row_of, n_rows)
    answer_rows, answer_starts = _known(encoded.answers, encoded.answer_starts, row_of, n_rows)
    return Bags(rows, clause_starts, encoded.comment_starts, answer_rows, answer_starts, encoded.kinds)


def _known(
    features: npt.NDArray[np.int32], starts: Counts, row_of: npt.NDArray[np.int32], n_rows: int
) -> tuple[npt.NDArray[np.int32], Counts]:
    rows = row_of[features]
    known = rows < n_rows
    counted: Counts = np.concatenate([[0], np.cumsum(known)])
    return rows[known], counted[starts]


def quantise(embedding: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return rows of small whole numbers, and the scales that undo it."""
    scales = np.maximum(np.abs(embedding).max(axis=1), np.float32(1e-12)) / np.float32(_LARGEST)
    return np.rint(embedding / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def pack(model: Model) -> dict[str, bytes]:
    """Return the model's files by name; equal models give equal bytes."""
    arrays = io.BytesIO()
    named: dict[str, Any] = {f"weights.{name}": value for name, value in sorted(model.weights.items())}
    np.savez_compressed(
        arrays, kept=np.packbits(model.kept), quantised=model.quantised, scales=model.scales, **named
    )
    facts = {
        "format": _FORMAT,
        "version": model.version.partition("+")[0],
        "labels": list(LABELS),
        "thresholds": asdict(model.thresholds),
        "calibration": list(model.calibration),
        "facts": dict(model.facts),
    }
    files = {
        ARRAYS: arrays.getvalue(),
        FACTS: (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode(),
    }
    return {**files, CHECKSUMS: _checksums(files)}


def unpack(files: Mapping[str, bytes], where: str) -> Model:
    """Return the model in these files; `where` names their folder in errors.

    Raises:
        ModelError: a file is missing, has a changed byte, or is of another format.
    """
    for name in FILES:
        if name not in files:
            raise ModelError(
                Bilingual("模型缺少文件", "a file of the model is missing"),
                where=where,
                value=name,
                valid=FILES,
            )
    if files[CHECKSUMS] != _checksums({name: files[name] for name in (ARRAYS, FACTS)}):
        raise ModelError(
            Bilingual("模型文件与校验和不符", "the model's files do not match their checksum"),
            where=where,
            value=_changed(files),
            next_step=Bilingual(
                "重新取得模型，或用 cem train 重新训练", "fetch the model again, or train it with cem train"
            ),
        )
    try:
        return _unpacked(files)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ModelError(
            Bilingual("模型文件的格式不对", "the model's files have another format"),
            where=where,
            value=type(error).__name__,
        ) from None


def _unpacked(files: Mapping[str, bytes]) -> Model:
    facts = json.loads(files[FACTS])
    if facts["format"] != _FORMAT or facts["labels"] != list(LABELS):
        raise ValueError(facts["format"])
    with np.load(io.BytesIO(files[ARRAYS]), allow_pickle=False) as arrays:
        quantised = arrays["quantised"]
        weights = {
            name.removeprefix("weights."): arrays[name]
            for name in arrays.files
            if name.startswith("weights.")
        }
        expected = finished_shapes(quantised.shape[1], len(weights["context_bias"]))
        if {name: value.shape for name, value in weights.items()} != expected:
            raise ValueError(sorted(weights))
        return Model(
            version=f"{facts['version']}+{hashlib.sha256(files[CHECKSUMS]).hexdigest()[:8]}",
            kept=np.unpackbits(arrays["kept"])[:BUCKETS].astype(np.bool_),
            quantised=quantised,
            scales=arrays["scales"],
            weights=weights,
            thresholds=Thresholds(**facts["thresholds"]),
            calibration=(float(facts["calibration"][0]), float(facts["calibration"][1])),
            facts=facts["facts"],
        )


def _checksums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _changed(files: Mapping[str, bytes]) -> str:
    listed = files[CHECKSUMS].decode("ascii", "replace").split()
    changed = [name for name in (ARRAYS, FACTS) if hashlib.sha256(files[name]).hexdigest() not in listed]
    return ", ".join(changed) or CHECKSUMS
