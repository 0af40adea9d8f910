"""What every section of the configuration has in common."""

from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cem_nlp.language import Bilingual


class Section(BaseModel):
    """A part of the configuration: never changed once read, and refused with a key it does not know.

    Numbers are finite: TOML knows inf and nan, but no setting has a use for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class WrongSetting(ValueError):
    """What a section finds wrong with its values, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.what = Bilingual(zh, en)
        super().__init__(en)


def _text_encoding(name: str) -> str:
    """Return an encoding's name; raises WrongSetting for none, and for codecs of bytes such as base64."""
    try:
        "a".encode(name)
    except (LookupError, ValueError) as error:
        raise WrongSetting(
            f"没有文本编码 {name}；常用的有 utf-8、gb18030、big5、cp950、utf-16",
            f"unknown text encoding {name!r}; usual are utf-8, gb18030, big5, cp950, utf-16",
        ) from error
    return name


Encoding: TypeAlias = Annotated[str, AfterValidator(_text_encoding)]
"""The encoding of a file, by a name that Python knows."""


class ScaledFile(Section):
    """A CSV file of answers on a scale."""

    path: str = Field(description="CSV file")
    low: float = Field(0, description="lower end of the scale")
    high: float = Field(10, description="upper end of the scale")
    encoding: Encoding | None = Field(None, description="utf-8, then gb18030, where absent")

    @model_validator(mode="after")
    def _upwards(self) -> Self:
        alone = len(self.model_fields_set & {"low", "high"}) == 1
        if alone and (self.low, self.high) != (0, 10):
            raise WrongSetting(
                "low 与 high 须一起写：只写一头，整份问卷就会读错",
                "give low and high together: with one end alone every answer would be misread",
            )
        refuse_reversed(self.low, self.high)
        return self


def refuse_reversed(low: float, high: float) -> None:
    """Raise WrongSetting where a scale does not run upwards."""
    if not low < high:
        raise WrongSetting(
            f"low 必须小于 high（现在是 {low:g} 与 {high:g}）",
            f"low must be below high (they are {low:g} and {high:g})",
        )
