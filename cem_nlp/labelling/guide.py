"""The labelling guide: where the borders run between what sounds alike."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from cem_nlp.language import Bilingual

_VENUES: Final = ("酒店", "民宿", "餐", "门店")
"""Words of trades whose service happens on the spot."""
_USUAL: Final = {
    "product": "use",
    "service": "after",
    "relationship": "member",
    "price": "order",
    "convenience": "order",
    "brand": "ad",
}


def usual_touchpoints(domain: str) -> Mapping[str, str]:
    """Return for each category the touchpoint to assume where the words tell none."""
    if any(word in domain for word in _VENUES):
        return {**_USUAL, "service": "store", "convenience": "store"}
    return _USUAL


@cache
def guide() -> tuple[tuple[Bilingual, tuple[Bilingual, ...]], ...]:
    """Return the guide's sections: their titles, and their points."""
    text = resources.files("cem_nlp.labelling").joinpath("page/guide.toml").read_text("utf-8")
    return tuple(
        (Bilingual(**section["title"]), tuple(Bilingual(**point) for point in section["point"]))
        for section in tomllib.loads(text)["section"]
    )
