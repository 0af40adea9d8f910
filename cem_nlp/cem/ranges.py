"""Estimates with ranges, and their differences and products.

Each end of a result takes the root of the squared distances that move the result that way, so that lopsided
ranges stay lopsided: the method of variance estimates recovery (Zou and Donner 2008, "Construction of
confidence limits about effect measures"), for products to the first order. The parts are taken as
independent. A range is unknown (NaN) where one of its parts is: a range that leaves a part out would look
too sure.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]

ROUNDING: Final = 12**-0.5
"""Least standard deviation of an answer in points: a whole point hides half a point either way (a uniform
distribution of width 1), so that a few people who agree do not pass for certainty."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Values with the lower and upper end of their ranges; NaN where unknown."""

    value: Numbers
    low: Numbers
    high: Numbers

    @property
    def ends(self) -> tuple[Numbers, Numbers, Numbers]:
        """The value, the lower and the upper end."""
        return self.value, self.low, self.high

    def __sub__(self, other: "Estimate") -> "Estimate":
        value = self.value - other.value
        down = np.hypot(self.value - self.low, other.high - other.value)
        up = np.hypot(self.high - self.value, other.value - other.low)
        return Estimate(value, value - down, value + up)

    def __mul__(self, other: "Estimate") -> "Estimate":
        value = self.value * other.value
        down, up = np.zeros_like(value), np.zeros_like(value)
        for moved, fixed in ((self, other), (other, self)):
            to_low, to_high = ((end - moved.value) * fixed.value for end in (moved.low, moved.high))
            down = np.hypot(down, np.minimum(to_low, to_high))
            up = np.hypot(up, np.maximum(to_low, to_high))
        return Estimate(value, value - down, value + up)
