"""Telephone numbers of the mainland, Taiwan, Hong Kong and Macao, and numbers that are partly hidden."""

import re
from typing import Final

from cem_nlp.text.personal_data.rule import NO_DATE, NUMERALS, SAYS, TURN, rule

_KEYCAP: Final = "\ufe0f?\u20e3"
"""What makes an emoji of the digit before it."""
_MOBILES: Final = (
    rule(
        "手机号",
        r"(?<![0-9])(?<![0-9]\.)(?P<secret>(?:(?:\+|00)?86[ -]?)?1[3-9][0-9]",
        r"(?:[ .-]?[0-9]{4}[ .-]?[0-9]{4}|[ -][0-9]{3}[ -][0-9]{5}|[0-9][ -][0-9]{3}[ -][0-9]{4}))(?![0-9])",
    ),
    # The same sign twice joins what would be three numbers otherwise.
    rule(
        "手机号",
        r"(?<![0-9])(?<![0-9]\.)(?P<secret>(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?P<gap> ?[–—_·•/~] ?| ?- ?)",
        "[0-9]{4}(?P=gap)[0-9]{4})(?![0-9])",
    ),
    rule("手机号", r"(?<![0-9])(?P<secret>[(（]1[3-9][0-9][)）] ?[0-9]{4}[ -]?[0-9]{4})(?![0-9])"),
    rule("手机号", r"(?<![0-9])(?P<secret>1([ .-])[3-9](?:\2[0-9]){9})(?![0-9])"),
    # A point in a list, 2.13712345678, is no decimal point; that of pi is.
    rule("手机号", r"(?<![0-9.])(?!3\.14159)[1-9]\.(?P<secret>1[3-9][0-9]{9})(?![0-9])"),
    # With its word the digits may be grouped in any way.
    rule(
        "手机号",
        rf"(?:电话|手机|号码|联系|致电|拨打|[回打]|mobile|tel)(?:{TURN})?[^0-9]{{0,4}}",
        r"(?P<secret>1[ -]?[3-9](?:[ ,、，-]{0,2}[0-9]){9})(?![0-9]|\.[0-9])",
    ),
    rule(
        "手机号",
        rf"(?<![{NUMERALS}0-9])(?P<secret>[一幺壹1][三四五六七八九叁肆伍陆柒捌玖3-9]",
        rf"(?:[ -]?[{NUMERALS}0-9]){{9}})(?![{NUMERALS}0-9])",
        holds=lambda match: not match["secret"].isascii(),
    ),
    rule("手机号", f"(?P<secret>1{_KEYCAP}[3-9]{_KEYCAP}(?:[0-9]{_KEYCAP}){{9}})", words=("\u20e3",)),
    # Dictated in three, four and four, with the pauses written down.
    rule(
        "手机号",
        rf"(?<![{NUMERALS}0-9])(?P<secret>[一幺壹][三四五六七八九叁肆伍陆柒捌玖][{NUMERALS}]",
        rf"[，、, ]{{1,2}}[{NUMERALS}]{{4}}[，、, ]{{1,2}}[{NUMERALS}]{{4}})(?![{NUMERALS}0-9])",
    ),
)

_LANDLINES: Final = (
    rule(
        "座机",
        r"(?<![0-9a-z.-])(?P<secret>",
        r"(?:[（(]0[0-9]{2,3}[)）]|0(?:10|2[0-9]|[3-9][0-9]{2})|\+86[ -]?(?:10|2[0-9]|[3-9][0-9]{2}))",
        r" ?[–—/-]? ?[2-9][0-9]{2,3}[ -]?[0-9]{4}(?:[ -]?(?:转分机|转|分机|ext\.?|-) ?[0-9]{1,6})?)(?![0-9])",
    ),
    rule(
        "座机",
        "(?:电话|座机|固话|传真|致电|tel)(?:号码?)?",
        SAYS,
        rf"(?P<secret>(?!400|800|9[56]){NO_DATE}[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}})(?![0-9元块万]|\.[0-9])",
    ),
)

_FEWEST_ABROAD: Final = 10
"""Digits with the country's code; +1 00010 is a short code."""
_OUTSIDE_THE_MAINLAND: Final = (
    rule(
        "手机号",
        r"(?<![0-9+.-])(?P<secret>(?:(?:\+|00)886[ -]?0?|0)9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3})(?![0-9])",
    ),
    # Taipei (02) has eight digits, so that the public 02-412-8880 stays; elsewhere there are seven or eight.
    rule(
        "座机",
        r"(?<![0-9+.-])(?P<secret>(?:(?:(?:\+|00)886[ -]?0?|0)(?:2[ -][0-9]|[3-8][ -][0-9]?)",
        r"|[(（]0(?:2[)）][ -]?[0-9]|[3-8][)）][ -]?[0-9]?))[0-9]{3}[ -]?[0-9]{4})(?![0-9])",
    ),
    # Hong Kong and Macao, then the countries that customers abroad most often call from.
    rule(
        "手机号",
        r"(?<![0-9+])(?P<secret>\+85[23][ -]?[0-9]{4}[ -]?[0-9]{4}",
        r"|\+(?:1|33|39|44|49|60|61|65|66|81|82)[ -]?(?:[(（][0-9]{1,4}[)）]|[0-9]{1,4})",
        "(?:[ -]?[0-9]{2,4}){2,3})(?![0-9])",
        holds=lambda match: sum(character.isdigit() for character in match["secret"]) >= _FEWEST_ABROAD,
        words=("+",),
    ),
)

_PARTLY_HIDDEN: Final = r"(?<![0-9*])(?P<secret>[0-9]{3,6}\*{3,14}[0-9x]{2,4})(?![0-9*])"
_PARTLY_HIDDEN_NUMBERS: Final = (
    rule(
        "手机号", _PARTLY_HIDDEN, holds=lambda match: re.fullmatch("1[3-9].{9}", match["secret"]) is not None
    ),
    rule("手机号", "(?<![0-9])(?P<secret>1[3-9][0-9][ -]?[*×●•x]{4}[ -]?[0-9]{4})(?![0-9])"),
    rule("身份证", _PARTLY_HIDDEN, holds=lambda match: len(match["secret"]) in {15, 18}),
    rule("银行卡", _PARTLY_HIDDEN, holds=lambda match: len(match["secret"]) in {16, 17, 19}),
)

TELEPHONES: Final = (*_MOBILES, *_LANDLINES, *_OUTSIDE_THE_MAINLAND, *_PARTLY_HIDDEN_NUMBERS)
