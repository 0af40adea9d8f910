"""A transformer reads beside the network: what both say, and the folder that joins them."""

import shutil
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
from cem_nlp.model_files import load_model, load_network, save_files, save_model
from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.explain import _log_odds, explain
from cem_nlp.opinions.joint_files import JOINT, joint_of, pack_joint
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.network import LABELS, N_OPINIONS
from cem_nlp.opinions.second_reader import blended, doubtful, in_doubt, scores_of
from cem_nlp.opinions.transformer.forward import Logits, logits
from cem_nlp.opinions.transformer.weights import pack
from cem_nlp.vocabulary import KINDS

SURE = ["质量很好，但是物流太慢", "客服很耐心", "", "价格太贵了，质量太差，物流很快"]
IN_DOUBT = ["质量", "慢慢看好"]
TEXTS = SURE + IN_DOUBT
OF_KIND = ["review", "complaint", "review", "review", "review", "complaint"]


def joint(*kinds: str) -> Model:
    return replace(model(), transformer=transformer(), read_twice=kinds or tuple(KINDS))


@settings(deadline=None, max_examples=20)
@given(st.floats(-2, 2), st.floats(0.2, 3))
def test_log_odds_are_the_weighted_sum_of_both_readers(shift: float, slope: float) -> None:
    encoded = encode(TEXTS, OF_KIND, segmenter())
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
    encoded = encode(TEXTS, OF_KIND, segmenter())
    bags = model().bags(encoded)
    alone = scores_of(model(), encoded, bags)
    monkeypatch.setattr("cem_nlp.opinions.second_reader.in_doubt", lambda chances: np.array([3, 1]))
    some = scores_of(joint(), encoded, bags)
    monkeypatch.setattr("cem_nlp.opinions.second_reader.in_doubt", lambda chances: np.arange(len(chances)))
    everywhere = scores_of(joint(), encoded, bags)
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
    encoded = encode(TEXTS, OF_KIND, segmenter())
    alone, both = (scores_of(reader, encoded, model().bags(encoded)) for reader in (model(), joint()))
    sure = slice(len(SURE))
    assert np.array_equal(alone.comment[sure], both.comment[sure])
    assert (np.abs(alone.comment - both.comment)[len(SURE) :, :N_OPINIONS].max(axis=1) > 0.1).all()


def test_only_feedback_of_its_kinds_is_read_twice() -> None:
    encoded = encode(TEXTS, OF_KIND, segmenter())
    alone, both = (
        scores_of(reader, encoded, model().bags(encoded)).comment for reader in (model(), joint("complaint"))
    )
    review, complaint = (TEXTS.index(text) for text in IN_DOUBT)
    assert np.array_equal(alone[review], both[review])
    assert np.abs(alone[complaint] - both[complaint]).max() > 0.1


def test_what_is_endless_is_read_once() -> None:
    texts = ["慢慢看好", "慢慢看好" + "，慢慢看好" * 2_000]
    encoded = encode(texts, ["review"] * 2, segmenter())
    scores = model().score(model().bags(encoded))
    assert in_doubt(1 / (1 + np.exp(-scores.comment))).tolist() == [0, 1]
    assert doubtful(joint(), encoded, scores).tolist() == [0]


def test_without_a_doubtful_comment_the_network_has_said_it_all() -> None:
    encoded = encode(SURE, OF_KIND[: len(SURE)], segmenter())
    alone, both = (scores_of(reader, encoded, model().bags(encoded)) for reader in (model(), joint()))
    assert np.array_equal(alone.comment, both.comment)


def test_reading_and_explaining_ask_both() -> None:
    chances = [
        NetworkEngine(reader, taxonomy(), segmenter()).opinion_chances(TEXTS, OF_KIND)
        for reader in (model(), joint())
    ]
    assert np.abs(chances[0] - chances[1]).max() > 0.05
    both = NetworkEngine(joint(), taxonomy(), segmenter())
    for text, kind, reading in zip(TEXTS, OF_KIND, both.read(TEXTS, OF_KIND), strict=True):
        reasons = explain(both, text, kind)
        assert tuple(reason.opinion for reason in reasons) == reading.opinions


def test_a_comment_is_explained_by_whoever_read_it() -> None:
    both = NetworkEngine(joint(), taxonomy(), segmenter())
    alone = NetworkEngine(model(), taxonomy(), segmenter())
    for whole, without in ((SURE[0], IN_DOUBT[0]), (IN_DOUBT[0], SURE[0])):
        found = _log_odds(both, [whole, without], "review")
        chances = both.opinion_chances([whole], ["review"])[0]
        assert 1 / (1 + np.exp(-found[0, :N_OPINIONS])) == pytest.approx(chances, abs=1e-5)
        same_as_alone = np.abs(found - _log_odds(alone, [whole, without], "review")).max(axis=1) < 1e-4
        assert same_as_alone.tolist() == [whole in SURE] * 2


