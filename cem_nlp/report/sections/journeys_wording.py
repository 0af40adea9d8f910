"""What the section on peaks, ends and the emotion curve says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual("峰终与情绪曲线", "Peak, end and emotion curve"),
    "lead_worse": Bilingual(
        "{brand}的{level}留给客户的记忆比实际过程更差：记住的是 {peak_end}，平均感受是 {mean}。",
        "{brand}'s {level} are remembered worse than they were: {peak_end} remembered, "
        "{mean} felt on average.",
    ),
    "lead_worse_slightly": Bilingual(
        "{brand}的{level}留给客户的记忆只比实际过程略差：记住的是 {peak_end}，平均感受是 {mean}，差别不大。",
        "{brand}'s {level} are remembered only slightly worse than they were: {peak_end} remembered, "
        "{mean} felt on average.",
    ),
    "lead_better_slightly": Bilingual(
        "{brand}的{level}留给客户的记忆只比实际过程略好：记住的是 {peak_end}，平均感受是 {mean}，差别不大。",
        "{brand}'s {level} are remembered only slightly better than they were: {peak_end} remembered, "
        "{mean} felt on average.",
    ),
    "lead_better": Bilingual(
        "{brand}的{level}留给客户的记忆比实际过程更好：记住的是 {peak_end}，平均感受是 {mean}。",
        "{brand}'s {level} are remembered better than they were: {peak_end} remembered, "
        "{mean} felt on average.",
    ),
    "lead_same": Bilingual(
        "{brand}的{level}，客户记住的（{peak_end}）与平均感受（{mean}）没有可靠差别。",
        "{brand}'s {level}: what is remembered ({peak_end}) does not surely differ from the average "
        "({mean}).",
    ),
    "lead_thin": Bilingual(
        "有两条以上观点的通话或客户旅程太少，还不能比较峰终与平均。",
        "too few calls or customer journeys hold two opinions or more to compare peak and end with the mean.",
    ),
    "lead_thin_survey": Bilingual(
        "没有打过两次分以上的客户，还不能比较峰终与平均。",
        "no customer scored twice or more: peak and end cannot be compared with the mean.",
    ),
    "lead_effort_stage": Bilingual(
        "力气先花在{stage}：{n_peaks} 段体验在这里最糟、{n_ends} 段在这里以不满收场。",
        "Put effort into {stage} first: {n_peaks} episodes had their worst moment there and {n_ends} ended "
        "badly there.",
    ),
    "lead_effort": Bilingual(
        "力气先花在{stage}：{n_peaks} 段体验在这里最糟、{n_ends} 段在这里以不满收场，多数在{touchpoint}。",
        "Put effort into {stage} first: {n_peaks} episodes had their worst moment there and {n_ends} ended "
        "badly there, mostly at {touchpoint}.",
    ),
    "lead_against": Bilingual("与竞品相比，{parts}。", "Against rivals it is {parts}."),
    "worse": Bilingual("{stages}更差", "worse at {stages}"),
    "better": Bilingual("{stages}更好", "better at {stages}"),
    "part_separator": Bilingual("，", ", "),
    "calls": Bilingual("通话", "calls"),
    "customers": Bilingual("客户旅程", "customer journeys"),
    "call": Bilingual("每次通话", "per call"),
    "customer": Bilingual("每位客户的旅程", "per customer's journey"),
    "everyone": Bilingual("全部品牌", "all brands"),
    "everyone_survey": Bilingual("本公司", "the company"),
    "episodes": Bilingual("峰终与平均：客户记住什么", "peak and end beside the mean: what is remembered"),
    "episode": Bilingual("体验单位", "episode"),
    "n": Bilingual("可比 / 全部", "compared / all"),
    "mean": Bilingual("平均感受", "mean"),
    "peak": Bilingual("峰值", "peak"),
    "end": Bilingual("结尾", "end"),
    "peak_end": Bilingual("峰终均值", "peak–end"),
    "difference": Bilingual("峰终 − 平均", "peak–end − mean"),
    "of": Bilingual("{level}（{brand}）", "{level} ({brand})"),
    "too_few": Bilingual("样本不足", "too few"),
    "silent": Bilingual("无人提及", "nobody"),
    "silent_survey": Bilingual("没有打分", "not scored"),
    "journey": Bilingual("情绪曲线：旅程五阶段", "emotion curve: the five stages of the journey"),
    "life_cycle": Bilingual("客户关系三阶段", "the three stages of the relation"),
    "curve": Bilingual(
        "{brand}的情绪曲线（0–10，5 为褒贬各半）：{points}",
        "{brand}'s emotion curve (0–10; 5 is as much praise as blame): {points}",
    ),
    "curve_survey": Bilingual(
        "{brand}的情绪曲线（0–10）：{points}", "{brand}'s emotion curve (0–10): {points}"
    ),
    "point": Bilingual("{stage} {score}", "{stage} {score}"),
    "rivals_survey": Bilingual("竞品", "rivals"),
    "rivals": Bilingual("同口径竞品", "rivals, like for like"),
    "stage": Bilingual("阶段", "stage"),
    "own": Bilingual("体验", "experience"),
    "gap": Bilingual("与竞品之差", "own − rivals"),
    "low_peaks": Bilingual("最糟一刻", "bad peaks"),
    "low_ends": Bilingual("不满收场", "bad ends"),
    "worst": Bilingual("多在", "mostly at"),
    "n_mentions": Bilingual("n={n}", "n={n}"),
    "n_ranged": Bilingual("{range}，n={n}", "{range}, n={n}"),
    "by_product": Bilingual("分产品", "by product"),
    "by_brand": Bilingual("与各竞品并列", "beside each rival"),
    "side_by_side": Bilingual(
        "这里是每个品牌自己的全部反馈，来源、类型与月份各不相同；公平的比较看“与竞品之差”。",
        "This is all of each brand's feedback, whatever its sources, kinds and months: "
        "for a fair comparison read own − rivals.",
    ),
    "side_by_side_survey": Bilingual(
        "这里是每个品牌自己的全部打分，打分的客户不一定相同。",
        "These are all scores of each brand; who gave them may differ.",
    ),
    "product": Bilingual("产品", "product"),
    "brand": Bilingual("品牌", "brand"),
    "how": Bilingual(
        "峰值是离中点最远的一条观点的情绪，结尾是最后一条；峰终均值是两者之半，"
        "只算有两条以上观点的{units}，范围为 95 %。"
        "情绪强弱由模型的把握推算，不是客户打的分。",
        "The peak is the emotion of the opinion furthest from the middle, the end that of the last one; "
        "peak–end is halfway between, over {units} with two opinions or more, ranges are 95 %. The strength "
        "of an emotion is derived from how sure the model is; customers did not rate it.",
    ),
    "how_survey": Bilingual(
        "峰值是离中点最远的一次打分，结尾是最后一次；峰终均值是两者之半，只算打过两次分以上的{units}。"
        "范围为 95 %，只有一位客户时没有范围。",
        "The peak is the score furthest from the middle, the end the last one; peak–end is halfway between, "
        "over {units} with two scores or more. Ranges are 95 %; a single customer has none.",
    ),
    "units": Bilingual("通话或旅程", "calls or journeys"),
    "units_survey": Bilingual("旅程（或通话）", "journeys (or calls)"),
    "unordered_survey": Bilingual(
        "同一位客户的几次通话没有时间，无法连成旅程。",
        "one customer's calls carry no times: they cannot be joined into a journey.",
    ),
    "alike": Bilingual(
        "与竞品之差只在双方都有的来源、类型和月份里比较，所以不等于图上两线之差。"
        "触点归入哪个阶段是本软件的约定。",
        "Own − rivals compares only the sources, kinds and months that both have, so it is not the "
        "distance between the lines above. Touchpoints are put into stages by this software's convention.",
    ),
    "alike_survey": Bilingual(
        "与竞品之差是两边平均分之差；判为好坏的，已按比较的次数从严。{convention}",
        "Own − rivals is the difference of mean scores; what is called better or worse allows for the number "
        "of comparisons. {convention}",
    ),
    "convention": Bilingual(
        "触点归入哪个阶段是本软件的约定；只写旅程阶段的，认知、考虑算吸引，购买、使用算发展，反馈算保留。",
        "Touchpoints are put into stages by this software's convention; of stages alone, awareness and "
        "consideration count as attract, purchase and use as develop, feedback as retain.",
    ),
    "unordered": Bilingual(
        "数据里没有客户编号，无法把同一位客户的多次反馈连成旅程。",
        "the data name no customers: what one of them said at different times cannot be joined into a "
        "journey.",
    ),
}
