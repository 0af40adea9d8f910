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
