"""Mail addresses, numbers of orders, papers and cards, plates and birthdays."""

import re
from typing import Final

from cem_nlp.text.identifiers import is_bank_card, is_identity_number, resembles_identity_number
from cem_nlp.text.personal_data.rule import NO_AMOUNT, NO_DATE, SAYS, TURN, rule


def _without_separators(match: re.Match[str]) -> str:
    return re.sub("[^0-9Xx]", "", match["secret"])


def _is_identity(match: re.Match[str]) -> bool:
    """A slip in the check digit is as personal as the number."""
    number = _without_separators(match)
    return is_identity_number(number) or resembles_identity_number(number)


def _is_order(match: re.Match[str]) -> bool:
    """Say whether there are digits enough, and more than a date: 单号：2026-08-15下午."""
    secret = match["secret"]
    is_date = re.fullmatch("20[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]", secret) is not None
    return not is_date and sum(character.isdigit() for character in secret) >= 5


_MAIL: Final = (
    rule(
        "邮箱", r"(?<![a-z0-9._%+-])(?P<secret>[a-z0-9._%+-]++@(?:[a-z0-9-]++\.){1,8}[a-z]{2,10})(?![a-z0-9])"
    ),
    # Disguised or typed on a telephone: only under the endings that nearly every customer's mailbox has.
    rule(
        "邮箱",
        r"(?<![a-z0-9._%+-])(?P<secret>[a-z0-9._%+-]{3,40}+(?: ?@ ?|%40|[(（]at[)）])",
        "[a-z0-9-]{2,20} ?(?:[.。]|点) ?(?:com|cn|net))(?![a-z0-9])",
        words=("@", "%40", "at"),
    ),
    # The QQ mailbox goes by the number alone.
    rule("邮箱", f"邮箱(?:地址|账号)?{SAYS}", f"(?P<secret>[1-9][0-9]{{4,10}}+)(?![0-9@]){NO_AMOUNT}"),
)

_ORDERS: Final = (
    rule(
        "订单号",
        "(?:(?:[订定运]单|快递|物流|包裹|退款|退货|工单|流水|交易|受理|投诉|保单|合同|报案|案件|理赔|发票|会员|户|就诊|病历)",
        "(?:编号|编码|单号|号码|号)|(?<![简菜名签清价])单号)",  # 简单, 菜单号 and the like are no orders
        SAYS,
        r"(?P<secret>[a-z]{0,6}-?[0-9][0-9a-z-]{5,}+)",
        holds=_is_order,
    ),
    rule("订单号", f"[订定运]单{SAYS}", "(?P<secret>[0-9]{9,24}(?:-[0-9]{1,12}){0,3})(?![0-9元块个万])"),
    rule(
        "订单号",
        "(?:[订定运工保]单|合同|快递单?|物流|顺丰|圆通|中通|申通|韵达|极兔|邮政|(?<![a-z])ems)",
        SAYS,
        f"(?P<secret>[a-z]{{1,6}}-?[0-9]{{8,20}}|[0-9]{{12,20}})(?![0-9a-z]){NO_AMOUNT}",
    ),
)

_PAPERS: Final = (
    rule(
        "证件号",
        r"(?:护照|通行证|军官证|驾驶证|驾照|社保(?=[卡号])|台胞证|回乡证|居住证|passport)卡?(?:号码?|编号|no\.?)?",
        SAYS,
        f"(?P<secret>{NO_DATE}[a-z]{{0,2}}[0-9]{{7,18}})(?![0-9a-z]){NO_AMOUNT}",
    ),
    # After its word the number counts whatever its check digit; × is how some keyboards write X. Then the
    # shapes of Taiwan (a letter, sex, eight digits) and Hong Kong (check digit in brackets).
    rule(
        "身份证",
        "(?:身[份分]证|证件|实名认证)件?(?:字号|号码?)?",
        SAYS,
        r"(?P<secret>[0-9](?:[ -]?[0-9]){16}[ -]?[0-9x×]|[0-9]{15}|[a-z][1289][0-9]{8}",
        r"|[a-z]{1,2}[0-9]{6}[(（][0-9a][)）])(?![0-9])",
        words=("证",),
    ),
    rule("身份证", "(?<![a-z0-9-])(?P<secret>[a-z]{1,2}[0-9]{6}[(（][0-9a][)）])"),
    rule(
        "身份证",
        r"(?<![0-9])(?P<secret>[1-8][0-9]{5}[ -]?(?:[0-9]{6}[ -]?[0-9]{3}|[0-9]{8}[ -]?[0-9]{3}[0-9x]))",
        "(?![0-9])",
        holds=_is_identity,
    ),
)

