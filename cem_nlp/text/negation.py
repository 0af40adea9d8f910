"""Negated faults, said plainly: 不掉色 praises, though every word of it is one that complaints are made of.

A reader of word counts takes 没有异味 for a smell: customers name faults where they have them, and seldom
where they have none. So what it reads is said the other way round: a clause goes on as it was, with 质量很好
in the place of 不掉色. Only words that are faults by themselves stand here; 不热 may be a fault of a heater.
"""

import re
from typing import Final

_FAULTS: Final = (
    # (what it comes to, what is not: after 不, what there is none of: after 没有)
    ("很干净", "脏乱 脏 邋遢", "灰尘 污渍 污垢 霉斑 蟑螂 虫子 虫 头发丝 水垢 广告 弹窗"),
    ("味道好闻", "难闻 刺鼻 呛鼻 呛人 熏人", "异味 怪味 臭味 霉味 烟味 汗味 刺鼻味 刺激性气味 塑料味 甲醛味"),
    ("很安静", "吵闹 吵人 吵 嘈杂 扰民 闹心", "噪音 噪声 杂音 异响"),
    ("穿着很舒服", "磨脚 勒脚 闷脚 硌脚 卡脚 挤脚 臭脚 累脚 扎人 起静电", ""),
    (
        "质量很好",
        "掉色 褪色 起球 缩水 变形 掉毛 起毛 起皱 开胶 开线 脱线 生锈 掉漆 掉渣 漏水 渗水 漏电 粘锅 卡壳 易碎",
        "瑕疵 故障 质量问题 破洞 裂纹 裂痕 漏水 掉色 褪色 起球 缩水 变形 开胶 线头",
    ),
    ("和图片一样颜色很正", "", "色差"),
    ("包装完好", "", "破损 压坏 磕碰 破皮 划痕"),
    ("很新鲜", "", "坏果 烂果 烂的"),
    ("运行流畅", "卡顿 闪退 死机 掉线 断线 断网 烫手", "卡顿 闪退 死机 掉线"),
    ("很快", "慢 拖沓 磨蹭", "延迟 延误 耽误"),
    ("很方便", "麻烦 费劲 费力 繁琐 复杂 绕路 难找", ""),
    ("很宽敞", "拥挤", ""),
    ("好吃", "难吃 塞牙 腥 膻 柴", "腥味 膻味"),
    ("很不错", "差劲 差 糟糕 难喝 难看 难用 油腻", ""),
    ("很满意", "失望 后悔 遗憾", "缺点 槽点 差评 遗憾 不满 可挑剔的"),
    ("服务态度很好", "推脱 推诿 敷衍 冷漠 傲慢 拖延", "推脱 推诿 敷衍 不耐烦 架子"),
    ("是正品", "", "假货"),
    ("收费合理", "乱收费 坑人 宰客 宰人", "乱收费 隐形消费 隐形收费 强制消费 额外收费 额外费用 隐藏费用"),
    ("很诚信", "骗人 忽悠", "套路 猫腻"),
    ("用着舒服", "过敏 紧绷 搓泥 假滑", "过敏 刺激感 不适"),
)
"""Collected by hand: said alone after 不 or 没有, most of these faults were read as complaints."""
_SAYINGS: Final = (
    ("是正品", "不(?:是|像)假(?:货|的)"),
    ("质量很好", "(?:从来?)?[没未](?:有)?(?:坏|修)过"),
    ("质量很好", "(?:从来?)?[没未](?:有)?出(?:现)?(?:过)?(?:什么|任何)?(?:故障|问题|毛病)"),
    ("很满意", "[没未](?:有)?(?:让|令|叫)?(?:我们|我|人|大家|你)?失望(?:过)?"),
    ("很满意", "没(?:有)?(?:一样|什么|任何|哪里|一点)?(?:是)?(?:不满意|不好)(?:的)?(?!意思)"),
    ("很满意", "[挑找说]不出(?:什么|任何|一点)?(?:毛病|缺点|问题|不好)|无可挑剔"),
    ("很快", "没(?:有)?等(?:多久|很久|太久|多长时间)|等(?:待|候)?的?(?:时间)?(?:也|都)?不(?:算|是很)?[长久]"),
    ("很方便", "不(?:用|需要?|必)(?:再)?(?:排队|等待?)(?!着)|不(?:会|怎么|太)?堵车?"),
)
"""Negations that are no mere word after 不 or 没有."""

_NOT: Final = "(?:不(?:会|太|怎么|算|是很|那么|至于|容易)?|没(?:有)?那么|从不|并不)"
_NONE: Final = (
    "(?:没(?:有)?|无|毫无|未)"
    "(?:任何|什么|啥|一点儿?|半点|出现|发现|发生|[见闻看听]到|见|感觉到|遇到|明显|的)*"
)
_LEFT: Final = r"[也都]?没(?:有)?(?!\w)"
"""After the fault: 一点异味都没有."""
_OF_SOMEBODY: Final = "(?![你您他她谁钱这那几号]|别人|人家|客服|大家|不?[了]?[吗么])"
"""不麻烦您 is politeness, 不差钱 no verdict, 没有故障号 a thing, 不慢吗 a question."""
_IN_DOUBT: Final = re.compile(
    "[吗?？]|么$|会不会|是不是|有没有|能不能|要是|如果|假如|若是|希望|但愿|最好|就好|就行|就更|本来|以为|说是|"
    "说好|说不|说没|说的|号称|宣称|宣传|承诺|保证|写着|标着|(?<!不)怎么|为什么|为啥|凭什么|别的|其他|其它|人家|"
    "不一定|不见得|未必|谁说|难道|不是不|幸好|还好|不得不|不能不|没有.{1,4}不(?!满意|好)|不.不|为由|鉴定|检测|审核"
)
"""Where nobody says that the fault was not there: questions, wishes, promises, comparisons."""


def _alternatives() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return a pattern with a group a row of the tables, and what the row comes to."""
    parts = []
    for _, qualities, things in _FAULTS:
        either = []
        if qualities:
            either.append(f"{_NOT}(?:{qualities.replace(' ', '|')}){_OF_SOMEBODY}")
        if things:
            named = f"(?:{things.replace(' ', '|')})"
            either.append(f"{_NONE}{named}{_OF_SOMEBODY}|(?:一点儿?|半点|任何)?{named}{_LEFT}")
        parts.append(f"({'|'.join(either)})")
    parts += [f"({saying})" for _, saying in _SAYINGS]
    return re.compile("|".join(parts)), tuple(row[0] for row in (*_FAULTS, *_SAYINGS))


_NEGATED, _PLAIN = _alternatives()


def said_plainly(clause: str) -> str:
    """Return the clause (simplified characters) with each negated fault replaced by what it comes to.

    Questions, wishes, promises and comparisons stay as they are, and so does 脏不脏.
    """
    if not ("不" in clause or "没" in clause or "无" in clause or "未" in clause) or _IN_DOUBT.search(clause):
        return clause
    return _NEGATED.sub(_plain, clause)


def _plain(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    asked = bool(before) and match.group().startswith("不") and match.group()[1:].startswith(before[-1])
    assert match.lastindex is not None
    return match.group() if asked else _PLAIN[match.lastindex - 1]
