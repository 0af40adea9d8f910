"""A transformer reads beside the network: what both say, and the folder that joins them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions_factories import engine, model, segmenter, taxonomy
from transformer_factories import BLEND, transformer

from cem_nlp.cli import main
from cem_nlp.errors import ModelError
from cem_nlp.model_files import load_model, save_files, save_model
from cem_nlp.opinions.careful import blended, in_doubt, scores_of
from cem_nlp.opinions.careful_files import CAREFUL, TRANSFORMER, pack_careful
from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.explain import explain
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import LABELS, N_OPINIONS
from cem_nlp.opinions.transformer.forward import Logits, logits
from cem_nlp.opinions.transformer.weights import pack

SURE = ["质量很好，但是物流太慢", "客服很耐心", "", "价格太贵了，质量太差，物流很快"]
IN_DOUBT = ["质量", "慢慢看好"]
TEXTS = SURE + IN_DOUBT
KINDS = ["review", "complaint", "review", "review", "review", "complaint"]


def careful() -> Model:
    return replace(model(), transformer=transformer())


@settings(deadline=None, max_examples=20)
@given(st.floats(-2, 2), st.floats(0.2, 3))
def test_log_odds_are_the_weighted_sum_of_both_readers(shift: float, slope: float) -> None:
    encoded = encode(TEXTS, KINDS, segmenter())
    network = scores_of(model(), encoded, model().bags(encoded))
    beside = logits(transformer(), encoded)
    both = blended(Logits(network.comment, network.clause), beside, BLEND, (shift, slope))
    opinions = slice(N_OPINIONS)
    expected = (
        BLEND.shift
        + BLEND.network * network.comment[:, opinions]
        + BLEND.transformer * beside.comment[:, opinions]
    )
    assert shift + slope * both.comment == pytest.approx(expected, abs=1e-4)
    low, high = (side(network.clause[:, opinions], beside.clause) for side in (np.minimum, np.maximum))
    assert ((low - 1e-4 <= both.clause) & (both.clause <= high + 1e-4)).all()


def of_chances(*rows: dict[int, float]) -> np.ndarray:
    chances = np.full((len(rows), len(LABELS)), 0.01, np.float32)
    for number, row in enumerate(rows):
        chances[number, list(row)] = list(row.values())
    return chances


def test_a_comment_is_in_doubt_if_one_opinion_is() -> None:
    chances = of_chances({}, {3: 0.5}, {3: 0.99}, {3: 0.99, 8: 0.25}, {8: 0.15}, {8: 0.75})
    assert in_doubt(chances).tolist() == [1, 3]


def test_a_doubtful_intent_is_no_doubt_about_an_opinion() -> None:
    assert not len(in_doubt(of_chances({N_OPINIONS: 0.5})))


def test_the_transformer_is_asked_where_the_network_is_in_doubt_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoded = encode(TEXTS, KINDS, segmenter())
    bags = model().bags(encoded)
    alone = scores_of(model(), encoded, bags)
    monkeypatch.setattr("cem_nlp.opinions.careful.in_doubt", lambda chances: np.array([3, 1]))
    some = scores_of(careful(), encoded, bags)
    monkeypatch.setattr("cem_nlp.opinions.careful.in_doubt", lambda chances: np.arange(len(chances)))
    everywhere = scores_of(careful(), encoded, bags)
    clauses_of = [slice(*encoded.comment_starts[number : number + 2]) for number in range(len(TEXTS))]
    for comment in range(len(TEXTS)):
        expected = everywhere if comment in (1, 3) else alone
        assert some.comment[comment] == pytest.approx(expected.comment[comment], abs=1e-4)
        here = clauses_of[comment]
        assert some.clause[here] == pytest.approx(expected.clause[here], abs=1e-4)
    assert np.abs(alone.comment - everywhere.comment)[:, :N_OPINIONS].max() > 0.1
    for same in ("stars", "hidden"):
        assert np.array_equal(getattr(everywhere, same), getattr(alone, same))
    assert np.array_equal(everywhere.comment[:, N_OPINIONS:], alone.comment[:, N_OPINIONS:])


def test_only_doubtful_comments_are_read_otherwise_than_by_the_network() -> None:
    encoded = encode(TEXTS, KINDS, segmenter())
    alone, both = (scores_of(reader, encoded, model().bags(encoded)) for reader in (model(), careful()))
    sure = slice(len(SURE))
    assert np.array_equal(alone.comment[sure], both.comment[sure])
    assert (np.abs(alone.comment - both.comment)[len(SURE) :, :N_OPINIONS].max(axis=1) > 0.1).all()


def test_without_a_doubtful_comment_the_network_has_said_it_all() -> None:
    encoded = encode(SURE, KINDS[: len(SURE)], segmenter())
    alone, both = (scores_of(reader, encoded, model().bags(encoded)) for reader in (model(), careful()))
    assert np.array_equal(alone.comment, both.comment)


def test_reading_and_explaining_ask_both() -> None:
    chances = [
        NetworkEngine(reader, taxonomy(), segmenter()).opinion_chances(TEXTS, KINDS)
        for reader in (model(), careful())
    ]
    assert np.abs(chances[0] - chances[1]).max() > 0.05
    joint = NetworkEngine(careful(), taxonomy(), segmenter())
    for text, kind, reading in zip(TEXTS, KINDS, joint.read(TEXTS, KINDS), strict=True):
        reasons = explain(joint, text, kind)
        assert tuple(reason.opinion for reason in reasons) == reading.opinions


def test_neither_reader_sees_a_clause_that_a_rule_decides() -> None:
    rule = {"name": "慢", "words": ["物流"], "category": "brand", "polarity": "neutral", "touchpoint": "ad"}
    ruled = NetworkEngine(careful(), taxonomy(rules=[rule]), segmenter())
    (one, other) = ruled.read(["质量很好，物流太慢", "质量很好，物流太快"], ["review"] * 2)
    told = [[(o.category, o.polarity, o.probability) for o in reading.opinions] for reading in (one, other)]
    assert told[0] == told[1]
    assert any(opinion.decided_by == "rule:慢" for opinion in one.opinions)


def folder_of_both(tmp_path: Path) -> Path:
    save_model(model(), tmp_path / "network")
    save_files(
        pack_careful(load_model(tmp_path / "network"), "../network", pack(transformer())), tmp_path / "both"
    )
    return tmp_path / "both"


def test_the_folder_is_a_model_with_a_version_of_its_own(tmp_path: Path) -> None:
    joint = load_model(folder_of_both(tmp_path))
    network = load_model(tmp_path / "network")
    assert joint.transformer is not None
    assert joint.version == f"{network.version}+{joint.transformer.version}"
    loaded = NetworkEngine(joint, taxonomy(), segmenter()).opinion_chances(TEXTS, KINDS)
    alone = NetworkEngine(network, taxonomy(), segmenter()).opinion_chances(TEXTS, KINDS)
    assert np.abs(loaded - alone).max() > 0.05


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    folder = folder_of_both(tmp_path)
    content = bytearray((folder / TRANSFORMER).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / TRANSFORMER).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert caught.value.value == TRANSFORMER
    assert str(folder) in caught.value.explain("en")


def test_another_model_beside_it_is_refused(tmp_path: Path) -> None:
    folder = folder_of_both(tmp_path)
    expected = load_model(tmp_path / "network").version
    save_model(replace(model(), version="other"), tmp_path / "network")
    with pytest.raises(ModelError, match="other") as caught:
        load_model(folder)
    assert expected in caught.value.explain("en")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 2, "model": "../network"}']
)
def test_a_foreign_file_in_its_place_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = folder_of_both(tmp_path)
    (folder / CAREFUL).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert CAREFUL in caught.value.explain("zh")


@pytest.mark.parametrize("missing", [TRANSFORMER, "../network/model.npz"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = folder_of_both(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert Path(missing).name in caught.value.explain("zh")


def test_the_command_joins_them_from_wherever_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_model(model(), tmp_path / "network")
    (tmp_path / "reader.npz").write_bytes(pack(transformer()))
    monkeypatch.chdir(tmp_path)
    given = ["careful", "--transformer", "reader.npz", "--model", "network", "--output", "new/both"]
    assert main(given) == 0
    monkeypatch.chdir("/")
    assert load_model(tmp_path / "new" / "both").version in capsys.readouterr().out


def test_the_command_tells_what_it_cannot_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_model(model(), tmp_path / "network")
    (tmp_path / "reader.npz").write_bytes(b"PK no transformer")
    rest = ["--model", str(tmp_path / "network"), "--output", str(tmp_path / "both")]
    for file in ("reader.npz", "none.npz"):
        assert main(["careful", "--transformer", str(tmp_path / file), *rest]) != 0
        assert str(tmp_path) in capsys.readouterr().err


def test_a_model_takes_one_transformer_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = folder_of_both(tmp_path)
    given = ["careful", "--transformer", str(both / TRANSFORMER), "--model", str(both)]
    assert main([*given, "--output", str(tmp_path / "nested"), "--lang", "en"]) == ModelError.exit_code
    assert "has a transformer already" in capsys.readouterr().err
    assert not (tmp_path / "nested").exists()


def test_the_default_engine_reads_alone() -> None:
    assert engine().model.transformer is None
