"""Texts as pieces of a BERT vocabulary, each with its place in the text.

A Chinese character is a piece of its own. Latin words and numbers are cut greedily, the longest known piece
first, as WordPiece does (Wu et al. 2016); pieces inside a word are written with ## before them.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int32]

PADDING: Final = "[PAD]"
UNKNOWN: Final = "[UNK]"
START: Final = "[CLS]"
END: Final = "[SEP]"
HIDDEN: Final = "[MASK]"
SPECIAL: Final = (PADDING, UNKNOWN, START, END, HIDDEN)
"""Pieces that stand for no text; every vocabulary has them."""

_INSIDE: Final = "##"
_UNIT: Final = re.compile(r"[a-z]+|[0-9]+|\S")


class WordPieces:
    """A vocabulary; a piece's number is its place in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take a vocabulary that has the `SPECIAL` pieces, the padding first.

        `marks` are the numbers of the pieces that every window has whatever its text.
        """
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.start = self._numbers[START]
        self.end = self._numbers[END]
        self.unknown = self._numbers[UNKNOWN]
        self.hidden = self._numbers[HIDDEN]
        self.marks = [self._numbers[piece] for piece in (PADDING, START, END)]
        self.vocabulary = tuple(vocabulary)

    def cut(self, text: str) -> tuple[Numbers, Numbers]:
        """Return the numbers of a text's pieces and the code points where they begin, both in order.

        White space is in no piece. Letters are read in lower case; what the vocabulary lacks is one unknown
        piece for a character, or for the rest of a word.
        """
        numbers: list[int] = []
        begins: list[int] = []
        for unit in _UNIT.finditer(_lower(text)):
            if unit.end() - unit.start() == 1:
                numbers.append(self._character(unit.group()))
                begins.append(unit.start())
            else:
                for number, begin in self._word(unit.group()):
                    numbers.append(number)
                    begins.append(unit.start() + begin)
        return np.array(numbers, np.int32), np.array(begins, np.int32)

    def _character(self, character: str) -> int:
        number = self._numbers.get(character)
        if number is None:
            # Vocabularies list a full-width letter, a ligature or a circled number by its plain form.
            number = self._numbers.get(unicodedata.normalize("NFKC", character), self.unknown)
        return number

    def _word(self, word: str) -> list[tuple[int, int]]:
        """Return (number, place in the word) of each of its pieces."""
        pieces = []
        begin = 0
        while begin < len(word):
            number, end = self._longest(word, begin)
            pieces.append((number, begin))
            begin = end
        return pieces

    def _longest(self, word: str, begin: int) -> tuple[int, int]:
        """Return the number and the end of the longest piece that begins here."""
        before = _INSIDE if begin else ""
        for end in range(len(word), begin, -1):
            number = self._numbers.get(before + word[begin:end])
            if number is not None:
                return number, end
        return self.unknown, len(word)


def _lower(text: str) -> str:
    """Return the text in lower case, every character still at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few capitals, such as İ, are two characters in lower case.
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
