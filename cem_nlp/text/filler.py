"""What the platform writes in the place of a customer who wrote nothing."""

import re
from typing import Final

from cem_nlp.text.script import fold_script

_CUSTOMER: Final = "(?:[此该本](?:用户|买家|顾客|客户|会员)|您|用户|买家|评价方)?"
_WROTE_NOTHING: Final = (
    "(?:未|没有?)(?:及时|主动)?(?:填写|[作做]出|发表|留下)(?:任何|文字)?(?:评[价论])?(?:内容)?"
)
_BY_DEFAULT: Final = "(?:此评价为|系统|平台|自动)*默认(?:给出|给予|为)?(?:五星)?(?:好评|评[价论])"
_DEFAULT_PRAISE: Final = re.compile(
    f"{_CUSTOMER}(?:{_WROTE_NOTHING}(?:{_BY_DEFAULT})?|觉得商品(?:不错|[很挺较]好|非常好)|{_BY_DEFAULT})"
)
"""What large Chinese shops write where the customer left the field empty."""

_NO_LETTER: Final = re.compile(r"[\W_]+")


def is_default_praise(text: str) -> bool:
    """Say whether the platform wrote `text` because the customer wrote nothing, as 此用户没有填写评价."""
    return _DEFAULT_PRAISE.fullmatch(_NO_LETTER.sub("", fold_script(text))) is not None
