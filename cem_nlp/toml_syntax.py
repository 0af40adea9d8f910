"""Why a file is no TOML, said in both languages with line and column; the standard parser speaks English."""

import re
from pathlib import Path
from typing import Final

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual

_COORDINATES: Final = re.compile(
    r"(?P<finding>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)"
)

_FINDINGS: Final = {
    r"Invalid statement": "这一行既不是“键 = 值”，也不是 [表名]",
    r"Invalid value": "等号后面不是有效的值（文字要加英文双引号）",
    r"Invalid date or datetime": "日期或时间不对",
    r"Invalid initial character for a key part": "键名不对（含中文的键名要加英文双引号）",
    r"Invalid hex value|Escaped character .*|Unescaped '\\' in a string": "文字里的反斜杠 \\ 要写成 \\\\",
    r"Illegal character '\\n'|Unterminated string|Expected '''|Expected \"'\"": "引号没有闭合",
    r"Illegal character .*|Found invalid character .*": "有不允许的字符",
    r"Unclosed array": "方括号 [ ] 没有闭合，或元素之间缺少逗号",
    r"Unclosed inline table": "花括号 { } 没有闭合，或元素之间缺少逗号",
    r"Expected '=' after a key.*": "键名后面缺少等号（含空格或中文的键名要加英文双引号）",
    r"Expected '\]\]?' at the end.*": "方括号没有闭合",
    r"Expected newline or end of document after a statement": "一行里写了两样东西，或值的后面有多余的字符",
    r"Cannot declare .* twice|Cannot redefine namespace .*": "同一张表写了两次",
    r"Cannot overwrite a value|Duplicate inline table key .*": "同一个键写了两次",
    r"Cannot mutate immutable namespace .*": "同一张表用两种写法各写了一部分",
}
"""What the parser finds (Python 3.11, `tomllib`), and how an operator would say it."""

_FULL_WIDTH: Final = re.compile("[“”‘’，：＝［］｛｝；]")
"""Signs that a Chinese keyboard types where TOML asks for the ASCII ones."""


def malformed(path: Path, document: str, error: ValueError) -> ConfigError:
    """Return the error for `document`, the text of the file `path`, which `tomllib` refuses with `error`."""
    found = _COORDINATES.fullmatch(str(error))
    finding = found["finding"] if found else str(error)
    lines = document.splitlines() or [""]
    line = int(found["line"]) if found and found["line"] else len(lines)
    column = int(found["column"]) if found and found["column"] else len(lines[-1]) + 1
    return ConfigError(
        Bilingual(f"TOML 语法有误：{_in_chinese(finding)}", f"this is no TOML: {finding}"),
        where=Bilingual(f"{path} 第 {line} 行第 {column} 列", f"{path}, line {line}, column {column}"),
        next_step=_advice(lines[min(line, len(lines)) - 1]),
    )


def not_utf8(path: Path, content: bytes, error: UnicodeDecodeError) -> ConfigError:
    """Return the error for the content of a file of settings in another encoding."""
    line = content.count(b"\n", 0, error.start) + 1
    return ConfigError(
        Bilingual("文件不是 UTF-8 编码", "the file is not in UTF-8"),
        where=Bilingual(f"{path} 第 {line} 行", f"{path}, line {line}"),
        next_step=Bilingual("另存为 UTF-8 编码后重试", "save it as UTF-8 and run again"),
    )


def _in_chinese(finding: str) -> str:
    return next((said for pattern, said in _FINDINGS.items() if re.fullmatch(pattern, finding)), finding)


def _advice(line: str) -> Bilingual:
    if _FULL_WIDTH.search(line.partition("#")[0]):
        return Bilingual(
            "引号、逗号、等号、括号改成英文半角后重试",
            "write quotes, commas and brackets in ASCII, and run again",
        )
    return Bilingual("改正这一行后重试", "correct this line and run again")
