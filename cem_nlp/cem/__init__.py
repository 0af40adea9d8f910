"""The method's calculators: triangle law, seven steps, cost of negative experience.

`read_survey` checks a survey's answers; `survey_figures` and `text_figures` bring what survey and text know
into one form (`figures`); `gap_table` takes both through the seven steps. All are pure functions of tables.
"""

from cem_nlp.cem.brand_value import brand_value_table
from cem_nlp.cem.cost import (
    NegativeExperienceCost,
    Rates,
    cost_of_negative_experience,
    parse_share,
    with_complaints,
    with_won_back,
)
from cem_nlp.cem.cost_shares import Share, observed_shares, settle_shares
from cem_nlp.cem.cost_table import cost_table
from cem_nlp.cem.decisions import decision_table
from cem_nlp.cem.derived import text_figures
from cem_nlp.cem.draws import REPLICATES, survey_draws, text_draws
from cem_nlp.cem.expectation import expectation_table
from cem_nlp.cem.figures import no_figures
from cem_nlp.cem.gaps import gap_table
from cem_nlp.cem.quadrants import QUADRANTS, quadrant_table
from cem_nlp.cem.render import cost_as_json, gaps_as_json, gaps_as_text, unasked_as_text
from cem_nlp.cem.requirements import no_requirements, requirement_table
from cem_nlp.cem.strategy import NO_STRATEGY, Strategy
from cem_nlp.cem.survey import read_survey, unasked
from cem_nlp.cem.survey_figures import own_answers, survey_figures

__all__ = [
    "NO_STRATEGY",
    "QUADRANTS",
    "REPLICATES",
    "NegativeExperienceCost",
    "Rates",
    "Share",
    "Strategy",
    "brand_value_table",
    "cost_as_json",
    "cost_of_negative_experience",
    "cost_table",
    "decision_table",
    "expectation_table",
    "gap_table",
    "gaps_as_json",
    "gaps_as_text",
    "no_figures",
    "no_requirements",
    "observed_shares",
    "own_answers",
    "parse_share",
    "quadrant_table",
    "read_survey",
    "requirement_table",
    "settle_shares",
    "survey_draws",
    "survey_figures",
    "text_draws",
    "text_figures",
    "unasked",
    "unasked_as_text",
    "with_complaints",
    "with_won_back",
]
