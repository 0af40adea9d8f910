"""Figures that somebody gives by hand, or in files of his own: no run stands behind them."""

from datetime import date
from typing import Final

from cem_nlp.report import ReportContext

BY_HAND: Final = ReportContext(
    night=date.min,
    run_id="",
    own=(),
    model_version="",
    taxonomy_version="",
    software_version="",
    basis="survey",
)
"""The context of sections made of such figures; they name no brand, touchpoint or topic."""
