"""Reading the configuration file, with errors that name the key, the line and the known keys."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel, ValidationError

from cem_nlp.config import Config
from cem_nlp.config_findings import choices, reason
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_of
from cem_nlp.toml_file import line_of
from cem_nlp.toml_syntax import malformed, not_utf8

_YAML: Final = {".yaml", ".yml"}
_FIRST: Final = {"extra_forbidden": -1, "missing": 1}
"""Which finding is told before the others, and which after them."""
_SET_HERE = ("folder", "checksum")
_CHECK_FILE = Bilingual("修改配置文件后重试", "correct the configuration file and run again")


def load_config(path: Path) -> Config:
    """Return the configuration in `path` (TOML, or YAML by its suffix).

    Raises ConfigError naming file, line, key, value and the valid ones.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        why = reason_of(error)
        raise ConfigError(
            Bilingual(f"无法读取配置文件：{why.zh}", f"cannot read the configuration: {why.en}"),
            where=str(path),
            next_step=Bilingual("检查 --config 给出的路径", "check the path given to --config"),
        ) from error
    document, text = _parse(path, content)
    try:
        _refuse_reserved(document)
        return Config.model_validate(
            {**document, "folder": path.resolve().parent, "checksum": hashlib.sha256(content).hexdigest()}
        )
    except ValidationError as error:
        raise _translate(error, document, path, text) from error


def _parse(path: Path, content: bytes) -> tuple[dict[str, Any], str]:
    """Return the document and its text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path, content, error) from error
    try:
        document = yaml.safe_load(text) if path.suffix in _YAML else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise malformed(path, text, error) from error
    except yaml.YAMLError as error:
        raise _no_yaml(path, error) from error
    if not isinstance(document, dict):
        raise ConfigError(
            Bilingual("配置文件是空的，或不是键值结构", "the configuration is empty or not a mapping"),
            where=str(path),
            valid=_known_keys(Config),
            next_step=_CHECK_FILE,
        )
    return document, text


def _no_yaml(path: Path, error: yaml.YAMLError) -> ConfigError:
    finding = " ".join(str(getattr(error, "problem", None) or error).split())
    mark = getattr(error, "problem_mark", None)
    where = Bilingual(str(path), str(path))
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
        where = Bilingual(f"{path} 第 {line} 行第 {column} 列", f"{path}, line {line}, column {column}")
    return ConfigError(
        Bilingual("YAML 语法有误：检查缩进、冒号后的空格与引号", f"this is no YAML: {finding}"),
        where=where,
        next_step=_CHECK_FILE,
    )


def _refuse_reserved(document: Mapping[str, Any]) -> None:
    """Fields that this module fills are unknown keys to the user."""
    for key in _SET_HERE:
        if key in document:
            raise ValidationError.from_exception_data(
                "Config", [{"type": "extra_forbidden", "loc": (key,), "input": document[key]}]
            )


def _translate(error: ValidationError, document: Mapping[str, Any], path: Path, text: str) -> ConfigError:
    """Turn one of pydantic's findings into a sentence; the user corrects one thing at a time."""
    findings = error.errors(include_url=False)
    # A key that is missing and one that is unknown are, more often than not, the same one misspelt.
    first = min(findings, key=lambda found: _FIRST.get(found["type"], 0))
    keys = _keys(first["loc"], document)
    key = _dotted(keys)
    line = _yaml_line(text, keys) if path.suffix in _YAML else line_of(text, key)
    where = f"{path}:{line}" if line else str(path)
    if first["type"] == "extra_forbidden":
        return ConfigError(
            Bilingual(f"未知的配置项 {key}", f"unknown key {key}"),
            where=where,
            value=keys[-1],
            valid=_known_keys(_section_at(keys[:-1])),
            next_step=_CHECK_FILE,
        )
    if first["type"] == "missing":
        return ConfigError(
            Bilingual(f"缺少配置项 {key}", f"the key {key} is missing"), where=where, next_step=_CHECK_FILE
        )
    said, value = reason(first), first["input"]
    return ConfigError(
        Bilingual(
            f"配置项 {key or '(整体)'} 的值无效：{said.zh}",
            f"the value of {key or '(whole)'} is wrong: {said.en}",
        ),
        where=where,
        value=value if isinstance(value, str | int | float | bool) else None,
        valid=choices(first),
        next_step=_CHECK_FILE,
    )


def _keys(location: Sequence[str | int], document: object) -> list[str | int]:
    """Return the keys of a location; pydantic adds names of types to those of alternatives."""
    keys: list[str | int] = []
    for part in location:
        if isinstance(document, list) and isinstance(part, int):
            document = document[part]
        elif isinstance(document, dict):
            document = document.get(part)
        else:
            break
        keys.append(part)
    return keys


def _dotted(location: Sequence[str | int]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".")


def _yaml_line(text: str, keys: Sequence[str | int]) -> int | None:
    """Return the line, from 1, of the innermost key on the way that the document holds."""
    node, line = yaml.compose(text, yaml.SafeLoader), None
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((name, value) for name, value in pairs if name.value == key), None)
        if found is None:
            break
        node, line = found[1], found[0].start_mark.line + 1
    return line


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
