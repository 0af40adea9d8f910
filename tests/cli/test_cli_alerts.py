"""`cem alerts` on a small published night: too little to tell, said so, as text and as JSON."""

import json
from pathlib import Path

from cem_command import Cem


def test_it_prints_the_section(cem: Cem, published: Path) -> None:
    ran = cem("alerts", "--config", published)
    assert ran.code == 0
    assert "最近有没有异动" in ran.out
    assert "太少" in ran.out
    assert "What moved lately" in cem("alerts", "--config", published, "--lang", "en").out


def test_it_prints_the_tables_as_json(cem: Cem, published: Path) -> None:
    ran = cem("alerts", "--config", published, "--json")
    assert json.loads(ran.out) == {"alerts": [], "alert_series": []}
