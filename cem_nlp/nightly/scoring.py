"""Stage four: opinions of all nights become scores, scores and survey become gaps."""

import pandas as pd
import pyarrow as pa

from cem_nlp import store
from cem_nlp.cem import gap_table, no_figures, own_answers, survey_figures, text_figures
from cem_nlp.nightly.night import Night, load_answers
from cem_nlp.schemas import TABLES
from cem_nlp.scores import score_table

_FEEDBACK = (
    "feedback_id",
    "kind",
    "brand",
    "product",
    "is_own",
    "channel",
    "segment",
    "customer_key",
    "business_date",
    "rating_scaled",
    "duplicate_of",
)
"""What scoring needs of `feedback`: no text, so that memory stays small over many nights."""
_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint")
_COMMENTS = ("feedback_id", "expectation")


def write_scores(night: Night) -> None:
    """Write `scores` from the feedback and opinions of all nights."""
    scores = score_table(
        _frame(night, "feedback", _FEEDBACK), _frame(night, "opinions", _OPINIONS), night.config.scores
    )
    _write(night, "scores", scores)


def write_gaps(night: Night) -> None:
    """Write `gaps` from the survey, and from scores and text where the survey is silent."""
    scores = _frame(night, "scores")
    answers = load_answers(night.config)
    surveyed = no_figures() if answers is None else survey_figures(own_answers(answers, scores))
    frames = [_frame(night, name, columns) for name, columns in _TEXT.items()]
    _write(night, "gaps", gap_table(surveyed, text_figures(scores, *frames)))


_TEXT = {"feedback": _FEEDBACK, "opinions": _OPINIONS, "comments": _COMMENTS}


def _frame(night: Night, name: str, columns: tuple[str, ...] | None = None) -> pd.DataFrame:
    return store.read_table(night.staging.folder, name, columns).to_pandas()


def _write(night: Night, name: str, frame: pd.DataFrame) -> None:
    schema = TABLES[name]
    table = pa.Table.from_pandas(frame.assign(run_id=night.run_id), schema=schema, preserve_index=False)
    store.write_part(night.staging, name, table)
