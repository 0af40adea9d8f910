"""What the section on listening says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("倾听覆盖", "Coverage of listening"),
    "lead": Bilingual("自有品牌的客户声音：{counts}。", "Voices of the own brands' customers: {counts}."),
    "lead_survey": Bilingual("清单里的客户声音：{counts}。", "Voices in the list: {counts}."),
    "count": Bilingual("{pattern} {n} 条（{share}）", "{pattern} {n} ({share})"),
    "lead_silent": Bilingual("完全没有听到的：{names}。", "Not heard at all: {names}."),
    "silent_pattern": Bilingual("{name}倾听", "{name} listening"),
    "lead_all": Bilingual(
        "各触点、渠道、阶段、产品和客群都有人说话。",
        "Every touchpoint, channel, stage, product and segment is heard.",
    ),
    "lead_all_survey": Bilingual(
        "清单写明的各方面都有来源。", "Everything that the list speaks of is heard."
    ),
    "lead_no_probe": Bilingual(
        "没有主动探询需求的渠道，潜在需求只来自评论里的愿望和提问。",
        "No source probes for what is missing; all that is known of it are wishes and questions in comments.",
    ),
    "lead_no_probe_survey": Bilingual(
        "没有主动探询需求的来源：客户还缺什么，没有人去问。",
        "No source probes for what is missing: nobody asks customers for it.",
    ),
    "coverage": Bilingual(
        "三种倾听方式，按月（条；客户愿望另计入潜在）",
        "the three patterns by month (comments; wishes count twice)",
    ),
    "coverage_survey": Bilingual("三种倾听方式，按月（条）", "the three patterns by month (voices)"),
    "pattern": Bilingual("方式", "pattern"),
    "past": Bilingual("交易之后：评论、投诉、通话", "after a transaction: reviews, complaints, calls"),
    "present": Bilingual("关系之中：定期问卷、日常联系", "in the relation: surveys, ongoing contact"),
    "potential": Bilingual("探询所缺：专项研究、愿望与提问", "what is missing: studies, wishes, questions"),
    "sources": Bilingual("来源", "sources"),
    "earlier": Bilingual("更早", "earlier"),
    "undated": Bilingual("无日期", "undated"),
    "total": Bilingual("合计", "total"),
    "unheard": Bilingual("听不到或听得太少的地方", "where nobody, or hardly anybody, is heard"),
    "where": Bilingual("范围", "where"),
    "silent": Bilingual("没有声音", "not heard"),
    "stopped": Bilingual("近来没有", "not of late"),
    "thin": Bilingual("太少", "too few"),
    "dimension_pattern": Bilingual("倾听方式", "pattern"),
    "dimension_touchpoint": Bilingual("触点", "touchpoint"),
    "dimension_channel": Bilingual("渠道", "channel"),
    "dimension_stage": Bilingual("购买阶段", "stage of purchase"),
    "dimension_product": Bilingual("产品", "product"),
    "dimension_segment": Bilingual("客群", "segment"),
    "more": Bilingual("等 {n} 个", "{n} in all"),
}
