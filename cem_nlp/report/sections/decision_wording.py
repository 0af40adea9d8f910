"""What the section on the decision says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("先做什么", "What to do first"),
    "lead_key": Bilingual(
        "先改进{category}：它就是关键体验{probability}，写明的战略与能力限制都不碍着它。",
        "Improve {category} first: it is the key experience{probability}, and no stated limit of strategy or "
        "capability stands against it.",
    ),
    "lead_unsure": Bilingual(
        "哪一类是关键体验还不能断定：最可能是{category}{probability}，{others}。现在动手就先改进{category}，"
        "写明的战略与能力限制都不碍着它；多收集问卷或反馈，把握才会变大。",
        "Which category is the key experience cannot be told yet: {category} is the likeliest{probability}, "
        "{others}. To act now, improve {category} first, against which no stated limit of strategy or "
        "capability stands; more answers or feedback would make it surer.",
    ),
    "other": Bilingual("{category}也有 {share}", "{category} has {share}"),
    "lead_second": Bilingual(
        "关键体验是{key}{probability}，但{why}；因此先改进排在后面的{category}。",
        "The key experience is {key}{probability}, but {why}; so improve {category} first, the next "
        "in line that fits.",
    ),
    "lead_none": Bilingual(
        "没有可提的建议：排在队里的类别都不可行（{reasons}）。请先放宽其中一条限制。",
        "Nothing is proposed: no category in line is possible ({reasons}). Lift one of these limits first.",
    ),
    "lead_nothing_left": Bilingual(
        "没有要改进的：排在队里的类别，体验都已达到目标。",
        "Nothing to improve: the experience of every category in line is as good as its target.",
    ),
    "lead_tied": Bilingual(
        "哪一类是关键体验分不出来：{tied}并列，加权满意度与重要性都相同。现在动手就先改进{category}——"
        "它排在前面只因六类有固定的次序；写明的战略与能力限制都不碍着它。",
        "Which category is the key experience cannot be told: {tied} stand level, with the same weighted "
        "satisfaction and importance. To act now, improve {category} first, which comes first only in the "
        "fixed order of the six; no stated limit of strategy or capability stands against it.",
    ),
    "level": Bilingual(
        "{tied}并列，加权满意度与重要性都相同，其间先后只是六类的固定次序。",
        "{tied} stand level, with the same weighted satisfaction and importance: only the fixed order of the "
        "six decides between them.",
    ),
    "probability": Bilingual("（概率 {share}）", " (probability {share})"),
    "lead_requirement": Bilingual("从“{topic}”做起：{requirement}。", "Begin with {topic}: {requirement}."),
    "lead_reserve": Bilingual("备选是{category}。", "Next in line is {category}."),
    "excluded": Bilingual("{category}：{why}", "{category}: {why}"),
    "excluded_gap": Bilingual("；", "; "),
    "why_ruled_out": Bilingual("战略排除了它（{reason}）", "the strategy rules it out ({reason})"),
    "why_not_affordable": Bilingual(
        "它要花 {cost}，预算只有 {budget}", "it costs {cost} and the budget is {budget}"
    ),
    "over_budget": Bilingual("{cost}，预算 {budget}", "{cost}, budget {budget}"),
    "why_beyond_reach": Bilingual("现有能力改不动它", "capability cannot raise it"),
    "why_no_gap": Bilingual("体验已达到目标", "its experience is as good as the target already"),
    "line_caption": Bilingual("按轻重排队", "In line for improvement"),
    "category": Bilingual("类别", "category"),
    "is_key": Bilingual("是关键的概率", "probability of being the key"),
    "verdict": Bilingual("结论", "verdict"),
    "from_to": Bilingual("体验 → 目标", "experience → target"),
    "begin_with": Bilingual("从哪里做起", "begin with"),
    "proposed": Bilingual("建议", "proposed"),
    "reserve": Bilingual("候补", "in reserve"),
    "ruled_out": Bilingual("战略排除", "ruled out"),
    "not_affordable": Bilingual("超出预算", "over budget"),
    "beyond_reach": Bilingual("能力不及", "beyond reach"),
    "no_gap": Bilingual("已达目标", "on target"),
    "groups_caption": Bilingual("各商品与客群", "By product and segment"),
    "scope": Bilingual("范围", "scope"),
    "key": Bilingual("关键体验", "key experience"),
    "proposal": Bilingual("建议先改进", "improve first"),
    "nothing_fits": Bilingual("无可行项", "nothing fits"),
    "requirements_caption": Bilingual(
        "{category}：客户不满在哪里，要做什么", "{category}: where customers are unhappy, and what it takes"
    ),
    "topic": Bilingual("子主题", "sub-topic"),
    "touchpoint": Bilingual("主要触点", "main touchpoint"),
    "n_customers": Bilingual("不满的客户", "unhappy customers"),
    "of_unhappy": Bilingual("占 {share}，区间 {low} 至 {high}", "{share}, range {low} to {high}"),
    "requirement": Bilingual("要求", "requirement"),
    "open": Bilingual("可做", "open"),
    "thin": Bilingual("样本不足", "too few customers"),
    "quadrants_caption": Bilingual("重要性与体验的四个象限", "Four quadrants of importance and experience"),
    "importance": Bilingual("重要性", "importance"),
    "experience": Bilingual("体验", "experience"),
    "quadrant": Bilingual("象限", "quadrant"),
    "sure": Bilingual("落在此象限的概率", "probability of this quadrant"),
    "value_caption": Bilingual(
        "客户为什么选{brand}：支持者夸什么", "Why customers choose {brand}: what supporters praise"
    ),
    "praised": Bilingual("夸到的", "what is praised"),
    "supporters": Bilingual("支持者（{n} 位）", "supporters ({n})"),
    "others": Bilingual("其他客户（{n} 位）", "other customers ({n})"),
    "difference": Bilingual("相差（百分点）", "difference (points)"),
    "to": Bilingual("{low} 至 {high}", "{low} to {high}"),
    "more": Bilingual("更多：{parts}", "More: {parts}"),
    "more_groups": Bilingual("各商品与客群", "products and segments"),
    "more_quadrants": Bilingual("重要性与体验的象限", "importance against experience"),
    "more_value": Bilingual("客户为什么选我们", "why customers choose us"),
    "start_owner": Bilingual(
        "“{topic}”的不满多在{place}，由{owner}牵头。",
        "{topic} is blamed most at {place}: {owner} takes the lead.",
    ),
    "start_place": Bilingual("“{topic}”的不满多在{place}。", "{topic} is blamed most at {place}."),
    "start_actions": Bilingual(
        "{category}上已有 {n} 项行动：{actions}。先看它们够不够，再添新的（见“行动与成效”）。",
        "Actions on {category} so far: {n}, {actions}. See whether they suffice before adding more "
        "(section on actions).",
    ),
    "start_action": Bilingual("“{action}”（{status}）", "“{action}” ({status})"),
    "note_target": Bilingual(
        "目标：如果把这一类当作关键体验，要比客户的期望高 {points} 分，但不超过 10 分，"
        "也不超过一期能提高的幅度（战略文件的 [reach]；没写就不设限）。"
        "不做的类别保持现状。问卷问过理想的，用问卷。",
        "Target: taken as the key experience, a category has to reach {points} points above what customers "
        "expect, at most 10 and at most what a period can raise ([reach] of the strategy; without it there "
        "is no limit). What is not to be improved stays. An ideal that a survey asked for comes first.",
    ),
    "note_probability": Bilingual(
        "概率来自把受访者与客户重抽一千次；假定的数保持不变，所以是“假定成立时”的概率。",
        "Probabilities come from drawing respondents and customers a thousand times; what is assumed stays, "
        "so that they hold if the assumptions do.",
    ),
    "note_quadrants": Bilingual(
        "横竖两条线划在各类别重要性与体验的均值上（重要性–绩效分析），只说相对轻重，不说好坏；"
        "重要性只是假定的类别不在其中。",
        "Both cuts lie at the means of the categories' importance and experience (importance–performance "
        "analysis): relative weight, not good or bad. Categories with an assumed importance are left out.",
    ),
    "note_value": Bilingual(
        "支持者：愿意推荐或回购，或评分达到 9/10。只在夸过什么的客户之间比较；"
        "区间跨过 0 的差别说明不了什么。",
        "Supporters mean to recommend or to buy again, or rate 9 of 10 or more. Compared among customers "
        "who praise anything; a difference whose range holds 0 says nothing.",
    ),
    "note_loop": Bilingual(
        "做了之后要看结果：把措施记进 actions.csv，用 cem loop 看它有没有起作用，再从第一步重来。",
        "Then look at the effect: put the measure into actions.csv, see with cem loop whether it works, and "
        "begin again.",
    ),
}
