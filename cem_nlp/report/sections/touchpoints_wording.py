"""What the section on touchpoints says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("触点诊断", "Touchpoints"),
    "lead_defect": Bilingual(
        "{brand}的缺陷点是{touchpoints}：客户看重，体验却差。",
        "{brand}'s defects are {touchpoints}: important and poor.",
    ),
    "lead_no_defect": Bilingual(
        "{brand}没有能够确认的缺陷点（既重要又差）。",
        "{brand} has no touchpoint that is surely important and poor.",
    ),
    "company": Bilingual("本公司", "the company"),
    "lead_misplaced": Bilingual("错位点是{touchpoints}：{why}。", "Misplaced: {touchpoints}; {why}."),
    "why_channel": Bilingual("客户更愿意用别的渠道", "customers would rather use another channel"),
    "why_effort": Bilingual("说得多，但对评价影响小", "much is said of it, but it matters little"),
    "lead_steer": Bilingual("可把{moves}。", "Steer {moves}."),
    "move": Bilingual("{touchpoint}引到{channel}", "{touchpoint} to {channel}"),
    "lead_missing": Bilingual(
        "客户在问而没有触点做好的，首先是{points}。",
        "What customers ask for and no touchpoint serves: {points}.",
    ),
    "lead_missing_survey": Bilingual(
        "客户想要而没有的，首先是{points}。", "What customers wish for and do not find: {points}."
    ),
    "point_survey": Bilingual("{name}（{n} 人）", "{name} (asked for by {n})"),
    "point": Bilingual("{name}（{n} 条）", "{name} ({n} comments)"),
    "matrix": Bilingual(
        "渠道 × 阶段：每个触点的体验（0–10）与诊断",
        "channel × stage: each touchpoint's experience (0–10) and diagnosis",
    ),
    "channel": Bilingual("渠道", "channel"),
    "in_matrix": Bilingual("{touchpoint} {score}{mark}", "{touchpoint} {score}{mark}"),
    "mark_defect": Bilingual("·缺陷", " · defect"),
    "mark_misplaced": Bilingual("·错位", " · misplaced"),
    "mark_unknown": Bilingual("", ""),
    "mark_none": Bilingual("", ""),
    "separator": Bilingual("；", "; "),
    "diagnoses": Bilingual("每个触点：为什么这样判断", "each touchpoint, and why"),
    "touchpoint": Bilingual("触点", "touchpoint"),
    "experience": Bilingual("体验", "experience"),
    "importance": Bilingual("重要性", "importance"),
    "voice": Bilingual("声量", "share of voice"),
    "prefers": Bilingual("偏好渠道 / 现用", "prefers / served by"),
    "diagnosis": Bilingual("诊断", "diagnosis"),
    "defect": Bilingual("缺陷点", "defect"),
    "misplaced": Bilingual("错位点", "misplaced"),
    "none": Bilingual("未见问题", "none"),
    "short_of_defect": Bilingual("未达缺陷点", "short of a defect"),
    "unknown": Bilingual("无法判断", "unknown"),
    "important_and_poor": Bilingual("重要且差", "important and poor"),
    "channel_reason": Bilingual("客户更想用{channel}", "customers prefer {channel}"),
    "effort": Bilingual("声量大而不重要", "loud, yet matters little"),
    "not_poor": Bilingual("体验不差", "not poor"),
    "uncertain": Bilingual("体验的范围跨过 5", "the range of experience spans 5"),
    "not_important": Bilingual("差，但看不出重要", "poor, not surely important"),
    "few_mentions": Bilingual("提及太少", "too few mentions"),
    "no_importance": Bilingual("差，重要性未知", "poor, importance unknown"),
    "few_mentions_survey": Bilingual("没有问到", "not asked"),
    "n": Bilingual("n={n}", "n={n}"),
    "n_survey": Bilingual("", ""),
    "share": Bilingual("{share} %", "{share} %"),
    "evidence_derived": Bilingual("{share}（{n} 条反馈）", "{share} ({n} comments)"),
    "evidence_survey": Bilingual("{share}（问卷，{n} 人）", "{share} (survey of {n})"),
    "evidence_survey_survey": Bilingual("{share} 想用，{n} 人", "{share} prefer it, n={n}"),
    "used": Bilingual("{share} 想用 / {use} 在用，{n} 人", "{share} prefer, {use} use, n={n}"),
    "preference": Bilingual("{preferred} / {own}", "{preferred} / {own}"),
    "few_preferences": Bilingual("太少（{n} 条）", "too few ({n})"),
    "silent_survey": Bilingual("没有问到", "not asked"),
    "silent": Bilingual("没人说", "nobody says"),
    "missing": Bilingual(
        "缺失点：客户想要或在问，没有触点做好", "missing points: asked for, and no touchpoint serves it"
    ),
    "missing_survey": Bilingual(
        "缺失点：客户想要，没有触点提供", "missing points: wished for, and no touchpoint serves it"
    ),
    "asked": Bilingual("客户要的", "asked for"),
    "wishes": Bilingual("希望", "wishes"),
    "wishes_survey": Bilingual("人数", "people"),
    "of_comments_survey": Bilingual("占受访者", "of respondents"),
    "questions": Bilingual("询问", "questions"),
    "of_comments": Bilingual("占评论", "of comments"),
    "where": Bilingual("多在", "mostly at"),
    "score": Bilingual("该话题体验", "score of the topic"),
    "channel_at": Bilingual("{channel}（{stage}）", "{channel}, {stage}"),
    "steering": Bilingual("渠道引导建议", "steering proposals"),
    "steer": Bilingual(
        "{touchpoint}（体验 {score}）：{n} 份偏好里{preferred}占 {share}，"
        "同阶段{preferred}的体验是 {other}，明显更好。",
        "{touchpoint} (experience {score}): {preferred} has {share} of {n} preferences, and at the same "
        "stage it scores {other}, surely better.",
    ),
    "steer_single": Bilingual(
        "{touchpoint}（体验 {score}）：偏好里{preferred}占 {share}，"
        "同阶段{preferred}的体验是 {other}，高于它；都是单个分数，没有范围可比。",
        "{touchpoint} (experience {score}): {preferred} has {share} of the preferences, and at the same "
        "stage it scores {other}; these are single scores, without a range to compare.",
    ),
    "quotes": Bilingual("客户原话：想要什么", "in their own words"),
    "products": Bilingual("分产品的缺陷点与错位点", "defects and misplaced points by product"),
    "product": Bilingual("产品", "product"),
    "how": Bilingual(
        "“差”指体验的整个 95 % 范围低于 5，“不差”指整个范围不低于 5，"
        "“重要”指重要性的整个范围高于各触点的均值（{mean}）。"
        "重要性没有问卷时由评分推算：夸它与怨它的评论相差几分（0–10），只用带评分的评论；"
        "“推”为推算，“问”为问卷。声量是提到它的观点占比，不等于重要。"
        "体验按原始意见计；“触点 × 类别”把意见少的格子向上一级收缩，所以两处可以不同，意见越少差得越多。",
        "Poor: the whole 95 % range of experience lies below 5; not poor: none of it does. Important: the "
        "whole range of importance lies above the mean of all touchpoints ({mean}). Without a survey "
        "importance is derived from ratings: the points between comments that praise it and those that "
        "blame it. Share of voice is not importance. Experience counts opinions as they are; touchpoints "
        "by category are drawn towards the level above where opinions are few, so that the two may differ, "
        "the more the fewer there are.",
    ),
    "how_survey": Bilingual(
        "“差”指体验的整个 95 % 范围低于 5，“不差”指整个范围不低于 5，"
        "“重要”指重要性的整个范围高于各触点的均值（{mean}）；"
        "只有一个回答时没有范围，按分数本身判断。",
        "Poor: the whole 95 % range of experience lies below 5; not poor: none of it does. Important: the "
        "whole range of importance lies above the mean of all touchpoints ({mean}). A single answer has no "
        "range and is taken as it stands.",
    ),
    "wish_note_survey": Bilingual(
        "缺失点是受访者自己写的希望；希望的渠道在该阶段已有触点的，不算缺失。人少时只当线索。",
        "Missing points are what respondents wrote down; a channel that has a touchpoint at the stage is not "
        "missing. Where few people wish for it, take it as a hint.",
    ),
    "wish_note": Bilingual(
        "偏好与缺失由字面规则从“希望、要是、能不能、怎么……”等句子里找出，会有漏和错；少于 {n} 条不下结论。",
        "Preferences and missing points are found by patterns of words such as wishes and questions: some "
        "are missed, some are wrong. Below {n} comments nothing is concluded.",
    ),
    "survey": Bilingual("问", "survey"),
    "survey_survey": Bilingual("", ""),
    "derived": Bilingual("推", "derived"),
}
