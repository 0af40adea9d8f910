"""A comparison of brands on demand: over the published opinions, or those of some days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config import Config
from cem_nlp.errors import ConfigError, InputError
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables
from cem_nlp.nightly.analyses.frames import SEED
from cem_nlp.report import ReportContext, ReportTables
from cem_nlp.scores.comparison import GRAINS, comparable_mentions, compare_brands, rivals_of
from cem_nlp.scores.ranking import add_ranks
from cem_nlp.vocabulary import UNKNOWN

_SHOWN_BRANDS: Final = 10
"""Known brands that an error lists, the closest first."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be compared: null for the configuration's first own brand, all rivals, all days."""

    own: str | None = None
    rivals: tuple[str, ...] = ()
    grains: Sequence[Sequence[str]] = GRAINS
    first: date | None = None
    last: date | None = None


def compare_published(
    config: Config, snapshot: Path, request: Request, language: Language
) -> tuple[ReportTables, ReportContext]:
    """Return the tables of the days asked for, with a fresh table `comparisons` alone in `more`, and the
    facts behind them in `language`.

    Raises ConfigError where no own brand is known, and InputError for an unknown brand, for days without
    feedback, and where there is nothing to compare the own brand with.
    """
    published, context = report_tables(snapshot), report_context(config, snapshot, language)
    known = sorted(set(published.feedback["brand"].astype(str)) - {UNKNOWN})
    own = _own(request, config, known)
    others = [brand for brand in known if brand != own]
    if own in request.rivals:
        raise InputError(
            Bilingual("自有品牌不能是自己的对手", "a brand is not its own rival"),
            where="--rivals",
            value=own,
            valid=others[:_SHOWN_BRANDS],
            next_step=Bilingual(
                "从 --rivals 里去掉它，或换一个 --own", "leave it out, or give another --own"
            ),
        )
    for brand in request.rivals:
        _refuse_unknown(brand, others, "--rivals")
    for brand in config.comparison.rivals:
        _refuse_unknown(brand, others, "comparison.rivals")
    tables = _between(published, request)
    mentions = comparable_mentions(tables.feedback, tables.opinions)
    # Brands of one's own house are no rivals of each other, but rivals of everybody else.
    house = config.brands.own if own in config.brands.own else (own,)
    industry = rivals_of(mentions, house, config.comparison.rivals)
    rivals = request.rivals or industry
    _refuse_silent(mentions, own, rivals)
    table = compare_brands(
        mentions, [own], rivals, industry, config.comparison, config.scores, request.grains
    )
    if not set(table["rival"]) & set(rivals):
        raise _nothing_in_common(own, rivals)
    table = add_ranks(table, mentions, config.scores, np.random.default_rng(SEED))
    return replace(tables, more={"comparisons": table}), context


def _own(request: Request, config: Config, known: Sequence[str]) -> str:
    if request.own is not None:
        _refuse_unknown(request.own, known, "--own")
        return request.own
    if not config.brands.own:
        raise ConfigError(
            Bilingual("没有指定自有品牌", "no own brand is named"),
            valid=known[:_SHOWN_BRANDS],
            next_step=Bilingual(
                "加上 --own，或在配置里写 [brands] own",
                "give --own, or own under [brands] in the configuration",
            ),
        )
    return config.brands.own[0]


def _refuse_unknown(brand: str, known: Sequence[str], where: str) -> None:
    if brand not in known:
        closest = sorted(known, key=lambda name: -SequenceMatcher(None, brand, name).ratio())
        raise InputError(
            Bilingual(
                f"数据里没有这个品牌（共有 {len(known)} 个，最接近的列在前面）",
                f"the data hold no such brand ({len(known)} are known, the closest first)",
            ),
            where=where,
            value=brand,
            valid=closest[:_SHOWN_BRANDS],
            next_step=Bilingual("改成数据里的品牌名", "give a brand's name as the data have it"),
        )


def _between(tables: ReportTables, request: Request) -> ReportTables:
    """Return the tables with the feedback of the days asked for; what follows from it goes along."""
    days = pd.to_datetime(tables.feedback["business_date"])
    chosen = pd.Series(True, index=days.index)
    if request.first is not None:
        chosen &= days >= pd.Timestamp(request.first)
    if request.last is not None:
        chosen &= days <= pd.Timestamp(request.last)
    if not chosen.any():
        spans = "–" if days.empty else f"{days.min():%Y-%m-%d} – {days.max():%Y-%m-%d}"
        raise InputError(
            Bilingual("这段日期里没有反馈", "there is no feedback in these days"),
            where="--from, --to",
            value=f"{request.first or '…'} – {request.last or '…'}",
            next_step=Bilingual(f"数据的日期是 {spans}", f"the data span {spans}"),
        )
    return replace(tables, feedback=tables.feedback[chosen])


def _refuse_silent(mentions: pd.DataFrame, own: str, rivals: Iterable[str]) -> None:
    """Refuse what nobody has said a word about, and an own brand without rivals."""
    spoken_of = set(mentions["brand"].unique())
    silent = [brand for brand in (own, *rivals) if brand not in spoken_of]
    if silent:
        raise InputError(
            Bilingual("这段时间里没有关于它的意见", "there are no opinions on it in these days"),
            value=", ".join(silent),
            valid=sorted(spoken_of - {UNKNOWN})[:_SHOWN_BRANDS],
        )
    if not set(rivals):
        raise InputError(
            Bilingual(
                "没有可比的对手：数据里只有自有品牌", "nobody to compare with: the data hold own brands only"
            ),
            value=own,
            next_step=Bilingual("在来源里加入其他品牌的反馈", "add feedback on other brands to the sources"),
        )


def _nothing_in_common(own: str, rivals: Sequence[str]) -> InputError:
    return InputError(
        Bilingual(
            f"{own}与对手没有同一来源、同一种反馈、同一月份的意见，无法公平比较",
            f"{own} and its rivals have no opinions from the same source, of the same kind and in the same "
            "month: no fair comparison is possible",
        ),
        value=", ".join(rivals[:_SHOWN_BRANDS]),
        next_step=Bilingual(
            "选别的对手或更长的日期；cem query 可查各品牌的来源与月份",
            "choose other rivals or more days; cem query shows each brand's sources and months",
        ),
    )
