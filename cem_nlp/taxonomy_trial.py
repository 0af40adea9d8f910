"""`cem taxonomy diff`: a file of comments read with two taxonomies."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cem_nlp.analysis import Comment, batches
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.taxonomy_diff import Change, changes
from cem_nlp.text import prepare

_EXAMPLES = 3
"""Comments kept as examples of a change."""


@dataclass(slots=True)
class Trial:
    """How many comments and opinions were read, in how many comments something changes, how often each
    change occurs and, as examples, the first comments with it: their id and the words, masked.
    """

    comments: int = 0
    opinions: int = 0
    changed: int = 0
    counts: Counter[Change] = field(default_factory=Counter)
    examples: defaultdict[Change, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def try_taxonomy(old: NetworkEngine, new: NetworkEngine, comments: Iterable[Comment]) -> Trial:
    """Read comments with both engines and count what changes. Memory does not grow with the comments."""
    trial = Trial()
    for batch in batches(comments):
        texts = [prepare(comment.text, comment.kind).text for comment in batch]
        kinds = [comment.kind for comment in batch]
        readings = zip(old.read(texts, kinds), new.read(texts, kinds), strict=True)
        for comment, text, (before, after) in zip(batch, texts, readings, strict=True):
            places = changes(before, after, old.taxonomy, new.taxonomy)
            trial.comments += 1
            trial.opinions += len(before.opinions)
            trial.changed += bool(places)
            for place in places:
                trial.counts[place.change] += 1
                if len(trial.examples[place.change]) < _EXAMPLES:
                    trial.examples[place.change].append((comment.id, text[place.start : place.end]))
    return trial
