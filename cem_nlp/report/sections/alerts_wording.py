"""What the section on changes says, in both languages."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("最近有没有异动", "What moved lately"),
    "quiet": Bilingual(
        "截至 {until}，{series} 条日、周序列里没有可靠的变化。",
        "Up to {until} none of the {series} daily and weekly series shows a change to rely on.",
    ),
    "thin": Bilingual(
        "有日期的反馈还太少，判断不了变化：一条序列至少要有 28 天（或 10 周）的历史，"
        "平均每天（或每周）3 条以上互不依赖的观点。",
        "Too little dated feedback to tell a change: a series needs a past of 28 days (or 10 weeks) with "
        "three independent opinions a day (or a week) on average.",
    ),
    "lead": Bilingual("截至 {until}，{counts}。", "Up to {until}: {counts}."),
    "own": Bilingual("自有品牌 {n} 起变化", "changes of own brands: {n}"),
    "rivals": Bilingual("竞品 {n} 起", "of rivals: {n}"),
    "first": Bilingual(
        "最值得先看的是{what}：自 {since} 起，{measure}从 {before} 变为 {after}{ongoing}{beside}。",
        "Look first at {what}: since {since} {measure} went from {before} to {after}{ongoing}{beside}.",
    ),
    "ongoing": Bilingual("，还在持续", ", and it lasts"),
    "over": Bilingual("，已回落", ", and is over"),
    "aside": Bilingual("（同时发生：{said}）", " (at the same time: {said})"),
    "explained_count": Bilingual(
        "其中 {n} 起另有解释，先不要当作体验本身的变化。",
        "Explained otherwise: {n}; do not take these for a change of the experience itself yet.",
    ),
    "caption": Bilingual(
        "每行一起变化：同一品牌、同一方向、时间重叠的归在一起",
        "One row is one change: cells of a brand that moved the same way at the same time stand together",
    ),
    "where": Bilingual("哪里", "where"),
    "what": Bilingual("变化（95% 范围）", "change (95% ranges)"),
    "negative": Bilingual("负面占比", "negative"),
    "when": Bilingual("起止", "from – to"),
    "sure": Bilingual("误报可能", "false alarm"),
    "beside": Bilingual("同时发生", "at the same time"),
    "cell": Bilingual("{brand} · {place}", "{brand} · {place}"),
    "all": Bilingual("整体", "as a whole"),
    "also": Bilingual("另有{places}", "also {places}"),
    "also_more": Bilingual("{places}等 {n} 处", "{places} … {n} in all"),
    "experience": Bilingual("体验", "experience"),
    "share": Bilingual("提到的比例", "the share that mentions it"),
    "volume_daily": Bilingual("每日评论数", "comments a day"),
    "volume_weekly": Bilingual("每周评论数", "comments a week"),
    "moved": Bilingual("{measure} {change}", "{measure} {change}"),
    "change": Bilingual("{before} → {after}", "{before} → {after}"),
    "share_of_talk": Bilingual("提及", "share"),
    "per_day": Bilingual("日评论", "a day"),
    "per_week": Bilingual("周评论", "a week"),
    "window": Bilingual("{since} 至 {until}", "{since} to {until}"),
    "lasting": Bilingual("仍在持续", "lasts"),
    "ended": Bilingual("已回落", "over"),
    "below": Bilingual("< 0.1%", "< 0.1%"),
    "calendar": Bilingual("正值{names}", "during {names}"),
    "mix": Bilingual("{dimension}构成变了：{value} {change}", "{dimension}s moved: {value} {change}"),
    "kind": Bilingual("反馈类型", "kind of feedback"),
    "source": Bilingual("来源", "source"),
    "channel": Bilingual("渠道", "channel"),
    "model_version": Bilingual("换了模型", "another model"),
    "taxonomy_version": Bilingual("换了分类表", "another taxonomy"),
    "all_brands": Bilingual("各品牌同向变动", "all brands moved alike"),
    "crowd": Bilingual("评论量 ×{factor}", "comments ×{factor}"),
    "nothing": Bilingual("–", "–"),
    "explained": Bilingual(
        "怎么读“同时发生”：构成、模型或分类表变了，前后不可比；各品牌同向变动，多半是市场、平台或采集方式变了；"
        "评论量猛增，说话的可能换了一批人。这些都不是体验变化的原因，要先排除。",
        "How to read the last column: where the mix, the model or the taxonomy changed, before and after "
        "do not compare; where all brands moved alike, it was rather the market, the platform or how data "
        "were gathered; where comments multiplied, other people may be speaking. Rule these out first.",
    ),
    "hidden": Bilingual(
        "另有 {n} 起较小的变化，见表 alerts。", "{n} smaller changes more stand in the table alerts."
    ),
    "floor": Bilingual(
        "能看见多小的变化：{brand}整体体验若连续五天变动 {size} 分以上，十次能发现八次；"
        "更小、更短的变化可能漏掉。",
        "How small a change would be seen: five days of {size} points or more in the experience of {brand} "
        "as a whole are found eight times in ten; smaller and shorter ones may be missed.",
    ),
    "floor_weekly": Bilingual(
        "能看见多小的变化：{brand}的数据只够按周看，整体体验若连续两周变动 {size} 分以上，十次能发现八次。",
        "How small a change would be seen: {brand} has data for weeks only; two weeks of {size} points or "
        "more in its experience as a whole are found eight times in ten.",
    ),
    "floor_none": Bilingual(
        "{brand}的数据还太少或起伏太大，整体体验的变化看不出来。",
        "{brand} has too little data, or data that vary too much, to see its experience as a whole change.",
    ),
    "method": Bilingual(
        "每条序列只跟自己的过去比，节假日和大促放宽；单条序列和同一天全部序列的误报都受控制"
        "（指数加权移动平均，Benjamini–Hochberg）。起始日是最可能的估计。",
        "Each series is held against its own past, with more allowed on holidays and sales; false alarms are "
        "held down for each series and over all of a day (exponentially weighted moving average, "
        "Benjamini–Hochberg). The first day is the likeliest one.",
    ),
    "undated": Bilingual("{n} 条反馈没有时间，未计入。", "{n} comments without a time are left out."),
    "notes": Bilingual("解读前请看数据说明：{notes}", "Read this of the data first: {notes}"),
}
"""All wording of the section, by key."""
