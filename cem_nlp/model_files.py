"""Model, taxonomy, labels and pools as files: the opinions room itself touches none."""

import gzip
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cem_nlp.errors import BrokenLabels, ConfigError, ModelError, UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.opinions.careful_files import CAREFUL, TRANSFORMER, joined, unpack_joint
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.labels import LabelledComment, read_labels
from cem_nlp.opinions.model import FILES, Model, pack, unpack
from cem_nlp.opinions.pool_reading import PoolReading, unpack_reading
from cem_nlp.opinions.profile import PROFILE, Profile, pack_profile, unpack_profile
from cem_nlp.opinions.standoff import PooledText
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_table import parse_taxonomy
from cem_nlp.opinions.training import PoolComment
from cem_nlp.places import UNREADABLE, reason_of, unreadable
from cem_nlp.text.dialogue import join_turns
from cem_nlp.text.segment import Segmenter
from cem_nlp.toml_file import parse_document, read_document


@dataclass(frozen=True, slots=True)
class EngineFiles:
    """The files an opinion engine is made of: what a worker process is told instead of an engine."""

    model: Path
    taxonomy: Path
    user_dictionary: Path


@lru_cache(maxsize=1)
def engine_of_process(files: EngineFiles) -> NetworkEngine:
    """Return the engine of these files, loaded once a process. Raises as `load_engine` does."""
    return load_engine(files.model, files.taxonomy, files.user_dictionary)


def load_engine(model_folder: Path, taxonomy_file: Path, user_dictionary: Path) -> NetworkEngine:
    """Return the default engine from its files; it takes about half a second.

    Raises:
        ModelError: the model is missing or damaged.
        ConfigError: the taxonomy or the user dictionary cannot be read.
    """
    model = load_model(model_folder)
    return NetworkEngine(model, load_taxonomy(taxonomy_file), load_segmenter(user_dictionary))


def load_model(folder: Path) -> Model:
    """Read a model and check it against its checksums; in the folder of a careful one (see
    `opinions.careful_files`) the model it names, too. Raises ModelError.
    """
    if not (folder / CAREFUL).exists():
        return unpack(_model_files(folder, FILES), str(folder))
    files = _model_files(folder, (CAREFUL, TRANSFORMER))
    joint = unpack_joint(files[CAREFUL], str(folder / CAREFUL))
    beside = folder / joint.model
    return joined(unpack(_model_files(beside, FILES), str(beside)), joint, files, str(folder))


def _model_files(folder: Path, names: Sequence[str]) -> dict[str, bytes]:
    files = {}
    for name in names:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            why = reason_of(error)
            raise ModelError(
                Bilingual(f"模型读不出来：{why.zh}", f"the model cannot be read: {why.en}"),
                where=str(folder / name),
                next_step=Bilingual(
                    "检查 model 路径，或用 cem train 训练", "check the path, or train one with cem train"
                ),
            ) from None
    return files


def save_model(model: Model, folder: Path) -> None:
    """Write a model's files; the checksums last, so that a half-written model is refused."""
    save_files(pack(model), folder)


def save_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their names, in order, each at once or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        draft = folder / f".{name}.new"
        draft.write_bytes(content)
        os.replace(draft, folder / name)


def load_profile(model_folder: Path) -> Profile | None:
    """Read the profile beside a model, None where there is none. Raises ModelError for a damaged one."""
    file = model_folder / PROFILE
    try:
        return unpack_profile(file.read_bytes(), str(file))
    except FileNotFoundError:
        return None


def save_profile(profile: Profile, model_folder: Path) -> None:
    """Write a profile beside its model; the file changes at once or not at all."""
    draft = model_folder / f".{PROFILE}.new"
    draft.write_bytes(pack_profile(profile))
    os.replace(draft, model_folder / PROFILE)


def load_taxonomy(file: Path) -> Taxonomy:
    """Read a taxonomy. Raises ConfigError with file, line, key and valid values.

    A night's steps each ask for it: text that was parsed before is not parsed again.
    """
    return _taxonomy_of(file, read_document(file))


@lru_cache(maxsize=2)
def _taxonomy_of(file: Path, document: str) -> Taxonomy:
    return parse_document(file, document, parse_taxonomy)


def load_segmenter(user_dictionary: Path) -> Segmenter:
    """Return a segmenter with the words of a jieba user dictionary. Raises what `read_dictionary` raises."""
    return Segmenter(read_dictionary(user_dictionary))