def test_neither_reader_sees_a_clause_that_a_rule_decides() -> None:
    rule = {"name": "慢", "words": ["物流"], "category": "brand", "polarity": "neutral", "touchpoint": "ad"}
    ruled = NetworkEngine(joint(), taxonomy(rules=[rule]), segmenter())
    (one, other) = ruled.read(["质量很好，物流太慢", "质量很好，物流太快"], ["review"] * 2)
    told = [[(o.category, o.polarity, o.probability) for o in reading.opinions] for reading in (one, other)]
    assert told[0] == told[1]
    assert any(opinion.decided_by == "rule:慢" for opinion in one.opinions)


def folder_of_both(tmp_path: Path) -> Path:
    save_model(model(), tmp_path / "network")
    content = pack(transformer())
    save_files({"reader.npz": content}, tmp_path / "network")
    written = joint_of(
        load_model(tmp_path / "network"), "../network", content, "../network/reader.npz", tuple(KINDS)
    )
    save_files({JOINT: pack_joint(written)}, tmp_path / "both")
    return tmp_path / "both"


def test_the_folder_is_a_model_with_a_version_of_its_own(tmp_path: Path) -> None:
    both = load_model(folder_of_both(tmp_path))
    network = load_model(tmp_path / "network")
    assert both.transformer is not None
    assert both.version.startswith(f"{network.version}+")
    assert load_network(tmp_path / "both").version == network.version
    loaded = NetworkEngine(both, taxonomy(), segmenter()).opinion_chances(TEXTS, OF_KIND)
    alone = NetworkEngine(network, taxonomy(), segmenter()).opinion_chances(TEXTS, OF_KIND)
    assert np.abs(loaded - alone).max() > 0.05


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    folder = folder_of_both(tmp_path)
    file = tmp_path / "network" / "reader.npz"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert str(folder / "../network/reader.npz") in caught.value.explain("en")


def test_another_model_beside_it_is_refused(tmp_path: Path) -> None:
    folder = folder_of_both(tmp_path)
    expected = load_model(tmp_path / "network").version
    save_model(replace(model(), version="other"), tmp_path / "network")
    with pytest.raises(ModelError, match="other") as caught:
        load_model(folder)
    assert expected in caught.value.explain("en")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "network": "../network", "kinds": []}']
)
def test_a_foreign_file_in_its_place_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = folder_of_both(tmp_path)
    (folder / JOINT).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert JOINT in caught.value.explain("zh")


@pytest.mark.parametrize("missing", ["../network/reader.npz", "../network/model.npz"])
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
    given = ["join", "--transformer", "reader.npz", "--network", "network", "--output", "new/both"]
    assert main(given) == 0
    monkeypatch.chdir("/")
    both = load_model(tmp_path / "new" / "both")
    assert both.version in capsys.readouterr().out
    assert both.read_twice == tuple(KINDS)


def test_a_folder_that_holds_all_three_can_be_copied(tmp_path: Path) -> None:
    save_model(model(), tmp_path / "one")
    (tmp_path / "one" / "transformer.npz").write_bytes(pack(transformer()))
    one = str(tmp_path / "one")
    given = ["join", "--transformer", f"{one}/transformer.npz", "--network", one, "--output", one]
    assert main([*given, "--kind", "transcript"]) == 0
    shutil.copytree(tmp_path / "one", tmp_path / "elsewhere" / "other")
    copied = load_model(tmp_path / "elsewhere" / "other")
    assert copied.version == load_model(tmp_path / "one").version
    assert copied.read_twice == ("transcript",)
    # Joined anew for other kinds it is another model, over the same network.
    assert main(given) == 0
    assert load_model(tmp_path / "one").version != copied.version
    assert load_network(tmp_path / "one").version == load_network(tmp_path / "elsewhere" / "other").version


def test_the_command_tells_what_it_cannot_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_model(model(), tmp_path / "network")
    (tmp_path / "reader.npz").write_bytes(b"PK no transformer")
    rest = ["--network", str(tmp_path / "network"), "--output", str(tmp_path / "both")]
    for file in ("reader.npz", "none.npz"):
        assert main(["join", "--transformer", str(tmp_path / file), *rest]) != 0
        assert str(tmp_path) in capsys.readouterr().err
    assert main(["join", "--transformer", str(tmp_path / "reader.npz"), *rest, "--kind", "call"]) == 2
    assert "review" in capsys.readouterr().err
    assert not (tmp_path / "both").exists()


def test_no_network_is_trained_into_a_folder_that_uses_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_model(model(), tmp_path / "network")
    (tmp_path / "reader.npz").write_bytes(pack(transformer()))
    both = str(tmp_path / "both")
    given = ["join", "--transformer", str(tmp_path / "reader.npz"), "--network", str(tmp_path / "network")]
    assert main([*given, "--output", both]) == 0
    labels = tmp_path / "labels.jsonl"
    labels.write_text("no label is looked at", "utf-8")
    assert main(["train", "--data", str(labels), "--output", both, "--lang", "en"]) == 5
    said = capsys.readouterr().err
    assert "joint.json" in said
    assert "another folder" in said


def test_the_network_of_a_test_reads_alone() -> None:
    assert engine().model.transformer is None
