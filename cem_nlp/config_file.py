"""Reading the configuration file, with errors that name the key, the line and the known keys."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from cem_nlp.config import Config
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual

_SET_HERE = ("folder", "checksum")
_CHECK_FILE = Bilingual("修改配置文件后重试", "correct the configuration file and run again")


def load_config(path: Path) -> Config:
    """Return the configuration in `path` (TOML, or YAML by its suffix).

    Raises ConfigError naming file, line, key, value and the valid ones.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            Bilingual(
                f"无法读取配置文件：{error.strerror}", f"cannot read the configuration: {error.strerror}"
            ),
            where=str(path),
            next_step=Bilingual("检查 --config 给出的路径", "check the path given to --config"),
        ) from error
    document = _parse(path, content)
    try:
        _refuse_reserved(document)
        return Config.model_validate(
            {**document, "folder": path.resolve().parent, "checksum": hashlib.sha256(content).hexdigest()}
        )
    except ValidationError as error:
        raise _translate(error, path, content.decode("utf-8-sig")) from error


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        document = yaml.safe_load(text) if path.suffix in {".yaml", ".yml"} else tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        raise ConfigError(
            Bilingual(f"配置文件的语法有误：{error}", f"the configuration is not well-formed: {error}"),
            where=str(path),
            next_step=_CHECK_FILE,
        ) from error
    if not isinstance(document, dict):
        raise ConfigError(
            Bilingual("配置文件是空的，或不是键值结构", "the configuration is empty or not a mapping"),
            where=str(path),
            valid=_known_keys(Config),
            next_step=_CHECK_FILE,
        )
    return document


def _refuse_reserved(document: Mapping[str, Any]) -> None:
    """Fields that this module fills are unknown keys to the user."""
    for key in _SET_HERE:
        if key in document:
            raise ValidationError.from_exception_data(
                "Config", [{"type": "extra_forbidden", "loc": (key,), "input": document[key]}]
            )


def _translate(error: ValidationError, path: Path, text: str) -> ConfigError:
    """Turn pydantic's first finding into one sentence; the user corrects one thing at a time."""
    finding = error.errors(include_url=False)[0]
    location = finding["loc"]
    keys = [part for part in location if isinstance(part, str)]
    key = _dotted(location)
    line = _line_of(keys[-1] if keys else "", text)
    where = f"{path}:{line}" if line else str(path)
    if finding["type"] == "extra_forbidden":
        return ConfigError(
            Bilingual(f"未知的配置项 {key}", f"unknown key {key}"),
            where=where,
            value=keys[-1],
            valid=_known_keys(_section_at(location[:-1])),
            next_step=_CHECK_FILE,
        )
    if finding["type"] == "missing":
        return ConfigError(
            Bilingual(f"缺少配置项 {key}", f"the key {key} is missing"), where=where, next_step=_CHECK_FILE
        )
    reason = finding["msg"].removeprefix("Value error, ")
    return ConfigError(
        Bilingual(
            f"配置项 {key or '(整体)'} 的值无效：{reason}",
            f"the value of {key or '(whole)'} is wrong: {reason}",
        ),
        where=where,
        value=finding["input"] if isinstance(finding["input"], str | int | float | bool) else None,
        next_step=_CHECK_FILE,
    )


def _dotted(location: Sequence[str | int]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".")


def _line_of(key: str, text: str) -> int | None:
    """The first line that sets `key`; parsers give no positions for well-formed documents."""
    pattern = re.compile(rf'^[\s\-]*\[*[\w.]*\b{re.escape(key)}"?\s*[=:\]]', re.MULTILINE)
    found = pattern.search(text) if key else None
    return None if found is None else text.count("\n", 0, found.start() + len(found[0])) + 1


def _section_at(location: Sequence[str | int]) -> type[BaseModel]:
    """The section of the configuration that a location leads to."""
    section: type[BaseModel] = Config
    for part in location:
        if isinstance(part, str):
            section = _section_in(section.model_fields[part].annotation)
    return section


def _section_in(annotation: Any) -> type[BaseModel]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_section_in(inner) for inner in get_args(annotation) if inner is not type(None))


def _known_keys(section: type[BaseModel]) -> list[str]:
    return [name for name in section.model_fields if not (section is Config and name in _SET_HERE)]
