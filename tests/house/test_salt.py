"""The key of customers' numbers is made whole or not at all, and never anew beside what it has hashed."""

import os
import stat
from pathlib import Path

import pytest

from cem_nlp.errors import NotWritable, StoreError
from cem_nlp.salt import customer_salt


def test_it_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    salt = customer_salt(tmp_path)
    assert len(salt) == 32
    assert customer_salt(tmp_path) == salt
    assert [path.name for path in tmp_path.iterdir()] == [".salt"]
    assert stat.S_IMODE((tmp_path / ".salt").stat().st_mode) == 0o600


def test_a_full_disk_leaves_no_half_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("cem_nlp.salt.flush", is_full)
        with pytest.raises(NotWritable):
            customer_salt(tmp_path)
    assert not (tmp_path / ".salt").exists()
    assert len(customer_salt(tmp_path)) == 32


@pytest.mark.parametrize("length", [0, 31, 33, 65])
def test_another_length_is_damage(length: int, tmp_path: Path) -> None:
    (tmp_path / ".salt").write_bytes(os.urandom(length))
    with pytest.raises(StoreError) as caught:
        customer_salt(tmp_path)
    assert caught.value.where == str(tmp_path / ".salt")
    assert caught.value.value == length
    assert "备份" in caught.value.explain("zh")
    assert "backup" in caught.value.explain("en")


def test_it_is_not_made_anew_beside_a_published_state(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("snapshots/000001-2026-09-01")
    with pytest.raises(StoreError) as caught:
        customer_salt(tmp_path)
    assert "不见了" in caught.value.explain("zh")
    assert "restore .salt" in caught.value.explain("en")
    assert not (tmp_path / ".salt").exists()
