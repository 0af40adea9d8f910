"""Which language a comment is written in: Chinese, another one, or none."""

import re
from typing import Final, Literal, TypeAlias

from cem_nlp.text.characters import HAN
from cem_nlp.text.dialogue import customer_spans
from cem_nlp.text.personal_data import RULES

WrittenLanguage: TypeAlias = Literal["zh", "other", "none"]

LEAST_HAN_SHARE: Final = 0.3
"""Share of Han characters that makes a text Chinese: 'iPhone 11 Pro Max 很好' has two fifths."""

_KANA: Final = "\u3041-\u3096\u30a1-\u30fc"
_HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_HAN: Final = re.compile(f"[{HAN}]")
_OTHER_LETTER: Final = re.compile(rf"[^\W\d_{HAN}]")
_UNIT: Final = re.compile(rf"(?P<han>[{HAN}])|(?P<kana>[{_KANA}])|[{_HANGUL}]|[^\W\d_{HAN}{_KANA}{_HANGUL}]+")
"""A word in an alphabet weighs as much as a Han character."""
_JAPANESE: Final = re.compile("[\u3041-\u3096]{2}")
"""Endings and particles: of 155,000 Chinese comments one had two hiragana in a row, and it was garbled. A
single one, as in の, is decoration."""

_PLACEHOLDER: Final = rf"\[(?:{'|'.join(dict.fromkeys(rule.kind for rule in RULES))})\]"
_GARBLED: Final = "锟斤拷|锟.{1,2}拷|锟斤|斤拷|锟|烫{3,}|屯{3,}"
"""The replacement character of a lost encoding, and memory nobody wrote to (0xCC, 0xCD), as GBK shows their
bytes."""
_SIGNS_OF_GARBLE: Final = ("[", "锟", "烫烫烫", "屯屯屯")
_NOBODY_WROTE: Final = re.compile(f"{_PLACEHOLDER}|{_GARBLED}")


def written_language(text: str, kind: str) -> WrittenLanguage:
    """Return 'zh' for Chinese in either script, 'other' for another language, 'none' for no letters at all.

    Chinese is what has at least `LEAST_HAN_SHARE` of Han characters among its Han characters, kana, Hangul
    and words of other letters, not more kana than Han characters and no two hiragana in a row: 'very good
    很好' is, 'good 好 service and very nice room' is not. Digits, emoji, placeholders of masked data and
    锟斤拷 and 烫烫烫 are no letters. Of a transcript only the customer's words count. Japanese in Han
    characters alone, and Cantonese, pass for Chinese.
    """
    if kind == "transcript":
        text = "\n".join(text[start:end] for start, end in customer_spans(text, kind))
    if any(sign in text for sign in _SIGNS_OF_GARBLE):
        text = _NOBODY_WROTE.sub(" ", text)
    if not _OTHER_LETTER.search(text):
        return "zh" if _HAN.search(text) else "none"
    if _JAPANESE.search(text):
        return "other"
    units = [unit.lastgroup for unit in _UNIT.finditer(text)]
    n_han = units.count("han")
    return "zh" if n_han >= max(LEAST_HAN_SHARE * len(units), units.count("kana")) else "other"