_CARD_DIGITS: Final = "[0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
_CARDS: Final = (
    rule(
        "银行卡",
        "(?:银行卡|信用卡|储蓄卡|借记卡|卡)(?:账号|号码?)",
        SAYS,
        rf"(?P<secret>{_CARD_DIGITS}|[0-9]{{4}}(?:[ -]?[0-9]{{4}}){{2}}(?:[ -]?[0-9]{{1,3}})?)(?![0-9])",
    ),
    rule(
        "银行卡",
        "(?:存折|[工农中建交招]行|银行|卡|[账帐][号户])",
        SAYS,
        rf"(?P<secret>{_CARD_DIGITS})(?![0-9]){NO_AMOUNT}",
    ),
    rule(
        "银行卡",
        r"(?<![0-9.])(?P<secret>[2-9][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?",
        "(?:[0-9]{3}|[0-9]{4}(?:[ -]?[0-9]{1,3})?))(?![0-9])",
        holds=lambda match: is_bank_card(_without_separators(match)),
    ),
)

NUMBERS: Final = (*_MAIL, *_ORDERS, *_PAPERS, *_CARDS)

PLATE_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE_GAP: Final = " ?[·•. –—-]?"
_NO_GOODS: Final = "(?![0-9a-z]|[元款系型味色级茶]|手机)"
"""新X20000系列, 贵A10000元 and 苏E12345味 are no plates."""
PLATES: Final = (
    # With its word a plate may lack the province and most of its digits.
    rule(
        "车牌",
        f"(?:车牌|牌照|绿牌|车号)(?:号码?)?{SAYS}(?P<secret>[{PLATE_PROVINCES}]?[a-hj-np-z]{PLATE_GAP}",
        "(?=[a-z0-9]{0,5}[0-9])[a-z0-9]{5,6})(?![0-9a-z])",
        words=("车", "牌"),
    ),
    rule(
        "车牌",
        f"(?P<secret>[{PLATE_PROVINCES}](?<![全最更创重刚]新)[a-hj-np-z]{PLATE_GAP}",
        # Eight characters: electric cars, whose serial begins or ends with A to K.
        "(?:[a-hjk][a-hj-np-z0-9][0-9]{4}|[0-9]{5}[a-hjk]|[a-hj-np-z0-9]{4}[a-hj-np-z0-9挂学警港澳]))",
        _NO_GOODS,
        holds=lambda match: sum(character.isdigit() for character in match["secret"]) >= 3,
    ),
)

_DATE: Final = (
    "(?:(?:19|20)[0-9]{2}(?:[年./-][0-9]{1,2}[月./-][0-9]{1,2}[日号]?|[01][0-9][0-3][0-9])"
    "|[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?)"
)
BIRTHDAYS: Final = (
    rule(
        "出生日期",
        rf"(?:生日|出生日期|出生年月日?|生于)(?:{TURN})?[是为:：]?\s?(?P<secret>{_DATE})(?![0-9])",
        words=("生",),
    ),
    rule("出生日期", rf"(?<![0-9])(?P<secret>{_DATE})(?=出生|生日|生人)", words=("出生", "生日", "生人")),
)
