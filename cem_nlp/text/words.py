"""Words that say something: segmented, without function words, numbers and whatever might name a person."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from cem_nlp.text.characters import HAN

_PLACEHOLDER: Final = re.compile(r"\[[^\[\]\n]{1,8}\]")
"""What stands for masked personal data, [手机号], and for the platforms' emoticons, [呵呵]."""
_WORD: Final = re.compile(rf"[{HAN}]{{2,6}}|[a-z]{{2,8}}")
"""Two to six Han characters, or a few Latin letters (app, wifi): nothing with digits, and nothing as long as
a mail address or an account's name."""
_NOISE: Final = re.compile(r"(.)\1{2,}|(..+)\2+")
"""哈哈哈, 谢谢谢谢."""


def telling_words(
    texts: Sequence[str],
    cut: Callable[[str], list[str]],
    stop_words: Collection[str] = (),
    brands: Collection[str] = (),
    products: Collection[str] = (),
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str]]:
    """Return which words the masked `texts` hold: text number and word number side by side, each pair once,
    and the words in their order of appearance.

    `cut` segments a text (`Segmenter.cut`). Left out are words of a single character, placeholders, anything
    with a digit, `stop_words`, words that hold the name of a brand, and words that the names of brands and
    products are made of. Latin letters come out small. Equal texts are cut once.
    """
    named = _parts_of({*brands, *products}, cut)
    dropped = frozenset(word.lower() for word in stop_words) | named
    brand = _any_of(brands)
    number_of: dict[str, int] = {}
    found_in: dict[str, tuple[int, ...]] = {}
    for text in texts:
        if text not in found_in:
            words = dict.fromkeys(_kept(cut(_PLACEHOLDER.sub(" ", text)), dropped, brand))
            found_in[text] = tuple(number_of.setdefault(word, len(number_of)) for word in words)
    sizes = np.fromiter((len(found_in[text]) for text in texts), np.int64, len(texts))
    words_of_all = chain.from_iterable(found_in[text] for text in texts)
    numbers = np.fromiter(words_of_all, np.int64, int(sizes.sum()))
    return np.repeat(np.arange(len(texts)), sizes), numbers, list(number_of)


def _parts_of(names: Iterable[str], cut: Callable[[str], list[str]]) -> frozenset[str]:
    whole = {name.lower() for name in names}
    return frozenset(whole.union(word for name in whole for word in cut(name)))


def _any_of(brands: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a brand's name inside a word: 格力空调. A single character is no telling name."""
    names = sorted(re.escape(name.lower()) for name in brands if len(name) > 1)
    return re.compile("|".join(names) or r"(?!)")


def _kept(words: Iterable[str], dropped: Collection[str], brand: re.Pattern[str]) -> Iterable[str]:
    for word in map(str.lower, words):
        is_word = _WORD.fullmatch(word) and not _NOISE.fullmatch(word)
        if is_word and word not in dropped and not brand.search(word):
            yield word
