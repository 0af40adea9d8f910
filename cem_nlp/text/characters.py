"""Character classes shared by the modules of this room, as the inside of a regular expression's brackets.

Ranges follow the Unicode block tables; an emoji may be a sequence of several code points, hence the joiner,
the variation selector and the keycap mark.
"""

from typing import Final

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters: unified ideographs with extensions A to H, compatibility ideographs and the zero 〇."""

EMOJI: Final = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
"""Pictographs, symbols, flags and skin tones; digits and letters that begin a keycap are not among them."""

EMOJI_MARKS: Final = "\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f"
"""What stands inside or after an emoji: joiner, variation selectors, keycap, tags of regional flags."""
