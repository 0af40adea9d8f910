"""Where features stand by the company they keep: latent semantic analysis of clauses.

Deerwester, Dumais, Furnas, Landauer & Harshman (1990). The right singular vectors are found as eigenvectors
of the products of features, by ARPACK.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import LinearOperator, eigsh

from cem_nlp.opinions.network import Bags, Floats

DIMENSIONS: Final = 128
_CLAUSES: Final = 300_000
"""Clauses looked at, drawn at random; all of the pool's million gained nothing on the training fold."""
_LEAST: Final = 5
"""Clauses a feature must stand in to have a place."""
_LENGTH: Final = np.float32(2.5)
"""Length of a place, which sets how fast the shared matrix learns; chosen on the training fold."""


def feature_places(bags: Bags, n_features: int, random: np.random.Generator) -> Floats:
    """Return a place for each feature, features × DIMENSIONS: directions in which it varies with others.

    Clauses are vectors of their features weighed by rarity (idf) and of length one; the places are the right
    singular vectors times the singular values, scaled to one length. A feature that is too rare has none
    (zeros); a handful of clauses has fewer dimensions, down to none. The same bags and generator give the
    same places.
    """
    clauses = _weighed(_drawn(bags, n_features, random))
    dimensions = min(DIMENSIONS, min(clauses.shape) - 1)
    if dimensions < 1:
        return np.zeros((n_features, 0), np.float32)
    products = LinearOperator(
        (n_features, n_features), matvec=lambda vector: clauses.T @ (clauses @ vector), dtype=np.float32
    )
    start = np.ones(n_features, np.float32)
    squares, directions = eigsh(products, dimensions, v0=start, rng=random)
    places = directions * np.sqrt(np.maximum(squares, 0))
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    places *= _LENGTH / np.maximum(lengths, np.finfo(np.float32).tiny)
    places[np.bincount(clauses.indices, minlength=n_features) < _LEAST] = 0
    return np.ascontiguousarray(places, np.float32)


def _drawn(bags: Bags, n_features: int, random: np.random.Generator) -> "csr_matrix[np.float32]":
    """Return which features stand in some of the clauses, clauses × features."""
    entries = np.ones(len(bags.rows), np.float32)
    clauses = csr_matrix((entries, bags.rows, bags.clause_starts), shape=(bags.n_clauses, n_features))
    if bags.n_clauses > _CLAUSES:
        clauses = clauses[np.sort(random.choice(bags.n_clauses, _CLAUSES, replace=False))]
    clauses.sum_duplicates()
    clauses.data[:] = 1
    return clauses


def _weighed(clauses: "csr_matrix[np.float32]") -> "csr_matrix[np.float32]":
    found = np.bincount(clauses.indices, minlength=clauses.shape[1])
    rarity = np.log(max(clauses.shape[0], 1) / np.maximum(found, 1)).astype(np.float32)
    weighed = clauses @ diags(rarity)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1))).ravel()
    scaled = diags((1 / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)) @ weighed
    return csr_matrix(scaled, dtype=np.float32)
