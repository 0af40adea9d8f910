"""The customer table: what is read, and how each mistake is named."""

import pandas as pd
import pytest

from cem_nlp.cem.customers import read_customers, tenure_bands, with_segments
from cem_nlp.errors import BrokenCustomers


def table(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype="str")


def test_chinese_headings_and_numbers_as_spreadsheets_write_them() -> None:
    read = read_customers(
        table(
            客户编号=[" U1 ", "U2"],
            年消费额=["12,000", ""],
            消费增长=["-5%", "3"],
            入会年数=["1.5", ""],
            地区=["华东", ""],
        )
    )
    assert read["customer"].tolist() == ["U1", "U2"]
    assert read["value"].tolist()[0] == 12_000
    assert read[["value", "tenure"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert read["growth"].tolist() == [-5, 3]
    assert read["region"].tolist() == ["华东", "unknown"]
    assert read["segment"].tolist() == ["unknown", "unknown"]


def test_a_mapping_names_columns_the_headings_do_not_tell() -> None:
    read = read_customers(table(卡号=["1"], AUM=["7"], 客户=["x"]), {"customer": "卡号", "value": "AUM"})
    assert read[["customer", "value"]].to_numpy().tolist() == [["1", 7.0]]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"客户编号": ["U1"], "价值": ["很多"]}, ["line 2, column 价值", "'很多'", "≥ 0", "no number"]),
        ({"客户编号": ["U1", "U2"], "价值": ["1", "-3"]}, ["line 3", "'-3'", "≥ 0"]),
        ({"客户编号": ["U1"], "入会年数": ["inf"]}, ["line 2", "'inf'"]),
        ({"客户编号": ["U1", ""], "价值": ["1", "2"]}, ["line 3, column 客户编号", "without customer"]),
        ({"价值": ["1"]}, ["line 1", "column 'customer' is missing", "'价值'"]),
        ({"客户编号": ["U1"], "客户号": ["U1"]}, ["line 1", "the same column twice"]),
        ({"客户编号": ["U1"], "segmnt": ["A"]}, ["line 1", "'segmnt'", "did you mean: segment"]),
        ({"客户编号": [""]}, ["no row"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_valid_values(
    columns: dict[str, list[str]], words: list[str]
) -> None:
    with pytest.raises(BrokenCustomers) as caught:
        read_customers(table(**columns), name="c.csv")
    for word in ["c.csv", *words]:
        assert word in caught.value.explain("en")


def test_a_customer_listed_twice_is_refused_without_naming_the_customer() -> None:
    with pytest.raises(BrokenCustomers) as caught:
        read_customers(table(客户编号=["U700", "U2", "U700"]), name="c.csv")
    said = caught.value.explain("zh")
    assert "c.csv 第 4 行“客户编号”列" in said
    assert "另见第 2 行" in said
    assert "U700" not in said


def test_a_mapped_column_that_is_not_there_is_named_with_the_files_own() -> None:
    with pytest.raises(BrokenCustomers) as caught:
        read_customers(table(客户编号=["1"]), {"value": "AUM"})
    assert "'AUM'" in caught.value.explain("en")
    assert "客户编号" in caught.value.explain("en")


def test_bands_hold_their_lower_end() -> None:
    years = pd.Series([0.0, 0.9, 1.0, 2.99, 3.0, 40.0, float("nan")])
    assert tenure_bands(years, (1, 3)).tolist() == ["<1", "<1", "1–3", "1–3", "≥3", "≥3", "unknown"]


def test_a_sources_own_segment_stays() -> None:
    feedback = pd.DataFrame(
        {"customer_key": ["a", "a", "b", None], "segment": ["金", "unknown", "unknown", "unknown"]},
        dtype="str",
    )
    customers = pd.DataFrame({"customer_key": ["a"], "segment": ["银"]}, dtype="str")
    assert with_segments(feedback, customers)["segment"].tolist() == ["金", "银", "unknown", "unknown"]
