"""A wrong configuration names key, line, value and what would be right."""

from pathlib import Path

import pytest

from cem_nlp.config_file import load_config
from cem_nlp.errors import ConfigError

MINIMAL = """
warehouse = "out"
[[sources]]
name = "reviews"
path = "reviews.csv"
[sources.columns]
text = "评论内容"
"""

SECOND = '[[sources]]\nname = "b"\npath = "b.csv"\n'


def write(folder: Path, content: str, name: str = "night.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_minimal_configuration_has_documented_defaults(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, MINIMAL))
    assert config.max_bad_share == 0.05
    assert config.timezone == "Asia/Shanghai"
    assert config.sources[0].file_format == "csv"
    assert config.resolve(config.warehouse) == tmp_path.resolve() / "out"


def test_yaml_says_the_same_as_toml(tmp_path: Path) -> None:
    yaml = """
warehouse: out
sources:
  - name: reviews
    path: reviews.csv
    columns: {text: 评论内容}
"""
    in_yaml = load_config(write(tmp_path, yaml, "night.yaml"))
    in_toml = load_config(write(tmp_path, MINIMAL))
    assert in_yaml.model_dump() == in_toml.model_dump()


def test_unknown_key_is_named_with_the_known_ones(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL + 'brnad = "品牌"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    message = caught.value.explain("zh")
    assert "sources[0].columns.brnad" in message
    assert f"{path}:8" in message
    assert "brand" in (caught.value.valid or ())
    assert "是不是想写: brand" in message


@pytest.mark.parametrize("reserved", ["folder", "checksum"])
def test_keys_that_the_loader_fills_are_unknown_to_users(tmp_path: Path, reserved: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, f'{reserved} = "x"\n' + MINIMAL))
    assert reserved not in (caught.value.valid or ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('path = "reviews.csv"', ""), "path"),
        (('path = "reviews.csv"', 'path = "reviews.doc"'), ".doc"),
        (('warehouse = "out"', ""), "warehouse"),
        (('warehouse = "out"', 'warehouse = "out"\nmax_bad_share = 7'), "max_bad_share"),
        (('warehouse = "out"', 'warehouse = "out"\ntimezone = "Mars/Olympus"'), "Mars/Olympus"),
        (('name = "reviews"', 'name = "reviews"\nkind = "tweet"'), "kind"),
        (('text = "评论内容"', ""), "columns.text"),
    ],
)
def test_wrong_values_are_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, MINIMAL.replace(*change)))
    assert said in caught.value.explain("en")


@pytest.mark.parametrize("content", ["", "warehouse = ", "- 1\n- 2", "\ufeff[[["])
def test_malformed_files_are_refused(tmp_path: Path, content: str) -> None:
    for name in ("night.toml", "night.yaml"):
        with pytest.raises(ConfigError) as caught:
            load_config(write(tmp_path, content, name))
        assert str(tmp_path) in (caught.value.where or "")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "absent.toml")
    assert "absent.toml" in caught.value.explain("zh")


def test_two_sources_may_not_share_a_name(tmp_path: Path) -> None:
    twice = MINIMAL + MINIMAL.split("\n", 2)[2]
    with pytest.raises(ConfigError, match="share the name"):
        load_config(write(tmp_path, twice))


@pytest.mark.parametrize(
    ("added", "said", "line"),
    [
        ("[cost]\nrevenu = 5", ["未知的配置项 cost.revenu", "是不是想写: revenue"], 9),
        ('[cost]\nrevenue = "五千万"', ["cost.revenue", "须为数字", "'五千万'"], 9),
        ("[cost]\nrevenue = -1", ["cost.revenue", "太小", "有效值: ≥ 0"], 9),
        ("[cost]\nrevenue = 5\nnegative_share = 22", ["太大", "有效值: ≤ 1", "出错的值: 22"], 10),
        ("[cost]\nrevenue = inf", ["须为有限的数字"], 9),
        ('[cost]\nrevenue = 5\ncurrency = ""', ["不能是空的"], 10),
        ("[cost]\nrevenue = 5\nlost = 0.9\nwon_back = 0.9", ["合计不能超过 1"], 8),
        ("[cost]\nrevenue = 5\ncurrency = 3", ["须为文字"], 10),
        ("[scores]\nminimum_mentions = 2.5", ["须为整数"], 9),
        ("[scores]\nconfidence = 95", ["太大", "有效值: < 1"], 9),
        ('[segments]\naxis = "价值"', ["不在有效值之列", "有效值: value, growth"], 9),
        ('[brands]\nown = "澄居"', ["须为列表", "'澄居'"], 9),
        ('[survey]\npath = "s.csv"\nlow = 10\nhigh = 0', ["survey", "low 必须小于 high"], 8),
        ('[survey]\npath = "s.csv"\nhigh = 5', ["low 与 high 须一起写"], 8),
        ('[survey]\npath = "s.csv"\nhigh = inf', ["survey.high", "须为有限的数字"], 10),
        ('[own_rating]\npath = "s.csv"\nlow = 9\nhigh = 9', ["low 必须小于 high"], 8),
        ('[benchmark]\nname = "x"', ["brands 与 values 须写一个"], 8),
        ('[benchmark]\nname = "x"\nvalues = { speed = 3 }', ["没有类别 speed", "convenience"], 8),
        ('[[sources]]\npath = "b.csv"', ["缺少配置项 sources[1].name"], 8),
        (
            '[[sources]]\nname = "b"\npath = "b.csv"\n[sources.columns]\ntext = 3',
            ["sources[1].columns.text"],
            12,
        ),
        (f"{SECOND}columns.text = []", ["缺少 columns.text"], 8),
        (f'{SECOND}encoding = "base64"', ["没有文本编码 base64", "gb18030"], 11),
        (f'{SECOND}encoding = "rot13"', ["没有文本编码 rot13"], 11),
        (f'{SECOND}encoding = "gbk2312"', ["没有文本编码 gbk2312"], 11),
        (SECOND + r'delimiter = "\n"', ["sources[1].delimiter", "不能作分隔符", "可用的如"], 11),
        (SECOND + r'delimiter = "\""', ["不能作分隔符"], 11),
        ('[survey]\npath = "s.csv"\nencoding = "base64"', ["survey.encoding", "没有文本编码"], 10),
    ],
)
def test_findings_are_told_in_chinese_with_line_value_and_valid_values(
    tmp_path: Path, added: str, said: list[str], line: int
) -> None:
    path = write(tmp_path, MINIMAL + added + "\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    message = caught.value.explain("zh")
    for words in [*said, f"{path}:{line}\n", "下一步"]:
        assert words in message
    assert "Input should" not in message


def test_a_wrong_value_in_yaml_has_its_line(tmp_path: Path) -> None:
    yaml = "warehouse: out\nsources:\n  - name: a\n    path: a.csv\n    columns: {text: t}\n    kind: 评论\n"
    path = write(tmp_path, yaml, "night.yaml")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.where == f"{path}:6"
    assert caught.value.valid == ("review", "complaint", "transcript")


@pytest.mark.parametrize("name", ["night.toml", "night.yaml"])
def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"# x\n" + "# 配置\n".encode("gb18030"))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.where == f"{path}, line 2"
    assert "UTF-8" in caught.value.explain("zh")


def test_yaml_that_is_not_well_formed_is_told_with_line_and_column(tmp_path: Path) -> None:
    path = write(tmp_path, "warehouse: x\nsources:\n - name: a\n  kind: b\n", "night.yaml")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.where == f"{path}, line 4, column 3"
    assert "YAML 语法有误" in caught.value.explain("zh")
