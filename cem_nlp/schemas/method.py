"""The method's calculators."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, column, measure, sourced, table

TABLES: Final[dict[str, pa.Schema]] = {
    "gaps": table(
        "the seven steps for one product, segment and category",
        column("brand", pa.string(), "brand, or 'all' where the survey names products only"),
        column("product", pa.string(), "product, or 'all'"),
        column("segment", pa.string(), "customer segment, or 'all'"),
        CATEGORY,
        *sourced("experience", "actual experience, 0–10 (step 2a)"),
        *sourced("expectation", "expectation, 0–10 (step 2b)"),
        *measure("satisfaction", "experience − expectation, −10–10 (step 2c)"),
        *sourced("importance", "importance, 0–10 (step 2d)"),
        *measure("weighted", "importance × satisfaction, −100–100 (step 3)"),
        *sourced("ideal", "ideal experience under limited resources, 0–10 (step 4a)"),
        *measure("gap", "experience − ideal (step 4b)"),
        column(
            "rank", pa.int32(), "1 is the most negative weighted satisfaction; null if unknown", optional=True
        ),
        column("is_key_experience", pa.bool_(), "whether this category is the key experience"),
        column("runner_up", pa.bool_(), "whether this category is next in line"),
        column(
            "tied",
            pa.bool_(),
            "whether it stands first together with others: only the order of the six categories decides",
            optional=True,
        ),
        column(
            "key_probability",
            pa.float64(),
            "probability that this category is the key experience, 0–1, by drawing respondents and customers "
            "anew, among the categories that are known, shared where they tie; what is assumed stays as it "
            "is; null where a figure rests on a single answer or no other category is known",
            optional=True,
        ),
    ),
    "quadrants": table(
        "the place of one product, segment and category in the plane of importance and experience",
        column("brand", pa.string(), "brand, or 'all' where the survey names products only"),
        column("product", pa.string(), "product, or 'all'"),
        column("segment", pa.string(), "customer segment, or 'all'"),
        CATEGORY,
        column("importance", pa.float64(), "importance, 0–10"),
        column("importance_cut", pa.float64(), "mean importance of the categories: where the plane is cut"),
        column("experience", pa.float64(), "actual experience, 0–10"),
        column("experience_cut", pa.float64(), "mean experience of the categories: where the plane is cut"),
        column(
            "quadrant",
            pa.string(),
            "concentrate_here (important and poor), keep_up (important and good), low_priority (neither) or "
            "possible_overkill (good but less important)",
        ),
        *(
            column(f"probability_{name}", pa.float64(), f"probability of {name}, 0–1", optional=True)
            for name in ("concentrate_here", "keep_up", "low_priority", "possible_overkill")
        ),
    ),
}
