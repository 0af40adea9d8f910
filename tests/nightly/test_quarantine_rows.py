"""What is kept of a row that broke the contract: enough to find and mend it, nothing of the customer."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from night_factories import csv_text, review, reviews, source, write, write_json_lines

from cem_nlp.config import Brands, Source
from cem_nlp.ingest import Admission, read_chunks
from cem_nlp.nightly.preparing import prepare_chunk

NIGHT = date(2026, 9, 3)


def quarantined(path: Path, **changes: Any) -> list[dict[str, Any]]:
    """The quarantine of a file of reviews."""
    read = Source.model_validate(source(path=path.name) | changes)
    admission = Admission(NIGHT, "Asia/Shanghai", Brands(own=("贝岭",)), b"salt" * 8)
    chunks = read_chunks(read, path, NIGHT)
    return [row for chunk in chunks for row in prepare_chunk(read, admission, "run", chunk).quarantine]


@pytest.mark.parametrize("before", range(186, 202))
def test_a_number_across_the_cut_of_a_long_value_is_masked(before: int, tmp_path: Path) -> None:
    long = f"{'啊' * before}13712345608打不通{'啊' * 50}"
    (row,) = quarantined(write(tmp_path / "a.csv", csv_text([review(1, 时间=long)])))
    assert row["reason"] == "bad_date"
    assert "1371" not in str(row)
    assert len(row["value"]) <= 200


CUSTOMER, PERSON = "VIP-7788991", "欧阳建国"
"""Neither has a shape or a cue by which masking could know it."""

LINE = f"R90,贝岭,{PERSON},{CUSTOMER}"
FILES = {
    "bad_quoting": f'{LINE},"柜机"x,5,2026-08-01\r\n'.encode(),
    "undecodable": f"{LINE},柜机,5,2026-08-01".encode() + b"\xff\r\n",
    "line_too_long": f"{LINE},{'漏' * (2 << 20)}\r\n".encode(),
    "swallowed_rows": f'R90,贝岭,柜机,5,2026-08-01,u1,"{f"{PERSON},b,c,d,e,f,{CUSTOMER}" + chr(10)}'.encode()
    + f"{PERSON},b,c,d,e,f,{CUSTOMER}\n".encode() * 4
    + b'x,b,c,d,e,f,g"\r\n',
    "ragged_row": f"{LINE},{CUSTOMER},柜机,5,2026-08-01,{PERSON}\r\n".encode(),
    "duplicate_key": f'{{"{CUSTOMER}": "{PERSON}", "{CUSTOMER}": 1}}\n'.encode(),
    "invalid_json": f'{{"客户": "{CUSTOMER}", {PERSON}\n'.encode(),
    "not_an_object": f'["{CUSTOMER}", "{PERSON}"]\n'.encode(),
}


@pytest.mark.parametrize("reason", FILES)
def test_a_row_that_has_no_cells_of_its_own_is_hidden(reason: str, tmp_path: Path) -> None:
    if reason in ("duplicate_key", "invalid_json", "not_an_object"):
        path = write_json_lines(tmp_path / "a.jsonl", reviews(2))
    else:
        path = write(tmp_path / "a.csv", csv_text(reviews(2)))
    path.write_bytes(path.read_bytes() + FILES[reason])
    found = quarantined(path)
    assert {row["reason"] for row in found} == {reason}
    assert not [secret for secret in (CUSTOMER, "7788991", PERSON, "漏") if secret in str(found)]
    assert {*json.loads(found[0]["content"]).values()} == {"[已隐去]"}


def test_a_customer_s_number_is_hidden_wherever_it_is_the_offending_value(tmp_path: Path) -> None:
    (row,) = quarantined(write(tmp_path / "a.csv", csv_text([review(1, 客户=f"{CUSTOMER}\0")])))
    assert (row["reason"], row["column"], row["value"]) == ("nul_byte", "客户", "[已隐去]")
    assert "7788991" not in str(row)


def test_keys_that_are_no_names_are_hidden_others_kept(tmp_path: Path) -> None:
    row = review(1, 评分="9") | {CUSTOMER: "x", "13712345701": "y", "备注": PERSON, "line": PERSON}
    (found,) = quarantined(write_json_lines(tmp_path / "a.jsonl", [row]))
    content = json.loads(found["content"])
    assert content["评分"] == "9"
    assert content["客户"] == content["备注"] == content["line"] == "[已隐去]"
    assert not [secret for secret in ("7788991", "13712345701", PERSON) if secret in str(found)]


def test_texts_of_several_columns_keep_their_names(tmp_path: Path) -> None:
    mapping = source()["columns"] | {"text": ["商品", "评论"], "product": None}
    (row,) = quarantined(write(tmp_path / "a.csv", csv_text([review(1, 评论="", 商品="")])), columns=mapping)
    assert (row["reason"], row["column"]) == ("missing_text", "商品, 评论")
