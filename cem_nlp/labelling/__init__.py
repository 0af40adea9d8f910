"""Labelling: pick the comments worth a person's time, label them on a local page, compare two annotators.

Only `files` touches files and only `server` serves and reads the clock; the rest computes.
"""

from cem_nlp.labelling.agreement import Agreement, compare
from cem_nlp.labelling.agreement_report import render_agreement
from cem_nlp.labelling.picking import Picked, choose
from cem_nlp.labelling.tasks import Task

__all__ = ["Agreement", "Picked", "Task", "choose", "compare", "render_agreement"]
