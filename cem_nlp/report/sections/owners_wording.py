"""What the section on departments says, and a department's own page."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("各部门的待办", "What each department has to do"),
    "lead": Bilingual(
        "{n} 个部门共有 {findings} 项待办，其中 {high} 项紧要。对总分影响最大的在{owner}：{what}。"
        "这里按治好后总分能回升多少排，“先做什么”按客户的期望与重要性排，先后可以不同。",
        "{n} departments have {findings} things to do, {high} of them urgent. Most of the whole score is "
        "lost with {owner}: {what}. The order here goes by what the whole score would gain, that of what to "
        "do first by what customers expect and hold important; they may differ.",
    ),
    "lead_calm": Bilingual(
        "{n} 个部门共有 {findings} 项待办，没有一项紧要。",
        "{n} departments have {findings} things to do, none of them urgent.",
    ),
    "caption": Bilingual("待办，先急后缓", "what to do, the most urgent first"),
    "what": Bilingual("发现", "finding"),
    "place": Bilingual("在哪里", "where"),
    "size": Bilingual("有多大", "how large"),
    "points": Bilingual("影响总分（分）", "points of the whole score"),
    "n": Bilingual("依据（条）", "opinions"),
    "high": Bilingual("紧要", "urgent"),
    "medium": Bilingual("其次", "next"),
    "low": Bilingual("留意", "watch"),
    "key_experience": Bilingual("关键体验离理想最远", "the key experience falls short of the ideal"),
    "defect": Bilingual("缺陷点：客户看重，体验却差", "a defect: important and poor"),
    "weak_cell": Bilingual("明显不如对手", "clearly worse than rivals"),
    "alert": Bilingual("最近变差", "got worse lately"),
    "topic": Bilingual("“{topic}”在拖分", "“{topic}” pulls the score down"),
    "misplaced_channel": Bilingual("错位点：客户更想用{channel}", "misplaced: customers prefer {channel}"),
    "misplaced_effort": Bilingual("错位点：声量大而不重要", "misplaced: loud, yet matters little"),
    "missing": Bilingual("缺失点：客户在要“{name}”", "missing: customers ask for “{name}”"),
    "action_failed": Bilingual("行动“{action}”没有见效", "the action “{action}” does not work"),
    "in_short": Bilingual("{place}——{what}", "{place}, {what}"),
    "blamed": Bilingual("多在{touchpoint}", "mostly at {touchpoint}"),
    "experience": Bilingual("体验 {value}", "experience {value}"),
    "difference": Bilingual("{value} 分", "{value} points"),
    "contribution": Bilingual("{value} 分（本类）", "{value} points of the category"),
    "share": Bilingual("{value}", "{value}"),
    "more": Bilingual("另有 {n} 项，见表 findings。", "{n} more stand in the table findings."),
    "nobody": Bilingual("没有指定部门", "no department named"),
    "how": Bilingual(
        "部门由分类文件里的触点决定；只涉及类别的发现，归抱怨最多的触点。“影响总分”是治好之后品牌总分"
        "约能回升多少（0–10 分制，推算）：{high} 分以上为紧要，{medium} 分以上为其次。"
        "不同发现可能说的是同一批意见，不能相加。每个部门可单独出一页：cem report --owner 部门名。",
        "The taxonomy says which department answers for a touchpoint; a finding on a category alone goes "
        "where most of the blame falls. The points are about what the brand's whole score would gain if the "
        "finding were cured (of 10, derived): urgent from {high}, next from {medium}. Findings may speak of "
        "the same opinions and do not add up. Each department has its own page: cem report --owner NAME.",
    ),
    # A department's own page
    "page_title": Bilingual("{owner} · 客户体验", "{owner} · customer experience"),
    "heading": Bilingual("{brand} · {owner}", "{brand} · {owner}"),
    "hurts": Bilingual("哪里最痛", "What hurts"),
    "hurts_lead": Bilingual(
        "{owner}负责{touchpoints}。现有 {n} 项待办，{high} 项紧要；先办：{what}。",
        "{owner} answers for {touchpoints}. There are {n} things to do, {high} of them urgent. "
        "First: {what}.",
    ),
    "hurts_none": Bilingual(
        "{owner}负责{touchpoints}。目前没有确认的问题。",
        "{owner} answers for {touchpoints}. Nothing is known to be wrong at present.",
    ),
    "no_touchpoint": Bilingual("的触点没有登记", "no touchpoint"),
    "standing": Bilingual("客户怎么评价", "How customers rate it"),
    "standing_lead": Bilingual(
        "共 {n} 条意见说到本部门的触点，其中负面 {negative} 条（{share}）。",
        "{n} opinions are about these touchpoints, {negative} of them negative ({share}).",
    ),
    "standing_none": Bilingual("还没有人说到本部门的触点。", "Nobody speaks of these touchpoints yet."),
    "shrunk": Bilingual(
        "意见少的格子在这张表里向上一级收缩，上面的发现按原始意见计，所以同一处可以略有不同。",
        "Cells with few opinions are drawn towards the level above in this table; the findings above count "
        "opinions as they are, so that the same place may differ a little.",
    ),
    "scores": Bilingual("各触点、各类别的体验（0–10）与对手相比", "experience (0–10), and against rivals"),
    "score": Bilingual("体验", "experience"),
    "rivals": Bilingual("比对手", "against rivals"),
    "few": Bilingual("样本不足", "too few"),
    "asked": Bilingual("该做什么", "What is asked for"),
    "asked_lead": Bilingual(
        "不满最多的是“{topic}”：{n} 位客户。", "Most are unhappy with “{topic}”: {n} customers."
    ),
    "asked_table": Bilingual(
        "客户不满的话题与要求（按不满的客户数）", "what customers are unhappy with, and what it asks for"
    ),
    "topic_name": Bilingual("话题", "topic"),
    "requirement": Bilingual("要求", "requirement"),
    "customers": Bilingual("不满的客户", "unhappy customers"),
    "said": Bilingual("客户原话", "In their own words"),
    "said_lead": Bilingual("模型最有把握、最说明问题的几句。", "The surest and most telling ones."),
    "bad_quotes": Bilingual("不满", "unhappy"),
    "good_quotes": Bilingual("满意", "happy"),
    "doing": Bilingual("正在做什么", "What is being done"),
    "doing_none": Bilingual(
        "没有登记针对本部门触点的行动。把要做的写进行动表，以后每晚都会检验它有没有见效。",
        "No action on these touchpoints is known. Put what is done into the table of actions, and every "
        "night will say whether it works.",
    ),
    "doing_lead": Bilingual("本部门有 {n} 项行动。", "There are {n} actions here."),
    "published": Bilingual("发布 {night}", "published {night}"),
}
"""All wording, by key."""
