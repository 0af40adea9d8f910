"""Every string of the page, the Markdown and the terminal table, in both languages side by side.

Names in braces are filled in by `Phrases.say`; both languages of an entry take the same ones.
"""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final[dict[str, Bilingual]] = {
    # Grammar
    "list_separator": Bilingual("、", ", "),
    "clause_separator": Bilingual("，", "; "),
    "and": Bilingual("{first}、{last}", "{first} and {last}"),
    "several": Bilingual("{kind}", "{kind}s"),
    "sentence_end": Bilingual("。", "."),
    "sentence_gap": Bilingual("", " "),
    "all": Bilingual("全部", "all"),
    "overall": Bilingual("总体", "overall"),
    "unknown": Bilingual("未知", "unknown"),
    "unnamed": Bilingual("未注明", "not stated"),
    "to": Bilingual("{low} 至 {high}", "{low} to {high}"),
    "scored": Bilingual("{score}（{range}）", "{score} ({range})"),
    "own_brand": Bilingual("{brand}（自有）", "{brand} (own)"),
    "too_few": Bilingual("样本不足 (n={n})", "too few (n={n})"),
    "no_mentions": Bilingual("无人提及", "not mentioned"),
    "money": Bilingual("{amount} {currency}", "{currency} {amount}"),
    "yuan": Bilingual("元", "CNY"),
    "place": Bilingual("{touchpoint} · {category}", "{touchpoint} · {category}"),
    # Page
    "title": Bilingual("客户体验报告", "Customer experience report"),
    "heading": Bilingual("{brand}的客户体验", "Customer experience of {brand}"),
    "heading_nobody": Bilingual("客户体验", "Customer experience"),
    "published": Bilingual("{night} 发布", "published {night}"),
    "period": Bilingual("反馈时间 {first} 至 {last}", "feedback from {first} to {last}"),
    "period_unknown": Bilingual("反馈没有日期", "the feedback has no dates"),
    "volume": Bilingual(
        "{feedback} 条反馈，{opinions} 条意见{near}", "{feedback} comments, {opinions} opinions{near}"
    ),
    "without_near": Bilingual("（另有 {n} 条近似重复，不计）", " ({n} near-duplicates are not counted)"),
    "contents": Bilingual("目录", "Contents"),
    "points": Bilingual("今日要点", "Key points"),
    "scores": Bilingual("得分表", "Scores"),
    "heat": Bilingual("触点 × 类别", "Touchpoint × category"),
    "gaps": Bilingual("差距与关键体验", "Gaps and key experience"),
    "quotes": Bilingual("代表性原话", "In customers' words"),
    "trend": Bilingual("周趋势", "Weekly trend"),
    "method": Bilingual("数据与方法", "Data and method"),
    # Key points
    "question_standing": Bilingual("与对手相比如何", "How we stand against rivals"),
    "question_key": Bilingual("关键体验", "The key experience"),
    "question_pain": Bilingual("哪里最痛", "Where it hurts most"),
    "question_change": Bilingual("有什么变化", "What changed"),
    "question_certainty": Bilingual("有多大把握", "How sure we are"),
    "of_ten": Bilingual("/ 10", "/ 10"),
    "no_opinions": Bilingual("没有意见", "No opinions"),
    "no_opinions_why": Bilingual(
        "还没有任何意见可以打分：请先看“数据与方法”里的行数核对。",
        "There are no opinions to score yet: see the reconciliation under data and method.",
    ),
    "no_own": Bilingual(
        "配置里没有自有品牌，以下以提及最多的{brand}为主。",
        "The configuration names no own brand: the report is about {brand}, the most mentioned.",
    ),
    "standing_is": Bilingual(
        "{brand}总体体验{kind} {score} 分（范围 {range}，{n} 条意见）。",
        "{brand}'s overall experience{kind} is {score} (range {range}, {n} opinions).",
    ),
    "in_kind": Bilingual("（只看{kind}）为", " in {kind}s alone"),
    "mix_share": Bilingual("{name} {share}", "{name} {share}"),
    "mixed": Bilingual(
        "得分按固定配比合成（{shares}）：哪一种来得多，都不会把得分拉高或拉低；"
        "某个格子缺少其中一种时，其余按原比例计。",
        "Scores stand for a fixed mix ({shares}): more files of one sort move no score. Where a cell lacks "
        "a sort, the others keep their proportions.",
    ),
    "compared_in_kind": Bilingual(
        "各品牌的投诉和通话多少不一，投诉天然偏负面：品牌之间只比较{kind}。触点、差距与趋势包含全部来源。",
        "Brands have more or fewer complaints and calls, negative by nature: they are compared in {kind}s "
        "alone. Touchpoints, gaps and trend include everything.",
    ),
    "standing_unknown": Bilingual(
        "{brand}只有 {n} 条意见，不足以打分。", "{brand} has {n} opinions, too few for a score."
    ),
    "standing_alone": Bilingual(
        "数据里没有别的品牌，无法比较。", "The data hold no other brand to compare with."
    ),
    "silent": Bilingual(
        "{brands}{kind}没有意见，无法比较。", "No opinion{kind}, so no comparison: {brands}."
    ),
    "silent_brand": Bilingual("{brand}（{n} 条反馈）", "{brand} (comments: {n})"),
    "silent_more": Bilingual("另外 {n} 个品牌", "{n} more brands"),
    "silent_kind": Bilingual("在{kind}里", " in {kind}s"),
    "against_lower": Bilingual("明显低于{rivals}", "clearly below {rivals}"),
    "against_higher": Bilingual("明显高于{rivals}", "clearly above {rivals}"),
    "against_unclear": Bilingual("与{rivals}没有明显差别", "no clear difference from {rivals}"),
    "against_unknown": Bilingual(
        "与{rivals}无法比较（样本不足）", "no comparison with {rivals} (too few opinions)"
    ),
    "tested_lower": Bilingual("差于{rivals}", "worse than {rivals}"),
    "tested_higher": Bilingual("好于{rivals}", "better than {rivals}"),
    "tested_unclear": Bilingual("与{rivals}看不出差别", "no evidence of a difference from {rivals}"),
    "like_for_like": Bilingual("同口径相比，", "like for like: "),
    "largest_lag": Bilingual(
        "落后最多且有把握的是{category}：{score} 分，{rival} {rival_score} 分，差 {points} 分。",
        "The largest sure lag is in {category}: {score} against {rival}'s {rival_score}, {points} points.",
    ),
    "largest_lead": Bilingual(
        "领先最多且有把握的是{category}：{score} 分，{rival} {rival_score} 分，高 {points} 分。",
        "The largest sure lead is in {category}: {score} against {rival}'s {rival_score}, {points} points.",
    ),
    "tested_largest_lag": Bilingual(
        "落后最多且有把握的是{category}：比{rival}低 {points} 分（范围 {range}）。",
        "The largest sure lag is in {category}: {points} points below {rival} (range {range}).",
    ),
    "tested_largest_lead": Bilingual(
        "领先最多且有把握的是{category}：比{rival}高 {points} 分（范围 {range}）。",
        "The largest sure lead is in {category}: {points} points above {rival} (range {range}).",
    ),
    "no_tested_difference": Bilingual(
        "六类里没有一类确知好于或差于哪个对手。",
        "In none of the six categories is it known to be better or worse than a rival.",
    ),
    "no_sure_difference": Bilingual(
        "六类里没有一类与对手的差距大于误差范围。",
        "In none of the six categories is the difference from a rival larger than the error range.",
    ),
    "key_is": Bilingual(
        "{scope}{category}：重要性 {importance}（{importance_from}）× 满意度 {satisfaction}"
        "（体验 {experience} − 期望 {expectation}）= 加权满意度 {weighted}。",
        "{scope}{category}: importance {importance} ({importance_from}) × satisfaction {satisfaction} "
        "(experience {experience} − expectation {expectation}) = weighted satisfaction {weighted}.",
    ),
    "with_origin": Bilingual("{value}（{origin}）", "{value} ({origin})"),
    "key_scope": Bilingual("{scope} — ", "{scope} — "),
    "key_unsure": Bilingual(
        "其范围包含 0，还不能断定客户不满。",
        "Its range holds 0: customers' dissatisfaction is not certain.",
    ),
    "key_by_importance": Bilingual(
        "没有一类确知低于期望，因此按重要性选出。",
        "No category is known to fall short of expectation, so importance decides.",
    ),
    "key_runner_up": Bilingual("其次是{category}。", "Next in line is {category}."),
    "key_tied": Bilingual(
        "{categories}并列，加权满意度与重要性都相同，先后未定。",
        "{categories} stand level, with the same weighted satisfaction and importance: their order is open.",
    ),
    "key_close": Bilingual(
        "其次是{category}，两者范围重叠，先后未定。",
        "Next in line is {category}; the ranges overlap, so their order is open.",
    ),
    "key_probable": Bilingual(
        "它是关键体验的概率为 {share}，其次是{category}（{next}）。",
        "It is the key with a probability of {share}; next comes {category} ({next}).",
    ),
    "key_undecided": Bilingual(
        "它是关键体验的概率只有 {share}，{category}有 {next}，先后未定。",
        "It is the key with a probability of only {share}; {category} has {next}: their order is open.",
    ),
    "key_no_own": Bilingual(
        "没有自有品牌（brands.own），差距与关键体验只为自有品牌计算。",
        "There is no own brand (brands.own); gaps and key experience are worked out for own brands alone.",
    ),
    "key_thin": Bilingual(
        "{brand}没有一类有 {minimum} 条意见可以打分，因此没有差距，也定不出关键体验。",
        "{brand} has no category with the {minimum} opinions that a score takes: there are no gaps, and no "
        "key experience.",
    ),
    "key_unknown": Bilingual(
        "没有期望与重要性的数据，无法确定关键体验。",
        "Without expectation and importance there is no key experience.",
    ),
    "pain_is": Bilingual(
        "{place}只有 {score} 分（范围 {range}），{n} 条意见里 {negative} 条负面，明显低于品牌总体。",
        "{place} scores {score} (range {range}): {negative} of {n} opinions are negative, "
        "clearly below the brand.",
    ),
    "pain_next": Bilingual("其次是{places}。", "Next: {places}."),
    "pain_none": Bilingual(
        "没有一个触点明显低于品牌总体水平。", "No touchpoint is clearly below the brand as a whole."
    ),
    "pain_none_short": Bilingual("没有突出的痛点", "No sore spot"),
    "pain_unknown": Bilingual(
        "各触点的意见太少，还不能判断。", "Too few opinions on any touchpoint to tell."
    ),
    "change_is": Bilingual(
        "{category}从 {earlier} 的 {score_before} 分变为 {week} 的 {score} 分（{points}），超出误差范围。",
        "{category}: {score_before} in {earlier}, {score} in {week} ({points}), more than the error range.",
    ),
    "change_most": Bilingual(
        "变动最大的是{category}：{score_before} → {score}（{points}）。",
        "{category} moved most: {score_before} → {score} ({points}).",
    ),
    "change_weeks": Bilingual("{first} 至 {last}", "{first} to {last}"),
    "change_beside": Bilingual(
        "同一时期{moved}也变了（见“最近有没有异动”），先不要全当作体验的变化。",
        "At the same time {moved} moved (see what moved lately): do not take all of it for a change of the "
        "experience.",
    ),
    "change_unlisted": Bilingual(
        "那里另按天或周检验，{category}的得分不在所列的异动里。",
        "There days or weeks are tested one by one, and the {category} score is not among the changes.",
    ),
    "beside_volume": Bilingual("评论量", "the number of comments"),
    "beside_kind": Bilingual("反馈类型的构成", "the mix of kinds of feedback"),
    "beside_source": Bilingual("来源的构成", "the mix of sources"),
    "beside_channel": Bilingual("渠道的构成", "the mix of channels"),
    "beside_model_version": Bilingual("模型", "the model"),
    "beside_taxonomy_version": Bilingual("分类体系", "the taxonomy"),
    "beside_all_brands": Bilingual("各品牌的评价", "what is said of all brands"),
    "change_none": Bilingual(
        "{week} 与 {earlier} 相比，没有一类的变化超出误差范围；"
        "变动最大的是{category}（{points}），可能只是偶然。",
        "Between {earlier} and {week} nothing moved by more than the error range; "
        "the largest move, {category} ({points}), may be chance.",
    ),
    "change_none_short": Bilingual("没有明显变化", "No clear change"),
    "change_otherwise": Bilingual(
        "按周看，得分没有超出误差范围的变化（{week} 比 {earlier}），变的是别处：{place}自 {since} 起"
        "{moved}，从 {before} 到 {after}，{lasts}（见“最近有没有异动”）。",
        "From week to week no score moved by more than the error range ({earlier} to {week}), but since "
        "{since} {place} {moved}: from {before} to {after}, {lasts} (see what moved lately).",
    ),
    "change_otherwise_short": Bilingual(
        "得分没有明显变化；{place}{moved}", "no clear change of scores; {place} {moved}"
    ),
    "change_experience_worse": Bilingual("的体验变差了", "is experienced as worse"),
    "change_experience_better": Bilingual("的体验变好了", "is experienced as better"),
    "change_share_more": Bilingual("被谈到得更多", "is spoken of more often"),
    "change_share_fewer": Bilingual("被谈到得更少", "is spoken of less often"),
    "change_volume_more": Bilingual("的评论变多了", "has more comments"),
    "change_volume_fewer": Bilingual("的评论变少了", "has fewer comments"),
    "change_lasts": Bilingual("还在持续", "and it lasts"),
    "change_over": Bilingual("已回落", "now over"),
    "change_explained": Bilingual(
        "它另有解释，先不要当作体验本身的变化。",
        "Something else explains it: do not take it for a change of the experience itself yet.",
    ),
    "change_unknown": Bilingual("还没有两个可以比较的整周。", "There are no two full weeks to compare yet."),
    "certainty_is": Bilingual(
        "依据 {feedback} 条反馈里的 {opinions} 条意见{near}。范围表示 {share} 置信；范围不重叠才说“明显”。",
        "Based on {opinions} opinions in {feedback} comments{near}. Ranges are at {share}; "
        "“clearly” is said only where ranges do not overlap.",
    ),
    "certainty_model": Bilingual(
        "模型在 {data} 的 {n} 条标注评论上 F1 为 {f1}。",
        "The model's F1 is {f1} on {n} labelled comments ({data}).",
    ),
    "caution_versions": Bilingual(
        "注意：模型或分类体系换了版本，得分的变化可能由此而来。",
        "Note: the model or the taxonomy has another version, which may be why scores differ.",
    ),
    "caution_past": Bilingual(
        "注意：今晚的{kinds}与过去的夜晚不同，得分的变化可能来自数据本身（见“数据与方法”）。",
        "Note: tonight's {kinds} differ from those of earlier nights, which may be why scores differ "
        "(see data and method).",
    ),
    "caution_training": Bilingual(
        "注意：今晚的{kinds}超出模型熟悉的范围，得分请谨慎使用（见“数据与方法”）。",
        "Note: tonight's {kinds} are beyond what the model knows well, so use scores with care "
        "(see data and method).",
    ),
    "certainty_model_unknown": Bilingual(
        "没有提供模型的实测质量。", "The model's measured quality was not given."
    ),
}
"""Wording of the key points and of what all renderings share; the page's sections are in `page_wording`."""
