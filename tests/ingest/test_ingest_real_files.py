"""The shipped configuration reads the four files of the shared corpus as they are."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from ingest_helpers import admission

from cem_nlp.config_file import load_config
from cem_nlp.ingest import Seen, admit, deduplicate, locate, read_chunks

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "data" / "configs" / "real.toml"
INPUTS = ROOT.parent / "shared" / "corpus" / "inputs"
NIGHT = date(2022, 9, 1)

# Two calls carry the masked number "[手机号]" instead of their own: the second is a conflict.
EXPECTED = {
    "京东空调评论": {"fresh": 10_812},
    "汽车投诉": {"fresh": 1_500},
    "消费投诉": {"fresh": 104},
    "客服对话": {"fresh": 4_089, "conflicting_id": 1},
}


@pytest.mark.skipif(not INPUTS.is_dir(), reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_of_the_real_files_is_accounted_for(name: str) -> None:
    config = load_config(CONFIG)
    source = next(source for source in config.sources if source.name == name)
    settings = admission(night=NIGHT, brands=config.brands)
    counts: Counter[str] = Counter()
    seen: Seen = {}
    for path in locate(source.pattern(NIGHT), config.folder):
        for chunk in read_chunks(source, path, NIGHT):
            admitted = admit(chunk, source, settings)
            parted = deduplicate(admitted.accepted, source, seen)
            counts.update(fresh=len(parted.fresh), duplicates=parted.duplicates)
            counts.update(reject.reason for reject in [*admitted.rejected, *parted.conflicts])
            assert {record.kind for record in parted.fresh} == {source.kind}
            assert all(record.is_own == (record.brand == "美的") for record in parted.fresh)
    assert +counts == EXPECTED[name]


def test_the_real_configuration_is_valid_without_the_files() -> None:
    assert [source.name for source in load_config(CONFIG).sources] == list(EXPECTED)
