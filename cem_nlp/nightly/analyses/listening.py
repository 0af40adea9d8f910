"""The tables `listening` and `unheard`: how the company listens, and what to."""

import pandas as pd

from cem_nlp.cem.listening import heard_counts, listening_table, unheard_table, wishes
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night, load_answers
from cem_nlp.vocabulary import ALL

_FROM_OPINIONS = ("touchpoint", "channel", "stage")
_FEEDBACK = (*frames.FEEDBACK, "source", "created_at", "text")


def write(night: Night) -> None:
    """Write both tables from the feedback of all nights, the survey and the taxonomy's touchpoints."""
    config = night.config
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    feedback = feedback.assign(wish=wishes(feedback["text"])).drop(columns="text")
    answers = load_answers(config)
    patterns = {source.name: source.listening for source in config.sources}
    survey = None if config.survey is None else config.survey.path.rpartition("/")[2]
    n_respondents = 0 if answers is None else _respondents(answers)
    table = listening_table(feedback, patterns, n_respondents, survey)
    frames.write(night, "listening", table)
    customers = frames.frame(night, "customers", ("segment",))
    products = [] if answers is None else [name for name in answers["product"].unique() if name != ALL]
    expected = {
        "touchpoint": list(load_taxonomy(night.engine.taxonomy).touchpoints),
        "channel": list(CHANNELS),
        "stage": list(PURCHASE),
        "product": products,
        "segment": list(customers["segment"].unique()),
    }
    heard = heard_counts(_heard(night, feedback), config.listening.recent_days)
    frames.write(night, "unheard", unheard_table(table, heard, expected, config.scores.minimum_mentions))


def _respondents(answers: pd.DataFrame) -> int:
    """Return how many people answered; an answer without a respondent is somebody else each time."""
    named = answers["respondent"] != ""
    return int(answers.loc[named, "respondent"].nunique() + (~named).sum())


def _heard(night: Night, feedback: pd.DataFrame) -> pd.DataFrame:
    """Return what the own brands are heard on, one row per thing and comment."""
    own = feedback[feedback["is_own"] & feedback["duplicate_of"].isna()]
    days = own[["feedback_id", "business_date"]]
    opinions = frames.frame(night, "opinions", ("feedback_id", *_FROM_OPINIONS))
    said = opinions.merge(days, on="feedback_id")
    parts = [said[[name, *days.columns]].assign(dimension=name, name=said[name]) for name in _FROM_OPINIONS]
    parts += [days.assign(dimension=name, name=own[name]) for name in ("product", "segment")]
    return pd.concat(parts, ignore_index=True)[["dimension", "name", *days.columns]]
