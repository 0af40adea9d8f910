"""The warehouse's secret `.salt`: the key of every hash of a customer's or record's number."""

import os
import secrets
from pathlib import Path
from typing import Final

from cem_nlp.disk import flush, writing
from cem_nlp.errors import StoreError
from cem_nlp.language import Bilingual

_LENGTH: Final = 32
"""Bytes; what is made here has as many, so that another length is damage. BLAKE2b takes 64 at most."""


def customer_salt(warehouse: Path) -> bytes:
    """Return the secret for hashing customer numbers, made on first use, readable by its owner only.

    The caller holds the warehouse.

    Raises StoreError where it is of another length, or missing although a state is published: hashes made
    with another would make every known record a new one. Raises NotWritable.
    """
    path = warehouse / ".salt"
    with writing(warehouse):
        if not path.exists():
            if os.path.lexists(warehouse / "current"):
                raise _lost(path)
            _make(path)
        salt = path.read_bytes()
    if len(salt) != _LENGTH:
        raise _damaged(path, len(salt))
    return salt


def _make(path: Path) -> None:
    """Write the secret under another name first: a run killed on the way leaves none, not half of one."""
    draft = path.with_name(".salt.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as secret:
        secret.write(secrets.token_bytes(_LENGTH))
    flush(draft)
    os.replace(draft, path)
    flush(path.parent)


def _lost(path: Path) -> StoreError:
    return StoreError(
        Bilingual(
            "数据仓库已有发布的结果，但客户编号的密钥 .salt 不见了",
            "the warehouse has a published state, but .salt, the key of its customers' numbers, is missing",
        ),
        where=str(path),
        next_step=Bilingual(
            "从备份或原来的数据仓库取回 .salt：换一个密钥，已有的客户和反馈都会被当成新的；"
            "确实找不回时，改用空的数据仓库并重新运行各夜",
            "restore .salt from a backup or from the warehouse this one was copied from: with another key, "
            "every known customer and record counts as new; if it is lost, run the nights again into an "
            "empty warehouse",
        ),
    )


def _damaged(path: Path, length: int) -> StoreError:
    return StoreError(
        Bilingual(
            f"客户编号的密钥 .salt 已损坏：应为 {_LENGTH} 字节",
            f"the key of customers' numbers, .salt, is damaged: it has {_LENGTH} bytes",
        ),
        where=str(path),
        value=length,
        next_step=Bilingual(
            "从备份取回 .salt；还没有发布过结果时，删去它即可，运行时会新建",
            "restore .salt from a backup; where nothing is published yet, delete it: a run makes another",
        ),
    )
