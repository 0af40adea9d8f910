"""Rules that find personal data in normalised Chinese text.

The group `secret` of a rule's pattern is the data; a check follows where the pattern alone says too little.
Quantifiers are bounded or possessive, so that searching takes linear time. Prices, models, dates, versions,
measures and public service numbers (400, 800, 95xxx, 10086, 12315, 110) are no personal data.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from cem_nlp.text.characters import HAN
from cem_nlp.text.identifiers import is_bank_card, is_identity_number


class Rule(NamedTuple):
    """How to find one kind of personal data, and what its placeholder says."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool]
    words: tuple[str, ...]
    """Text without any of these is not worth searching; empty where the pattern is fast anyway."""

    def may_match(self, text: str) -> bool:
        """Say whether `text` is worth searching."""
        return not self.words or any(word in text for word in self.words)

    def placeholder(self, match: re.Match[str]) -> str | None:
        """Return what takes the secret's place, or None where `match` is no personal data."""
        return f"[{self.kind}]" if self.holds(match) else None


def _rule(
    kind: str,
    *pattern: str,
    holds: Callable[[re.Match[str]], bool] = lambda _: True,
    words: tuple[str, ...] = (),
) -> Rule:
    return Rule(kind, re.compile("".join(pattern), re.IGNORECASE), holds, words)


def _without_separators(match: re.Match[str]) -> str:
    return re.sub("[^0-9Xx]", "", match["secret"])


NUMERALS: Final = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"
_SAYS: Final = r"[^\S\n]{0,2}(?:[是为:：#【\[（(][^\S\n]{0,2}){0,2}"
"""What stands between a keyword and its number."""
_NO_AMOUNT: Final = r"(?!\.[0-9]|[元块个人次万年条])"

_NUMBERS: Final = (
    _rule(
        "邮箱", r"(?<![a-z0-9._%+-])(?P<secret>[a-z0-9._%+-]++@(?:[a-z0-9-]++\.){1,8}[a-z]{2,10})(?![a-z0-9])"
    ),
    _rule(
        "订单号",
        r"(?:(?:[订定运]单|快递|物流|包裹|退款|退货|工单|流水|交易|受理|投诉|保单|合同)(?:编号|单号|号码|号)|单号)",
        _SAYS,
        r"(?P<secret>[a-z]{0,6}-?[0-9][0-9a-z-]{5,}+)",
        holds=lambda match: sum(character.isdigit() for character in match["secret"]) >= 5,
    ),
    _rule("订单号", "[订定运]单", _SAYS, r"(?P<secret>[0-9]{9,24}(?:-[0-9]{1,12}){0,3})(?![0-9])"),
    _rule(
        "证件号",
        "(?:护照|通行证|军官证|驾驶证|社保卡)(?:号码?)?",
        _SAYS,
        "(?P<secret>[a-z]{0,2}[0-9]{7,18})(?![0-9a-z])",
    ),
    _rule("身份证", "身份证(?:件)?(?:号码?)?", _SAYS, "(?P<secret>[0-9]{17}[0-9x]|[0-9]{15})(?![0-9])"),
    _rule(
        "身份证",
        r"(?<![0-9])(?P<secret>[1-8][0-9]{5}[ -]?(?:[0-9]{6}[ -]?[0-9]{3}|[0-9]{8}[ -]?[0-9]{3}[0-9x]))",
        "(?![0-9])",
        holds=lambda match: is_identity_number(_without_separators(match)),
    ),
    _rule(
        "银行卡",
        "(?:银行卡|信用卡|储蓄卡|卡)(?:账号|号码?)",
        _SAYS,
        "(?P<secret>[0-9]{4}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,3})?)(?![0-9])",
    ),
    _rule(
        "银行卡",
        r"(?<![0-9.])(?P<secret>[2-9][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?",
        "(?:[0-9]{3}|[0-9]{4}(?:[ -]?[0-9]{1,3})?))(?![0-9])",
        holds=lambda match: is_bank_card(_without_separators(match)),
    ),
)

