"""Figures that somebody gives by hand: no run stands behind them."""

from datetime import date
from typing import Final

from cem_nlp.report import ReportContext

BY_HAND: Final = ReportContext(
    night=date.min, run_id="", own=(), model_version="", taxonomy_version="", software_version=""
)
"""The context of sections made of such figures; they name no brand, touchpoint or topic."""
