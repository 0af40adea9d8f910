"""What is said in service calls, told by words: questions, promises, outcomes, transfers.

    version = "…"
    [question] [resolved] [unresolved] [broken_promise] [transfer]      a condition each
    [promises.CODE]                                                     name, name_en, a condition

Conditions are those of the taxonomy (`opinions.condition_table`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cem_nlp.language import Bilingual
from cem_nlp.opinions.condition_table import CONDITION_KEYS, bare_condition, condition_of
from cem_nlp.opinions.conditions import Matcher
from cem_nlp.opinions.tables import Table

OF_CUSTOMERS: Final = ("question", "resolved", "unresolved", "broken_promise")
_OF_AGENTS: Final = "transfer"


@dataclass(frozen=True, slots=True)
class ServicePatterns:
    """Validated patterns. `customer` tells what a customer's clause says, `agent` what an agent's does: a
    key of `promises`, or transfer.
    """

    version: str
    promises: Mapping[str, Bilingual]
    customer: Matcher
    agent: Matcher


def parse_service(values: Mapping[str, Any]) -> ServicePatterns:
    """Validate a table of patterns.

    Raises ConfigError for an unknown or missing key, a value of the wrong type, or a pattern that RE2 cannot
    use; the error names the key's place, the value and the valid ones.
    """
    table = Table(values)
    table.only("version", "promises", *OF_CUSTOMERS, _OF_AGENTS)
    promises = table.table("promises").tables()
    for promise in promises.values():
        promise.only("name", "name_en", *CONDITION_KEYS)
    said_by_agents = {code: condition_of(promise) for code, promise in promises.items()}
    return ServicePatterns(
        version=table.text("version"),
        promises={code: promise.name() for code, promise in promises.items()},
        customer=Matcher({key: bare_condition(table.table(key)) for key in OF_CUSTOMERS}),
        agent=Matcher({**said_by_agents, _OF_AGENTS: bare_condition(table.table(_OF_AGENTS))}),
    )
