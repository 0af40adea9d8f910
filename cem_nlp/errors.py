"""Every error the product raises on purpose.

    CemError
    ├── ConfigError             the configuration file: unknown key, wrong value, missing file
    ├── InputError              what comes from outside
    │   ├── UnreadableSource    a file or database cannot be read at all
    │   │   └── UnknownEncoding     its encoding is not the declared one, or none of the usual
    │   ├── BrokenContract      the source lacks a column that its mapping names
    │   ├── TooManyBadRows      more rows than `max_bad_share` went to quarantine
    │   ├── NoRows              the sources of a night hold no row at all
    │   ├── BrokenLabels        a labelled file has an unknown category, a span outside its text, …
    │   ├── BrokenSurvey        a survey has an unknown measure, a score outside its scale, …
    │   ├── BrokenCustomers     a customer table lists a customer twice, a negative value, …
    │   ├── BrokenSources       a list of what is listened to has an unknown pattern, a month that is none, …
    │   ├── BrokenOwnRating     the company's own rating has an unknown category, a score outside its scale, …
    │   └── BrokenActions       a table of actions has an unknown touchpoint, a start that is no date, …
    ├── ModelError              a model file is missing, damaged or of another format
    ├── StoreError              the warehouse
    │   ├── NotWritable         the folder cannot be written
    │   ├── NotReadable         what was published cannot be read: damaged, or without leave
    │   ├── RunInProgress       another run holds the warehouse
    │   ├── NothingPublished    no run has committed yet
    │   └── OutdatedTables      an older version of the software published them
    ├── PrefectUnreachable      the Prefect server does not answer
    ├── WorkerEnded             the system ended a process that read feedback
    └── InternalFault           the software itself failed; stands in for an error that might quote customers

An error is a sentence an operator can act on: what happened, where, the offending value, the valid
values and the next step. It never carries customer text.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from traceback import extract_tb
from typing import Self

from cem_nlp.language import Bilingual, Language

_LABELS = {
    "where": Bilingual("位置", "where"),
    "value": Bilingual("出错的值", "value"),
    "valid": Bilingual("有效值", "valid values"),
    "closest": Bilingual("是不是想写", "did you mean"),
    "next": Bilingual("下一步", "next step"),
}


_SHOWN_PLACES = 6
"""Innermost frames named of an unforeseen error: enough to find it."""

_SHOWN_VALUE = 120
"""Characters shown of a value: enough to find it in the file; what is longer is no value but a text."""


class CemError(Exception):
    """Base of all deliberate errors.

    `what` says what happened; `place` names file, line, column or key; `value` is the offending value;
    `choices` lists the valid ones; `next_step` says what to do. `exit_code` is the command line's exit code.
    """

    exit_code = 1

    def __init__(
        self,
        what: Bilingual,
        *,
        where: str | Bilingual | None = None,
        value: object = None,
        valid: Sequence[str | Bilingual] | None = None,
        next_step: Bilingual | None = None,
    ) -> None:
        self.what = what
        self.place = None if where is None else _in_both(where)
        self.value = value
        self.choices = None if valid is None else tuple(map(_in_both, valid))
        self.next_step = next_step
        super().__init__(self.explain("en"))

    @property
    def where(self) -> str | None:
        """The place in English."""
        return None if self.place is None else self.place.en

    @property
    def valid(self) -> tuple[str, ...] | None:
        """The valid values in English."""
        return None if self.choices is None else tuple(choice.en for choice in self.choices)

    def explain(self, language: Language) -> str:
        """Return the whole message in `language`, one fact a line."""
        details: dict[str, str | None] = {}
        if self.place is not None:
            details["where"] = self.place.say(language)
        if self.value is not None:
            details["value"] = _shown(self.value)
        if self.choices is not None:
            valid = [choice.say(language) for choice in self.choices]
            details["valid"] = ", ".join(valid)
            details["closest"] = _closest(str(self.value), valid)
        if self.next_step is not None:
            details["next"] = self.next_step.say(language)
        lines = [f"  {_LABELS[name].say(language)}: {text}" for name, text in details.items() if text]
        return "\n".join([self.what.say(language), *lines])

    def at(self, where: str | Bilingual) -> Self:
        """Return the same error at `where`: a reader of a file knows the file, the checks inside do not."""
        return type(self)(
            self.what, where=where, value=self.value, valid=self.choices, next_step=self.next_step
        )

    def in_file(self, file: object) -> Self:
        """Return the same error with `file` before its place."""
        if self.place is None:
            return self.at(str(file))
        return self.at(Bilingual(f"{file} {self.place.zh}", f"{file}, {self.place.en}"))

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders: rebuild from the fields, not from the rendered message.
        return _rebuild, (type(self), self.what, self.place, self.value, self.choices, self.next_step)


def _rebuild(
    kind: type[CemError],
    what: Bilingual,
    where: Bilingual | None,
    value: object,
    valid: Sequence[Bilingual] | None,
    next_step: Bilingual | None,
) -> CemError:
    return kind(what, where=where, value=value, valid=valid, next_step=next_step)


def _in_both(said: str | Bilingual) -> Bilingual:
    return Bilingual(said, said) if isinstance(said, str) else said


def _shown(value: object) -> str:
    said = repr(value) if isinstance(value, str) else str(value)
    return said if len(said) <= _SHOWN_VALUE else f"{said[:_SHOWN_VALUE]}…"


def _closest(value: str, valid: Sequence[str]) -> str | None:
    """Return the valid value that was probably meant; a mistaken figure or date tells nothing of it."""
    if value in valid or any(sign.isdigit() for sign in value):
        return None
    return next(iter(get_close_matches(value, valid, n=1)), None)


class ConfigError(CemError):
    """The configuration is wrong."""

    exit_code = 3


class InputError(CemError):
    """Something read from outside is not as agreed."""

    exit_code = 4


class UnreadableSource(InputError):
    """A file or database cannot be read at all."""


class UnknownEncoding(UnreadableSource):
    """A file's encoding is not the declared one, or none of those tried where none is declared."""


