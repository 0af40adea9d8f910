"""Comments without a word of a Chinese customer: the platform's own filler, other languages, bare emoji."""

import re
from typing import Final

from cem_nlp.text.characters import HAN

LEAST_HAN_SHARE: Final = 0.3
"""Share of Han characters that makes a text Chinese: 'iPhone 11 Pro Max 很好' has a third."""

LARGEST_KANA_SHARE: Final = 0.3
"""Share of kana that makes a text Japanese; Chinese writers use a decorative の."""

_CUSTOMER: Final = "(?:[此该](?:用户|买家|顾客|客户)|您|用户|买家|评价方)?"
_WROTE_NOTHING: Final = (
    "(?:未|没有?)(?:及时|主动)?(?:填写|[作做]出|发表|留下)(?:任何|文字)?(?:评[价论])?(?:内容)?"
)
_BY_DEFAULT: Final = "(?:此评价为|系统|自动)*默认(?:给出|给予|为)?(?:五星)?(?:好评|评价)"
_DEFAULT_PRAISE: Final = re.compile(
    f"{_CUSTOMER}(?:{_WROTE_NOTHING}(?:{_BY_DEFAULT})?|觉得商品(?:不错|[很挺]好|非常好)|{_BY_DEFAULT})"
)
"""What large Chinese shops write where the customer left the field empty."""

_NO_LETTER: Final = re.compile(r"[\W_]+")
_UNIT: Final = re.compile(rf"(?P<han>[{HAN}])|(?P<kana>[\u3041-\u30fa])|[0-9A-Za-z]+|[^\W_]")
"""A word of Latin letters or digits weighs as much as a Han character."""


def is_default_praise(text: str) -> bool:
    """Say whether the platform wrote `text` because the customer wrote nothing, as 此用户没有填写评价."""
    return _DEFAULT_PRAISE.fullmatch(_NO_LETTER.sub("", text)) is not None


def is_chinese(text: str) -> bool:
    """Say whether `text` is Chinese in either script; text of emoji, digits or punctuation only is not."""
    units = [unit.lastgroup for unit in _UNIT.finditer(text)]
    return (
        units.count("han") > 0
        and units.count("han") >= LEAST_HAN_SHARE * len(units)
        and units.count("kana") <= LARGEST_KANA_SHARE * len(units)
    )
