"""An error tells an operator what happened, where, and what to do, in both languages, across processes."""

import errno
import gzip
import pickle
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cem_nlp.cli.parser import UsageError
from cem_nlp.errors import CemError, ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.places import (
    UNREADABLE,
    cell,
    in_column,
    in_field,
    in_line,
    reason_not_written,
    reason_of,
)


def example() -> CemError:
    return ConfigError(
        Bilingual("未知的配置项", "unknown key"),
        where="night.toml:3",
        value="brnad",
        valid=["brand", "product"],
        next_step=Bilingual("改正后重试", "correct it"),
    )


def test_it_says_everything_in_both_languages() -> None:
    assert example().explain("zh").splitlines() == [
        "未知的配置项",
        "  位置: night.toml:3",
        "  出错的值: 'brnad'",
        "  有效值: brand, product",
        "  是不是想写: brand",
        "  下一步: 改正后重试",
    ]
    assert example().explain("en").splitlines()[-1] == "  next step: correct it"


def test_what_is_unknown_is_left_out() -> None:
    assert CemError(Bilingual("坏了", "broken")).explain("zh") == "坏了"


def test_it_survives_the_way_between_processes() -> None:
    error = example()
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ConfigError
    assert again.explain("zh") == error.explain("zh")
    assert again.exit_code == 3


def test_a_reader_of_a_file_puts_the_file_before_the_place() -> None:
    placed = example().in_file("data.toml")
    assert type(placed) is ConfigError
    assert placed.explain("zh") == example().explain("zh").replace("night.toml:3", "data.toml night.toml:3")
    labels = CemError(Bilingual("坏了", "broken"), where=in_field(3, "kind")).in_file("mine.jsonl")
    assert labels.place == Bilingual("mine.jsonl 第 3 行“kind”字段", "mine.jsonl, line 3, field kind")
    assert labels.at(in_line(3)).in_file("a.csv").place == cell("a.csv", 3)
    assert labels.at(in_column(3, "分数")).in_file("a.csv").place == cell("a.csv", 3, "分数")
    assert CemError(Bilingual("坏了", "broken")).in_file("data.toml").where == "data.toml"


def test_places_and_valid_values_are_told_in_the_readers_language() -> None:
    error = CemError(
        Bilingual("坏了", "broken"),
        where=cell("survey.csv", 3, "分数"),
        valid=[Bilingual("数字", "a number")],
    )
    assert error.explain("zh").splitlines()[1:] == ["  位置: survey.csv 第 3 行“分数”列", "  有效值: 数字"]
    assert error.where == "survey.csv, line 3, column 分数"
    assert error.valid == ("a number",)
    assert pickle.loads(pickle.dumps(error)).explain("zh") == error.explain("zh")
    assert cell("survey.csv", 3).en == "survey.csv, line 3"


def test_a_long_value_is_shown_in_part() -> None:
    shown = CemError(Bilingual("坏了", "broken"), value="长" * 1000).explain("zh")
    assert len(shown) < 200
    assert shown.endswith("…")


def test_figures_and_dates_are_not_guessed_at() -> None:
    for value, valid in (("2026-02-30", ["2026-09-01"]), ("150%", ["100%"])):
        assert "是不是想写" not in CemError(Bilingual("坏了", "broken"), value=value, valid=valid).explain(
            "zh"
        )


def test_reasons_of_the_system_are_told_in_chinese_where_they_are_known(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none", "文件不存在"), (tmp_path, "文件夹")):
        with pytest.raises(OSError, match=str(path)) as caught:
            path.read_bytes()
        assert said in reason_of(caught.value).zh
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"comments")[:-4])
    (tmp_path / "plain.gz").write_bytes(b"no gzip")
    (tmp_path / "latin.gz").write_bytes(gzip.compress("é".encode("latin-1")))
    for name, said in (("cut", "不完整"), ("plain", "gzip 已损坏"), ("latin", "不是 UTF-8")):
        with gzip.open(tmp_path / f"{name}.gz", "rt", encoding="utf-8") as stream:
            with pytest.raises(UNREADABLE) as broken:
                stream.read()
            assert said in reason_of(broken.value).zh
    assert reason_of(OSError(errno.ELOOP, "too many links")) == Bilingual("too many links", "too many links")
    with pytest.raises(OSError, match="absent") as unwritten:
        (tmp_path / "absent" / "file").write_bytes(b"")
    assert reason_not_written(unwritten.value).zh == "文件夹不存在"


def kinds(above: type[CemError]) -> Iterator[type[CemError]]:
    for kind in above.__subclasses__():
        yield from (kind, *kinds(kind))


def test_the_readme_lists_every_exit_code() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    table = readme.partition("### Exit codes")[2].partition("\n## ")[0]
    told = {
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in row.split(",")
    }
    raised = {kind.exit_code for kind in kinds(CemError) if kind.__module__.startswith("cem_nlp.")}
    assert UsageError.exit_code in raised
    assert told == {0, *raised, 128 + signal.SIGINT, 128 + signal.SIGTERM}
