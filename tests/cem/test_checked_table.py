"""Cells of a user's own table are read as people write them, and shown in errors without customers' words."""

import pickle

import pandas as pd
import pytest

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.errors import InputError


def column(*cells: str) -> CheckedTable:
    return CheckedTable.of(
        pd.DataFrame({"value": cells}, dtype="str"), {"value": ()}, [], "t.csv", InputError
    )


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12,000", 12000),
        ("-5%", -5),
        ("１．５", 1.5),
        ("1,234,567.5", 1234567.5),
        ("1,2000", 12000),
        (" 3 ", 3),
    ],
)
def test_figures_are_read_as_people_write_them(cell: str, number: float) -> None:
    assert column(cell).numbers("value").tolist() == [number]


@pytest.mark.parametrize("cell", ["1,5", "1,2,3", "12345,678", "1,234,5", "5分", "nan", "inf", "1e999", "五"])
def test_what_is_no_figure_is_refused_with_place_value_and_next_step(cell: str) -> None:
    with pytest.raises(InputError) as caught:
        column("1", cell).numbers("value")
    assert caught.value.explain("zh").splitlines() == [
        "不是数字，或超出范围",
        "  位置: t.csv 第 3 行“value”列",
        f"  出错的值: {cell!r}",
        "  有效值: 任何数字",
        "  下一步: 改正这一格后重试",
    ]


def test_amounts_have_chinese_units_and_no_percentage() -> None:
    assert column("1.8万", "12,000 元", "0").amounts("value").tolist() == [18000, 12000, 0]
    for wrong in ("5%", "-1", "1,5"):
        with pytest.raises(InputError, match="below 0"):
            column(wrong).amounts("value")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("很好", "很好"),
        ("brand imge", "brand imge"),
        ("2026-02-30", "2026-02-30"),
        ("1,5", "1,5"),
        ("电话13800138000", "电话[手机号]"),
        ("很好，下次还来", "[…]"),
        ("修了三次都没修好" * 4, "[…]"),
    ],
)
def test_an_error_shows_no_personal_data_and_no_sentence(said: str, shown: str) -> None:
    with pytest.raises(InputError) as caught:
        column(said).numbers("value")
    assert caught.value.value == shown


def headed(*headings: str, **mapping: str) -> InputError:
    """The error of a table that lacks the column number, or what the mapping names."""
    row = pd.DataFrame([["1"] * len(headings)], columns=list(headings), dtype="str")
    with pytest.raises(InputError) as caught:
        CheckedTable.of(row, {"number": ("编号",)}, ["number"], "t.csv", InputError, mapping)
    return caught.value


@pytest.mark.parametrize("mapping", [{}, {"number": "客户号"}], ids=["known", "mapped"])
def test_a_first_row_that_is_no_header_is_counted_not_shown(mapping: dict[str, str]) -> None:
    error = headed("欧阳建国", "VIP-7788991", "空调漏水太差了", **mapping)
    said = error.explain("zh") + error.explain("en") + str(pickle.dumps(error))
    assert not [word for word in ("欧阳", "7788991", "漏水") if word in said]
    assert "不像表头（共 3 列）" in error.what.zh
    assert error.next_step is not None
    assert "加一行表头" in error.next_step.zh


def test_headings_are_listed_beside_one_that_is_missing() -> None:
    assert headed("编 号", "备注").value == "编 号, 备注"
    assert headed("客户编", "备注", number="客户编号").explain("zh").splitlines()[2:5] == [
        "  出错的值: '客户编号'",
        "  有效值: 客户编, 备注",
        "  是不是想写: 客户编",
    ]
