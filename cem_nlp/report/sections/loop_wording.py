"""What the section on the feedback loop says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("行动与成效", "Actions and what they did"),
    "lead": Bilingual("共有 {n} 项行动：{counts}。", "There are {n} actions: {counts}."),
    "counted": Bilingual("{n} 项{status}", "{n} {status}"),
    "working": Bilingual("已见效", "working"),
    "not_working": Bilingual("没有见效", "not working"),
    "no_evidence": Bilingual("还看不出成效", "without evidence either way"),
    "too_early": Bilingual("为时尚早", "too young to judge"),
    "planned": Bilingual("计划中", "planned"),
    "lead_working": Bilingual(
        "“{action}”确实有用：{place}比没有动过的地方多涨 {effect} 分。",
        "“{action}” works: {place} gained {effect} points more than what was left alone.",
    ),
    "lead_not_working": Bilingual(
        "“{action}”没有用：{place}至多多涨 {most} 分，建议停下来换做法。",
        "“{action}” does not work: {place} gained {most} points at most; stop and try something else.",
    ),
    "lead_unseen": Bilingual(
        "“{action}”还看不出成效：{place}相对变化 {effect} 分，可能的范围是 {range}，包含零。",
        "“{action}” shows no effect so far: {place} moved by {effect} points against the rest, "
        "within {range}, which holds zero.",
    ),
    "caption": Bilingual("每项行动及其成效（体验 0–10 分）", "each action and what it did (experience 0–10)"),
    "action": Bilingual("行动", "action"),
    "place": Bilingual("触点与类别", "touchpoint and category"),
    "status": Bilingual("状态", "status"),
    "moved": Bilingual("之前 → 之后", "before → after"),
    "effect": Bilingual("净成效（分）", "effect (points)"),
    "money": Bilingual("费用", "cost"),
    "from": Bilingual("{since} 起", "from {since}"),
    "from_to": Bilingual("{since} 至 {until}", "{since} to {until}"),
    "change": Bilingual("{before} → {after}", "{before} → {after}"),
    "others": Bilingual("未动过的 {change}", "left alone: {change}"),
    "per_point": Bilingual("每涨一分 {amount}", "{amount} a point"),
    "not_begun": Bilingual("还没开始", "has not begun"),
    "few_weeks": Bilingual("只有 {weeks} 周数据", "{weeks} weeks of data only"),
    "few_mentions": Bilingual(
        "意见太少：前 {before} 后 {after} 条", "too few: {before} before, {after} after"
    ),
    "unknown_product": Bilingual(
        "没有意见谈到产品“{product}”，请核对名称", "no opinion on the product “{product}”: check its name"
    ),
    "short_history": Bilingual("开始之前的数据太短", "too little data before the start"),
    "nothing_untouched": Bilingual("没有可对照的部分", "nothing to hold it against"),
    "moved_before": Bilingual("开始之前走势已经不同", "had moved apart before the start"),
    "untouched_disagree": Bilingual("两种对照互相矛盾", "the two yardsticks contradict each other"),
    "two_actions": Bilingual("同期同处另有行动，分不开", "another action at the same place and time"),
    "uncertain": Bilingual("范围太宽", "the range is too wide"),
    "judged": Bilingual("前后各 {weeks} 周，{n} 条", "{weeks} weeks each side, n={n}"),
    "saved": Bilingual(
        "“{action}”每年约挽回 {amount}（{low}–{high}，推算），花费 {cost}。",
        "“{action}” saves some {amount} a year ({low}–{high}, derived) and cost {cost}.",
    ),
    "results": Bilingual("业务结果：每个阶段与开始之前之比", "business results: each stage against before"),
    "stage": Bilingual("阶段", "stage"),
    "stage_0": Bilingual("{action}：之前", "{action}: before"),
    "stage_n": Bilingual("{action}：第 {n} 步之后", "{action}: after step {n}"),
    "period": Bilingual("期间", "period"),
    "value": Bilingual("平均结果", "mean result"),
    "ratio": Bilingual("是之前的几倍", "times before"),
    "times": Bilingual("{ratio} 倍", "{ratio} times"),
    "lead_results": Bilingual(
        "与开始之前相比，各阶段的业务结果依次是：{ratios}。",
        "Against the time before, business results were, stage by stage: {ratios}.",
    ),
    "lead_no_results": Bilingual(
        "还没有可比的业务结果：开始之前或之后没有数据，或之前的平均结果不大于零，算不出倍数。",
        "No business results to compare yet: none before or none after a start, or a mean before it that is "
        "not above 0.",
    ),
    "results_note": Bilingual(
        "业务结果只是前后之比，季节和市场的影响没有扣除。",
        "Business results are a plain ratio: season and market are not taken out.",
    ),
    "how": Bilingual(
        "净成效 = 动过的触点与类别的变化 − 没有动过的（自有品牌其他类别、对手同一处）同期的变化（双重差分），"
        "前后各取同样多的整周。整个 95 % 范围高于零才算“已见效”，整个范围低于 {least} 分才算“没有见效”，"
        "其余一律是“还看不出成效”。趋势检验很弱：开始之前走势相同只是没有反证。",
        "Effect = change where something was done − change where nothing was (other categories of the own "
        "brand, rivals at the same place) over the same whole weeks before and after (difference in "
        "differences). Working: the whole 95 % range lies above zero. Not working: all of it lies below "
        "{least} points. Anything else is no evidence. The check of the trend before the start is weak.",
    ),
}
"""All wording of the section, by key."""
