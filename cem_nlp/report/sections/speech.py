"""What a section says, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from cem_nlp.language import Bilingual, Language

Say: TypeAlias = Callable[..., str]
"""Says a key in the reader's language, values filled in."""


def speaker(words: Mapping[str, Bilingual], language: Language) -> Say:
    """Return a function that says a key of `words` in `language`, values filled in: say("lead", n=3)."""

    def say(key: str, /, **values: object) -> str:
        return words[key].say(language).format(**values)

    return say
