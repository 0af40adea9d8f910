"""Accounts of WeChat and QQ."""

import re
from typing import Final

from cem_nlp.text.personal_data.rule import NO_AMOUNT, NO_DATE, SAYS, TURN, rule

_WECHAT: Final = "(?:[微薇威徽]信|(?<![a-z])(?:v信|vx|wx|weixin|wechat|[+加]v|加我v)|加[薇威微]|[微威v]❤)"
_NO_ACCOUNT: Final = "(?!iphone|ios|ipad|android|win(?:dows|[0-9])|harmony|wifi|mini|app|mac|web|pc)"
"""What customers use WeChat with, not whom they find there: 微信iphone15."""

ACCOUNTS: Final = (
    rule(
        "微信号",
        rf"{_WECHAT}\ufe0f?(?P<named>\s?(?:账号|号码?|id|同号)?(?:{TURN})?(?:\s?(?:就?是|[为:：（(]|加我[:：]?))?)",
        rf"\s?{_NO_ACCOUNT}(?P<secret>[a-z][-_a-z0-9]{{5,19}}+|{NO_DATE}[1-9][0-9]{{4,10}}+)(?![-_a-z0-9])",
        NO_AMOUNT,
        # "微信 android" names no account.
        holds=lambda match: bool(match["named"].strip() or re.search("[0-9_]", match["secret"])),
    ),
    rule(
        "QQ号",
        "(?:(?<![a-z])(?:qq|q q|加q|q群|q(?=[:：]))|扣扣|企鹅|球球)(?:号码?|群号?)?",
        SAYS,
        "(?P<secret>(?![48]00[0-9]{6}(?![0-9]))[1-9][0-9]{4,10}+)(?![0-9])",  # 800 and 400: companies
        NO_AMOUNT,
    ),
)
