"""What the section on importance says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("什么最影响客户打分", "What moves the rating"),
    "lead": Bilingual(
        "{brand}：最影响打分的是{category}，从被批评到被称赞，同一条评论的评分相差 {points} 分（{range}，"
        "满分 10 分）。",
        "{brand}: {category} moves the rating most. From blame to praise, all else alike, it is "
        "{points} points of 10 ({range}).",
    ),
    "lead_of": Bilingual(
        "{brand}：样本够比较的 {n} 类体验里，最影响打分的是{category}，从被批评到被称赞，评分相差 {points}"
        " 分（{range}，满分 10 分）。",
        "{brand}: of the {n} categories that can be compared, {category} moves the rating most. From "
        "blame to praise, all else alike, it is {points} points of 10 ({range}).",
    ),
    "must_be": Bilingual(
        "{categories}是必备项：做差扣得多，做好加得少，先保证不出错。",
        "{categories}: a must-be. Failing costs more than shining brings, so first of all do not fail.",
    ),
    "attractive": Bilingual(
        "{categories}是魅力项：做好加得多，做差扣得少，适合用来出彩。",
        "{categories}: attractive. Shining brings more than failing costs, so here it pays to stand out.",
    ),
    "no_lead": Bilingual(
        "{brand}：从评分还推算不出哪类体验更重要：{reason}。",
        "{brand}: the ratings do not tell yet which experience matters more: {reason}.",
    ),
    "table": Bilingual(
        "{brand}：每类体验对评分（0–10）的影响，来自 {n} 条有评分的评论",
        "{brand}: what each category does to the rating (0–10), from {n} rated comments",
    ),
    "head_category": Bilingual("类别", "category"),
    "head_importance": Bilingual("重要性（推算）", "importance (derived)"),
    "head_reward": Bilingual("被称赞时", "where praised"),
    "head_penalty": Bilingual("被批评时", "where blamed"),
    "head_lmg": Bilingual("解释评分差异", "share of differences explained"),
    "head_kano": Bilingual("类型（Kano）", "type (Kano)"),
    "between": Bilingual("{low} 至 {high}", "{low} to {high}"),
    "people": Bilingual("{n} 人", "{n} customers"),
    "kano_must_be": Bilingual("必备", "must-be"),
    "kano_performance": Bilingual("期望", "performance"),
    "kano_attractive": Bilingual("魅力", "attractive"),
    "kano_indifferent": Bilingual("无差异", "indifferent"),
    "undecided": Bilingual("证据不足，不归类", "no clear evidence"),
    "scale_end": Bilingual("可能只是评分封顶所致", "may be the ends of the scale"),
    "no_ratings": Bilingual("没有带评分的评论", "no comment carries a rating"),
    "few_ratings": Bilingual("带评分的评论太少", "too few comments carry a rating"),
    "same_rating": Bilingual("所有评分都一样", "all ratings are the same"),
    "few_praised": Bilingual("称赞的人太少", "too few praise it"),
    "few_blamed": Bilingual("批评的人太少", "too few blame it"),
    "inseparable": Bilingual("总与别的类别同时出现，分不开", "never comes without another category"),
    "rivals": Bilingual("对手的客户更看重什么", "what matters to rivals' customers"),
    "rivals_table": Bilingual("各品牌推算的重要性（0–10）", "derived importance of each brand (0–10)"),
    "unknown": Bilingual("—", "—"),
    "types": Bilingual(
        "必备：做差扣分明显多于做好加分；魅力：正相反；期望：两头都有影响，且相差不到一倍；无差异：两头"
        "都不超过半分。只有 95% 范围支持时才归类。",
        "Must-be: failing costs clearly more than shining brings; attractive: the reverse; "
        "performance: both act and neither is twice the other; indifferent: neither moves the rating "
        "by half a point. Named only where the 95 % ranges say so.",
    ),
    "method": Bilingual(
        "重要性＝被称赞与被批评的评分之差，其他类别不变（回归，按客户聚类）：0 分表示不影响打分，10 分"
        "表示单凭它就能从最低分到最高分。它与提到的次数无关，通常低于问卷里客户自报的重要性，宜在推算值"
        "之间比较。这是评论里的关联，不是实验证明的因果。",
        "Importance is the rating where praised less the rating where blamed, other categories alike "
        "(regression, clustered by customer): 0 does not move the rating, 10 alone takes it from worst "
        "to best. It does not grow with mentions, and is usually lower than what customers state in a "
        "survey: compare derived with derived. It is an association in comments, no experiment.",
    ),
    "data": Bilingual("评分怎么来的，决定这里能说多少：{notes}", "What the ratings are worth: {notes}"),
    "survey": Bilingual(
        "问卷问过重要性的地方，差距一律用问卷；这里的推算可作对照。",
        "Where a survey asked for importance the gaps use the survey; this is there to compare.",
    ),
}
