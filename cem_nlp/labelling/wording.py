"""Every word and every key of the labelling page."""

from collections.abc import Mapping
from typing import Any, Final

from cem_nlp.labelling.guide import guide
from cem_nlp.language import Bilingual, Language
from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, KINDS, POLARITIES, TOUCHPOINTS

_POLARITY_KEYS: Final = {"positive": "+", "negative": "-", "neutral": "0"}
_TOUCHPOINT_KEYS: Final = {
    "ad": "a",
    "web": "w",
    "store": "t",
    "ask": "k",
    "order": "o",
    "delivery": "d",
    "install": "n",
    "use": "y",
    "after": "f",
    "complaint": "c",
    "bill": "b",
    "member": "m",
}
"""Letters of the codes that are free: i, e, s, u and g have work of their own."""

_WORDS: Final = {
    "title": Bilingual("标注", "Labelling"),
    "category": Bilingual("类别", "Category"),
    "polarity": Bilingual("情感", "Polarity"),
    "touchpoint": Bilingual("触点", "Touchpoint"),
    "intent": Bilingual("意向", "Intent"),
    "expectation": Bilingual("预期", "Expectation"),
    "none": Bilingual("无", "none"),
    "opinions": Bilingual("观点", "Opinions"),
    "suggested": Bilingual("模型建议", "suggested"),
    "empty": Bilingual(
        "还没有观点。用 ↓ 选一个分句（或用鼠标划词），再按 1–6。没有观点就直接按回车。",
        "No opinion yet. Choose a clause with ↓ (or words with the mouse), then press 1–6. "
        "If there is none, just press Enter.",
    ),
    "agent": Bilingual("客服", "Agent"),
    "customer": Bilingual("客户", "Customer"),
    "save": Bilingual("保存并继续", "Save and go on"),
    "skip": Bilingual("跳过", "Skip"),
    "undo": Bilingual("撤销", "Undo"),
    "guide": Bilingual("指南", "Guide"),
    "help": Bilingual("按键", "Keys"),
    "close": Bilingual("关闭", "Close"),
    "remove": Bilingual("删除这个观点", "Remove this opinion"),
    "enter": Bilingual("回车", "Enter"),
    "skipped": Bilingual("跳过 {n}", "{n} skipped"),
    "left": Bilingual("约 {n} 分钟", "about {n} min left"),
    "labelled_before": Bilingual("已标注，可修改", "labelled; may be changed"),
    "select_first": Bilingual("先选中词语，再按类别", "choose words first, then a category"),
    "category_first": Bilingual("先按 1–6 给选中的词语定类别", "first give the chosen words a category: 1–6"),
    "choose_opinion": Bilingual("先选中一个观点", "choose an opinion first"),
    "choose_both": Bilingual(
        "先选中观点，再选词语，然后按空格", "choose an opinion, then words, then press Space"
    ),
    "customer_only": Bilingual("只标客户说的话", "label the customer's words only"),
    "polarity_missing": Bilingual("这个观点还缺情感：+ − 0", "this opinion lacks a polarity: + − 0"),
    "twice": Bilingual(
        "类别、情感、触点都相同的观点只标一次", "the same category, polarity and touchpoint: label it once"
    ),
    "undone": Bilingual("已撤销", "Undone"),
    "back": Bilingual("回到上一条", "Back to the one before"),
    "lost": Bilingual(
        "这一条没有保存：连不上本机的标注服务。若已停止，请重新运行 cem label serve，打开新网址。",
        "This comment is not saved: the local service does not answer. If it has stopped, run cem label "
        "serve again and open its new address.",
    ),
    "elsewhere": Bilingual(
        "这一条没有保存：另一个窗口刚标注过它。再按回车，改用这里的标注；按 s，保留那边的。",
        "This comment is not saved: another window has labelled it meanwhile. Press Enter again to put this "
        "label in its place, or s to keep the other.",
    ),
    "done": Bilingual("全部完成", "All done"),
    "round_done": Bilingual("这一遍标完了", "This round is done"),
    "done_text": Bilingual(
        "{n} 条已保存。可以关闭此页，并在终端按 Ctrl-C。",
        "{n} comments are saved. Close this page and press Ctrl-C in the terminal.",
    ),
    "again": Bilingual("回到跳过的 {n} 条", "Back to the {n} skipped"),
}
_HELP: Final = (
    (("↓", "↑"), Bilingual("选下一个／上一个分句", "choose the next or previous clause")),
    (("→", "←"), Bilingual("选下一个／上一个词", "choose the next or previous word")),
    (("Shift ← → ↑ ↓",), Bilingual("扩大选区", "make the choice longer")),
    (
        ("1 – 6",),
        Bilingual(
            "给选中的词语加一个观点；没有选区时改类别",
            "opinion on the chosen words; without any: its category",
        ),
    ),
    (("+", "-", "0"), Bilingual("正面、负面、中性", "positive, negative, neutral")),
    (("a", "…"), Bilingual("触点，字母见按钮", "touchpoint: the letter on its button")),
    (
        ("i", "e"),
        Bilingual("换意向、换预期（Shift 反向）", "next intent, next expectation (Shift: previous)"),
    ),
    (("[", "]"), Bilingual("上一个／下一个观点", "previous or next opinion")),
    (
        ("Space",),
        Bilingual("把选中的词语作为这个观点的证据", "make the chosen words this opinion's evidence"),
    ),
    (("Delete",), Bilingual("删除这个观点", "remove this opinion")),
    (("Enter",), Bilingual("保存并继续", "save and go on")),
    (("s",), Bilingual("跳过，最后再问", "skip; it comes back at the end")),
    (
        ("u",),
        Bilingual("撤销；没有可撤销的就回到上一条", "undo; with nothing to undo, back to the one before"),
    ),
    (("PageUp", "PageDown"), Bilingual("翻看前后的评论，不保存", "leaf through the comments without saving")),
    (("g", "?"), Bilingual("标注指南、按键说明", "labelling guide, this list")),
    (("Esc",), Bilingual("取消选区或关闭说明", "drop the choice, or close what is open")),
)


def page_words(language: Language) -> dict[str, Any]:
    """Return what the page shows and which keys it answers to, in `language`."""
    return {
        "language": "zh-CN" if language == "zh" else "en",
        "words": {name: said.say(language) for name, said in _WORDS.items()},
        "kinds": {code: name.say(language) for code, name in KINDS.items()},
        "categories": _choices(CATEGORIES, dict(zip(CATEGORIES, "123456", strict=True)), language),
        "polarities": _choices({code: POLARITIES[code] for code in _POLARITY_KEYS}, _POLARITY_KEYS, language),
        "touchpoints": _choices(TOUCHPOINTS, _TOUCHPOINT_KEYS, language),
        "intents": _choices(INTENTS, {}, language),
        "expectations": _choices(EXPECTATIONS, {}, language),
        "help": [[keys, said.say(language)] for keys, said in _HELP],
        "guide": [
            {"title": title.say(language), "points": [point.say(language) for point in points]}
            for title, points in guide()
        ],
    }


def _choices(
    names: Mapping[str, Bilingual], keys: Mapping[str, str], language: Language
) -> list[dict[str, str]]:
    return [
        {"code": code, "name": name.say(language), "key": keys.get(code, "")} for code, name in names.items()
    ]
