"""Names of persons: only where a word or a number beside them announces them."""

import re
from typing import Final

from cem_nlp.text.characters import HAN
from cem_nlp.text.personal_data.rule import TURN, rule

_SURNAME: Final = (
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|端木|夏侯|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈任姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁])"
)
"""Common surnames; those that mostly begin everyday words, such as 查 and 连, are left out."""
_GIVEN_NAME: Final = f"(?:(?![了过着的个得来去是])[{HAN}])"
TITLE: Final = "(?:先生|女士|小姐)"
_NAME_ENDS: Final = r"(?=$|[\s，,。.！!？?、；;:：/（()）\[\]0-9]|电话|手机|先生|女士|小姐)"
ROLES: Final = (
    "(?:联[系络]人|收[货件款]人|寄件人|姓名|户名|开户[人名]|投保人|被保险人|投诉人|申请人|户主|签[字名])"
)
"""What a form writes before a name."""

_NO_NAMES: Final = {
    *("安装", "安排", "安全", "包间", "包厢", "单子", "单位", "方便", "方面", "高兴", "成功", "成员", "白酒"),
    *("金额", "金卡", "白金卡", "马上", "温馨", "费用", "左右", "任何", "任意", "何时", "何地"),
    *("华为", "方太", "万和", "万科", "安踏", "李宁", "苏宁"),
    *("华东", "华北", "华南", "华中", "江苏", "江西", "安徽", "宁夏", "成都", "武汉", "宁波", "温州"),
    *("金华", "徐州", "江门", "江阴", "安庆", "安阳", "安康", "柳州", "贺州", "梅州", "包头", "许昌"),
    *("黄山", "黄石", "黄冈", "唐山", "邢台", "宁德", "龙岩", "曲靖", "武威", "万州", "石家庄", "秦皇岛"),
    *("马鞍山",),
}
"""Words, brands and places that begin as names do and stand where names stand."""
_NO_LAST_LETTERS: Final = frozenset("饭汤面粉肉鸡鸭虾菜酒茶送单房店水旺车")
"""Whoever writes 我叫温水 or 我叫童车 ordered it; few names end so."""


def _is_name(match: re.Match[str]) -> bool:
    secret = match["secret"]
    return secret not in _NO_NAMES and not (match[0].startswith("我叫") and secret[-1] in _NO_LAST_LETTERS)


NAMES: Final = (
    rule("姓名", "(?:我是|本人|我姓|免贵姓|我叫)", rf"\s?(?P<secret>{_SURNAME}[{HAN}]{{0,2}}?{TITLE})"),
    rule(
        "姓名",
        rf"(?:我叫|本人叫|我的?名字[叫是]|车主\s?[:：叫]|{ROLES}(?:{TURN}|\s?[:：叫是为])?)",
        rf"\s{{0,2}}(?P<secret>{_SURNAME}{_GIVEN_NAME}{{1,2}}?{TITLE}?){_NAME_ENDS}",
        holds=_is_name,
    ),
    # The answer to 您怎么称呼 may be the surname alone.
    rule(
        "姓名",
        rf"(?:贵姓|称呼){TURN}(?:我[叫姓是]|免贵姓?|姓|叫)?\s?",
        rf"(?P<secret>{_SURNAME}{_GIVEN_NAME}{{0,2}}?{TITLE}?){_NAME_ENDS}",
        holds=_is_name,
        words=("贵姓", "称呼"),
    ),
    # Before a number that was masked; what ends in 店, 服 or 号 is a shop, its service or the word for it.
    rule(
        "姓名",
        rf"(?<![{HAN}])(?P<secret>{_SURNAME}{_GIVEN_NAME}{{1,2}}+(?<![市县区省店人话机号位生服部司])(?<!师傅))",
        r"[ ，,:：(（_-]{0,2}\[(?:手机号|座机)\]",
        holds=_is_name,
        words=("机",),
    ),
)
