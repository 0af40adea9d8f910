"""Where features stand: by the clauses they share."""

import numpy as np

from cem_nlp.opinions.network import Bags
from cem_nlp.opinions.semantics import feature_places

N_FEATURES = 12


def bags(n_clauses: int = 400) -> Bags:
    """Clauses of one of two themes: features 0 to 4, or 5 to 9, three of them each; 10 once, 11 never."""
    random = np.random.default_rng(1)
    themes = random.integers(0, 2, n_clauses)
    rows = [sorted(random.choice(5, 3, replace=False) + 5 * theme) for theme in themes]
    rows[0].append(10)
    sizes = [len(row) for row in rows]
    none = np.zeros(0, np.int32)
    return Bags(
        rows=np.concatenate(rows).astype(np.int32),
        clause_starts=np.concatenate([[0], np.cumsum(sizes)]),
        comment_starts=np.arange(n_clauses + 1),
        answer_rows=none,
        answer_starts=np.zeros(n_clauses + 1, np.int64),
        kinds=np.zeros(n_clauses, np.int64),
    )


def places(clauses: Bags) -> np.ndarray:
    return feature_places(clauses, N_FEATURES, np.random.default_rng(0))


def test_features_of_one_theme_stand_nearer_to_each_other() -> None:
    found = places(bags())
    towards = found @ found.T
    same, other = towards[:5, :5][~np.eye(5, dtype=bool)], towards[:5, 5:10]
    assert same.mean() > other.mean() + 1


def test_places_have_one_length_and_rare_features_none() -> None:
    lengths = np.linalg.norm(places(bags()), axis=1)
    assert np.allclose(lengths[:10], lengths[0], rtol=1e-4)
    assert lengths[0] > 0
    assert (lengths[10:] == 0).all()


def test_the_same_clauses_give_the_same_places() -> None:
    assert np.array_equal(places(bags()), places(bags()))


def test_a_single_clause_gives_no_dimension() -> None:
    assert places(bags(1)).shape == (N_FEATURES, 0)
