"""`joint.json`: a network and a transformer that read together, as one model.

It names the folder of the network, which version of it the two were fitted to, the transformer's file and
its checksum, and the kinds of feedback that the transformer reads too. What it names stays where it is: in
the same folder, which is then a model that can be copied, or beside it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.transformer.weights import unpack
from cem_nlp.vocabulary import KINDS

JOINT: Final = "joint.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Joint:
    """What a `joint.json` says; `network` and `transformer` are paths, seen from its folder."""

    network: str
    network_version: str
    transformer: str
    transformer_sha256: str
    kinds: tuple[str, ...]


def joint_of(
    network: Model, network_folder: str, transformer: bytes, transformer_file: str, kinds: Sequence[str]
) -> Joint:
    """Return what joins this network to the transformer in a file for feedback of these kinds."""
    digest = hashlib.sha256(transformer).hexdigest()
    ordered = tuple(kind for kind in KINDS if kind in kinds)
    return Joint(network_folder, network.version, transformer_file, digest, ordered)


def pack_joint(joint: Joint) -> bytes:
    """Return the content of a `joint.json`."""
    return (json.dumps({"format": _FORMAT, **asdict(joint)}, ensure_ascii=False, indent=2) + "\n").encode()


def unpack_joint(content: bytes, where: str) -> Joint:
    """Return what a `joint.json` says; `where` names the file in errors. Raises ModelError."""
    try:
        said = json.loads(content)
        kinds = said.pop("kinds")
        if said.pop("format") != _FORMAT or not all(isinstance(value, str) for value in said.values()):
            raise ValueError(said)
        if not kinds or not set(kinds) <= set(KINDS):
            raise ValueError(kinds)
        return Joint(**said, kinds=tuple(kinds))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            Bilingual("模型文件的格式不对", "the model's files have another format"),
            where=where,
            value=type(error).__name__,
            next_step=Bilingual("用 cem join 重新写出它", "write it anew with cem join"),
        ) from None


def joined(network: Model, joint: Joint, transformer: bytes, where: str) -> Model:
    """Return the network with the transformer beside it; `where` names the transformer's file in errors.

    Raises:
        ModelError: the transformer has a changed byte, or was fitted to another network.
    """
    digest = hashlib.sha256(transformer).hexdigest()
    if digest != joint.transformer_sha256:
        raise ModelError(
            Bilingual("模型文件与校验和不符", "the model's files do not match their checksum"),
            where=where,
            value=digest,
            valid=[joint.transformer_sha256],
            next_step=Bilingual("重新取得模型", "fetch the model again"),
        )
    if network.version != joint.network_version:
        raise ModelError(
            Bilingual("这个 Transformer 是配合另一个网络的", "the transformer was fitted to another network"),
            where=where,
            value=network.version,
            valid=[joint.network_version],
            next_step=Bilingual("用 cem join 重新配对", "join them anew with cem join"),
        )
    reader = unpack(transformer, where)
    said = f"{joint.transformer_sha256} {' '.join(joint.kinds)}"
    version = f"{network.version}+{hashlib.sha256(said.encode()).hexdigest()[:8]}"
    return replace(network, version=version, transformer=reader, read_twice=joint.kinds)
