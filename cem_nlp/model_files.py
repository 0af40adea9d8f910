"""Models, taxonomy and user dictionary as files: the opinions room itself touches none."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cem_nlp.errors import ConfigError, ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.joint_files import JOINT, Joint, joined, unpack_joint
from cem_nlp.opinions.model import FILES, Model, pack, unpack
from cem_nlp.opinions.profile import PROFILE, Profile, pack_profile, unpack_profile
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_table import parse_taxonomy
from cem_nlp.places import reason_of
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
    """Read a model and check it against its checksums: a network, and the transformer that `joint.json` joins
    to it (see `opinions.joint_files`), if there is one. Raises ModelError.
    """
    network, joint = load_network(folder), _joint(folder)
    if joint is None:
        return network
    (transformer,) = _model_files(folder, [joint.transformer]).values()
    return joined(network, joint, transformer, str(folder / joint.transformer))


def load_network(folder: Path) -> Model:
    """Read a model's network alone, without the transformer that may be joined to it. Raises ModelError."""
    joint = _joint(folder)
    home = folder / joint.network if joint else folder
    return unpack(_model_files(home, FILES), str(home))


def refuse_network_elsewhere(folder: Path) -> None:
    """Raise ModelError where the folder's `joint.json` names the network of another: one saved in this
    folder would not be read.
    """
    joint = _joint(folder)
    if joint and (folder / joint.network).resolve() != folder.resolve():
        raise ModelError(
            Bilingual("这里的 joint.json 用的是别处的网络", "its joint.json names a network elsewhere"),
            where=str(folder / JOINT),
            value=joint.network,
            next_step=Bilingual("换一个文件夹", "choose another folder"),
        )


def _joint(folder: Path) -> Joint | None:
    file = folder / JOINT
    return unpack_joint(_model_files(folder, [JOINT])[JOINT], str(file)) if file.exists() else None


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
