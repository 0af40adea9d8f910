"""An error tells an operator what happened, where, and what to do, in both languages, across processes."""

import pickle

from cem_nlp.errors import CemError, ConfigError
from cem_nlp.language import Bilingual


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
    assert placed.explain("zh") == example().explain("zh").replace("night.toml:3", "data.toml: night.toml:3")
    assert CemError(Bilingual("坏了", "broken")).in_file("data.toml").where == "data.toml"
