import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions_factories import comments, engine, model

from cem_nlp.analysis import profile_of
from cem_nlp.errors import ModelError
from cem_nlp.model_files import load_model, load_profile, save_model, save_profile
from cem_nlp.opinions.network import OPINION_LABELS
from cem_nlp.opinions.profile import BINS, PROFILE, Observed, Profile, count, pack_profile, unpack_profile
from cem_nlp.resources import shipped
from cem_nlp.vocabulary import KINDS

OPINIONS = st.lists(
    st.tuples(st.sampled_from(OPINION_LABELS), st.floats(0, 1)).map(lambda o: (*o[0], o[1])), max_size=4
)
OBSERVED = st.builds(
    Observed,
    kind=st.sampled_from(sorted(KINDS)),
    length=st.integers(0, 3000),
    language=st.sampled_from(["zh", "other", "none"]),
    unknown=st.none() | st.floats(0, 1),
    opinions=OPINIONS.map(tuple),
)


def profile() -> Profile:
    return profile_of(engine(), [(comment.text, comment.kind) for comment in comments()[:50]])


@given(st.lists(OBSERVED, max_size=12))
@settings(max_examples=80, deadline=None)
def test_a_comment_has_one_vote_in_each_measure(observed: list[Observed]) -> None:
    counts = count(observed)
    assert counts.keys() == {comment.kind for comment in observed}
    for kind, measures in counts.items():
        all_of = [comment for comment in observed if comment.kind == kind]
        read = [comment for comment in all_of if comment.language == "zh"]
        votes = {measure: pytest.approx(found.sum()) for measure, found in measures.items()}
        assert votes == {
            "length": len(all_of),
            "language": len(all_of),
            "unknown": sum(comment.unknown is not None for comment in read),
            "found": len(read),
            "opinions": sum(bool(comment.opinions) for comment in read),
            "probability": sum(bool(comment.opinions) for comment in read),
        }
        assert {measure: len(found) for measure, found in measures.items()} == {
            measure: len(bins) for measure, bins in BINS.items()
        }


def test_a_border_belongs_to_the_bin_it_begins() -> None:
    observed = Observed("review", 16, "zh", 0.05, (("price", "negative", 0.9), ("price", "positive", 0.1)))
    counts = count([observed])["review"]
    found = {m: [b for b, n in zip(BINS[m], c, strict=True) if n] for m, c in counts.items()}
    assert found == {
        "length": ["16–32"],
        "language": ["zh"],
        "unknown": ["0.05–0.1"],
        "found": ["some"],
        "opinions": ["price positive", "price negative"],
        "probability": ["0.1–0.2", "≥0.9"],
    }
    assert set(counts["opinions"]) == {0.0, 0.5}


def test_a_profile_comes_back_from_its_file(tmp_path: Path) -> None:
    save_model(model(), tmp_path)
    assert load_profile(tmp_path) is None
    save_profile(profile(), tmp_path)
    again = load_profile(tmp_path)
    assert again is not None
    assert again.model_version == engine().model_version
    assert again.counts.keys() == {"review"}
    for measure, counts in profile().counts["review"].items():
        assert np.allclose(again.counts["review"][measure], counts, atol=1e-3)
    assert pack_profile(again) == (tmp_path / PROFILE).read_bytes()
    assert load_model(tmp_path).version  # the model does not mind its profile


def test_the_shipped_profile_is_that_of_the_shipped_model() -> None:
    shipped_profile = load_profile(shipped("models/default"))
    assert shipped_profile is not None
    assert shipped_profile.model_version == load_model(shipped("models/default")).version
    assert shipped_profile.counts.keys() == KINDS.keys()


def test_a_changed_byte_is_refused_wherever_it_is() -> None:
    packed = pack_profile(profile())
    for place in np.linspace(0, len(packed) - 1, 200).astype(int):
        changed = bytearray(packed)
        changed[place] ^= 1
        with pytest.raises(ModelError) as caught:
            unpack_profile(bytes(changed), "models/x/profile.json")
        assert "models/x/profile.json" in caught.value.explain("en")
    for other in (b"", b"[]", b"{}", packed + b" ", b"\xff"):
        with pytest.raises(ModelError):
            unpack_profile(other, "x")


def test_a_profile_holds_no_word_of_any_customer() -> None:
    held = json.loads(pack_profile(profile()))
    assert set(held) == {"format", "model", "bins", "counts", "sha256"}
    assert all(isinstance(n, float) for of in held["counts"].values() for found in of.values() for n in found)
    assert not any("\u3400" <= character <= "\u9fff" for character in pack_profile(profile()).decode())
