"""Stage two: every staged comment is read by the opinion engine, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial

import pyarrow as pa

from cem_nlp import store
from cem_nlp.model_files import engine_of_process
from cem_nlp.nightly.night import Night
from cem_nlp.opinions import Reading
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.wishes import WishReader
from cem_nlp.parallel import ordered_map
from cem_nlp.schemas import to_table

_WORTH_PROCESSES = 5_000
"""Comments from which more processes pay: one reads these in the seconds that others need to start."""


def read_opinions(night: Night) -> int:
    """Read the night's feedback part by part; write `opinions`, `comments` and `wishes`; return how many
    opinions.
    """
    parts = store.parts(night.staging, "feedback")
    comments = sum(store.part_rows(night.staging, "feedback", part) for part in parts)
    processes = night.config.workers if comments >= _WORTH_PROCESSES else 1
    return sum(ordered_map(partial(_read_part, night), parts, processes))


def _read_part(night: Night, part: int) -> int:
    feedback = store.read_part(night.staging, "feedback", part, ["feedback_id", "kind", "text"]).to_pydict()
    engine = engine_of_process(night.engine)
    readings = engine.read(feedback["text"], feedback["kind"])
    opinions = _opinion_table(feedback["feedback_id"], feedback["text"], readings, engine, night.run_id)
    store.write_part(night.staging, "opinions", opinions, part)
    comments = _comment_table(feedback["feedback_id"], readings, night.run_id)
    store.write_part(night.staging, "comments", comments, part)
    wishes = _wish_table(feedback, engine, night.run_id)
    store.write_part(night.staging, "wishes", wishes, part)
    return int(opinions.num_rows)


def _opinion_table(
    ids: Sequence[str], texts: Sequence[str], readings: Sequence[Reading], engine: NetworkEngine, run_id: str
) -> pa.Table:
    """Return the `opinions` table, without the night, of comments and their readings."""
    rows = []
    for feedback_id, text, reading in zip(ids, texts, readings, strict=True):
        for number, opinion in enumerate(reading.opinions):
            place = engine.taxonomy.touchpoints[opinion.touchpoint]
            rows.append(
                {
                    "feedback_id": feedback_id,
                    "opinion_no": number,
                    "category": opinion.category,
                    "polarity": opinion.polarity,
                    "touchpoint": opinion.touchpoint,
                    "stage": place.stage,
                    "channel": place.channel,
                    "start": opinion.start,
                    "end": opinion.end,
                    "evidence": text[opinion.start : opinion.end],
                    "topic": opinion.topic,
                    "probability": opinion.probability,
                    "decided_by": opinion.decided_by,
                    "model_version": engine.model_version,
                    "taxonomy_version": engine.taxonomy_version,
                    "run_id": run_id,
                }
            )
    return to_table("opinions", rows)


def _comment_table(ids: Sequence[str], readings: Sequence[Reading], run_id: str) -> pa.Table:
    rows = [
        {
            "feedback_id": feedback_id,
            "polarity": reading.polarity,
            "intent": reading.intent,
            "expectation": reading.expectation,
            "peak": reading.peak,
            "end": reading.end,
            "mean": reading.mean,
            "themes": list(reading.themes),
            "determinants": list(reading.determinants),
            "language": reading.language,
            "unknown_share": reading.unknown,
            "run_id": run_id,
        }
        for feedback_id, reading in zip(ids, readings, strict=True)
    ]
    return to_table("comments", rows)


def _wish_table(feedback: Mapping[str, Sequence[str]], engine: NetworkEngine, run_id: str) -> pa.Table:
    reader = WishReader(engine.taxonomy)
    rows = []
    comments = (feedback[name] for name in ("feedback_id", "text", "kind"))
    for feedback_id, text, kind in zip(*comments, strict=True):
        for number, wish in enumerate(reader.read(text, kind)):
            rows.append(
                {
                    "feedback_id": feedback_id,
                    "wish_no": number,
                    **asdict(wish),
                    "evidence": text[wish.start : wish.end],
                    "taxonomy_version": engine.taxonomy_version,
                    "run_id": run_id,
                }
            )
    return to_table("wishes", rows)
