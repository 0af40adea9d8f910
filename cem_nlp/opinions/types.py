"""What a reading of a comment consists of, and the one interface behind which engines are exchanged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.text.written_language import WrittenLanguage


@dataclass(frozen=True, slots=True)
class Opinion:
    """One experience in a customer's words.

    `category`, `polarity` and `touchpoint` are codes of `vocabulary`. `start` and `end` (exclusive) are
    code points of the text read. `probability` estimates, 0 to 1, that category and polarity are right.
    `decided_by` is 'model' or 'rule:' and the rule's name. `topic` is the taxonomy's sub-topic, None where
    no word tells.
    """

    category: str
    polarity: str
    touchpoint: str
    start: int
    end: int
    probability: float
    decided_by: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one comment says as a whole.

    `polarity` is None where no opinion was found, `intent` and `expectation` where none is expressed.
    `themes` and `determinants` (of the expectation) are told by the taxonomy's words. `peak` (the emotion
    furthest from the middle), `end` (that of the last opinion) and `mean` are emotions from 0 to 10, None
    without opinions. `language` is 'zh' for Chinese, 'other' for another language, which is not read, 'none'
    where nothing is written. `unknown` is the share, 0–1, of the n-grams that the model does not know, None
    where it was given none: the more, the less its opinions can be trusted.
    """

    opinions: tuple[Opinion, ...] = ()
    polarity: str | None = None
    intent: str | None = None
    expectation: str | None = None
    themes: tuple[str, ...] = ()
    determinants: tuple[str, ...] = ()
    peak: float | None = None
    end: float | None = None
    mean: float | None = None
    language: WrittenLanguage = "zh"
    unknown: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one opinion was found.

    `clause` is the text of the clause, `words` its words with their pull on this opinion in log-odds,
    strongest first.
    """

    opinion: Opinion
    clause: str
    words: tuple[tuple[str, float], ...] = field(default=())


class OpinionEngine(Protocol):
    """Anything that finds opinions in comments."""

    @property
    def model_version(self) -> str:
        """Version and checksum of the model, '' for an engine without one."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy: topics, themes, and each touchpoint's channel, stage and owner."""

    @property
    def taxonomy_version(self) -> str:
        """Version and checksum of the taxonomy."""

    def read(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Reading]:
        """Read prepared comments (normalised and masked, see `text.prepare`); `kinds` are codes of
        `vocabulary.KINDS`.

        Returns one Reading a text, in order; spans point into the texts given.
        """