_TELEPHONES: Final = (
    _rule(
        "手机号",
        r"(?<![0-9])(?<![0-9]\.)(?P<secret>(?:(?:\+|00)?86[ -]?)?1[3-9][0-9]",
        r"(?:[ .-]?[0-9]{4}[ .-]?[0-9]{4}|[ -][0-9]{3}[ -][0-9]{5}|[0-9][ -][0-9]{3}[ -][0-9]{4}))(?![0-9])",
    ),
    _rule("手机号", r"(?<![0-9])(?P<secret>1([ .-])[3-9](?:\2[0-9]){9})(?![0-9])"),
    _rule(
        "手机号",
        rf"(?<![{NUMERALS}0-9])(?P<secret>[一幺壹1][三四五六七八九叁肆伍陆柒捌玖3-9]",
        rf"(?:[ -]?[{NUMERALS}0-9]){{9}})(?![{NUMERALS}0-9])",
        holds=lambda match: not match["secret"].isascii(),
    ),
    _rule(
        "座机",
        r"(?<![0-9a-z.-])(?P<secret>",
        r"(?:[（(]0[0-9]{2,3}[)）]|0(?:10|2[0-9]|[3-9][0-9]{2})|\+86[ -]?(?:10|2[0-9]|[3-9][0-9]{2}))[ -]?",
        r"[2-9][0-9]{2,3}[ -]?[0-9]{4}(?:[ -]?(?:转|分机|ext\.?|-) ?[0-9]{1,6})?)(?![0-9])",
    ),
    _rule(
        "座机",
        "(?:电话|座机|固话|tel)(?:号码?)?",
        _SAYS,
        r"(?P<secret>(?!400|800|9[56])[2-9][0-9]{2,3}[ -]?[0-9]{4})(?![0-9]|\.[0-9])",
    ),
)

_PARTLY_HIDDEN: Final = r"(?<![0-9*])(?P<secret>[0-9]{3,6}\*{3,14}[0-9x]{2,4})(?![0-9*])"
_PARTLY_HIDDEN_NUMBERS: Final = (
    _rule(
        "手机号", _PARTLY_HIDDEN, holds=lambda match: re.fullmatch("1[3-9].{9}", match["secret"]) is not None
    ),
    _rule("身份证", _PARTLY_HIDDEN, holds=lambda match: len(match["secret"]) in {15, 18}),
    _rule("银行卡", _PARTLY_HIDDEN, holds=lambda match: len(match["secret"]) in {16, 17, 19}),
)

_ACCOUNTS: Final = (
    _rule(
        "微信号",
        r"(?:[微薇威徽]信|(?<![a-z])(?:v信|vx|wx|weixin|wechat|加v))(?P<named>(?:号码?|id)?(?:[^\S\n]{0,2}[是为:：])?)",
        r"[^\S\n]{0,2}(?P<secret>[a-z][-_a-z0-9]{5,19}+|[1-9][0-9]{4,10}+)(?![-_a-z0-9])",
        _NO_AMOUNT,
        # "微信 android" names no account.
        holds=lambda match: bool(match["named"] or re.search("[0-9_]", match["secret"])),
    ),
    _rule(
        "QQ号",
        "(?:(?<![a-z])(?:qq|加q|q群)|扣扣|企鹅)(?:号码?|群号?)?",
        _SAYS,
        "(?P<secret>(?![48]00[0-9]{6}(?![0-9]))[1-9][0-9]{4,10}+)(?![0-9])",  # 800 and 400: companies
        _NO_AMOUNT,
    ),
)

PLATE_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATES: Final = (
    _rule(
        "车牌",
        f"(?P<secret>[{PLATE_PROVINCES}](?<![全最更创重]新)",
        "[a-hj-np-z][·. -]?",
        "(?:[df][a-hj-np-z0-9][0-9]{4}|[0-9]{5}[df]|[a-hj-np-z0-9]{4}[a-hj-np-z0-9挂学警港澳]))(?![0-9a-z])",
        holds=lambda match: sum(character.isdigit() for character in match["secret"]) >= 3,
    ),
)

