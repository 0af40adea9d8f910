"""Segmentation into words with the project's user dictionary.

The Rust port rjieba cuts about fifteen times faster than jieba and alike, except for the texts that
`_CUT_APART` finds: those go to jieba, which also steps in where rjieba is not installed. The only module
that imports the two.
"""

import re
import warnings
from collections.abc import Iterable
from functools import cached_property
from types import ModuleType
from typing import Any, Final

rjieba: ModuleType | None
try:
    import rjieba
except ImportError:  # no wheel for this platform
    rjieba = None

_CUT_APART: Final = re.compile(
    r"[0-9A-Za-z%][-+#&_%][0-9A-Za-z]|[A-Za-z%]\.[0-9A-Za-z]|\.[0-9]*[A-Za-z]|\.[0-9]+\.[0-9]"  # Wi-Fi, 3.2M
    r"|[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # Han to rjieba, symbols to jieba
    r"|[\ud800-\udfff]"  # no text to rjieba
    r"|([\u4e00-\u9fd5]{1,3})\1{2}"  # words repeated: among equal cuts rounding decides
)
_ENTRY: Final = re.compile(r"(\S+)(?:\s+([1-9][0-9]*))?(?:\s+([a-z]+))?")


class Segmenter:
    """Cuts text into words. Build one a process: it takes 0.1 s, and the first text for jieba 0.5 s."""

    def __init__(self, user_dictionary: Iterable[str] = ()) -> None:
        """Take the lines of a dictionary in jieba's format, `word [frequency [tag]]`; skip any other line.

        A word without a frequency gets the lowest one that keeps it whole.
        """
        entries = (_ENTRY.fullmatch(line.strip()) for line in user_dictionary)
        words = [(entry[1], int(entry[2]) if entry[2] else None) for entry in entries if entry]
        self._fast = None if rjieba is None else rjieba.Jieba()
        if self._fast is not None:
            # The ports round a missing frequency differently: settle it once for both.
            words = [(word, frequency or self._fast.suggest_freq(word)) for word, frequency in words]
            for word, frequency in words:
                self._fast.add_word(word, frequency, None)
        self._words = words

    def cut(self, text: str) -> list[str]:
        """Return the words of `text` in order, with punctuation and white space: joined they are `text`."""
        if self._fast is None or _CUT_APART.search(text):
            return list(self._reference.cut(text))
        return list(self._fast.cut(text))

    @cached_property
    def _reference(self) -> Any:
        with warnings.catch_warnings():
            # jieba 0.42.1 imports the deprecated pkg_resources and holds invalid escape sequences.
            warnings.simplefilter("ignore")
            from jieba import Tokenizer
        tokenizer = Tokenizer()
        # Its own way of loading trusts a marshal file in the shared temporary folder, and logs.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for word, frequency in self._words:
            # jieba counts a known word twice in the total, rjieba once.
            tokenizer.total -= tokenizer.FREQ.get(word, 0)
            tokenizer.add_word(word, frequency)
        return tokenizer
