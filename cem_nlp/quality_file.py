"""A model's measured quality, kept beside it so that every report can say how far to trust it."""

import json
import os
from pathlib import Path
from typing import Final

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.evaluation import Evaluation
from cem_nlp.report import ModelQuality

QUALITY: Final = "quality.json"


def save_quality(evaluation: Evaluation, measured_on: str, model_version: str, folder: Path) -> None:
    """Write what was measured of the model in `folder`; the file changes at once or not at all."""
    facts = {
        "model_version": model_version,
        "measured_on": measured_on,
        "n_comments": evaluation.comments,
        "f1": round(evaluation.overall.f1, 4),
        "by_category": {name: round(found.f1, 4) for name, found in evaluation.parts["category"].items()},
    }
    draft = folder / f".{QUALITY}.new"
    draft.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, folder / QUALITY)


def load_quality(folder: Path, model_version: str) -> ModelQuality | None:
    """Return what was measured of this very model; None where nothing was, or of another version.

    Raises ModelError for a file of another form.
    """
    file = folder / QUALITY
    try:
        facts = json.loads(file.read_text("utf-8"))
        if facts.pop("model_version") != model_version:
            return None
        return ModelQuality(**facts)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            Bilingual("模型的实测质量文件格式不对", "the file of the model's measured quality is malformed"),
            where=str(file),
            value=type(error).__name__,
            next_step=Bilingual("用 cem evaluate --record 重写", "write it anew with cem evaluate --record"),
        ) from None
