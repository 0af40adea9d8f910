"""Who speaks in a transcript, however its source names the speakers and parts the turns."""

import re
from typing import Final

from cem_nlp.text.characters import HAN
from cem_nlp.text.dialogue import SEPARATOR
from cem_nlp.text.origin import Origin, Repair
from cem_nlp.vocabulary import ROLES

_NAMES: Final = {
    "customer": (
        "客户 顾客 用户 买家 消费者 来电人 来电者 投诉人 市民 客人 会员 乘客 旅客 "
        "客戶 顧客 用戶 買家 消費者 來電人 來電者 投訴人 會員 customer user client caller buyer"
    ),
    "agent": (
        "客服代表 客服专员 客服人员 客服机器人 人工客服 在线客服 智能客服 客服 坐席 座席 "
        "商家 卖家 店家 机器人 工作人员 话务员 接线员 客服專員 客服人員 客服機器人 線上客服 "
        "賣家 機器人 工作人員 話務員 接線員 agent assistant operator seller bot csr"
    ),
}
"""How exports of call centres, shops and chats, in either script and in English, name the two sides; names
that may be either side's, as 主管, are left out. A longer name stands before the one it begins with."""

_DAY: Final = r"[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?\s"
_TIME: Final = rf"[\[(（]?(?:{_DAY})?[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?[\])）]?"
_NUMBER: Final = r"\s?[-_#(（]?(?:[A-Z]?[0-9]{1,8}|[A-Z])[)）]?"
_TURN: Final = re.compile(
    rf"""
    (?:\A[\s\ufeff]* | (?P<spaced>\s[/／]\s*) | (?P<line>[\n\r][^\S\n\r]*) | (?P<tight>[/／]\s*))
    (?:{_TIME}\s?)?
    (?P<bracket>[\[【]\s?)?
    (?i:(?P<customer>{"|".join(_NAMES["customer"].split())})|(?:{"|".join(_NAMES["agent"].split())}))
    (?:(?:{_NUMBER})?\s?{_TIME} | {_NUMBER})?
    (?(bracket) \s?[\]】](?:\s?{_TIME})?(?:\s?[:：])? | \s?[:：])
    (?:[^\S\n\r](?![/／]))?
    """,
    re.VERBOSE,
)
"""What begins a turn: a border, perhaps a time, the speaker's name in brackets or before a colon."""
_BORDERS: Final = ("spaced", "line", "tight")
"""What parts turns. Where a border of one sort does, those named later do not: a slash and a line break also
stand in what people say."""

_USUAL: Final = {role: f"{name.zh}：" for role, name in ROLES.items()}
_OPENING: Final = re.compile(r"[\s\ufeff]*(?:客[户戶]\s?[:：]|客服：)")
"""Makes a transcript by itself; `客服:差，物流:慢` is a review."""
_FIELD: Final = re.compile(rf"(?:\A|[\n\r])[^\S\n\r]*[{HAN}]{{2,6}}\s?[:：]")
_COLON_OR_BRACKET: Final = re.compile("[:：】]|]")


def kind_of(text: str) -> str:
    """Return 'transcript' for a text that looks like one, else 'review'; `text` may be as it was given.

    A transcript begins with `客户：` or `客服：`, or turns begin with names of both sides, whatever they are
    called. A form is none, though one of its fields is the customer and one the shop: it has others beside.
    """
    if not _COLON_OR_BRACKET.search(text):
        return "review"
    if _OPENING.match(text):
        return "transcript"
    turns = _turns(text)
    if len({turn["customer"] is None for turn in turns}) < len(_NAMES):
        return "review"
    if turns[0].start() and turns[0]["tight"]:
        return "review"  # 商家/客服：都不理人
    begins = {turn.start() for turn in turns}
    is_form = any(turn["line"] for turn in turns) and any(
        field.start() not in begins for field in _FIELD.finditer(text)
    )
    return "review" if is_form else "transcript"


def with_usual_names(text: str) -> tuple[str, Origin | None]:
    """Return a normalised transcript with every turn as `join_turns` writes it, and the way back.

    The way back is None where that is how it was written, or where nothing in it names a speaker: then all of
    it counts as the customer's.
    """
    begins = {turn.start() for turn in _turns(text)}
    repair = Repair(text)
    changed = repair.replace(_TURN, lambda turn: _usual(turn) if turn.start() in begins else None)
    return (repair.text, repair.origin) if changed else (text, None)


def _turns(text: str) -> list[re.Match[str]]:
    """Return what begins the turns, parted by the same sort of border."""
    found = list(_TURN.finditer(text))
    used = next((border for border in _BORDERS if any(turn[border] for turn in found)), None)
    return [turn for turn in found if turn.start() == 0 or (used and turn[used])]


def _usual(turn: re.Match[str]) -> str | None:
    name = _USUAL["agent" if turn["customer"] is None else "customer"]
    written = f"{SEPARATOR}{name}" if turn.start() else name
    return None if turn[0] == written else written
