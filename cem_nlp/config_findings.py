"""What pydantic finds wrong with a configuration, said in both languages."""

import re
from collections.abc import Mapping
from typing import Any, Final

from cem_nlp.language import Bilingual

_NUMBER: Final = Bilingual("须为数字，不加引号", "a number is wanted, without quotes")
_WHOLE: Final = Bilingual("须为整数，不加引号", "a whole number is wanted, without quotes")
_TEXT: Final = Bilingual("须为文字，加引号", "a text is wanted, in quotes")
_LIST: Final = Bilingual('须为列表，如 ["甲", "乙"]', 'a list is wanted, such as ["a", "b"]')
_TABLE: Final = Bilingual("须为一节或一张表", "a section or table is wanted")

_TYPES: Final = {
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": Bilingual("须为有限的数字", "a finite number is wanted"),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_parsing": Bilingual("须为 true 或 false", "true or false is wanted"),
    "bool_type": Bilingual("须为 true 或 false", "true or false is wanted"),
    "string_type": _TEXT,
    "path_type": Bilingual("须为路径，加引号", "a path is wanted, in quotes"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "literal_error": Bilingual("不在有效值之列", "it is none of the valid values"),
    "greater_than": Bilingual("太小", "it is too low"),
    "greater_than_equal": Bilingual("太小", "it is too low"),
    "less_than": Bilingual("太大", "it is too high"),
    "less_than_equal": Bilingual("太大", "it is too high"),
    "too_short": Bilingual("不能是空的", "it must not be empty"),
    "string_too_short": Bilingual("不能是空的", "it must not be empty"),
    "string_too_long": Bilingual("太长", "it is too long"),
}
"""pydantic's types of findings that a configuration can meet, as an operator would say them."""

_BOUNDS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def reason(finding: Mapping[str, Any]) -> Bilingual:
    """Return what is wrong: a finding of pydantic's own, or a `WrongSetting` of a section."""
    raised = finding.get("ctx", {}).get("error")
    if raised is not None:
        said = getattr(raised, "what", None)
        return said if isinstance(said, Bilingual) else Bilingual(str(raised), str(raised))
    return _TYPES.get(finding["type"], Bilingual(finding["msg"], finding["msg"]))


def choices(finding: Mapping[str, Any]) -> list[str] | None:
    """Return the valid values that the finding tells: those of a closed list, or an end of a range."""
    facts = finding.get("ctx", {})
    if finding["type"] == "literal_error":
        return re.findall(r"'([^']*)'", facts["expected"])
    bounds = [f"{sign} {facts[name]:g}" for name, sign in _BOUNDS.items() if name in facts]
    return bounds or None
