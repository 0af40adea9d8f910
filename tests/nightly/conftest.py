"""What the nights of these tests share."""

import pytest
from night_factories import load_model_once


@pytest.fixture(autouse=True)
def models_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cem_nlp.nightly.night.load_model", load_model_once)
