"""What the section on topics and words says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("哪些话题在拉低、拉高得分", "What drives the scores up and down"),
    "lead": Bilingual(
        "{brand}：最拖后腿的是{category}里的「{topic}」，{n} 条观点，得分 {score}，把{category}拉低 "
        "{points} 分。",
        "{brand}: what hurts most is “{topic}” in {category}: {n} opinions, score {score}, which cost "
        "{category} "
        "{points} points.",
    ),
    "no_lead": Bilingual(
        "{brand}：没有哪个话题可靠地拉低某个类别的得分。",
        "{brand}: no topic reliably pulls the score of its category down.",
    ),
    "hurts": Bilingual("{category}：拉低得分的是{topics}。", "{category}: pulled down by {topics}."),
    "helps": Bilingual("{category}：拉高得分的是{topics}。", "{category}: pulled up by {topics}."),
    "topic": Bilingual(
        "「{topic}」（{n} 条，得分 {score}，影响 {points}）",
        "“{topic}” ({n} opinions, score {score}, {points})",
    ),
    "quotes_hurts": Bilingual("客户怎么说：拉低得分的话题", "in customers' words: what hurts"),
    "quotes_helps": Bilingual("客户怎么说：拉高得分的话题", "in customers' words: what helps"),
    "table": Bilingual(
        "{brand}：各类别里影响最大的话题", "{brand}: the topics that matter most in each category"
    ),
    "head_topic": Bilingual("话题", "topic"),
    "head_category": Bilingual("类别", "category"),
    "head_n": Bilingual("提到", "mentions"),
    "head_experience": Bilingual("得分", "score"),
    "head_contribution": Bilingual("对类别得分的影响", "effect on the category"),
    "head_before": Bilingual("比上期", "against before"),
    "head_rivals": Bilingual("比对手", "against rivals"),
    "of_category": Bilingual("占该类别 {share}", "{share} of the category"),
    "between": Bilingual("{low} 至 {high}", "{low} to {high}"),
    "unknown": Bilingual("—", "—"),
    "words_title": Bilingual("客户新近在说的词", "words newly said"),
    "words_before": Bilingual("与上期相比：{words}。", "Against the period before: {words}."),
    "words_rivals": Bilingual("与对手相比：{words}。", "Against rivals: {words}."),
    "no_words": Bilingual(
        "没有哪个词的变化超出偶然：比较了 {n} 个词。",
        "no word changed by more than chance: {n} were compared.",
    ),
    "new": Bilingual("新出现「{word}」（{category}，{n} 人）", "“{word}” is new ({category}, {n} customers)"),
    "rising": Bilingual(
        "「{word}」变多（{category}，{m} → {n} 人）", "“{word}” is rising ({category}, {m} → {n} customers)"
    ),
    "falling": Bilingual(
        "「{word}」变少（{category}，{m} → {n} 人）", "“{word}” is falling ({category}, {m} → {n} customers)"
    ),
    "distinctive": Bilingual(
        "「{word}」说得更多（{category}，{n} 人）", "“{word}” is said more ({category}, {n} customers)"
    ),
    "rarer": Bilingual(
        "「{word}」说得更少（{category}，{n} 人）", "“{word}” is said less ({category}, {n} customers)"
    ),
    "words_table": Bilingual("{brand}：每千词里出现的次数", "{brand}: uses in a thousand words"),
    "head_word": Bilingual("词", "word"),
    "head_verdict": Bilingual("判断", "verdict"),
    "head_here": Bilingual("本品牌本期／全部", "this brand, now or in all"),
    "head_there": Bilingual("上期／对手", "before, or rivals"),
    "is_new": Bilingual("新出现", "new"),
    "is_rising": Bilingual("变多", "rising"),
    "is_falling": Bilingual("变少", "falling"),
    "is_distinctive": Bilingual("多于对手", "more than rivals"),
    "is_rarer": Bilingual("少于对手", "less than rivals"),
    "customers": Bilingual("{n} 人", "{n} customers"),
    "quotes_words": Bilingual("客户怎么说：新词和变多的词", "in customers' words: new and rising words"),
    "method": Bilingual(
        "影响＝占该类别观点的比例 ×（话题得分 − 类别得分）：话题若与该类别的平均一样好，类别得分会变动"
        "这么多。括号内或第二行是 "
        "95% 范围；只有在同时检验全部话题、误报率控制在 5% 以内时才下判断。比对手只看双方都有的来源。",
        "Effect = share of the category's opinions × (the topic's score − the category's): what the "
        "category would "
        "gain or lose if the topic were as good as its average. Second lines are 95 % ranges; a "
        "verdict is given "
        "only where it stands with at most 5 % false ones among all topics. Others are compared in "
        "shared sources.",
    ),
    "method_words": Bilingual(
        "本期是到最后一条有日期的反馈为止的 {days} 天，上期是再往前的 {days} 天；同一客户反复说只算一次，"
        "不足 5 位客户说过的词不列，全部词一起检验，误报率控制在 5% 以内。",
        "The period is the {days} days to the last dated feedback, the one before as many days earlier; a "
        "customer counts once, words of fewer than five customers are left out, and at most 5 % of the "
        "verdicts on all words are false.",
    ),
}
