"""Masking of personal data: each piece becomes a placeholder such as [手机号] before anything is stored."""

import re
from dataclasses import dataclass
from typing import Final

from cem_nlp.text.characters import HAN
from cem_nlp.text.dialogue import SEPARATOR
from cem_nlp.text.origin import Origin, Repair
from cem_nlp.text.personal_data import RULES
from cem_nlp.text.personal_data.names import ROLES, TITLE
from cem_nlp.text.personal_data.numbers import PLATE_GAP, PLATE_PROVINCES
from cem_nlp.text.personal_data.rule import NUMERALS
from cem_nlp.text.script import fold_script

_ROUNDS: Final = 8
"""A placeholder may open the border of the number beside it; more than two rounds take an attacker."""

_HINT: Final = re.compile(
    r"[0-9]{5}|[0-9]{3}(?: ?[ .,，、–—_·•/~-] ?|[)）] ?)[0-9]{3}|1[ .-]?[3-9](?:[ .,、，-]{1,2}[0-9]+){3}"
    rf"|[{NUMERALS}0-9](?:[{NUMERALS}0-9 -]|[，、]){{10}}|[0-9][ -]?[*×●•xX]{{3}}|[0-9]{SEPARATOR}"
    r"|[A-Za-z0-9._%+-] ?@ ?[A-Za-z0-9]|%40|[(（][Aa][Tt][)）]|1\ufe0f?\u20e3"
    rf"|[{PLATE_PROVINCES}][A-Za-z]{PLATE_GAP}[0-9A-Za-z]{{4}}|(?:车牌|牌照|绿牌|车号)[^。]{{0,6}}[A-Za-z]"
    r"|(?:[微薇威徽vV]信|[vVwW][xX]|[wW][eE](?:[iI][xX][iI][nN]|[cC][hH][aA][tT])|加我?[vV薇威微]|\+[vV]|[微威vV]❤)"
    r"[\s\S]{0,9}[-_A-Za-z0-9]{6}"
    r"|[路街道巷同段组社队村弄中](?:[^\S\n]|[甲乙丙丁])?[0-9A-Za-z一二三四五六七八九十百]{1,5}[号弄巷-]"
    r"|单元|(?:[栋幢座]|号楼)[ -]?[0-9A-Za-z一二三四五六七八九十]|[0-9A-Za-z][-#][0-9]{3}"
    rf"|[地住]址(?:[是为:：\s]|[{HAN}]{{2,3}}[省市区县])|(?:地址|住址|称呼|贵姓)[^0-9\n/]{{0,10}}{SEPARATOR}"
    r"|(?:生日|出生|生于)[^。]{0,9}[0-9]|[0-9号日](?:出生|生日|生人)"
    r"|我叫|本人叫|名字[叫是]|(?:我[是姓]|本人|免贵姓).{1,4}(?:先生|女士|小姐)"
    rf"|{ROLES}(?:[\s:：叫是为]|[{HAN}]{{2,5}}(?![{HAN}])|[^0-9\n/]{{0,10}}{SEPARATOR})|车主\s?[:：叫]|机号?\]"
)
"""What every piece of personal data shows, and nineteen comments in twenty do not."""


_DIGITS: Final = re.compile(r"(?<![0-9.])(?<![0-9][ -])[0-9]++(?:[ -][0-9]++)*+")
_TWO_TURNS: Final = re.compile(
    rf"(?P<first>{_DIGITS.pattern})(?:{SEPARATOR}客服[:：][^0-9\n/]{{0,6}})?{SEPARATOR}客户[:：]"
    rf"(?P<second>{_DIGITS.pattern})"
)
"""A customer's turn ends in digits and the next one begins so; in between 嗯 or nothing is said."""

_SHORTEST_NAME: Final = 3
"""Two characters are often a word as well: 高峰, 安静."""
_MOST_NAMES: Final = 8
"""Names in one comment whose further mentions are looked for, so that the time stays linear."""
_TITLE: Final = re.compile(f"{TITLE}$")


@dataclass(frozen=True, slots=True)
class Masked:
    """Text without personal data.

    `n_masked` counts the places masked, `kinds` names each in the order of masking, `origin` leads back to
    the given text (None: nothing masked).
    """

    text: str
    n_masked: int = 0
    kinds: tuple[str, ...] = ()
    origin: Origin | None = None


def mask(text: str) -> Masked:
    """Mask the personal data in normalised `text`; applying it twice changes nothing more.

    Kinds: 手机号 座机 身份证 银行卡 邮箱 车牌 订单号 微信号 QQ号 证件号 出生日期 地址 姓名; a name is masked
    wherever it comes again. `personal_data` says what counts and what does not. Traditional characters are
    masked as simplified ones. Takes time linear in the length.
    """
    plain = fold_script(text)
    if not _HINT.search(plain):
        return Masked(text)
    repair = Repair(plain)
    kinds: list[str] = []
    for _ in range(_ROUNDS):
        found = _one_round(repair, plain)
        kinds += found
        if not found:
            break
    if not kinds:
        return Masked(text)
    origin = repair.origin
    return Masked(_as_written(text, plain, repair.text, origin), len(kinds), tuple(kinds), origin)


def _as_written(text: str, plain: str, masked: str, origin: Origin) -> str:
    """Give what was not masked its own characters again: those that `plain` has, one for one."""
    spans = zip(origin.starts, origin.ends, strict=True)
    return "".join(
        [
            text[start] if end - start == 1 and new == plain[start] else new
            for new, (start, end) in zip(masked, spans, strict=True)
        ]
    )


def _one_round(repair: Repair, plain: str) -> list[str]:
    found = ["手机号"] * _mask_halves(repair)
    for rule in RULES:
        if rule.may_match(repair.text):
            found += [rule.kind] * repair.replace(rule.pattern, rule.placeholder, "secret")
    if "姓名" in found:
        found += ["姓名"] * _mask_mentions(repair, plain)
    return found


def _mask_halves(repair: Repair) -> int:
    """Mask a mobile number that is said in two turns, the other side saying next to nothing between them."""
    if SEPARATOR not in repair.text:
        return 0
    halves = {
        match.span(half)
        for match in _TWO_TURNS.finditer(repair.text)
        if re.fullmatch("1[3-9][0-9]{9}", re.sub("[ -]", "", match["first"] + match["second"]))
        for half in ("first", "second")
    }
    return repair.replace(_DIGITS, lambda match: "[手机号]" if match.span() in halves else None)


def _mask_mentions(repair: Repair, plain: str) -> int:
    """Mask what further mentions there are of the names found in `plain`, the text before any masking."""
    origin = repair.origin
    starts = [match.start() for match in re.finditer(r"\[姓名\]", repair.text)]
    said = dict.fromkeys(_TITLE.sub("", plain[slice(*origin.span(start, start + 1))]) for start in starts)
    names = [name for name in said if len(name) >= _SHORTEST_NAME][:_MOST_NAMES]
    return repair.replace(re.compile("|".join(names)), lambda _: "[姓名]") if names else 0
