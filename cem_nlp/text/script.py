"""Traditional to simplified characters, code point for code point, so that spans stay valid.

For analysis only: stored text keeps the customer's own characters. What is written in traditional characters,
in Taiwan's or Hong Kong's forms, or in a mix, becomes what the same words in simplified characters become.
The only module that imports OpenCC.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from opencc import OpenCC

_HAN: Final = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
"""Blocks of unified ideographs; compatibility ideographs are gone after normalisation."""

_IN_BOTH_SCRIPTS: Final = {"乾": "干", "瞭": "了", "藉": "借", "徵": "征", "吒": "咤", "著": "着"}
"""What simplified text keeps of the traditional characters, in 乾隆, 瞭望, 慰藉, 宫商角徵羽, 哪吒, 著名."""


def _pairs(listed: str) -> dict[str, str]:
    """Read pairs written as 'a→b c→d'."""
    return dict(pair.split("→", 1) for pair in listed.split())


_VARIANTS: Final = _pairs(
    "妳→你 牠→它 揹→背 馀→余 暱→昵 甯→宁 敍→叙 枱→台 痺→痹 睪→睾 簷→檐 粧→妆 糭→粽 衞→卫 衹→只"
)
"""Written in Taiwan and Hong Kong, beside what OpenCC's table of traditional characters holds."""

_BY_NEIGHBOURS: Final = re.compile(
    "(?<![显名原编土巨卓昭遗论专译拙])著(?![名作称者述录书])|(?<![慰狼蕴枕藉])藉(?!藉)"
)
"""Taiwan's form of the particle 着 and of 借, which OpenCC leaves; 著名, 显著, 慰藉 and the like stay."""

_WORDS: Final = _pairs(
    "软体→软件 硬体→硬件 硬碟→硬盘 光碟→光盘 萤幕→屏幕 滑鼠→鼠标 印表机→打印机 列印→打印 程式→程序 "
    "介面→界面 点选→点击 内建→内置 支援→支持 解析度→分辨率 网路→网络 宽频→宽带 搜寻→搜索 讯息→消息 "
    "简讯→短信 塑胶→塑料 计程车→出租车 咖哩→咖喱 乳酪→奶酪 "
    "想像→想象 什幺→什么 那幺→那么 这幺→这么 怎幺→怎么"
)
"""Words of Taiwan, from OpenCC's list, that have a mainland word of the same length and that mainland
customers hardly write (less than 20 times in 8.4 million characters of their feedback); then 想像, which is
written both ways, and a common slip."""
_FOREIGN_WORD: Final = re.compile("|".join(_WORDS))


class _Tables(NamedTuple):
    simplified_of: Mapping[str, str]
    """Each character with the one that simplified text has in its place; none of these is a key."""
    folded: Mapping[str, str]
    """The same, with those that simplified text sometimes keeps."""
    by_code_point: Mapping[int, str]
    """`folded` as str.translate reads it."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _tables() -> _Tables:
    han = "".join(chr(point) for block in _HAN for point in block)
    simplified = "".join(_converter().convert("\n".join(han)).split("\n"))
    changed = {a: b for a, b in zip(han, simplified, strict=True) if a != b and a not in _IN_BOTH_SCRIPTS}
    table = {a: changed.get(b, b) for a, b in (changed | _VARIANTS).items()}
    folded = table | _IN_BOTH_SCRIPTS
    return _Tables(table, folded, {ord(character): plain for character, plain in folded.items()})


def simplify(text: str) -> str:
    """Return `text` in simplified characters, of the same length.

    A few words of Taiwan become those of the mainland (软体 → 软件); all other simplified text comes back as
    it is. Applying it twice changes nothing more. `text` has to be normalised.

    Raises:
        UnicodeEncodeError: `text` holds a lone surrogate.
    """
    simplified_of, folded, _ = _tables()
    if not folded.keys().isdisjoint(text):
        text = "".join([simplified_of.get(character, character) for character in _in_context(text)])
        text = _BY_NEIGHBOURS.sub(lambda character: _IN_BOTH_SCRIPTS[character[0]], text)
    return _FOREIGN_WORD.sub(lambda word: _WORDS[word[0]], text)


def fold_script(text: str) -> str:
    """Return `text` of the same length with one form of every character, whatever stands around it.

    For matching only: it also folds what simplified text keeps, as in 著名 and 乾隆. Takes any text.
    """
    tables = _tables()
    return text if tables.folded.keys().isdisjoint(text) else text.translate(tables.by_code_point)


def _in_context(text: str) -> str:
    """Return OpenCC's conversion, which knows that 乾淨 is 干净 and 乾隆 stays, where it keeps the length."""
    converted = _converter().convert(text)
    return converted if len(converted) == len(text) else text
