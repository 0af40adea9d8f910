"""The cost of negative experience: what unhappy customers take with them, whether they complain or not.

The default rates are the method's worked figures. Every share is a number between 0 and 1; amounts are in the
currency of the revenue, to the hundredth.
"""

import unicodedata
from dataclasses import asdict, dataclass, replace
from math import isclose, isfinite

from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual


@dataclass(frozen=True, slots=True)
class Rates:
    """What becomes of those with a negative experience: complainers and the silent, as shares of each."""

    won_back: float = 0.38
    at_risk: float = 0.34
    lost: float = 0.28
    silent_at_risk: float = 0.55
    silent_lost: float = 0.45

    def __post_init__(self) -> None:
        for name, share in asdict(self).items():
            _check_share(name, share)
        _check_whole(won_back=self.won_back, at_risk=self.at_risk, lost=self.lost)
        _check_whole(silent_at_risk=self.silent_at_risk, silent_lost=self.silent_lost)


@dataclass(frozen=True, slots=True)
class NegativeExperienceCost:
    """Revenue of customers with a negative experience by what becomes of them, and what it rests on."""

    revenue: float
    negative_share: float
    complaint_share: float
    rates: Rates
    won_back: float
    at_risk_complainers: float
    at_risk_silent: float
    lost_complainers: float
    lost_silent: float

    @property
    def at_risk(self) -> float:
        """Revenue at risk in all."""
        return self.at_risk_complainers + self.at_risk_silent

    @property
    def lost(self) -> float:
        """Revenue lost in all."""
        return self.lost_complainers + self.lost_silent


def cost_of_negative_experience(
    revenue: float, negative_share: float, complaint_share: float, rates: Rates | None = None
) -> NegativeExperienceCost:
    """Return what negative experience costs.

    `negative_share` of `revenue` comes from customers with a negative experience; `complaint_share` of these
    complain, the rest is silent. `rates` are the method's where absent. Raises InputError for a revenue below
    0, a share outside 0–1, or rates that do not add up to 1.
    """
    if not (isfinite(revenue) and revenue >= 0):
        what = Bilingual("收入必须是不小于 0 的数", "revenue must be a number not below 0")
        raise InputError(what, where="revenue", value=revenue)
    _check_share("negative_share", negative_share)
    _check_share("complaint_share", complaint_share)
    rates = rates or Rates()
    complainers = revenue * negative_share * complaint_share
    silent = revenue * negative_share * (1 - complaint_share)
    return NegativeExperienceCost(
        revenue=revenue,
        negative_share=negative_share,
        complaint_share=complaint_share,
        rates=rates,
        won_back=round(complainers * rates.won_back, 2),
        at_risk_complainers=round(complainers * rates.at_risk, 2),
        at_risk_silent=round(silent * rates.silent_at_risk, 2),
        lost_complainers=round(complainers * rates.lost, 2),
        lost_silent=round(silent * rates.silent_lost, 2),
    )


def with_won_back(cost: NegativeExperienceCost, won_back: float) -> NegativeExperienceCost:
    """Return the cost if the share `won_back` of complainers were won back instead.

    Those at risk and lost make room, or take it, in proportion; in equal parts if there were none of either.
    """
    _check_share("won_back", won_back)
    before = cost.rates.at_risk + cost.rates.lost
    at_risk = (1 - won_back) * (cost.rates.at_risk / before if before else 0.5)
    rates = replace(cost.rates, won_back=won_back, at_risk=at_risk, lost=1 - won_back - at_risk)
    return cost_of_negative_experience(cost.revenue, cost.negative_share, cost.complaint_share, rates)


def with_complaints(cost: NegativeExperienceCost, complaint_share: float) -> NegativeExperienceCost:
    """Return the cost if `complaint_share` of those with a negative experience complained instead."""
    return cost_of_negative_experience(cost.revenue, cost.negative_share, complaint_share, cost.rates)


def parse_share(text: str) -> float:
    """Return a share between 0 and 1 from '22%', '22' or '0.22', half or full width.

    A number above 1 is taken as per cent. Raises InputError for anything else, and for a bare 1, which
    could be one per cent or all.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    number = plain.removesuffix("%").strip()
    percent = number != plain
    try:
        value = float(number)
    except ValueError:
        raise _bad_share(text) from None
    if value == 1 and not percent:
        raise _bad_share(text)
    share = value / 100 if percent or value > 1 else value
    if not 0 <= share <= 1:
        raise _bad_share(text)
    return share


def _bad_share(text: str) -> InputError:
    what = Bilingual("这不是一个明确的比例", "this is no clear share")
    return InputError(what, value=text, valid=["22%", "22", "0.22", "1%", "100%"])


def _check_share(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        what = Bilingual("比例必须在 0 与 1 之间", "a share must lie between 0 and 1")
        raise InputError(what, where=name, value=share, valid=["0–1"])


def _check_whole(**shares: float) -> None:
    if not isclose(sum(shares.values()), 1, abs_tol=1e-9):
        what = Bilingual("这些比例之和必须为 1", "these shares must add up to 1")
        raise InputError(what, where=" + ".join(shares), value=round(sum(shares.values()), 9))
