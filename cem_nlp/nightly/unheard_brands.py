"""Brands of the configuration that no feedback names: otherwise a misspelt one shows in empty cells alone."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import pyarrow.compute as pc

from cem_nlp import store
from cem_nlp.config import Config
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import UNKNOWN

_LIKENESS: Final = 0.5
"""Likeness from which a name may be the one that was meant: of two characters, one is the same."""


def unheard_brands(config: Config, folder: Path) -> list[Bilingual]:
    """Return a warning for each own brand that no feedback of a snapshot or staged state names, and for the
    rivals and the benchmark's brands where it names none of them; nothing where it names no brand at all.
    """
    batches = store.read_batches(folder, "feedback", ["brand"])
    found = {brand for batch in batches for brand in pc.unique(batch["brand"]).to_pylist()}
    heard = {brand for brand in found if brand is not None and brand != UNKNOWN}
    if not heard:
        return []
    own = config.brands.own
    others = heard - {*own}
    warnings = [_own_brand(brand, others) for brand in own if brand not in heard]
    rivals = config.comparison.rivals
    if rivals and not others & {*rivals}:
        warnings.append(_rivals(rivals, others))
    benchmark = () if config.benchmark is None else config.benchmark.brands
    if benchmark and not heard & {*benchmark}:
        warnings.append(_benchmark(benchmark, others))
    return warnings


def _own_brand(brand: str, heard: Collection[str]) -> Bilingual:
    meant = _meant([brand], heard)
    return Bilingual(
        f"没有一条反馈说到自有品牌“{brand}”（brands.own），报告里因此没有它的得分和差距。{meant.zh}"
        "请按反馈里的写法改正，或在 brands.aliases 里写明别名。",
        f"No feedback names the own brand “{brand}” (brands.own): the report has no scores and gaps of it. "
        f"{meant.en}Give it as the feedback has it, or its other names in brands.aliases.",
    )


def _rivals(brands: Collection[str], heard: Collection[str]) -> Bilingual:
    meant = _meant(brands, heard)
    return Bilingual(
        f"没有一条反馈说到对手{'、'.join(brands)}（comparison.rivals），因此没有与对手的比较。{meant.zh}"
        "请按反馈里的写法改正；留空则与其他所有品牌比较。",
        f"No feedback names any of the rivals {', '.join(brands)} (comparison.rivals): nothing is compared "
        f"with rivals. {meant.en}Give them as the feedback has them; named none, all others are rivals.",
    )


def _benchmark(brands: Collection[str], heard: Collection[str]) -> Bilingual:
    meant = _meant(brands, heard)
    return Bilingual(
        f"没有一条反馈说到标杆品牌{'、'.join(brands)}（benchmark.brands），因此没有标杆对照。{meant.zh}"
        "请按反馈里的写法改正。",
        f"No feedback names any brand of the benchmark, {', '.join(brands)} (benchmark.brands): nothing is "
        f"read against it. {meant.en}Give them as the feedback has them.",
    )


def _meant(brands: Collection[str], heard: Collection[str]) -> Bilingual:
    """Return the question whether names that feedback has were meant, '' where none is like those given."""
    likely = [like for brand in brands for like in get_close_matches(brand, sorted(heard), 1, _LIKENESS)]
    names = list(dict.fromkeys(likely))
    if not names:
        return Bilingual("", "")
    return Bilingual(f"是不是想写“{'、'.join(names)}”？", f"Did you mean {', '.join(names)}? ")