class BrokenContract(InputError):
    """A source lacks a column that its mapping names."""


class TooManyBadRows(InputError):
    """More rows than the configured share went to quarantine."""


class NoRows(InputError):
    """The sources of a night hold no row at all."""


class BrokenLabels(InputError):
    """A labelled file does not follow the labelled format."""


class BrokenSurvey(InputError):
    """A survey does not follow the survey format."""


class BrokenCustomers(InputError):
    """A customer table does not follow its format."""


class BrokenSources(InputError):
    """A list of what is listened to does not follow its format."""


class BrokenOwnRating(InputError):
    """The company's rating of itself does not follow its format."""


class BrokenActions(InputError):
    """A table of actions, or of their business results, does not follow its format."""


class ModelError(CemError):
    """A model file is missing, damaged or of another format."""

    exit_code = 5


class StoreError(CemError):
    """The warehouse cannot be used."""

    exit_code = 6


class NotWritable(StoreError):
    """A folder or file cannot be written."""


class NotReadable(StoreError):
    """What was published cannot be read."""


class RunInProgress(StoreError):
    """Another run holds the warehouse."""


class NothingPublished(StoreError):
    """No run has committed to this warehouse yet."""


class OutdatedTables(StoreError):
    """What was published lacks tables of today: an older version of the software published it."""


class PrefectUnreachable(CemError):
    """The Prefect server that is configured does not answer, or none could be started."""

    exit_code = 7


class WorkerEnded(CemError):
    """The system ended a worker process, mostly for want of memory."""

    exit_code = 8


class InternalFault(CemError):
    """The software itself failed."""

    exit_code = 70


def withhold(error: Exception) -> InternalFault:
    """Return what may be said of an unforeseen error: its type and places, not its message.

    The message of an error from a library may quote the text it stumbled over, and errors reach logs and
    Prefect's database. Raise the result `from None`.
    """
    places = [f"{frame.filename}:{frame.lineno} ({frame.name})" for frame in extract_tb(error.__traceback__)]
    return InternalFault(
        Bilingual(
            f"软件内部出错：{type(error).__name__}（不显示错误内容，其中可能有客户文字）",
            f"internal fault: {type(error).__name__} (its message is withheld: it may quote customers)",
        ),
        where="\n    ".join(places[-_SHOWN_PLACES:]),
        next_step=Bilingual("把以上位置报告给维护者", "report these places to the maintainers"),
    )
