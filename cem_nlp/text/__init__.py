"""Text: normalise, mask personal data, split into turns and clauses, segment, find near-duplicates.

Everything here maps strings to strings or spans of code points; nothing reads files, clock or environment.
"""

from cem_nlp.text.clauses import split_clauses
from cem_nlp.text.dialogue import customer_spans, join_turns, turn_spans
from cem_nlp.text.duplicates import near_duplicates
from cem_nlp.text.filler import is_default_praise
from cem_nlp.text.mask import Masked, mask
from cem_nlp.text.normalise import Normalised, normalise
from cem_nlp.text.origin import Origin
from cem_nlp.text.prepare import Prepared, mask_answers, prepare, to_source_span
from cem_nlp.text.script import fold_script, simplify
from cem_nlp.text.segment import Segmenter
from cem_nlp.text.speakers import kind_of
from cem_nlp.text.written_language import WrittenLanguage, written_language

__all__ = [
    "Masked",
    "Normalised",
    "Origin",
    "Prepared",
    "Segmenter",
    "WrittenLanguage",
    "customer_spans",
    "fold_script",
    "is_default_praise",
    "join_turns",
    "kind_of",
    "mask",
    "mask_answers",
    "near_duplicates",
    "normalise",
    "prepare",
    "simplify",
    "split_clauses",
    "to_source_span",
    "turn_spans",
    "written_language",
]
