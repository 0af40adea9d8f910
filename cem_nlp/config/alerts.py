"""When a change is worth an alert."""

from pathlib import Path

from pydantic import Field

from cem_nlp.config.section import Section


class Alerts(Section):
    """Which changes are shown, and how seldom a false alarm may be."""

    days: int = Field(14, ge=1, le=90, description="alerts stay for so many days of data")
    quiet_years: float = Field(
        20, ge=1, le=1000, description="years a series without any change may run up to one false alarm"
    )
    false_discovery: float = Field(
        0.1, gt=0, le=0.5, description="expected share of false ones among a run's alerts"
    )
    minimum_change: float = Field(
        0.5, ge=0, le=10, description="smallest change of experience worth an alert, in points of 0–10"
    )
    minimum_factor: float = Field(
        1.5, ge=1, le=100, description="smallest change of how often customers speak, in times"
    )
    calendar: Path | None = Field(
        None, description="file of festivals and sales; the shipped one where absent"
    )
