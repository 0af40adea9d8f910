"""Stage three: the night's comments and readings are held against the model's profile and earlier nights."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from cem_nlp import store
from cem_nlp.model_files import load_profile
from cem_nlp.nightly.night import Night
from cem_nlp.opinions.drift_table import PastCounts, Versions, drift_rows
from cem_nlp.opinions.profile import Observed, count
from cem_nlp.schemas import to_table

_FEEDBACK = ["feedback_id", "kind", "text", "duplicate_of"]
_COMMENTS = ["feedback_id", "language", "unknown_share"]
_OPINIONS = ["feedback_id", "category", "polarity", "probability"]
_PAST = ["night", "kind", "measure", "bins", "counts", "model_version", "taxonomy_version"]


def write_drift(night: Night) -> None:
    """Write `drift` from the night's staged tables and the drift of earlier nights; call it once these are in
    place. Near-duplicates do not count.
    """
    rows = drift_rows(
        count(_observed(night)),
        _past(night),
        load_profile(night.engine.model),
        Versions(night.model_version, night.taxonomy_version),
        np.random.default_rng(night.date.toordinal()),
    )
    staged = [{**row, "run_id": night.run_id} for row in rows]
    store.write_part(night.staging, "drift", to_table("drift", staged))


def _observed(night: Night) -> Iterator[Observed]:
    """Yield what each of the night's comments adds to its counts, part by part so that memory stays flat."""
    for part in store.parts(night.staging, "feedback"):
        feedback = store.read_part(night.staging, "feedback", part, _FEEDBACK)
        lengths = pc.utf8_length(feedback["text"]).to_pylist()
        readings = {
            row["feedback_id"]: row
            for row in store.read_part(night.staging, "comments", part, _COMMENTS).to_pylist()
        }
        opinions = defaultdict(list)
        for row in store.read_part(night.staging, "opinions", part, _OPINIONS).to_pylist():
            opinions[row["feedback_id"]].append((row["category"], row["polarity"], row["probability"]))
        for row, length in zip(feedback.drop_columns("text").to_pylist(), lengths, strict=True):
            if row["duplicate_of"] is None:
                number = row["feedback_id"]
                language, unknown = readings[number]["language"], readings[number]["unknown_share"]
                yield Observed(row["kind"], length, language, unknown, tuple(opinions[number]))


def _past(night: Night) -> list[PastCounts]:
    """Return what earlier nights counted, the latest first."""
    table = store.read_table(night.staging.folder, "drift", _PAST)
    earlier = pc.field("night") < night.date.isoformat()
    rows = table.filter(earlier & (pc.list_value_length(pc.field("bins")) > 0)).to_pylist()
    # Each measure is in the table twice, once a reference.
    found = {
        (row["night"], row["kind"], row["measure"]): PastCounts(
            row["night"],
            row["kind"],
            row["measure"],
            tuple(row["bins"]),
            tuple(row["counts"]),
            Versions(row["model_version"], row["taxonomy_version"]),
        )
        for row in rows
    }
    return [found[key] for key in sorted(found, reverse=True)]
