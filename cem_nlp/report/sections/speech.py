"""What a section says, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from cem_nlp.language import Bilingual, Language
from cem_nlp.report.inputs import Basis

Say: TypeAlias = Callable[..., str]
"""Says a key in the reader's language, values filled in."""


def speaker(words: Mapping[str, Bilingual], language: Language, basis: Basis = "feedback") -> Say:
    """Return a function that says a key of `words` in `language`, values filled in: say("lead", n=3).

    Where tables of another basis need other words, `words` has the key with its name: lead_survey.
    """

    def say(key: str, /, **values: object) -> str:
        entry = words.get(f"{key}_{basis}") or words[key]
        return entry.say(language).format(**values)

    return say
