"""Where the code points of a repaired text come from in the text as it arrived."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Origin:
    """For each code point of the new text, the span of the old text it stands for."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the old text's span behind the new text's [start, end); not for empty spans."""
        return self.starts[start], self.ends[end - 1]

    def after(self, earlier: Self | None) -> Self:
        """Return the way back through both repairs, where `earlier` made the old text of this one."""
        if earlier is None:
            return self
        return type(self)(
            tuple(earlier.starts[start] for start in self.starts),
            tuple(earlier.ends[end - 1] for end in self.ends),
        )


class Repair:
    """A text under repair that remembers where each of its code points comes from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: Sequence[int] = range(len(text))
        self._ends: Sequence[int] = range(1, len(text) + 1)

    @property
    def origin(self) -> Origin:
        """The way back to the text as it was given."""
        return Origin(tuple(self._starts), tuple(self._ends))

    def replace(
        self,
        pattern: re.Pattern[str],
        replacement: Callable[[re.Match[str]], str | None],
        group: int | str = 0,
    ) -> int:
        """Replace `group` of each match of `pattern` and return how many; None leaves a match as it is.

        Each code point of a replacement stands for all that it replaces.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        n_replaced = copied = 0
        for match in pattern.finditer(self.text):
            new = replacement(match)
            start, end = match.span(group)
            if new is None or start == end:
                continue
            pieces += (self.text[copied:start], new)
            starts += [*self._starts[copied:start], *[self._starts[start]] * len(new)]
            ends += [*self._ends[copied:start], *[self._ends[end - 1]] * len(new)]
            copied = end
            n_replaced += 1
        if n_replaced:
            self.text = "".join([*pieces, self.text[copied:]])
            self._starts = [*starts, *self._starts[copied:]]
            self._ends = [*ends, *self._ends[copied:]]
        return n_replaced
