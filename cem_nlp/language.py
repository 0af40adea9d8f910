"""The two languages the product speaks to its users: Chinese by default, English on request."""

from typing import Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["zh", "en"]


class Bilingual(NamedTuple):
    """One message in both languages, kept side by side where it is said so that neither goes stale."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Return the message in `language`."""
        return self.zh if language == "zh" else self.en
