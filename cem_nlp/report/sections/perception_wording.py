"""What the section on the company's view of itself, and on its benchmark, says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("自评与客户评分、标杆", "Own rating, customers' score, benchmark"),
    "lead_higher": Bilingual(
        "公司在 {n} / {all} 个类别上自评高于客户；差得最多的是{category}：自评 {own}，客户 {customers}，"
        "高出 {gap}（{range}）。",
        "The company rates itself above its customers in {n} of {all} categories; the most in {category}: "
        "own "
        "{own}, customers {customers}, {gap} more ({range}).",
    ),
    "lead_lower": Bilingual(
        "公司在 {n} / {all} 个类别上自评低于客户，没有一个类别高估自己。",
        "The company rates itself below its customers in {n} of {all} categories, and above them in none.",
    ),
    "lead_none": Bilingual(
        "自评与客户评分之间没有可靠的差距。",
        "No sure gap lies between the company's own rating and its customers' score.",
    ),
    "lead_below": Bilingual(
        "与{reference}相比，总体低 {points} 分（百分制，范围 {range}）。",
        "Against {reference} the brand as a whole is {points} points below (of 100; range {range}).",
    ),
    "lead_above": Bilingual(
        "与{reference}相比，总体高 {points} 分（百分制，范围 {range}）。",
        "Against {reference} the brand as a whole is {points} points above (of 100; range {range}).",
    ),
    "lead_categories": Bilingual(
        "与{reference}相比的 {all} 类里，{worse} 类落后，{better} 类领先。",
        "Of {all} categories read against {reference}, {worse} lag behind and {better} lead.",
    ),
    "lead_level": Bilingual(
        "与{reference}相比，总体没有可靠差别。",
        "Against {reference} the brand as a whole does not surely differ.",
    ),
    "lead_absent": Bilingual(
        "标杆品牌（{brands}）还无从比较：没有反馈说到它们，或与自有品牌没有同来源的反馈。",
        "The reference brands ({brands}) cannot be compared yet: no feedback names them, or none that shares "
        "sources with the own brand's.",
    ),
    "gaps": Bilingual(
        "认知差距：自评 − 客户评分（0–10）", "perception gap: own rating − customers' score (0–10)"
    ),
    "category": Bilingual("类别", "category"),
    "own": Bilingual("公司自评", "own rating"),
    "customers": Bilingual("客户", "customers"),
    "gap": Bilingual("差距", "gap"),
    "verdict": Bilingual("判断", "verdict"),
    "higher": Bilingual("公司高估", "company rates higher"),
    "lower": Bilingual("公司低估", "company rates lower"),
    "no_evidence": Bilingual("无可靠差别", "no evidence"),
    "unknown": Bilingual("客户无评分", "no score by customers"),
    "too_few": Bilingual("样本不足", "too few"),
    "department": Bilingual("{department} {score}", "{department} {score}"),
    "from_text": Bilingual(
        "客户评分由评论、投诉和通话推算（5 分为褒贬各半，投诉拉低分数），与问卷打分不是同一把尺："
        "看各类别之间谁的差距大，少看差距本身的大小。范围只含客户一侧的抽样误差。",
        "Customers' scores are derived from reviews, complaints and calls (5 is as much praise as blame; "
        "complaints pull down) and are no ratings: read which category's gap is wider than which, less its "
        "size. "
        "The range covers the sampling of customers only.",
    ),
    "from_survey": Bilingual(
        "客户评分来自问卷。范围只含客户一侧的抽样误差。",
        "Customers' scores are those of the survey. The range covers the sampling of customers only.",
    ),
    "benchmark": Bilingual(
        "标杆：{brand}与{reference}（0–10；差为百分制）", "{brand} against {reference} (0–10; points of 100)"
    ),
    "benchmark_unnamed": Bilingual(
        "标杆：与{reference}相比（0–10；差为百分制）", "against {reference} (0–10; points of 100)"
    ),
    "brand": Bilingual("自有品牌", "own brand"),
    "reference": Bilingual("标杆", "reference"),
    "points": Bilingual("差（百分制）", "points"),
    "better": Bilingual("领先", "ahead"),
    "worse": Bilingual("落后", "behind"),
    "suppressed": Bilingual("样本不足", "too few"),
    "by_brands": Bilingual(
        "只比较双方都有的来源、反馈种类和月份。",
        "Only sources, kinds and months that both have are compared.",
    ),
    "by_brands_survey": Bilingual(
        "双方都是同一份问卷的体验分；总体是各类别的平均，标杆是各品牌的平均，每个品牌一样重。",
        "Both sides are scores of experience from one survey; the whole is the mean over categories, the "
        "reference the mean over its brands.",
    ),
    "by_values": Bilingual(
        "标杆是公开数值，没有范围；口径与本系统的得分未必相同。",
        "The reference is a published value without a range, and may have been measured otherwise.",
    ),
    "by_values_survey": Bilingual(
        "标杆是公开数值，没有范围；口径与这份问卷未必相同。",
        "The reference is a published value without a range, and may have been measured otherwise.",
    ),
}
