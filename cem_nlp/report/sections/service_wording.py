"""What the section on customer service says."""

from typing import Final

from cem_nlp.language import Bilingual

WORDS: Final = {
    "title": Bilingual(
        "客服通话：客户问什么、抱怨什么、解决了没有",
        "Customer service: what is asked, and what is solved",
    ),
    "about_own": Bilingual("{brand}的 {n} 通客服通话", "{n} calls about {brand}"),
    "about_all": Bilingual(
        "{n} 通客服通话（没有一通注明是自有品牌的，不能当作自家的服务水平）",
        "{n} service calls (none is known to be of an own brand: they do not tell how the own service is)",
    ),
    "lead_topics": Bilingual(
        "{about}：{asked}，{complained}。",
        "{about}: {asked}, and {complained}. ",
    ),
    "most_asked": Bilingual("问得最多的是{topic}", "customers ask most about {topic}"),
    "most_complained": Bilingual("抱怨最多的是{topic}", "they complain most about {topic}"),
    "few_asked": Bilingual("没有一个话题有 {n} 通问到", "no topic is asked about in {n} calls"),
    "few_complained": Bilingual("没有一个话题有 {n} 通抱怨", "none is complained about in {n} calls"),
    "too_few": Bilingual("样本不足（{n} 通）", "too few ({n})"),
    "topic_calls": Bilingual("「{topic}」（{n} 通）", "“{topic}” ({n})"),
    "lead_resolved": Bilingual(
        "看得出结局的 {known} 通里，{share} 解决了（{range}）；另有 {unknown} 通看不出结局，不作猜测。",
        "Of {known} calls whose outcome shows, {share} were resolved ({range}); of {unknown} it does "
        "not show, and "
        "none is guessed.",
    ),
    "lead_unknown": Bilingual(
        "{unknown} 通都看不出结局，解决率未知。", "The outcome shows in none of the {unknown} calls."
    ),
    "topics_table": Bilingual("客户问的和抱怨的话题（通话数）", "topics asked and complained about (calls)"),
    "head_topic": Bilingual("话题", "topic"),
    "head_asked": Bilingual("问到", "asked"),
    "head_complained": Bilingual("抱怨", "complained"),
    "head_resolved": Bilingual("抱怨后解决的比例", "complaints resolved"),
    "of_known": Bilingual("{range}，已知 {n} 通", "{range}, {n} known"),
    "few_known": Bilingual("已知不足", "too few known"),
    "measures_table": Bilingual("服务过程", "how the service runs"),
    "head_measure": Bilingual("指标", "measure"),
    "head_value": Bilingual("比例", "share"),
    "head_range": Bilingual("95% 范围", "95 % range"),
    "head_n": Bilingual("通话数", "calls"),
    "resolved": Bilingual("解决（看得出结局的）", "resolved, of those whose outcome shows"),
    "promised": Bilingual("客服作出承诺", "agents promise something"),
    "kept": Bilingual("承诺兑现（客户后来又联系过的）", "promise kept, where the customer came back"),
    "says_broken": Bilingual("客户说以前的承诺没兑现", "customers say an earlier promise was broken"),
    "transferred": Bilingual("转接", "transferred"),
    "repeated": Bilingual("7 天内再次联系（知道客户的）", "repeat contact within 7 days, customer known"),
    "silence": Bilingual("静默占通话时间（推算）", "silence, share of the time (derived)"),
    "unknown": Bilingual("未知", "unknown"),
    "n_of": Bilingual("{n} / {of}", "{n} of {of}"),
    "n_timed": Bilingual("{of} 通有时间", "{of} with times"),
    "promises": Bilingual("客服的承诺：{promises}。", "What agents promise: {promises}."),
    "promise": Bilingual("{name} {n} 通", "{name} {n}"),
    "longest": Bilingual(
        "最长的一次静默 {seconds} 秒；一半的通话最长静默不到 {median} 秒。",
        "The longest silence lasted {seconds} seconds; in half of the calls none lasts {median} seconds.",
    ),
    "products": Bilingual("按产品线和产品", "by product line and product"),
    "head_product": Bilingual("产品线／产品", "line or product"),
    "head_calls": Bilingual("通话", "calls"),
    "head_most_asked": Bilingual("问得最多", "asked most"),
    "head_most_complained": Bilingual("抱怨最多", "complained most"),
    "none": Bilingual("—", "—"),
    "quotes": Bilingual("没有解决的通话里，客户怎么说", "in customers' words: calls that ended unresolved"),
    "method": Bilingual(
        "结局由客户最后两次说的话判断（“解决了”“谢谢，好了”对“还是不行”“没用”），看不出就记未知。在 3,"
        "700 段有满意度打分的微博客服对话上，判为解决的"
        "比判为未解决的更满意的概率是 94%，但有 64% 的对话看不出结局；词表参照过这批对话，别处会低一些。",
        "The outcome is told by the customer's last two turns (“solved”, “thanks, it works” against “"
        "still broken”), "
        "else unknown. On 3,700 rated help-desk dialogues a resolved one was more satisfied than an "
        "unresolved one "
        "with probability 94 %, and 64 % told no outcome; the words were chosen with a look at them: "
        "expect less here.",
    ),
    "method_times": Bilingual(
        "静默按每秒说 4 个字推算，3 秒以下不算；没有时间的通话不计。承诺是否兑现，只有客户 30 天内再次"
        "联系才知道。",
        "Silence is derived from 4 characters a second, pauses under 3 seconds left out; calls without "
        "times do not "
        "count. Whether a promise was kept is known only where the customer came back within 30 days.",
    ),
}
