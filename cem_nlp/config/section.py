"""What every section of the configuration has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A part of the configuration: never changed once read, and refused with a key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
