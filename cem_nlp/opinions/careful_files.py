"""A careful model's folder: a transformer, and the model beside which it reads.

`transformer.npz` holds the transformer; `careful.json` names the folder of the model, which version of it the
two were fitted to, and the transformer's checksum. The model's own files stay where they are.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.transformer.weights import unpack

CAREFUL: Final = "careful.json"
TRANSFORMER: Final = "transformer.npz"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Joint:
    """What `careful.json` says: the model's folder, seen from this one, its version, and the SHA-256 of the
    transformer.
    """

    model: str
    model_version: str
    transformer_sha256: str


def pack_careful(model: Model, model_folder: str, transformer: bytes) -> dict[str, bytes]:
    """Return the files, by name, of a folder that joins this transformer to the model of `model_folder`.

    Raises:
        ModelError: the model has a transformer already.
    """
    if model.transformer is not None:
        raise ModelError(
            Bilingual("这个模型已经配有 Transformer", "the model has a transformer already"),
            where=model_folder,
            value=model.version,
            next_step=Bilingual(
                "给出只有网络的模型，如 models/default", "give a model without, such as models/default"
            ),
        )
    joint = Joint(model_folder, model.version, hashlib.sha256(transformer).hexdigest())
    content = json.dumps({"format": _FORMAT, **asdict(joint)}, ensure_ascii=False, indent=2) + "\n"
    return {TRANSFORMER: transformer, CAREFUL: content.encode()}


def unpack_joint(content: bytes, where: str) -> Joint:
    """Return what a `careful.json` says; `where` names the file in errors. Raises ModelError."""
    try:
        said = json.loads(content)
        if said.pop("format") != _FORMAT or not all(isinstance(value, str) for value in said.values()):
            raise ValueError(said)
        return Joint(**said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            Bilingual("模型文件的格式不对", "the model's files have another format"),
            where=where,
            value=type(error).__name__,
        ) from None


def joined(model: Model, joint: Joint, files: Mapping[str, bytes], where: str) -> Model:
    """Return the model with the transformer beside it; `where` names the folder in errors.

    Raises:
        ModelError: the transformer has a changed byte, or was fitted to another model.
    """
    transformer = files[TRANSFORMER]
    if hashlib.sha256(transformer).hexdigest() != joint.transformer_sha256:
        raise ModelError(
            Bilingual("模型文件与校验和不符", "the model's files do not match their checksum"),
            where=where,
            value=TRANSFORMER,
            next_step=Bilingual("重新取得模型", "fetch the model again"),
        )
    if model.version != joint.model_version:
        raise ModelError(
            Bilingual("这个 Transformer 是配合另一个模型的", "the transformer was fitted to another model"),
            where=where,
            value=model.version,
            valid=[joint.model_version],
            next_step=Bilingual("用 cem careful 重新配对", "join them anew with cem careful"),
        )
    reader = unpack(transformer, where)
    return replace(model, version=f"{model.version}+{reader.version}", transformer=reader)
