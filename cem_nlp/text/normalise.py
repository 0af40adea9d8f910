"""Repair of text as exports and keyboards leave it, with a list of the repairs made.

The customer's words stay as written: traditional characters, Chinese punctuation and emoji are not touched.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from itertools import chain
from typing import Final, NamedTuple

from cem_nlp.text.characters import EMOJI, HAN
from cem_nlp.text.folding import character_class, folding
from cem_nlp.text.origin import Origin, Repair

LONGEST_RUN: Final = 10
"""Repeats kept of one character: 好好好好 says more than 好, a line of dashes says nothing."""

_ROUNDS: Final = 4
"""A repair may uncover another (`&amp;nbsp;`); real exports are escaped twice at most."""

_MARKS: Final = 16
"""Combining marks kept on one character, more than any language needs: sorting them takes quadratic time."""

_SURROGATE: Final = re.compile(r"[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")

_CONTINUATION: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""Bytes 80 to BF as Latin-1 and as Windows-1252 show them."""
_MISREAD: Final = re.compile(
    f"[Â-ß][{_CONTINUATION}]|[à-ï][{_CONTINUATION}]{{2}}|[ð-ô][{_CONTINUATION}]{{3}}"
)
_HAN: Final = re.compile(f"[{HAN}]")
_FEWEST_MISREAD_HAN: Final = 2

_ESCAPED_BREAK: Final = re.compile(r"(?:\\r\\n|\\n|\\r)(?![A-Za-z])")  # not the path C:\new
_ENTITY: Final = re.compile(
    r"&(?:amp;)*(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|nbsp)"
)
_TAG: Final = re.compile(
    r"</?(?:(?P<block>br|p|div|li|tr|h[1-6])|span|a|b|i|u|em|strong|font|img|ul|ol|table|tbody|td|th)"
    r"(?:\s[^<>]{0,400})?\s?/?>",
    re.IGNORECASE,
)

_INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0100-\U000e01ef"
)
_BEFORE_SELECTOR: Final = rf"{EMOJI}©®‼⁉™ℹ〰〽㊗㊙Ⓜ\u2190-\u23ff\u25a0-\u25ff"
_TAGS: Final = "\U000e0020-\U000e007f"
_UNSEEN: Final = re.compile(
    rf"[{_INVISIBLE}]"
    rf"|(?<![{EMOJI}\ufe0f])\u200d|\u200d(?![{EMOJI}])"  # joins nothing
    rf"|(?<![{_BEFORE_SELECTOR}])[\ufe0e\ufe0f](?!\u20e3)"  # selects neither emoji nor keycap
    rf"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+"  # belongs to no flag
)
_SPACE: Final = re.compile(r"\s{2,}|[^\S \n]")
_BREAKS: Final = frozenset("\n\r\v\f\x85\u2028\u2029")
_MARGIN: Final = re.compile(r"\A\s+|\s+\Z")
# Digits stay: a card number may hold twelve zeros. Brackets stay: placeholders of masked data end in them.
_RUN: Final = re.compile(rf"([^0-9*\[\]\s])\1{{{LONGEST_RUN},}}")
_UNTIDY: Final = re.compile(rf"\s\s|\A\s|\s\Z|&[#A-Za-z]|<[/A-Za-z]|\\[nr]|{_RUN.pattern}")
"""What needs repair because of where it stands."""

