"""Reading a settings table as TOML gives it, with errors that name key, value and valid values."""

from collections.abc import Collection, Mapping
from typing import Any

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual


class Table:
    """A table and its place in the file, such as `categories.product` or `rules[2]`.

    Every method raises ConfigError where the value is missing, of the wrong type or unknown; `where` of the
    error is the key's place.
    """

    def __init__(self, values: object, place: str = "") -> None:
        if not isinstance(values, Mapping):
            raise wrong_type(place, values, Bilingual("一张表", "table"))
        self.values: Mapping[str, Any] = values
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> str:
        """Return the place of a key of this table."""
        return f"{self.place}.{key}" if self.place else key

    def only(self, *valid: str) -> None:
        """Refuse keys that are not among `valid`."""
        for key in self.values:
            if key not in valid:
                raise ConfigError(
                    Bilingual("未知的键", "unknown key"), where=self.at(key), value=key, valid=valid
                )

    def get(self, key: str) -> Any:
        """Return the value of a key that must be there."""
        if key not in self.values:
            raise ConfigError(
                Bilingual(f"缺少键 {key}", f"the key {key} is missing"), where=self.place or key, valid=[key]
            )
        return self.values[key]

    def table(self, key: str) -> "Table":
        """Return the table under `key`."""
        return Table(self.get(key), self.at(key))

    def tables(self) -> "dict[str, Table]":
        """Return every value of this table, each of which must be a table, by its key."""
        return {key: self.table(key) for key in self.values}

    def rows(self, key: str) -> "list[Table]":
        """Return the tables of the list under `key`, none where it is absent."""
        rows = self.values.get(key, [])
        if not isinstance(rows, list):
            raise wrong_type(self.at(key), rows, Bilingual(f"一行一节 [[{key}]]", "list of tables"))
        return [Table(row, f"{self.at(key)}[{number}]") for number, row in enumerate(rows)]

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise wrong_type(self.at(key), value, Bilingual("不空的文字，加引号", "text"))
        return value

    def name(self, key: str = "name") -> Bilingual:
        """Return what readers see: the text under `key` and the one under `key`_en, if absent the same."""
        chinese, english = self.text(key), f"{key}_en"
        return Bilingual(chinese, self.text(english) if english in self else chinese)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, () where it is absent; none may be empty or come twice."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(text, str) and text.strip() for text in values):
            raise wrong_type(self.at(key), values, Bilingual("文字的列表", "list of texts"))
        for number, text in enumerate(values):
            if text in values[:number]:
                raise ConfigError(
                    Bilingual("同一个词出现两次", "the same text comes twice"), where=self.at(key), value=text
                )
        return tuple(values)

    def number(self, key: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise wrong_type(self.at(key), value, f"{low}–{high}")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, false where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise wrong_type(self.at(key), value, "true, false")
        return value

    def one_of(self, key: str, valid: Collection[str]) -> str:
        """Return a value that is among `valid`."""
        return known(self.get(key), valid, self.at(key))


def known(value: object, valid: Collection[str], place: str) -> str:
    """Return `value` if it is among `valid`. Raises ConfigError."""
    if not isinstance(value, str) or value not in valid:
        raise ConfigError(
            Bilingual("未知的取值", "unknown value"), where=place, value=value, valid=list(valid)
        )
    return value


def wrong_type(place: str, value: object, valid: str | Bilingual) -> ConfigError:
    """Return the error for a value that is empty or of the wrong type."""
    return ConfigError(
        Bilingual("值为空、超出范围或类型不对", "a value is empty, out of range or of the wrong type"),
        where=place,
        value=value,
        valid=[valid],
    )
