"""Wording of the section on rivals, in both languages side by side."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final[dict[str, Bilingual]] = {
    "title": Bilingual("与对手比较", "Against rivals"),
    "industry": Bilingual("行业", "industry"),
    "better": Bilingual("更好", "better"),
    "worse": Bilingual("更差", "worse"),
    "no_evidence": Bilingual("看不出差别", "no evidence"),
    "small": Bilingual("差别很小", "hardly any"),
    "suppressed": Bilingual("意见太少", "too few"),
    # The answer
    "lead_better": Bilingual("{brand}总体好于{rivals}", "{brand} is better than {rivals} overall"),
    "lead_worse": Bilingual("{brand}总体差于{rivals}", "{brand} is worse than {rivals} overall"),
    "also_better": Bilingual("好于{rivals}", "better than {rivals}"),
    "lead_no_evidence": Bilingual(
        "{brand}总体与{rivals}看不出差别",
        "there is no evidence that {brand} differs from {rivals} overall",
    ),
    "also_no_evidence": Bilingual("与{rivals}看不出差别", "no evidence of a difference from {rivals}"),
    "lead_suppressed": Bilingual(
        "{brand}与对手可比的意见太少，还不能下结论",
        "{brand} and its rivals have too few comparable opinions for a verdict",
    ),
    "lead_industry": Bilingual(
        "{brand}总体比行业{direction} {points} 分（范围 {range}）",
        "overall {brand} is {points} points {direction} the industry (range {range})",
    ),
    "lead_small": Bilingual("{brand}总体与{rivals}差别很小", "{brand} hardly differs from {rivals} overall"),
    "also_small": Bilingual("与{rivals}差别很小", "hardly any difference from {rivals}"),
    "lead_industry_small": Bilingual(
        "{brand}总体与行业差别很小（{difference}，范围 {range}）",
        "{brand} hardly differs from the industry overall ({difference}, range {range})",
    ),
    "lead_industry_no_evidence": Bilingual(
        "{brand}总体与行业看不出差别（{difference}，范围 {range}）",
        "there is no evidence that {brand} differs from the industry overall ({difference}, range {range})",
    ),
    "above": Bilingual("高", "above"),
    "below": Bilingual("低", "below"),
    "lead_rank": Bilingual("在 {n} 个品牌中排第 {rank}{range}", "rank {rank} of {n} brands{range}"),
    "rank_range": Bilingual("（范围第 {low} 至第 {high}）", " (range {low} to {high})"),
    "rank_ends": Bilingual("第 {low} 至第 {high}", "{low} to {high}"),
    "lead_strength": Bilingual("好得最多且有把握的是{place}", "its largest sure lead is in {place}"),
    "lead_weakness": Bilingual("差得最多且有把握的是{place}", "its largest sure lag is in {place}"),
    # Tables
    "rivals_caption": Bilingual("总体：{brand}对各个对手", "Overall: {brand} against each rival"),
    "rival": Bilingual("对手", "rival"),
    "verdict": Bilingual("结论", "verdict"),
    "own_score": Bilingual("自有", "own"),
    "their_score": Bilingual("对方", "theirs"),
    "apart": Bilingual("相差（分）", "points apart"),
    "better_in": Bilingual("哪几类更好", "better in"),
    "worse_in": Bilingual("哪几类更差", "worse in"),
    "compared": Bilingual("可比意见（条）", "opinions compared"),
    "categories_caption": Bilingual(
        "六类体验：{brand}对行业", "Six categories: {brand} against the industry"
    ),
    "category": Bilingual("类别", "category"),
    "rank": Bilingual("名次", "rank"),
    "rank_of": Bilingual("第 {rank} / {n}", "{rank} of {n}"),
    "strengths": Bilingual("强项：{brand}好在哪里", "Strengths of {brand}"),
    "weaknesses": Bilingual("弱项：{brand}差在哪里", "Weaknesses of {brand}"),
    "place": Bilingual("哪里", "where"),
    "against": Bilingual("比谁", "against"),
    "topic_place": Bilingual("{category} · {topic}", "{category} · {topic}"),
    "none": Bilingual("无", "none"),
    "all_six": Bilingual("全部六类", "all six"),
    "no_strengths": Bilingual(
        "没有一处确知好于行业或对手。", "Nowhere is it known to be better than the industry or a rival."
    ),
    "no_weaknesses": Bilingual(
        "没有一处确知差于行业或对手。", "Nowhere is it known to be worse than the industry or a rival."
    ),
    "more_better": Bilingual(
        "另有 {n} 处强项，见表 comparisons。", "The table comparisons has {n} more strengths."
    ),
    "more_worse": Bilingual(
        "另有 {n} 处弱项，见表 comparisons。", "The table comparisons has {n} more weaknesses."
    ),
    "thin_rivals": Bilingual("意见太少而没有下结论：{rivals}。", "Too few opinions for a verdict: {rivals}."),
    "pairs_caption": Bilingual(
        "六类体验：{brand}对每个对手的相差（分）", "Six categories: {brand} against each rival (points)"
    ),
    # Customers' words
    "voices": Bilingual("客户怎么说：弱项与强项", "In customers' words: weaknesses and strengths"),
    "quotes_own_better": Bilingual(
        "强项 {place}：{brand}的客户怎么夸", "Strength, {place}: praise of {brand}"
    ),
    "quotes_theirs_better": Bilingual(
        "强项 {place}：对手的客户怎么抱怨", "Strength, {place}: complaints about rivals"
    ),
    "quotes_own_worse": Bilingual(
        "弱项 {place}：{brand}的客户怎么抱怨", "Weakness, {place}: complaints about {brand}"
    ),
    "quotes_theirs_worse": Bilingual("弱项 {place}：对手的客户怎么夸", "Weakness, {place}: praise of rivals"),
    # How sure
    "how": Bilingual(
        "只比较同一来源、同一种反馈、同一月份里双方都有的意见（{brand}的意见有 {covered} 可比），"
        "再按两边一样的构成合计，所以某一方多收到投诉不会拉低它的分数；这里的分数因此与得分表略有出入。"
        "“行业”是所有对手合在一起，意见多的品牌分量大。",
        "Only opinions from the same source, of the same kind and in the same month are compared, where both "
        "sides have some ({covered} of those on {brand}), and put together in the same mix, so more "
        "complaints on one side do not lower its score; scores therefore differ a little from the score "
        "table. "
        "“Industry” is all rivals together; brands with more opinions weigh more.",
    ),
    "how_sure": Bilingual(
        "括号里是 {confidence} 范围。一共比较了 {cells} 处，结论按整张表控制误报："
        "判为更好或更差的，平均至多 {rate} 出于偶然。"
        "比较的处数多，所以门槛比单看一处时高，范围不含 0 的也可能没有结论。"
        "不到 {effect} 分的差距不算好坏；任一方不足 {minimum} 条独立意见的不下结论。",
        "Ranges in brackets are at {confidence}. {cells} differences were tested at once, and false verdicts "
        "are held down over all of them: on average at most {rate} of what is called better or worse is "
        "chance. With so many the bar is higher than for a single one, and a range without 0 may still be no "
        "evidence. Less than {effect} points is neither better nor worse, and with fewer than {minimum} "
        "independent opinions on either side there is no verdict.",
    ),
}
