"""Masking of personal data: each piece becomes a placeholder such as [手机号] before anything is stored."""

import re
from dataclasses import dataclass
from typing import Final

from cem_nlp.text.origin import Origin, Repair
from cem_nlp.text.personal_data import NUMERALS, PLATE_PROVINCES, RULES
from cem_nlp.text.script import fold_script

_ROUNDS: Final = 8
"""A placeholder may open the border of the number beside it; more than two rounds take an attacker."""

_HINT: Final = re.compile(
    r"[0-9]{5}|[0-9]{3}[ .-][0-9]{3}|1[ .-][3-9][ .-]|[0-9]\*{3}|@"
    rf"|[{NUMERALS}0-9][{NUMERALS}0-9 -]{{10}}|[{PLATE_PROVINCES}][A-Za-z][·. -]?[0-9A-Za-z]{{4}}"
    r"|(?i:[微薇威徽v]信|vx|wx|weixin|wechat|加v).{0,7}[-_A-Za-z0-9]{6}"
    r"|[路街道巷同段组社队][^\S\n]?[0-9A-Za-z一二三四五六七八九十百]{1,5}[号弄]"
    r"|单元|(?:[栋幢座]|号楼)[ -]?[0-9A-Za-z一二三四五六七八九十]|[0-9A-Za-z][-#][0-9]{3}|[地住]址[是为:：]"
    r"|我叫|本人叫|(?:我[是姓]|本人|免贵姓).{1,4}(?:先生|女士|小姐)"
    r"|(?:联系人|收[货件]人|姓名|户名|开户人|投保人|车主)[:：叫]"
)
"""What every piece of personal data shows, and nineteen comments in twenty do not."""


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

    Kinds: 手机号 座机 身份证 银行卡 邮箱 车牌 订单号 微信号 QQ号 证件号 地址 姓名. `personal_data` says what
    counts and what does not. Traditional characters are masked as simplified ones. Takes time linear in the
    length.
    """
    plain = fold_script(text)
    if not _HINT.search(plain):
        return Masked(text)
    repair = Repair(plain)
    kinds: list[str] = []
    for _ in range(_ROUNDS):
        found = _one_round(repair)
        kinds += found
        if not found:
            break
    if not kinds:
        return Masked(text)
    origin = repair.origin
    return Masked(_as_written(text, repair.text, origin), len(kinds), tuple(kinds), origin)


def _as_written(text: str, masked: str, origin: Origin) -> str:
    """Give what was not masked its own characters again; a placeholder stands for several of them."""
    spans = zip(origin.starts, origin.ends, strict=True)
    return "".join(
        [text[start] if end - start == 1 else new for new, (start, end) in zip(masked, spans, strict=True)]
    )


def _one_round(repair: Repair) -> list[str]:
    found: list[str] = []
    for rule in RULES:
        if rule.may_match(repair.text):
            found += [rule.kind] * repair.replace(rule.pattern, rule.placeholder, "secret")
    return found
