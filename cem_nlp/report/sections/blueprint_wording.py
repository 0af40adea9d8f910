"""What the section on the service blueprint says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("服务蓝图", "Service blueprint"),
    "lead": Bilingual(
        "蓝图上分数最低的一环是{touchpoint}（{score}），最拖后腿的是{topic}（{topic_score}，n={n}）；"
        "先看它的后台“{back_stage}”与支持“{support}”。",
        "The weakest link of the blueprint is {touchpoint} ({score}); {topic} pulls it down most "
        "({topic_score}, n={n}). Look at its back stage ({back_stage}) and support ({support}) first.",
    ),
    "lead_no_topic": Bilingual(
        "蓝图上分数最低的一环是{touchpoint}（{score}）。",
        "The weakest link of the blueprint is {touchpoint} ({score}).",
    ),
    "lead_no_topic_survey": Bilingual(
        "蓝图上分数最低的一环是{touchpoint}（{score}）；先看它的后台“{back_stage}”与支持“{support}”。",
        "The weakest link of the blueprint is {touchpoint} ({score}). Look at its back stage ({back_stage}) "
        "and support ({support}) first.",
    ),
    "lead_unknown_survey": Bilingual(
        "问卷没有问蓝图上这些触点的体验，还没有分数。",
        "the survey did not ask how the touchpoints of the blueprint are experienced: there is no score.",
    ),
    "lead_unknown": Bilingual(
        "蓝图上的触点提及太少，还没有分数。",
        "the touchpoints of the blueprint are mentioned too rarely for a score.",
    ),
    "table": Bilingual(
        "由外到内五层，与该触点的得分", "five layers from the customer inwards, and the score there"
    ),
    "touchpoint": Bilingual("触点", "touchpoint"),
    "experience": Bilingual("体验", "experience"),
    "worst": Bilingual("最差子主题", "worst sub-topic"),
    "customer_action": Bilingual("客户行动", "customer action"),
    "on_stage": Bilingual("前台接触", "on stage"),
    "back_stage": Bilingual("后台行动", "back stage"),
    "support": Bilingual("支持过程", "support"),
    "evidence": Bilingual("有形展示", "evidence"),
    "few": Bilingual("提及太少", "too few"),
    "few_survey": Bilingual("没有问到", "not asked"),
    "n_survey": Bilingual("", ""),
    "n": Bilingual("n={n}", "n={n}"),
    "open": Bilingual("展开蓝图（{n} 个触点）", "open the blueprint ({n} touchpoints)"),
}
