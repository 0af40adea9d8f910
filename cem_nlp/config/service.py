"""Customer service: the patterns of calls, and product lines."""

from pathlib import Path

from pydantic import Field

from cem_nlp.config.section import Section


class Service(Section):
    """How calls are read."""

    patterns: Path | None = Field(None, description="patterns of calls; the shipped ones where absent")
    product_lines: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="product line = words of which one stands in the names of its products",
    )
