"""Wording of the section on the model's own errors, in both languages side by side."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final[dict[str, Bilingual]] = {
    "title": Bilingual("模型读错会改变什么", "What the model's own errors change"),
    "lead_same": Bilingual(
        "把模型自身的误读扣除后，{brand}总体仍在 {corrected} 分左右（{range}）：结论不因误读而变。",
        "Without the model's own errors {brand} as a whole stays at about {corrected} ({range}): they change "
        "no conclusion.",
    ),
    "lead_moved": Bilingual(
        "把模型自身的误读扣除后，{brand}总体从 {score} 分变为 {corrected} 分（{range}）：原得分{verdict}。",
        "Without the model's own errors {brand} as a whole goes from {score} to {corrected} ({range}): the "
        "score as read is {verdict}.",
    ),
    "lead_none": Bilingual(
        "{brand}总体得分没有校正：{reason}。请以原得分为准，并记住它不含模型误读的误差。",
        "{brand}'s overall score is not corrected: {reason}. Use it as it is, and bear in mind that its "
        "range leaves the model's errors out.",
    ),
    "also": Bilingual("分类看，{places}。", "By category: {places}."),
    "place": Bilingual("{category}{verdict}", "{category} {verdict}"),
    "caption": Bilingual("{brand}：原得分与校正后的得分", "{brand}: scores as read, and corrected"),
    "category": Bilingual("类别", "Category"),
    "as_read": Bilingual("原得分", "As read"),
    "corrected": Bilingual("校正后", "Corrected"),
    "verdict": Bilingual("误读的影响", "Effect of the errors"),
    "too_high": Bilingual("偏高", "too high"),
    "too_low": Bilingual("偏低", "too low"),
    "same": Bilingual("看不出影响", "none to be seen"),
    "uncorrected": Bilingual("未校正：{reason}", "not corrected: {reason}"),
    "no_confusion": Bilingual("这个模型还没有测过误读", "the errors of this model have not been measured"),
    "few_gold": Bilingual("用来测误读的标注评论太少", "too few labelled comments to measure the errors on"),
    "not_measured": Bilingual("触点的误读没有测过", "errors in touchpoints have not been measured"),
    "few_mentions": Bilingual("意见不足 {fewest} 条", "fewer than {fewest} opinions"),
    "other_model": Bilingual("有些夜晚由别的模型读出", "another model read some of the nights"),
    "drift": Bilingual(
        "不少反馈的长度或用词超出模型训练数据的常见范围，测得的误读率不适用",
        "many comments are beyond the usual length or wording of the training data, so the measured error "
        "rates do not hold",
    ),
    "ill_conditioned": Bilingual(
        "模型分不清其中几种说法，校正会放大误差", "the model tells some states apart too poorly to correct"
    ),
    "outside_hull": Bilingual(
        "读出的构成不能用测得的误读率解释", "what was read cannot come from the measured error rates"
    ),
    "method": Bilingual(
        "做法：在标注评论上数出模型把什么读成了什么、各有多大把握，据此反推真实的正负面数量"
        "（adjusted classify-and-count）；范围同时包含标注评论与客户意见的抽样误差。"
        "前提是模型对同一种说法的误读率不变。"
        "“偏高”“偏低”只在原得分落在校正范围之外时才说；报告其余部分用原得分。",
        "How: labelled comments tell what the model reads as what, and how surely, and from that the true "
        "counts are worked out (adjusted classify-and-count). Ranges hold the chance in the labels and in "
        "customers' opinions. It takes for granted that the model errs alike on like comments. “Too high” "
        "and “too low” are said only where the score as read is outside the corrected range; the rest of the "
        "report uses scores as read.",
    ),
}
