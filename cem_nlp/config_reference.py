"""The reference of the configuration: a commented example, then every section and key with its meaning.

`python -m cem_nlp.config_reference > docs/configuration.md` renews the copy in the repository.
"""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from cem_nlp.config import Config
from cem_nlp.resources import shipped

EXAMPLE: Final = "data/configs/example.toml"
"""A configuration that uses every section."""

_INTRO: Final = """# Configuration

One TOML or YAML file. Paths in it are relative to the file itself. Needed are a `warehouse` and one source;
every other section may be left out, and an unknown key is refused with the list of the known ones.
Written by `python -m cem_nlp.config_reference`.

## Every section once

This is `{example}`.

```toml
{text}```
"""
_TABLE: Final = "| key | value | default | meaning |\n|---|---|---|---|"
_NAMES: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
_BOUNDS: Final = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
_ABSENT: Final[tuple[object, ...]] = (None, "", [], {})

_Schema: TypeAlias = dict[str, Any]
"""A JSON schema, or a part of one."""


def config_reference() -> str:
    """Return the reference as Markdown."""
    intro = _INTRO.format(example=EXAMPLE, text=shipped(EXAMPLE).read_text("utf-8"))
    whole = Config.model_json_schema()
    for name, field in Config.model_fields.items():
        if field.exclude:
            del whole["properties"][name]
    return "\n".join([intro, *_section("", "At the top", whole, whole["$defs"])])


def _section(path: str, title: str, section: _Schema, known: dict[str, _Schema]) -> Iterator[str]:
    """Yield a section's heading, description and table of keys, then the sections within it."""
    inner = {name: found for name, key in section["properties"].items() if (found := _reference(key))}
    about = " ".join(section["description"].split())
    keys = [
        _row(name, key, name in section.get("required", ()))
        for name, key in section["properties"].items()
        if name not in inner
    ]
    table = ["", _TABLE, *keys] if keys else []
    yield "\n".join([f"## {title}", "", about, *table, ""])
    for name, (target, is_list) in inner.items():
        place = f"{path}.{name}".removeprefix(".")
        yield from _section(place, f"`[[{place}]]`" if is_list else f"`[{place}]`", known[target], known)


def _reference(key: _Schema) -> tuple[str, bool] | None:
    """Return the name of the section that a key holds, and whether there may be several; None for a value."""
    is_list = "$ref" in key.get("items", {})
    for option in [key.get("items", {}), *_options(key)]:
        if "$ref" in option:
            return option["$ref"].rpartition("/")[2], is_list
    return None


def _options(key: _Schema) -> list[_Schema]:
    return [option for option in key.get("anyOf", [key]) if option.get("type") != "null"]


def _row(name: str, key: _Schema, required: bool) -> str:
    kinds = ", or ".join(_kind(option) for option in _options(key))
    default = key.get("default")
    said = "required" if required else "" if default in _ABSENT else f"`{_value(default)}`"
    return f"| `{name}` | {kinds} | {said} | {key.get('description', '')} |"


def _kind(key: _Schema) -> str:
    if "enum" in key:
        return ", ".join(f"`{value}`" for value in key["enum"])
    if key["type"] == "object":
        return f"name = {_kind(key['additionalProperties'])}"
    if key["type"] == "array":
        return f"list of {_kind(key['items'])}"
    bounds = [f"{sign} {key[bound]:g}" for bound, sign in _BOUNDS.items() if bound in key]
    name = "path" if key.get("format") == "path" else _NAMES[key["type"]]
    return ", ".join([" ".join([name, *bounds[:1]]), *bounds[1:]])


def _value(default: object) -> str:
    """Return a default as TOML writes it."""
    match default:
        case str():
            return f'"{default}"'
        case bool():
            return str(default).lower()
        case list():
            return f"[{', '.join(map(_value, default))}]"
        case dict():
            return f"{{ {', '.join(f'{name} = {_value(value)}' for name, value in default.items())} }}"
        case _:
            return f"{default:g}"


if __name__ == "__main__":
    print(config_reference(), end="")
