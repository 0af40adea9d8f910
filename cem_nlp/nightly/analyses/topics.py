"""The tables `topics` and `words`: what drives each category's score, and what is newly said."""

from cem_nlp.model_files import load_segmenter
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.resources import load_stop_words
from cem_nlp.scores.periods import windows
from cem_nlp.scores.topics import topic_table, topical_mentions
from cem_nlp.scores.words import word_table, words_said
from cem_nlp.text.words import telling_words

_FEEDBACK = (*frames.FEEDBACK, "source", "created_at")
_OPINIONS = ("feedback_id", "category", "polarity", "topic", "evidence")


def write(night: Night) -> None:
    """Write `topics` and `words` from the feedback and opinions of all nights."""
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    feedback["window"] = windows(feedback, night.config.topics.days)
    mentions = topical_mentions(feedback, frames.frame(night, "opinions", _OPINIONS))
    own, named = night.config.brands.own, night.config.comparison.rivals
    frames.write(night, "topics", topic_table(mentions, own, night.config.scores, named))
    cut = load_segmenter(night.engine.user_dictionary).cut
    texts = list(mentions["evidence"].cat.categories)
    brands, products = feedback["brand"].unique(), feedback["product"].unique()
    found = telling_words(texts, cut, load_stop_words(), brands, products)
    frames.write(night, "words", word_table(words_said(mentions, *found), own, named))
