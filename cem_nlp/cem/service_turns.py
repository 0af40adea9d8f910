"""What each turn of a call says: questions by topic, promises, outcomes, transfers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from cem_nlp.cem.service_patterns import ServicePatterns
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.text.clauses import split_clauses

LAST_TURNS: Final = 2
"""Customer's turns, from the end, that tell the outcome. `data/service.toml` says how well it agrees with
satisfaction; the last turn alone agrees a little better and tells a quarter fewer failures."""
_QUESTION_MARKS: Final = "?？"


@dataclass(frozen=True, slots=True)
class CallWords:
    """What the words of one call say.

    `asked` are topics of the customer's questions and `promises` codes, each once, in order. `outcome` is
    resolved, unresolved or unknown. `says_broken`: the customer says that an earlier promise was not kept;
    `transferred`: an agent hands the customer on. Both are null where the side in question does not speak.
    """

    asked: tuple[str, ...]
    promises: tuple[str, ...]
    outcome: str
    says_broken: bool | None
    transferred: bool | None


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the clauses of one turn meet, in order, and the topics asked about."""

    met: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...] = ()

    def meets(self, key: str) -> bool:
        return any(key in clause for clause in self.met)


def read_calls(turns: pd.DataFrame, taxonomy: Taxonomy, patterns: ServicePatterns) -> dict[str, CallWords]:
    """Return what each call of `turns` (columns feedback_id, turn_no, role, text) says, by its id."""
    ordered = turns.sort_values(["feedback_id", "turn_no"])
    words: dict[str, CallWords] = {}
    for call, rows in ordered.groupby("feedback_id", sort=False):
        spoken = list(zip(rows["role"], rows["text"], strict=True))
        words[str(call)] = read_call(spoken, taxonomy, patterns)
    return words


def read_call(turns: Sequence[tuple[str, str]], taxonomy: Taxonomy, patterns: ServicePatterns) -> CallWords:
    """Return what one call says; `turns` are (role, text) in order."""
    read = [
        (
            role,
            _customer_turn(text, taxonomy, patterns) if role == "customer" else _agent_turn(text, patterns),
        )
        for role, text in turns
    ]
    customer = [turn for role, turn in read if role == "customer"]
    agent = [turn for role, turn in read if role == "agent"]
    promised = (key for turn in agent for clause in turn.met for key in clause if key in patterns.promises)
    return CallWords(
        asked=tuple(dict.fromkeys(topic for turn in customer for topic in turn.asked)),
        promises=tuple(dict.fromkeys(promised)),
        outcome=_outcome(read),
        says_broken=any(turn.meets("broken_promise") for turn in customer) if customer else None,
        transferred=any(turn.meets("transfer") for turn in agent) if agent else None,
    )


def _outcome(read: Sequence[tuple[str, _Turn]]) -> str:
    """Return what the customer's last turns say after an agent has spoken; the last such word counts.

    Thanks in a turn that asks for something more are politeness and resolve nothing.
    """
    answered = next((number for number, (role, _) in enumerate(read) if role == "agent"), len(read))
    said = [turn for role, turn in read[answered:] if role == "customer"][-LAST_TURNS:]
    outcome = "unknown"
    for turn in said:
        asks = turn.meets("question")
        for clause in turn.met:
            if "unresolved" in clause or "broken_promise" in clause:
                outcome = "unresolved"
            elif "resolved" in clause and not asks:
                outcome = "resolved"
    return outcome


def _customer_turn(text: str, taxonomy: Taxonomy, patterns: ServicePatterns) -> _Turn:
    met, asked = [], []
    for clause, is_marked in _clauses(text):
        keys = patterns.customer.holding(clause)
        if is_marked and "question" not in keys:
            keys.append("question")
        met.append(tuple(keys))
        category = taxonomy.category_of(clause) if "question" in keys else None
        if category is not None and (topic := taxonomy.topic_of(category, clause)) is not None:
            asked.append(topic)
    return _Turn(tuple(met), tuple(asked))


def _agent_turn(text: str, patterns: ServicePatterns) -> _Turn:
    """Return what an agent promises; a question, 方便安排师傅吗?, promises nothing yet."""
    return _Turn(
        tuple(
            () if is_marked else tuple(patterns.agent.holding(clause)) for clause, is_marked in _clauses(text)
        )
    )


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each clause and whether a question mark ends it."""
    for start, end in split_clauses(text):
        yield text[start:end], text[end : end + 1] in _QUESTION_MARKS and end < len(text)
