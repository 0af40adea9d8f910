"""The table `gaps`: the seven steps, from the survey and the text."""

from cem_nlp.cem import gap_table, no_figures, own_answers, survey_figures, text_figures
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night, load_answers

_TEXT = {
    "feedback": frames.FEEDBACK,
    "opinions": ("feedback_id", "category", "polarity", "touchpoint"),
    "comments": ("feedback_id", "expectation"),
}


def write(night: Night) -> None:
    """Write `gaps` from the survey, and from scores and text where the survey is silent."""
    scores = frames.frame(night, "scores")
    answers = load_answers(night.config)
    surveyed = no_figures() if answers is None else survey_figures(own_answers(answers, scores))
    said = [frames.frame(night, name, columns) for name, columns in _TEXT.items()]
    frames.write(night, "gaps", gap_table(surveyed, text_figures(scores, *said)))