_FOREIGN: Final = re.compile(r"[^\x00-\x7f\u4e00-\u9fff]")
_OPENERS: Final = re.compile(r"[&<\\]")
_SUSPECT_POINTS: Final = (range(0x10000), range(0xE0000, 0xE0200))
_SUSPECT: Final = re.compile(rf"[{_INVISIBLE}\u200d\ufe0e\ufe0f{_TAGS}\ud800-\udfffä-é]|[^\S \n]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text, the repairs in the order of their first use, the way back (None: nothing changed)."""

    text: str
    fixes: tuple[str, ...] = ()
    origin: Origin | None = None


class _Step(NamedTuple):
    fix: str
    pattern: re.Pattern[str]
    replacement: Callable[[re.Match[str]], str | None]
    needs: frozenset[str] | None = None
    """Characters without any of which nothing matches; spares most texts the two costly patterns."""


def normalise(text: str) -> Normalised:
    """Normalise `text`; applying it twice changes nothing more. Takes time linear in the length.

    Repairs, as `fixes` names them: `surrogate` (halves joined, lone ones dropped), `mojibake` (UTF-8 read as
    Western European, in text without Chinese), `escape` (a written-out \\n), `html` (entities and tags),
    `invisible` (control, zero-width and byte-order characters; joiners inside emoji stay), `width` (NFKC but
    for what `folding` keeps), `space` (white space single and trimmed; line breaks stay), `repeat` (more than
    `LONGEST_RUN` of one character).
    """
    if _suspects().isdisjoint(text) and not _UNTIDY.search(text):
        return Normalised(text)
    repair = Repair(text)
    fixes: dict[str, None] = {}
    for _ in range(_ROUNDS):
        made = _one_round(repair)
        fixes |= dict.fromkeys(made)
        if not made:
            break
    else:
        # Nested deeper than any export: drop what could open yet another round.
        repair.replace(_OPENERS, _drop)
        fixes |= dict.fromkeys([*_one_round(repair), *_one_round(repair)])
    return Normalised(repair.text, tuple(fixes), repair.origin if fixes else None)


def _one_round(repair: Repair) -> list[str]:
    made = ["mojibake"] if _is_misread(repair.text) and repair.replace(_MISREAD, _reread) else []
    for step in _steps():
        needed = step.needs is None or not step.needs.isdisjoint(repair.text)
        if needed and repair.replace(step.pattern, step.replacement):
            made.append(step.fix)
    return made


@cache
def _steps() -> tuple[_Step, ...]:
    folded, trailing = folding()
    marks = character_class(trailing)
    cluster = re.compile(f"[^{marks}]?[{marks}]+")
    return (
        _Step("surrogate", _SURROGATE, _join_surrogates),
        _Step("escape", _ESCAPED_BREAK, lambda _: "\n"),
        _Step("html", _ENTITY, _unescape),
        _Step("html", _TAG, lambda tag: "\n" if tag["block"] else ""),
        _Step("invisible", _UNSEEN, _drop),
        _Step("width", _FOREIGN, lambda character: folded.get(character[0]), frozenset(folded)),
        _Step("width", cluster, _compose, trailing),
        _Step("space", _SPACE, lambda space: " " if _BREAKS.isdisjoint(space[0]) else "\n"),
        _Step("space", _MARGIN, _drop),
        _Step("repeat", _RUN, lambda run: run[1] * LONGEST_RUN),
    )


@cache
def _suspects() -> frozenset[str]:
    """Return the characters that may need repair, wherever they stand."""
    single = (character for character in map(chr, chain(*_SUSPECT_POINTS)) if _SUSPECT.match(character))
    return frozenset(single) | folding().folded.keys() | folding().trailing


def _is_misread(text: str) -> bool:
    if _HAN.search(text):
        return False
    n_han = sum(_HAN.match(_reread(misread) or "") is not None for misread in _MISREAD.finditer(text))
    return n_han >= _FEWEST_MISREAD_HAN


def _reread(misread: re.Match[str]) -> str | None:
    encoded = (shown.encode("latin-1" if shown <= "\xff" else "cp1252") for shown in misread[0])
    try:
        return b"".join(encoded).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _drop(_: re.Match[str]) -> str:
    return ""


def _join_surrogates(surrogates: re.Match[str]) -> str:
    return surrogates[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _unescape(entity: re.Match[str]) -> str | None:
    name = entity[1].removesuffix(";") + ";"
    plain = html.unescape(f"&{name}") if name.startswith("#") else html5.get(name, f"&{entity[1]}")
    return None if plain == entity[0] else plain


def _compose(cluster: re.Match[str]) -> str | None:
    composed = unicodedata.normalize("NFC", cluster[0][:_MARKS])
    return None if composed == cluster[0] else composed
