"""Addresses down to the house."""

import re
from typing import Final

from cem_nlp.text.characters import HAN
from cem_nlp.text.dialogue import SEPARATOR
from cem_nlp.text.personal_data.rule import TURN, rule

_COUNT: Final = "(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4}|[a-z][0-9]{0,2})"
_NAME_LETTER: Final = (
    f"(?:(?![在到去往至于从请是我你您他她它家住的了送寄给来跟和与及过离就叫省市区县镇乡])[{HAN}])"
)
"""A letter of a place's name; none is a word that stands before it."""
_PLACE: Final = f"{_NAME_LETTER}{{1,7}}"
_ESTATE: Final = "(?:小区|花园|家园|公寓|新村|公馆|社区|大厦|广场|苑|府|庄)"
_BUILDING: Final = "(?:号楼|栋|幢|座)"
_NO_ROOM: Final = "[0-9元块个人位名间平㎡年度多层万米线]|公里|千米|房间|客房|标间"
"""7座1000公里 and 三座500人的会议室 are no rooms."""
_ROOM: Final = f"[0-9]{{3,4}}(?:室|号|户|房)?(?!{_NO_ROOM})"

ADDRESSES: Final = (
    rule(
        "地址",
        # Without a colon an address begins with its city or follows a gap.
        rf"(?:(?:地址|住址)(?:{TURN}|[是为:：]|(?=[{HAN}]{{2,3}}[省市区县]))|地址\s)",
        rf"\s{{0,2}}(?P<secret>(?:(?!电话|手机|联系|{SEPARATOR})[^\n。；;！!？?，,、\[]){{6,60}}(?<!\s))",
        holds=lambda match: (
            re.search(
                "[0-9].*[路街巷弄号栋幢室]|[路街巷弄村镇区].*?[0-9]++(?![0-9]*(?:米|公里|分钟|点|次|元))",
                match["secret"],
            )
            is not None
        ),
        words=("址",),
    ),
    rule(
        "地址",
        rf"(?P<secret>{_PLACE}(?:大道中?|大街|路|街|巷|胡同)(?<![一上网线电马道铁走思套迷半赶门后出]路)(?<![逛上条]街)",
        rf"(?:[东西南北中一二三四五六七八九十]段)?[^\S\n]?[甲乙丙丁]?(?:{_COUNT}巷)?{_COUNT}(?:-[0-9]{{1,3}})?",
        rf"(?:弄{_COUNT})?(?:支弄{_COUNT})?号(?![线店馆厅机床柜色摊])",
        rf"(?:[^\S\n]?{_COUNT}(?:{_BUILDING}|单元|层|楼(?:之[0-9]{{1,2}})?|室|户|房(?!间)|号)){{0,4}}",
        rf"(?:[ -]?{_ROOM})?)",
        words=("号",),
    ),
    rule(
        "地址",
        rf"(?P<secret>(?:{_PLACE}{_ESTATE}[^\S\n]?)?{_COUNT}{_BUILDING}(?:[ -]?{_COUNT}单元)?",
        rf"(?:[ -]?{_COUNT}[层楼])?[ -]?{_ROOM})",
        words=("栋", "幢", "座", "号楼"),
    ),
    rule(
        "地址",
        rf"(?P<secret>(?:{_PLACE}{_ESTATE}[^\S\n]?)?(?P<building>{_COUNT}{_BUILDING}[ -]?)?{_COUNT}单元",
        rf"(?:[ -]?{_COUNT}[层楼])?(?:[ -]?(?P<room>{_ROOM}))?)",
        holds=lambda match: bool(match["building"] or match["room"]),
        words=("单元",),
    ),
    rule(
        "地址",
        rf"(?P<secret>{_PLACE}{_ESTATE}[^\S\n]?[0-9a-z]{{1,3}}(?:[-#][0-9]{{1,2}}){{0,2}}[-#]{_ROOM})",
        words=("-", "#"),
    ),
    rule(
        "地址",
        rf"(?P<secret>{_NAME_LETTER}{{1,4}}村[^\S\n]?(?:{_COUNT}[组社队][^\S\n]?)?{_COUNT}号)(?![店院楼桌线馆厅])",
        words=("村",),
    ),
)
