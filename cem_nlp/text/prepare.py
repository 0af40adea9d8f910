"""The whole way of a comment from the source to what may be stored: normalised, speakers named, masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from cem_nlp.text.dialogue import join_turns, turn_spans
from cem_nlp.text.filler import is_default_praise
from cem_nlp.text.mask import mask
from cem_nlp.text.normalise import normalise
from cem_nlp.text.origin import Origin
from cem_nlp.text.speakers import with_usual_names


@dataclass(frozen=True, slots=True)
class Prepared:
    """Text that may be stored: `n_masked` places masked, `fixes` made in order, the way back to the source.

    `fixes` holds the repairs of `normalise`, `speakers` where a transcript had another form than that of
    `join_turns`, and `default_praise` where the platform wrote the text.
    """

    text: str
    n_masked: int = 0
    fixes: tuple[str, ...] = ()
    origin: Origin | None = None


def prepare(text: str, kind: str = "review") -> Prepared:
    """Normalise and mask `text`, of a transcript also name the speakers as `join_turns` does.

    Applying it to its own result changes the text no more. `kind` is a code of `vocabulary.KINDS`.
    """
    normalised = normalise(text)
    fixes, origin = normalised.fixes, normalised.origin
    named, way = with_usual_names(normalised.text) if kind == "transcript" else (normalised.text, None)
    if way is not None:
        fixes, origin = (*fixes, "speakers"), way.after(origin)
    masked = mask(named)
    if is_default_praise(masked.text):
        fixes = (*fixes, "default_praise")
    if masked.origin is not None:
        origin = masked.origin.after(origin)
    return Prepared(masked.text, masked.n_masked, fixes, origin)


def mask_answers(turns: Sequence[tuple[str, str]]) -> tuple[list[str], int]:
    """Mask what only the turn before gives away: 您的订单号？ / 88320260903000622.

    Give the turns' roles and prepared texts in order; returns the texts, and how many places were masked.
    """
    texts = [text for _, text in turns]
    masked = mask(join_turns(turns))
    if not masked.n_masked:
        return texts, 0
    spoken = iter([masked.text[start:end] for _, start, end in turn_spans(masked.text, "transcript")])
    return [next(spoken) if text.strip() else text for text in texts], masked.n_masked


def to_source_span(prepared: Prepared, start: int, end: int) -> tuple[int, int]:
    """Return the source's span behind prepared.text[start:end], in code points; `start` < `end`.

    Part of a placeholder stands for all that it masks.
    """
    return (start, end) if prepared.origin is None else prepared.origin.span(start, end)
