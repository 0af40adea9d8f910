"""What is wrong with a TOML file is said in the reader's language, with line and column."""

import tomllib
from pathlib import Path

import pytest

from cem_nlp.errors import ConfigError
from cem_nlp.toml_file import line_of, parse_document, read_document


def refused(document: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse_document(Path("a.toml"), document, dict)
    return caught.value


@pytest.mark.parametrize(
    ("document", "said", "place"),
    [
        ("a = 1\nb = ", "不是有效的值", "line 2, column 5"),
        ("a = x\n", "不是有效的值", "line 1, column 5"),
        ("价格 = 1\n", "既不是“键 = 值”", "line 1, column 1"),
        ("[cost\na = 1\n", "方括号没有闭合", "line 1, column 6"),
        ('a = "x\nb = 1\n', "引号没有闭合", "line 1, column 7"),
        ("a = 'x", "引号没有闭合", "line 1, column 7"),
        ("a = [1\n", "方括号 [ ] 没有闭合", "line 1, column 7"),
        ("a = { b = 1\n", "花括号 { } 没有闭合", "line 1, column 12"),
        ("a = 1\na = 2\n", "同一个键写了两次", "line 2, column 6"),
        ("[a]\n[a]\n", "同一张表写了两次", "line 2, column 3"),
        ("a b = 1\n", "缺少等号", "line 1, column 3"),
        ("a = 1 b = 2\n", "一行里写了两样东西", "line 1, column 7"),
        ('a = "\\q"\n', "反斜杠", "line 1, column 8"),
    ],
)
def test_what_is_malformed_is_named_with_its_place(document: str, said: str, place: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(document)
    error = refused(document)
    message = error.explain("zh")
    assert error.where == f"a.toml, {place}"
    assert said in message
    assert "第 " in message
    assert "下一步" in message
    assert not any(word in message for word in ("Invalid", "Expected", "Cannot", "Unclosed"))


def test_full_width_signs_are_told_apart_from_other_mistakes() -> None:
    assert "英文半角" in refused("a = “x”\n").explain("zh")
    assert "英文半角" not in refused("a = x  # “x”\n").explain("zh")


def test_a_file_that_is_not_there_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    for content, said in ((None, "文件不存在"), ("# 战略".encode("gb18030"), "不是 UTF-8")):
        path = tmp_path / f"{said}.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            read_document(path)
        assert said in caught.value.explain("zh")
        assert "下一步" in caught.value.explain("zh")


def test_a_table_inside_a_list_of_tables_has_the_line_of_its_own_row() -> None:
    document = "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n[[a.d]]\ne = 3\n"
    places = {"a[0].b.c": 3, "a[1]": 4, "a[1].b.c": 6, "a[1].d[0].e": 8, "a[0].b.x": 2}
    assert {place: line_of(document, place) for place in places} == places
