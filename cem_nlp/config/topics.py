"""Over which time topics and words are compared."""

from pydantic import Field

from cem_nlp.config.section import Section


class Topics(Section):
    """The present period, and the one before."""

    days: int = Field(28, ge=1, le=3660, description="length of the period, up to the last dated feedback")
