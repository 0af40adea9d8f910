"""What the section on the cost of negative experience says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("负面体验的代价", "What negative experience costs"),
    "lead": Bilingual(
        "负面体验带走约 {lost}的收入{range}，占 {share}；另有 {at_risk}有流失风险。{silent}",
        "Negative experience takes away about {lost} of revenue{range}, {share} of all; another {at_risk} "
        "is at risk. {silent}",
    ),
    "lead_none": Bilingual(
        "按现有的数，没有收入因负面体验流失。",
        "By these figures negative experience takes no revenue away.",
    ),
    "lead_unknown": Bilingual(
        "配置了收入，但算不出负面体验的代价：{why}。可在配置的 [cost] 里给出 {keys}。",
        "A revenue is configured, but what negative experience costs is not known: {why}. Give {keys} under "
        "[cost] in the configuration.",
    ),
    "no_negative_share": Bilingual(
        "写了自有品牌反馈的客户不到 {n} 位，推不出有负面体验的占比",
        "fewer than {n} customers wrote about an own brand, too few for the share with a negative experience",
    ),
    "no_complaint_share": Bilingual(
        "不满的客户不到 {n} 位，推不出其中投诉的占比",
        "fewer than {n} customers are unhappy, too few for the share of them who complain",
    ),
    "silent_share": Bilingual(
        "流失的 {share} 来自没有投诉的客户：投诉变少不等于变好，要的是听见更多不满。",
        "{share} of the loss comes from customers who did not complain: fewer complaints are no success, "
        "hearing more of the dissatisfied is.",
    ),
    "outcome_caption": Bilingual("不满客户带来的收入去了哪里", "What becomes of unhappy customers' revenue"),
    "who": Bilingual("不满的客户", "unhappy customers"),
    "won_back": Bilingual("已挽回", "won back"),
    "at_risk": Bilingual("有流失风险", "at risk"),
    "lost": Bilingual("流失", "lost"),
    "complainers": Bilingual("投诉了的", "who complain"),
    "silent": Bilingual("沉默的", "who stay silent"),
    "all": Bilingual("合计", "in all"),
    "lever_caption": Bilingual("两个可以用力的地方", "The two levers"),
    "lever": Bilingual("假如", "what if"),
    "lost_then": Bilingual("流失变为", "lost would be"),
    "saved": Bilingual("少流失", "less lost"),
    "if_won_back": Bilingual(
        "投诉客户的挽回率从 {now} 提高到 {to}", "the won-back rate of complainers rose from {now} to {to}"
    ),
    "if_complaint_share": Bilingual(
        "投诉率从 {now} 提高到 {to}（沉默的人少了）",
        "the complaint rate rose from {now} to {to} (fewer stay silent)",
    ),
    "basis_caption": Bilingual("这些数从哪里来", "What this rests on"),
    "figure": Bilingual("数", "figure"),
    "value": Bilingual("取值", "value"),
    "origin": Bilingual("来源", "origin"),
    "revenue": Bilingual("收入", "revenue"),
    "negative_share": Bilingual("有负面体验的客户", "customers with a negative experience"),
    "complaint_share": Bilingual("其中投诉的", "of these, who complain"),
    "won_back_rate": Bilingual("投诉客户中已挽回的", "of complainers, won back"),
    "at_risk_rate": Bilingual("投诉客户中有流失风险的", "of complainers, at risk"),
    "lost_rate": Bilingual("投诉客户中流失的", "of complainers, lost"),
    "silent_at_risk_rate": Bilingual("沉默客户中有流失风险的", "of the silent, at risk"),
    "silent_lost_rate": Bilingual("沉默客户中流失的", "of the silent, lost"),
    "given": Bilingual("给定", "given"),
    "derived": Bilingual("由文本推算，{n} 位客户", "derived from text, {n} customers"),
    "assumed": Bilingual("假定（方法的示例数）", "assumed (the method's example)"),
    "computed": Bilingual("其余部分", "the rest"),
    "note_range": Bilingual(
        "括号内是 95% 区间，只含“听到了哪些客户”的偶然；给定与假定的数按原样计入。",
        "Ranges (95 %) cover only the chance in which customers were heard; what is given or assumed counts "
        "as it is.",
    ),
    "note_no_range": Bilingual(
        "没有区间：给出的比例没有说明来自多少客户（--customers）。",
        "No ranges: nothing says how many customers the given shares come from (--customers).",
    ),
    "note_text": Bilingual(
        "由文本推算的比例只看写了评论的客户，他们往往比一般客户更不满。有更可靠的数请写进配置的 [cost]。",
        "Shares derived from text know only customers who write, often the unhappier ones. Put better "
        "figures into [cost].",
    ),
    "note_lost": Bilingual(
        "由文本推算的流失只数明说要走的，是下限。",
        "Shares lost that are derived from text count only those who say they will leave, which is the least "
        "there can be.",
    ),
    "note_complaints": Bilingual(
        "投诉量下降本身不是成绩：同样多的不满，投诉的人越少，默默离开的越多。",
        "A falling complaint count is no success in itself: with as much dissatisfaction, the fewer "
        "complain, the more leave in silence.",
    ),
    "note_unsure": Bilingual(
        "“少流失”的范围跨过 0 的，还不能断定能挽回收入。",
        "Where the range of what is saved holds 0, it is not sure that any revenue would be kept.",
    ),
    "yuan": Bilingual("元", "CNY"),
    "money": Bilingual("{amount} {currency}", "{currency} {amount}"),
    "ten_thousands": Bilingual("{amount} 万元", "CNY {whole}"),
    "hundred_millions": Bilingual("{amount} 亿元", "CNY {whole}"),
    "range": Bilingual("（{low} 至 {high}）", " ({low} to {high})"),
    "to": Bilingual("{low} 至 {high}", "{low} to {high}"),
}
