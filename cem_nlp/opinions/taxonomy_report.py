"""Taxonomies, their failed tests and their differences as text for the terminal."""

from collections.abc import Mapping, Sequence

from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_check import Failure
from cem_nlp.opinions.taxonomy_diff import ASPECTS, Change
from cem_nlp.vocabulary import CATEGORIES, DETERMINANTS, POLARITIES

Examples = Mapping[Change, Sequence[tuple[str, str]]]
"""For each change some comments: id and masked words."""

_QUOTED = 24
"""Code points of an example shown."""


def render_contents(taxonomy: Taxonomy, language: Language) -> str:
    """Return one line: the version and how much of what there is."""
    counts = {
        Bilingual("类别", "categories"): len(taxonomy.topics),
        Bilingual("子主题", "topics"): sum(map(len, taxonomy.topics.values())),
        Bilingual("触点", "touchpoints"): len(taxonomy.touchpoints),
        Bilingual("体验主题", "themes"): len(taxonomy.themes),
        Bilingual("预期成因", "determinants"): len(taxonomy.determinants),
        Bilingual("规则", "rules"): len(taxonomy.rules),
        Bilingual("测试句", "test sentences"): len(taxonomy.cases),
    }
    parts = [f"{number} {name.say(language)}" for name, number in counts.items()]
    return f"{taxonomy.version}: " + ("、" if language == "zh" else ", ").join(parts)


def render_failure(failure: Failure, language: Language) -> str:
    """Return a failed test sentence: its text, what is missing or too much, and all that was found."""
    said = [
        (Bilingual("缺少", "missing"), failure.missing),
        (Bilingual("不该有", "should not be"), failure.against),
        (Bilingual("找到的", "found"), failure.found),
    ]
    lines = [f"    {name.say(language)}: {', '.join(names)}" for name, names in said if names]
    return "\n".join([f"「{failure.case.text}」", *lines])


def render_changes(
    counts: Mapping[Change, int], examples: Examples, taxonomies: Sequence[Taxonomy], language: Language
) -> str:
    """Return a line per change, the most frequent of each aspect first; names come from the taxonomies."""
    names = _names(taxonomies)
    lines = []
    for aspect, title in ASPECTS.items():
        rows = sorted(
            (change for change in counts if change.aspect == aspect),
            key=lambda change: (-counts[change], change.before or "", change.after or ""),
        )
        if rows:
            lines += ["", f"── {title.say(language)}"]
        for change in rows:
            quotes = "  ".join(f"{number}「{words[:_QUOTED]}」" for number, words in examples[change])
            before, after = (
                _said(value, aspect, names.get(aspect, {}), language)
                for value in (change.before, change.after)
            )
            lines.append(f"{counts[change]:>7,}  {before} → {after}    {quotes}".rstrip())
    return "\n".join(lines)


def _names(taxonomies: Sequence[Taxonomy]) -> dict[str, dict[str, Bilingual]]:
    """Return what readers call the values of each aspect; the last taxonomy's names hold."""
    names: dict[str, dict[str, Bilingual]] = {
        "topic": {},
        "touchpoint": {},
        "owner": {},
        "theme": {},
        "determinant": DETERMINANTS,
    }
    for taxonomy in taxonomies:
        for topics in taxonomy.topics.values():
            names["topic"] |= {code: topic.name for code, topic in topics.items()}
        names["touchpoint"] |= {code: place.name for code, place in taxonomy.touchpoints.items()}
        names["owner"] |= taxonomy.owners
        names["theme"] |= {code: theme.name for code, theme in taxonomy.themes.items()}
    return names


def _said(value: str | None, aspect: str, names: Mapping[str, Bilingual], language: Language) -> str:
    if value is None:
        return Bilingual("（无）", "(none)").say(language)
    if aspect == "opinion":
        category, polarity, decided_by = value.split(" ", maxsplit=2)
        return f"{CATEGORIES[category].say(language)} · {POLARITIES[polarity].say(language)} ({decided_by})"
    return names[value].say(language) if value in names else value
