"""What the section on expectation says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("客户的期望从哪里来", "Where expectations come from"),
    "lead": Bilingual(
        "{brand}：客户期望最高的是{category}，推算为 {value}（{range}），其中抬得最高的是{determinant}"
        "（{highest}）。",
        "{brand}: customers expect most of {category}, a derived {value} ({range}); what lifts it most "
        "is {determinant} ({highest}).",
    ),
    "lead_single": Bilingual(
        "{brand}：客户期望最高的是{category}，推算为 {value}（{range}），只有{determinant}可依据。",
        "{brand}: customers expect most of {category}, a derived {value} ({range}), which rests on "
        "{determinant} alone.",
    ),
    "no_lead": Bilingual(
        "{brand}：数据里能推算期望的来源还不够，差距里的期望是假定值。",
        "{brand}: too little in the data tells yet what customers expect; the gaps assume it.",
    ),
    "table": Bilingual(
        "{brand}：每类体验的期望（0–10）由哪些来源合成",
        "{brand}: what the expectation of each category (0–10) is made of",
    ),
    "head_category": Bilingual("类别", "category"),
    "head_all": Bilingual("期望（推算）", "expectation (derived)"),
    "earlier_here": Bilingual("自家过往得分", "own earlier score"),
    "earlier_elsewhere": Bilingual("对手得分", "rivals' score"),
    "word_of_mouth": Bilingual("口碑", "word of mouth"),
    "promotion": Bilingual("宣传承诺", "promises"),
    "hints": Bilingual("客户自述", "what customers say"),
    "part": Bilingual("{weight}，{n} 条", "{weight}, n={n}"),
    "thin": Bilingual("{n} 条，太少", "n={n}, too few"),
    "unknown": Bilingual("—", "—"),
    "method": Bilingual(
        "期望＝各来源的加权平均，数据不足的来源不计，权重由其余来源补足（第二行是权重和条数）；"
        "只剩一个来源时不推算，权重为 0，差距用假定的期望。自家过往：最近一个月之前至多 12 个月的得分；"
        "对手：按本品牌的反馈类型折算；口碑：评论里推荐、回购相对流失、投诉的比例；宣传承诺：谈到宣传的人里"
        "抱怨越多，说明承诺越高；客户自述：说「低于预期」的多，期望就高于现在的体验。",
        "Expectation is the weighted mean of its sources; those with too little data are left out and "
        "the others make up for them (second line: weight and number); where only one is left it weighs "
        "nothing and the gaps assume the expectation. Own earlier score: up to 12 "
        "months before the latest; rivals: as if they had this brand's kinds of feedback; word of "
        "mouth: reviews that advise for the brand among those that advise at all; promises: the more "
        "blame where advertising is spoken of, the more was promised; what customers say: the more "
        "fall short of expectation, the more lies it above the experience.",
    ),
    "weights": Bilingual(
        "权重没有测量过，默认各来源相等（配置 [expectation] 可改），范围已计入这一点。价值观与处境也影"
        "响期望，但文字里看不出高低，不计入。",
        "The weights were never measured; by default they are equal ([expectation] in the "
        "configuration), and the ranges allow for that. Values and circumstances shape expectations "
        "too, but text does not tell how high.",
    ),
    "survey": Bilingual(
        "问卷问过期望的地方，差距一律用问卷；这里的推算可作对照。",
        "Where a survey asked for expectation the gaps use the survey; this is there to compare.",
    ),
}
