"""What a rule is, and the pieces of patterns that several themes share."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from cem_nlp.text.dialogue import SEPARATOR


class Rule(NamedTuple):
    """How to find one kind of personal data, and what its placeholder says."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool]
    words: tuple[str, ...]
    """Text without any of these is not worth searching; empty where the pattern is fast anyway."""

    def may_match(self, text: str) -> bool:
        """Say whether `text` is worth searching."""
        return not self.words or any(word in text for word in self.words)

    def placeholder(self, match: re.Match[str]) -> str | None:
        """Return what takes the secret's place, or None where `match` is no personal data."""
        return f"[{self.kind}]" if self.holds(match) else None


def rule(
    kind: str,
    *pattern: str,
    holds: Callable[[re.Match[str]], bool] = lambda _: True,
    words: tuple[str, ...] = (),
) -> Rule:
    """Return the rule whose pattern is written in the pieces `pattern`; letters match in either case."""
    return Rule(kind, re.compile("".join(pattern), re.IGNORECASE), holds, words)


NUMERALS: Final = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"

TURN: Final = rf"[^0-9\n/\[\]]{{0,10}}{SEPARATOR}客[户服][:：]\s?(?:[嗯哦啊对好是的]{{1,3}}[，,]?\s?)?"
"""From the cue at the end of a question to the answer: `您的订单号是多少？ / 客户：嗯，`."""
SAYS: Final = rf"(?:{TURN})?\s{{0,2}}(?:(?:就?是|[为:：#【\[（(，,])\s{{0,2}}){{0,2}}"
"""What stands between a keyword and its number; a line break is what joins a title to its text."""
NO_AMOUNT: Final = r"(?!\.[0-9]|[元块个人次万年条粉级名位])"
NO_DATE: Final = "(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
