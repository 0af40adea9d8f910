"""No personal data leaves the run: not into tables, reports or kept quarantine, not into logs or errors."""

import logging
import re
from pathlib import Path

import pytest
from night_factories import publish, rows_of
from night_secrets import SECRETS, WORDS, contents, leaks, plant

from cem_nlp.errors import TooManyBadRows


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    plant(tmp_path, max_bad_share=1)
    assert {secret for _, secret in leaks(tmp_path)} == set(SECRETS)


def test_nothing_published_or_logged_holds_personal_data(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = publish(plant(tmp_path, max_bad_share=1))
    warehouse = tmp_path / "warehouse"
    assert leaks(warehouse) == []
    said = "\n".join([outcome.terminal, outcome.markdown, caplog.text, *capfd.readouterr()])
    assert not [secret for secret in SECRETS if secret in said]

    masked = [row for row in rows_of(warehouse, "feedback") if row["n_masked"]]
    assert len(masked) == len(WORDS) + 2
    assert all("[" in row["text"] for row in masked)
    assert len({row["customer_key"] for row in masked if row["kind"] == "review"}) == 1
    reasons = {row["reason"] for row in rows_of(warehouse, "quarantine")}
    assert reasons == {
        "rating_out_of_scale", "bad_date", "nul_byte", "conflicting_id", "ragged_row", "bad_quoting",
        "undecodable", "unknown_role", "bad_seconds", "bad_turns", "invalid_json", "not_an_object",
    }  # fmt: skip


def test_a_failing_night_keeps_its_quarantine_without_personal_data(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(TooManyBadRows) as caught:
        publish(plant(tmp_path, max_bad_share=0.05))
    kept = Path(caught.value.where or "")
    assert list(kept.glob("*.parquet"))
    assert "欧阳" not in "".join(text for path in kept.iterdir() for text in contents(path))
    assert leaks(tmp_path / "warehouse") == []
    said = "\n".join([caught.value.explain("zh"), caught.value.explain("en"), caplog.text])
    assert not [secret for secret in SECRETS if secret in said]
    assert "评分超出量程" in said


def test_columns_that_no_mapping_names_are_not_kept(tmp_path: Path) -> None:
    publish(plant(tmp_path, max_bad_share=1))
    (row,) = [row for row in rows_of(tmp_path / "warehouse", "quarantine") if row["file"].startswith("名单_")]
    assert re.fullmatch(r"名单_\[姓名\]_\[手机号\]\.csv #[0-9a-f]{6}", row["file"])
    assert '"姓名": "[已隐去]"' in row["content"]
    assert '"客户": "[已隐去]"' in row["content"]
    assert '"评分": "9"' in row["content"]