def read_dictionary(user_dictionary: Path) -> list[str]:
    """Return the lines of a jieba user dictionary. Raises ConfigError where it cannot be read."""
    try:
        return user_dictionary.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error)
        raise ConfigError(
            Bilingual(f"用户词典读不出来：{why.zh}", f"the user dictionary cannot be read: {why.en}"),
            where=str(user_dictionary),
            next_step=Bilingual("检查配置里的 user_dictionary", "check user_dictionary in the configuration"),
        ) from None


def load_labels(file: Path, pool: Mapping[str, PooledText] = MappingProxyType({})) -> list[LabelledComment]:
    """Read labelled comments from JSON Lines, plain or gzipped; stand-off labels take texts from `pool`.

    Raises UnreadableSource and BrokenLabels.
    """
    try:
        return read_labels(_lines(file), pool)
    except BrokenLabels as error:
        raise error.in_file(file) from None


def load_label_files(
    files: Sequence[Path], pool: Mapping[str, PooledText] = MappingProxyType({})
) -> list[LabelledComment]:
    """Read the labelled comments of several files, in order; an id may stand in one of them only, and
    stand-off labels take their texts from `pool`.

    Raises UnreadableSource and BrokenLabels.
    """
    comments: list[LabelledComment] = []
    file_of: dict[str, Path] = {}
    for file in files:
        for comment in load_labels(file, pool):
            if comment.id in file_of:
                raise BrokenLabels(
                    Bilingual("同一编号在两个文件里", "the same id stands in two files"),
                    where=str(file),
                    value=comment.id,
                    next_step=Bilingual(
                        f"{file_of[comment.id]} 已有此编号，删去其一；cem label agree 可比较两份标注",
                        f"{file_of[comment.id]} has it already: remove one; cem label agree compares files",
                    ),
                )
            file_of[comment.id] = file
            comments.append(comment)
    return comments


def load_pool(folder: Path) -> list[PoolComment]:
    """Read the unlabelled comments of every .jsonl and .jsonl.gz file in a folder, in the order of their
    names.

    A rating comes from `positive` (0, 1), `polarity`, `rating` (stars, 1–5) or `satisfaction` (−2–2), where
    present. Raises UnreadableSource.
    """
    return [
        PoolComment(_text(record), record.get("kind", "review"), _is_good(record))
        for record in _records(folder)
    ]


def load_pool_reading(file: Path) -> PoolReading:
    """Read what another reader says about a pool. Raises UnreadableSource and BrokenLabels."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from None
    return unpack_reading(content, str(file))


def load_pool_texts(folder: Path) -> dict[str, PooledText]:
    """Read the texts of the same comments by their ids, for stand-off labels. Raises UnreadableSource."""
    return {
        record["id"]: PooledText(_text(record), record.get("kind", "review"), record.get("domain", ""))
        for record in _records(folder)
        if "id" in record
    }


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    files = sorted(path for path in folder.glob("*") if path.name.endswith((".jsonl", ".jsonl.gz")))
    if not files:
        raise UnreadableSource(
            Bilingual("文件夹里没有 .jsonl 或 .jsonl.gz", "the folder holds no .jsonl or .jsonl.gz"),
            where=str(folder),
        )
    for file in files:
        yield from map(json.loads, _lines(file))


def _text(record: dict[str, Any]) -> str:
    turns = [(turn["role"], turn["text"]) for turn in record.get("turns", ())]
    return record.get("text") or join_turns(turns)


_STARS_BAD, _STARS_GOOD = 2, 4
"""One and two stars are bad, four and five good, three neither."""
_CLEAR_SATISFACTION = 0.7
"""On the scale −2 to 2, the mean of 19 annotators: beyond this most of them agree on the sign."""


def _is_good(record: dict[str, Any]) -> bool | None:
    if "positive" in record:
        return bool(record["positive"])
    if record.get("polarity") in ("positive", "negative"):
        return bool(record["polarity"] == "positive")
    rating, satisfaction = (record.get(name) for name in ("rating", "satisfaction"))
    if rating is not None and not math.isnan(rating):
        return _beyond(float(rating), _STARS_BAD, _STARS_GOOD)
    if satisfaction is not None:
        return _beyond(float(satisfaction), -_CLEAR_SATISFACTION, _CLEAR_SATISFACTION)
    return None


def _beyond(value: float, bad: float, good: float) -> bool | None:
    return True if value >= good else False if value <= bad else None


def _lines(file: Path) -> Iterator[str]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8") as stream:
            yield from stream
    except UNREADABLE as error:
        raise unreadable(file, error) from None
