"""What the section on the four kinds of customer says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("四类客户与目标客群", "The four kinds of customer"),
    "lead_no_customers": Bilingual(
        "反馈里没有自有品牌的客户编号，无法把客户分成四类；在 [sources.columns] 写明 customer 后即可。",
        "The feedback holds no customer numbers of own brands, so customers cannot be sorted; name the "
        "column "
        "customer under [sources.columns].",
    ),
    "lead_unknown": Bilingual(
        "没有一位客户说得够多，四类都无从判断（共 {n} 位客户）。",
        "Not one of {n} customers has said enough to be sorted.",
    ),
    "lead_unknown_survey": Bilingual(
        "没有一位客户在这一期既打了分又知道价值，四类都无从判断（共 {n} 位客户）。",
        "Of none of {n} customers both a score in the last period and a value are known.",
    ),
    "lead_none": Bilingual(
        "没有看到风险客户：态度已知的客户里没有价值高却不满意的，或人数太少（共 {n} 位客户）。",
        "No customers at risk are seen: none of those known, or too few are known (of {n} customers).",
    ),
    "lead_value": Bilingual(
        "先留住风险客户：态度已知的 {known} 位客户里，{n} 位价值高却不满意（{share}，范围 {range}）{worth}。",
        "Keep the customers at risk first: of {known} whose attitude is known, {n} are valuable and not "
        "satisfied ({share}, range {range}){worth}.",
    ),
    "lead_growth": Bilingual(
        "先留住风险客户：态度已知的 {known} 位客户里，{n} 位在增长却不满意（{share}，范围 {range}）{worth}。",
        "Keep the customers at risk first: of {known} whose attitude is known, {n} are growing and not "
        "satisfied ({share}, range {range}){worth}.",
    ),
    "lead_contacts": Bilingual(
        "没有客户资料表，只能按体验和联系次数粗分：态度已知的 {known} 位客户里，{n} 位多次联系却不满意"
        "（{share}，范围 {range}）。联系多不等于价值高。",
        "Without a customer table, customers are sorted by experience and contacts only: of {known} whose "
        "attitude is known, {n} came back and are not satisfied ({share}, range {range}). Contacts are no "
        "value.",
    ),
    "worth": Bilingual("，他们占全部客户价值的 {share}", ", and they make up {share} of all value"),
    "lead_moved": Bilingual(
        "近 {days} 天，{lost} 位从满意转为不满意，{won} 位从不满意转为满意。",
        "In the last {days} days {lost} went from satisfied to not satisfied, {won} the other way.",
    ),
    "lead_moved_survey": Bilingual(
        "与上一期相比，{lost} 位从满意转为不满意，{won} 位从不满意转为满意。",
        "Since the period before {lost} went from satisfied to not satisfied, {won} the other way.",
    ),
    "kinds": Bilingual("四类客户", "the four kinds of customer"),
    "kind": Bilingual("类别", "kind"),
    "customers": Bilingual("客户数", "customers"),
    "share": Bilingual("占比（态度已知者）", "share (of those known)"),
    "value_share": Bilingual("价值占比", "share of value"),
    "experience": Bilingual("体验", "experience"),
    "experience_survey": Bilingual("满意度评分", "score"),
    "model": Bilingual("满意，价值高：请他们推荐", "satisfied and valuable: ask them to recommend"),
    "growth": Bilingual("满意，价值尚低：可以培育", "satisfied, not yet valuable: develop"),
    "at_risk": Bilingual("不满意，价值高：优先挽回", "not satisfied, valuable: win back first"),
    "dangling": Bilingual(
        "不满意，价值低：随共性问题一并改进", "not satisfied, not valuable: mend what all share"
    ),
    "unknown": Bilingual("说得太少，或不在客户资料表里", "said too little, or not in the customer table"),
    "unknown_survey": Bilingual("这一期没有打分，或不知道价值", "no score in this period, or no value"),
    "unknown_kind": Bilingual("未知", "unknown"),
    "too_few": Bilingual("样本不足", "too few"),
    "groups": Bilingual("各客群的风险客户", "customers at risk by group"),
    "group": Bilingual("客群", "group"),
    "segment": Bilingual("客群", "segment"),
    "region": Bilingual("地区", "region"),
    "tenure_band": Bilingual("关系年限", "years of the relation"),
    "n_known": Bilingual("态度已知 / 全部", "known / all"),
    "risk_share": Bilingual("风险客户占比", "share at risk"),
    "risk_value": Bilingual("风险客户的价值占比", "their share of value"),
    "moves": Bilingual(
        "近 {days} 天的移动（人数；行为原来，列为现在）", "moves in {days} days (from row to column)"
    ),
    "moves_survey": Bilingual(
        "上一期到这一期的移动（人数；行为原来，列为现在）",
        "moves since the period before (from row to column)",
    ),
    "from": Bilingual("原来", "before"),
    "moves_note": Bilingual(
        "每人只有几条意见，个别移动可能是偶然；看方向，不看单个数字。",
        "Each customer rests on a few opinions, so some moves are chance: read the direction, not single "
        "figures.",
    ),
    "moves_note_survey": Bilingual(
        "每人每期只打一次分，个别移动可能是偶然；看方向，不看单个数字。",
        "Each customer gives one score a period, so some moves are chance: read the direction, not single "
        "figures.",
    ),
    "targets": Bilingual("目标客群加权后的得分", "scores with target segments weighing more"),
    "category": Bilingual("类别", "category"),
    "plain": Bilingual("不加权", "plain"),
    "weighted": Bilingual("加权", "weighted"),
    "difference": Bilingual("加权 − 不加权", "weighted − plain"),
    "satisfaction": Bilingual("满意度 → 加权", "satisfaction → weighted"),
    "weights": Bilingual("权重：{weights}，其余为 1。", "weights: {weights}, all others 1."),
    "weight": Bilingual("{segment} {weight}", "{segment} {weight}"),
    "how_value": Bilingual(
        "满意：{days} 天内对自有品牌的体验高于 {cut} 分；价值高：{value}；意见少于 {minimum} 条的客户不归类。"
        "占比的范围只含抽样误差，不含每位客户意见太少带来的误差。",
        "Satisfied: experience of own brands above {cut} within {days} days; valuable: {value}; customers "
        "with "
        "fewer than {minimum} opinions are of no kind. The range of a share covers sampling, not how little "
        "each customer has said.",
    ),
    "how_value_survey": Bilingual(
        "满意：打分高于 {cut} 分（换算成 0–10）；同时问了期望的，打分不低于自己的期望。价值高：{value}。"
        "占比的范围只含抽样误差。",
        "Satisfied: a score above {cut} (of 0–10); where expectation was asked too, one no lower than it. "
        "Valuable: {value}. The range of a share covers sampling only.",
    ),
    "by_median": Bilingual("不低于客户资料表的中位数", "at least the median of the customer table"),
    "by_median_survey": Bilingual("不低于中位数", "at least the median"),
    "by_value": Bilingual("价值不低于 {cut}", "a value of at least {cut}"),
    "by_growth": Bilingual("增长高于 {cut}", "growth above {cut}"),
    "by_contacts": Bilingual("（以反馈两次以上代替）", "(spoke more than once, in its place)"),
}
