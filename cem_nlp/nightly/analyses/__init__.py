"""Stage four: what all nights together say, one module and one table or few an analysis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cem_nlp.language import Bilingual
from cem_nlp.nightly.analyses import (
    alerts,
    comparisons,
    costs,
    decisions,
    drivers,
    expectations,
    feedback_loop,
    findings,
    gaps,
    journeys,
    listening,
    perception,
    portfolio,
    scores,
    service,
    targets,
    themes,
    topics,
    touchpoints,
)
from cem_nlp.nightly.night import Night


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis of the staged tables, which writes tables of its own."""

    name: str
    title: Bilingual
    write: Callable[[Night], None]


ANALYSES: Final = (
    Analysis("portfolio", Bilingual("划分客户", "sort customers"), portfolio.write),
    Analysis("scores", Bilingual("计算得分", "score"), scores.write),
    Analysis("drivers", Bilingual("推算重要性", "derive importance"), drivers.write),
    Analysis("expectations", Bilingual("推算期望", "derive expectation"), expectations.write),
    Analysis("gaps", Bilingual("计算差距", "find gaps"), gaps.write),
    Analysis("decisions", Bilingual("对照战略", "fit with the strategy"), decisions.write),
    Analysis("costs", Bilingual("计算负面体验的代价", "cost of negative experience"), costs.write),
    Analysis("topics", Bilingual("找出话题与新词", "find topics and words"), topics.write),
    Analysis("service", Bilingual("分析客服通话", "read service calls"), service.write),
    Analysis("alerts", Bilingual("发现异动", "look for changes"), alerts.write),
    Analysis("comparisons", Bilingual("与对手比较", "compare with rivals"), comparisons.write),
    Analysis("journeys", Bilingual("峰终与情绪", "peaks, ends, emotions"), journeys.write),
    Analysis("targets", Bilingual("按目标客群加权", "weigh by target segments"), targets.write),
    Analysis("perception", Bilingual("认知差距与标杆", "perception gap and benchmark"), perception.write),
    Analysis("listening", Bilingual("倾听覆盖", "coverage of listening"), listening.write),
    Analysis("themes", Bilingual("体验主题", "experience themes"), themes.write),
    Analysis("touchpoints", Bilingual("诊断触点", "diagnose touchpoints"), touchpoints.write),
    Analysis("feedback_loop", Bilingual("检验行动", "judge actions"), feedback_loop.write),
    Analysis("findings", Bilingual("汇总待办", "collect findings"), findings.write),
)
"""All analyses, each after those whose tables it reads."""
