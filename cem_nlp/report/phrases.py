"""Words and numbers together: everything a rendering says, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cem_nlp.language import Bilingual, Language
from cem_nlp.report import format as numbers
from cem_nlp.report.cells import Cell, Week
from cem_nlp.report.inputs import ReportContext
from cem_nlp.report.page_wording import PAGE_WORDS
from cem_nlp.report.seven_steps import MARKS, CategorySteps, Measure, Steps
from cem_nlp.report.wording import WORDS
from cem_nlp.vocabulary import ALL, CATEGORIES, EXPECTATIONS, INTENTS, KINDS, ORIGINS, POLARITIES, UNKNOWN

YUAN = "元"
"""The currency where none is configured; other names stand in the report as they are configured."""

_SIGNED = ("satisfaction", "weighted", "gap")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The wording in `language`, with the context's names of touchpoints and topics.

    Foreign text (brands, products, segments) comes out cleaned and on one line, not yet escaped.
    """

    language: Language
    context: ReportContext

    def say(self, word: str, /, **values: object) -> str:
        """Return the wording of `word` with `values` filled in."""
        entry = WORDS.get(word) or PAGE_WORDS[word]
        return entry.say(self.language).format(**values)

    def head(self, text: str) -> str:
        """Return `text` as it begins a heading or a table cell: with a capital, where there are any."""
        return text[:1].upper() + text[1:]

    # Names of codes

    def named(self, names: Mapping[str, Bilingual], code: str) -> str:
        """Return a code's name, or the code itself where it has none."""
        return names[code].say(self.language) if code in names else numbers.one_line(code)

    def category(self, code: str) -> str:
        """Return a category's name; 'all' is the brand as a whole."""
        return self.say("overall") if code == ALL else self.named(CATEGORIES, code)

    def touchpoint(self, code: str) -> str:
        """Return a touchpoint's name from the context."""
        return self.say("unnamed") if code == UNKNOWN else self.named(self.context.touchpoints, code)

    def owner(self, touchpoint: str) -> str:
        """Return the department that answers for a touchpoint; '' where none is named."""
        code = self.context.owner_of.get(touchpoint)
        return "" if code is None else self.named(self.context.owners, code)

    def topic(self, code: str) -> str:
        """Return a topic's name from the context."""
        return self.named(self.context.topics, code)

    def reason(self, code: str) -> str:
        """Return why a row is in quarantine, from the context."""
        return self.named(self.context.reasons, code)

    def kind(self, code: str) -> str:
        """Return the name of a kind of feedback."""
        return self.named(KINDS, code)

    def kinds(self, codes: Sequence[str]) -> str:
        """Return the names of kinds of feedback in a sentence: reviews, complaints and call transcripts."""
        *others, last = [self.say("several", kind=self.kind(code)) for code in codes]
        return self.say("and", first=self.listed(others), last=last) if others else last

    def in_kind(self, code: str | None) -> str:
        """Say in brackets which kind of feedback a score is made of; '' for all kinds."""
        return "" if code is None else self.say("in_kind", kind=self.kind(code))

    def compared_in_kind(self, code: str) -> str:
        """Say that brands are compared in one kind of feedback, and why."""
        return self.say("compared_in_kind", kind=self.kind(code))

    def near_duplicates(self, n: int) -> str:
        """Say in brackets how many near-duplicates are left out of a count; '' where there are none."""
        return self.say("without_near", n=numbers.count(n)) if n else ""

    def mixed(self) -> str:
        """Say which fixed mix the scores stand for; '' without one."""
        mix = self.context.scores.mix
        if mix is None:
            return ""
        named = {self.kind(kind): share for kind, share in mix.kinds.items()}
        named |= {numbers.one_line(name): share for name, share in {**mix.channels, **mix.sources}.items()}
        shares = [self.say("mix_share", name=name, share=f"{share:.0%}") for name, share in named.items()]
        return self.say("mixed", shares=self.listed(shares))

    def polarity(self, code: str) -> str:
        """Return a polarity's name."""
        return self.named(POLARITIES, code)

    def origin(self, code: str | None) -> str:
        """Return where a value comes from."""
        return self.say("unknown") if code is None else self.named(ORIGINS, code)

    def intent(self, code: str) -> str:
        """Return an intent's name."""
        return self.named(INTENTS, code)

    def expected(self, code: str) -> str:
        """Return how experience met expectation."""
        return self.named(EXPECTATIONS, code)

    def brand(self, name: str) -> str:
        """Return a brand, product or segment as the source writes it."""
        if name == ALL:
            return self.say("all")
        return self.say("unnamed") if name == UNKNOWN else numbers.one_line(name)

    def place(self, touchpoint: str, category: str) -> str:
        """Return a cell of the heat map: touchpoint · category."""
        return self.say("place", touchpoint=self.touchpoint(touchpoint), category=self.category(category))

    def scope(self, steps: Steps) -> str:
        """Return what the seven steps are about: brand · product · segment, as far as they are named."""
        parts = [self.brand(name) for name in (steps.brand, steps.product, steps.segment) if name != ALL]
        return " · ".join(parts) or self.say("scope_all")

    # Numbers

    def value(self, cell: Cell) -> str:
        """Return a cell's score, or that it is unknown."""
        return self.say("unknown") if cell.experience is None else numbers.score(cell.experience)

    def range(self, cell: Cell) -> str:
        """Return a cell's range, or nothing where it has none."""
        return "" if cell.low is None or cell.high is None else numbers.spread(cell.low, cell.high)

    def cell(self, cell: Cell | None) -> str:
        """Return a cell in words: 6.8（6.5–7.1）, 样本不足 (n=3) or 无人提及."""
        if cell is None or not cell.n_mentions:
            return self.say("no_mentions")
        if not cell.has_score:
            return self.say("too_few", n=numbers.count(cell.n_mentions))
        return self.say("scored", score=self.value(cell), range=self.range(cell))

    def measure(self, name: str, measure: Measure) -> str:
        """Return the value of one of the seven steps, differences with their sign."""
        if measure.value is None:
            return numbers.EN_DASH
        return (numbers.signed if name in _SIGNED else numbers.score)(measure.value)

    def measure_range(self, name: str, measure: Measure) -> str:
        """Return the range of one of the seven steps, or nothing where it has none."""
        if measure.low is None or measure.high is None:
            return ""
        if name not in _SIGNED:
            return numbers.spread(measure.low, measure.high)
        return self.say("to", low=numbers.signed(measure.low), high=numbers.signed(measure.high))

    def money(self, amount: float, currency: str | None = None) -> str:
        """Return an amount in whole units of `currency`, else the configured one; alone if none is known."""
        configured = None if self.context.cost is None else self.context.cost.currency
        unit = numbers.one_line(currency or configured or "")
        whole = numbers.count(round(amount))
        named = self.say("yuan") if unit == YUAN else unit
        return self.say("money", amount=whole, currency=named) if unit else whole

    # Labels of charts, and counts

    def steps_label(self, steps: CategorySteps) -> str:
        """Return what a gap strip shows, to be read out."""
        shown = [f"{self.say(n)} {self.measure(n, steps.measures[n])}" for n in MARKS]
        return f"{self.category(steps.category)}: {self.listed(shown)}"

    def weeks_label(self, category: str, weeks: Sequence[Week]) -> str:
        """Return what a weekly chart shows, to be read out: weeks that nobody spoke in are not named."""
        scores = [self.say("trend_week", week=week.name, score=self.cell(week.cell)) for week in weeks]
        return self.say("trend_label", category=self.category(category), weeks=self.listed(scores))

    def counts(self, counts: Mapping[str, int], names: Mapping[str, Bilingual]) -> str:
        """Return counts by code in a row: 回购 12、推荐 9."""
        return self.listed([f"{self.named(names, code)} {numbers.count(n)}" for code, n in counts.items()])

    # Sentences

    def listed(self, names: Sequence[str]) -> str:
        """Return names in a row."""
        return self.say("list_separator").join(names)

    def sentence(self, clauses: Sequence[str]) -> str:
        """Return clauses as one sentence."""
        return self.head(self.say("clause_separator").join(clauses)) + self.say("sentence_end")

    def paragraph(self, sentences: Sequence[str]) -> str:
        """Return sentences as one paragraph."""
        return self.say("sentence_gap").join(self.head(sentence) for sentence in sentences)

    def key_experience(self, steps: Steps, key: CategorySteps) -> str:
        """Return the key experience with the figures that make it one."""
        values = {name: self.measure(name, measure) for name, measure in key.measures.items()}
        if weighted_range := self.measure_range("weighted", key.measures["weighted"]):
            values["weighted"] = self.say("scored", score=values["weighted"], range=weighted_range)
        if origin := key.measures["expectation"].origin:
            values["expectation"] = self.say(
                "with_origin", value=values["expectation"], origin=self.origin(origin)
            )
        named = (steps.product, steps.segment) != (ALL, ALL)
        return self.say(
            "key_is",
            scope=self.say("key_scope", scope=self.scope(steps)) if named else "",
            category=self.category(key.category),
            importance_from=self.origin(key.measures["importance"].origin),
            **values,
        )
