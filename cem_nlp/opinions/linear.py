"""Linear support vector machines: what tells two sides apart, and the plain baseline of the opinions.

The only module that imports scikit-learn.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from cem_nlp.opinions.features import Flags
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.network import OPINION_LABELS, Floats
from cem_nlp.text.dialogue import customer_spans
from cem_nlp.text.script import simplify


def separated(features: Floats, holds: Flags, strength: float) -> tuple[npt.NDArray[np.float64], float]:
    """Return the weights and the bias that tell the rows of `features` for which something `holds` from the
    others; `strength` is the machine's C. Both sides have a row.
    """
    machine = LinearSVC(C=strength, dual=False).fit(features, holds)
    return machine.coef_[0], float(machine.intercept_[0])


class LinearBaseline:
    """TF-IDF of characters 1 to 4 and one machine per category and polarity, fitted on labelled comments.

    It says which (category, polarity) pairs a whole comment holds, and points at no words.
    """

    def __init__(self, comments: Sequence[LabelledComment], seed: int = 0) -> None:
        truths = np.zeros((len(comments), len(OPINION_LABELS)), np.int8)
        for row, comment in enumerate(comments):
            for opinion in comment.opinions:
                truths[row, OPINION_LABELS.index((opinion.category, opinion.polarity))] = 1
        self._learnt = np.flatnonzero(truths.any(axis=0))
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
        features = self._vectorizer.fit_transform(
            [_words(comment.text, comment.kind) for comment in comments]
        )
        self._classifier = OneVsRestClassifier(LinearSVC(C=0.5, random_state=seed))
        self._classifier.fit(features, truths[:, self._learnt])

    def pairs(self, texts: Sequence[str], kinds: Sequence[str]) -> list[set[tuple[str, str]]]:
        """Return the set of (category, polarity) of each comment, in the form `evaluation.measure` takes."""
        words = [_words(text, kind) for text, kind in zip(texts, kinds, strict=True)]
        said = np.asarray(self._classifier.decision_function(self._vectorizer.transform(words))) > 0
        return [{OPINION_LABELS[self._learnt[label]] for label in np.flatnonzero(row)} for row in said]


def _words(text: str, kind: str) -> str:
    return simplify(" ".join(text[start:end] for start, end in customer_spans(text, kind)))
