"""What the section on the ten experience themes says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("十个体验主题", "The ten experience themes"),
    "lead": Bilingual(
        "{brand}的客户谈得最多的主题是{theme}（{share} 的评论，体验 {experience}）。",
        "{brand}'s customers speak most of {theme} ({share} of comments, experience {experience}).",
    ),
    "lead_survey": Bilingual(
        "评分最高的主题是{theme}（{experience}），最低的是{least}（{lowest}）。",
        "The theme rated best is {theme} ({experience}), the one rated worst {least} ({lowest}).",
    ),
    "lead_thin": Bilingual(
        "提到主题的评论太少：没有一个主题有 {minimum} 条评论提到，说不出谈得最多的是哪个。",
        "Too few comments speak of themes: none is spoken of in {minimum}, so that none is called foremost.",
    ),
    "lead_thin_survey": Bilingual(
        "作答的人太少：没有一个主题有 {minimum} 人打分。",
        "Too few answered: no theme is rated by {minimum} respondents.",
    ),
    "lead_low": Bilingual(
        "最需要修补的是{theme}：体验只有 {experience}（{range}）。",
        "What needs mending most is {theme}: experience {experience} ({range}).",
    ),
    "lead_low_survey": Bilingual(
        "最需要修补的是{theme}：评分只有 {experience}（{range}）。",
        "What needs mending most is {theme}: rated {experience} ({range}).",
    ),
    "lead_ties": Bilingual(
        "与满意度确有关系的主题：{themes}。", "Themes surely tied to satisfaction: {themes}."
    ),
    "lead_no_ties": Bilingual(
        "还没有足够证据说哪个主题与满意度有关。",
        "There is not yet evidence enough to tie any theme to satisfaction.",
    ),
    "tie": Bilingual("{theme}（{effect}）", "{theme} ({effect})"),
    "table": Bilingual("主题金字塔，从塔尖到塔基", "the pyramid of themes, from its top to its base"),
    "theme": Bilingual("主题", "theme"),
    "level": Bilingual("第 {level} 层", "level {level}"),
    "share": Bilingual("提到的评论", "comments"),
    "share_survey": Bilingual("认可者（高于中点）", "agree (above the middle)"),
    "n": Bilingual("{n} 条", "{n}"),
    "range_of": Bilingual("{range}，{n}", "{range}, {n}"),
    "experience": Bilingual("体验", "experience"),
    "experience_survey": Bilingual("评分", "rating"),
    "satisfaction": Bilingual("与满意度的关系", "tie to satisfaction"),
    "repurchase": Bilingual("与回购的关系", "tie to repurchase"),
    "no_evidence": Bilingual("无可靠关系", "no evidence"),
    "too_few": Bilingual("样本不足", "too few"),
    "not_asked": Bilingual("没有问", "not asked"),
    "unheard": Bilingual("没有人提到：{themes}。", "Nobody speaks of {themes}."),
    "unheard_survey": Bilingual("问卷没有问：{themes}。", "The survey does not ask for {themes}."),
    "stages": Bilingual("各主题在关系三阶段的体验", "the themes in the three stages of the relation"),
    "stages_survey": Bilingual("各主题在关系三阶段的评分", "the themes in the three stages of the relation"),
    "how": Bilingual(
        "关系 = 提到该主题的评论 − 没提到的评论：满意度（{by}，0–10）在来源、种类、主要类别相同时比较；"
        "回购意愿（百分点）在来源、种类、褒贬相同时比较。主题由措辞认定，有些词本身就带褒贬，所以只说明有关，不说明原因。",
        "Tie = comments with the theme − without: satisfaction ({by}, 0–10) with source, kind and main "
        "category "
        "alike; intent to buy again (percentage points) with source, kind and polarity alike. Themes are "
        "told by "
        "words, some of which praise or blame by themselves: a tie is no cause.",
    ),
    "how_survey": Bilingual(
        "关系 = 给该主题打分高于平均的受访者 − 其余受访者：满意度（0–10）取均值之差；"
        "回购（百分点）在满意程度相同者之间比较。"
        "满意的人往往各项都打高分，各主题的关系互相重叠：只说明有关，不说明原因。",
        "Tie = respondents who rate the theme above its mean − the others: mean satisfaction (0–10); share "
        "who buy again (percentage points) among those alike satisfied. Who is content rates everything "
        "well, so ties overlap: a tie is no cause.",
    ),
    "rating": Bilingual("评分", "rating"),
    "polarity": Bilingual("整体褒贬", "overall polarity"),
}
