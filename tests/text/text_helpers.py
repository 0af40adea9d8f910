import gzip
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
POOL = ROOT.parent / "shared" / "corpus" / "pool"

# Pieces that repairs and masks react to; glued together they meet in ways nobody thinks of.
_PIECES = [
    *[
        "很好",
        "好" * 12,
        "服務",
        "。",
        "，",
        " ",
        "\u3000",
        "\n",
        "\r\n",
        "\t",
        " / ",
        "客服：",
        "1、",
        "但是",
        "就是",
    ],
    *["１３８", "Ａ", "：", "ﾊﾟ", "㎡", "①", "℃", "´", "e\u0301", "\u0301", "\u1112", "\u1161", "\uf914", "…"],
    *[
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\ufeff",
        "\x00",
        "\x85",
        "\ud83d",
        "\ude00",
        "👍",
        "👩",
        "🏴",
        "\U000e0067",
    ],
    *[
        "&amp;",
        "amp;",
        "&",
        "lt;",
        "&nbsp;",
        "nbsp",
        ";",
        "&#20013;",
        "#65;",
        "<",
        "br",
        ">",
        "<p>",
        "\\n",
        "\\",
    ],
    *[
        "å",
        "¾",
        "ˆ",
        "½",
        "13800138000",
        "138",
        "0013",
        "8000",
        "-",
        "+86 ",
        "010-62345678",
        "6222021000001235",
    ],
    *[
        "11010519491231002X",
        "a@b.cn",
        "@",
        "京A12345",
        "订单号",
        "微信",
        "abc_123",
        "QQ",
        "63410093",
        "*",
        "****",
    ],
    *[
        "解放路25号",
        "3栋2单元501",
        "我叫",
        "张小明",
        "联系人：",
        "先生",
        "[手机号]",
        "[",
        "]",
        "幺三九",
        "一二三四",
    ],
]
messy_text = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=12).map("".join)


def golden(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((ROOT / "data" / "golden" / f"{name}.json").read_text("utf-8"))
    return cases


def pool_texts(name: str, every: int) -> list[str]:
    with gzip.open(POOL / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for number, line in enumerate(lines) if number % every == 0]