_COUNT: Final = "(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4}|[a-z][0-9]{0,2})"
_PLACE: Final = (
    f"(?:(?![在到去往至于从请是我你您他她它家住的了送寄给来跟和与及过离就叫省市区县镇乡])[{HAN}]){{1,7}}"
)
"""A name up to the word before it, which no name holds."""
_ESTATE: Final = "(?:小区|花园|家园|公寓|新村|公馆|社区|大厦|广场|苑|府|庄)"
_BUILDING: Final = "(?:号楼|栋|幢|座)"
_ROOM: Final = "[0-9]{3,4}(?:室|号|户|房)?(?![0-9元块个间平㎡年多层万米线]|房间|客房|标间)"
_ADDRESSES: Final = (
    _rule(
        "地址",
        "(?:地址|住址)[是为:：]",
        r"[^\S\n]{0,2}(?P<secret>(?:(?!电话|手机|联系)[^\n。；;！!？?，,、\[]){6,60}(?<!\s))",
        holds=lambda match: (
            re.search("[0-9].*[路街巷弄号栋幢室]|[路街巷弄村镇区].*[0-9]", match["secret"]) is not None
        ),
    ),
    _rule(
        "地址",
        rf"(?P<secret>{_PLACE}(?:大道|大街|路|街|巷|胡同)(?<![一上网线电马道铁走思套迷半赶门后出]路)(?<![逛上条]街)",
        rf"(?:[东西南北中]段)?[^\S\n]?{_COUNT}(?:弄{_COUNT})?号(?![线店馆厅机床柜色])",
        rf"(?:[^\S\n]?{_COUNT}(?:{_BUILDING}|单元|层|楼|室|户|房(?!间)|号)){{0,4}}(?:[ -]?{_ROOM})?)",
        words=("号",),
    ),
    _rule(
        "地址",
        rf"(?P<secret>(?:{_PLACE}{_ESTATE}[^\S\n]?)?{_COUNT}{_BUILDING}(?:[ -]?{_COUNT}单元)?",
        rf"(?:[ -]?{_COUNT}[层楼])?[ -]?{_ROOM})",
        words=("栋", "幢", "座", "号楼"),
    ),
    _rule(
        "地址",
        rf"(?P<secret>(?:{_PLACE}{_ESTATE}[^\S\n]?)?(?P<building>{_COUNT}{_BUILDING}[ -]?)?{_COUNT}单元",
        rf"(?:[ -]?{_COUNT}[层楼])?(?:[ -]?(?P<room>{_ROOM}))?)",
        holds=lambda match: bool(match["building"] or match["room"]),
        words=("单元",),
    ),
    _rule(
        "地址",
        rf"(?P<secret>{_PLACE}{_ESTATE}[^\S\n]?[0-9a-z]{{1,3}}(?:[-#][0-9]{{1,2}}){{0,2}}[-#]{_ROOM})",
        words=("-", "#"),
    ),
    _rule("地址", rf"(?P<secret>[{HAN}]{{1,4}}村[^\S\n]?{_COUNT}[组社队][^\S\n]?{_COUNT}号)", words=("村",)),
)

_SURNAME: Final = (
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|端木|夏侯|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈任姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁])"
)
"""Common surnames; those that mostly begin everyday words, such as 查 and 连, are left out."""
_GIVEN_NAME: Final = f"(?:(?![了过着的个得来去是])[{HAN}])"
_NAME_ENDS: Final = r"(?=$|[\s，,。.！!？?、；;:：/（()）\[\]0-9]|电话|手机|先生|女士|小姐)"
_NO_NAMES: Final = {"安装", "安排", "包间", "包厢", "单子", "方便", "高兴", "成功", "白酒", "金额"}
_NAMES: Final = (
    _rule(
        "姓名", "(?:我是|本人|我姓|免贵姓|我叫)", f"(?P<secret>{_SURNAME}[{HAN}]{{0,2}}?(?:先生|女士|小姐))"
    ),
    _rule(
        "姓名",
        "(?:我叫|本人叫|(?:联系人|收货人|收件人|客户姓名|姓名|户名|开户人|投保人|车主)(?:[:：]|叫))",
        rf"[^\S\n]{{0,2}}(?P<secret>{_SURNAME}{_GIVEN_NAME}{{1,2}}?(?:先生|女士|小姐)?){_NAME_ENDS}",
        holds=lambda match: match["secret"] not in _NO_NAMES,
    ),
)

RULES: Final = (
    *_NUMBERS,
    *_TELEPHONES,
    *_PARTLY_HIDDEN_NUMBERS,
    *_ACCOUNTS,
    *_PLATES,
    *_ADDRESSES,
    *_NAMES,
)
"""All rules in the order to apply them: named and self-proving numbers before shapes that they may hold."""
