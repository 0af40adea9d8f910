"""The ten experience themes."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import Column, column, measure, table


def _verdict(name: str) -> Column:
    return column(
        f"{name}_verdict",
        pa.string(),
        f"higher or lower where {name}_effect is beyond chance (by its q-value over the table), else "
        "no_evidence; suppressed where too few comments can be compared",
        optional=True,
    )


TABLES: Final[dict[str, pa.Schema]] = {
    "themes": table(
        "an experience theme in the comments on a brand, as a whole or in one stage of the relation",
        column("brand", pa.string(), "brand"),
        column("is_own", pa.bool_(), "whether it is one of the own brands"),
        column("theme", pa.string(), "code of the theme in the taxonomy"),
        column("level", pa.int32(), "place in the pyramid, 1 at the base"),
        column(
            "life_cycle", pa.string(), "attract, develop, retain, or 'all'; by the touchpoints of opinions"
        ),
        column("n_comments", pa.int64(), "comments that touch the theme"),
        *measure("share", "share of the brand's comments (of that stage), 0–1"),
        *measure("experience", "net score of these comments' overall polarity, 0–10"),
        *measure(
            "satisfaction_effect",
            "satisfaction of comments with the theme − without, −10–10, source, kind and main category alike",
        ),
        column(
            "satisfaction_by",
            pa.string(),
            "what satisfaction is: rating, or polarity of the comment",
            optional=True,
        ),
        column("satisfaction_n", pa.int64(), "comments with the theme that were compared", optional=True),
        _verdict("satisfaction"),
        *measure(
            "repurchase_effect",
            "share that means to buy again, with the theme − without, −1–1, source, kind and polarity alike",
        ),
        column("repurchase_n", pa.int64(), "comments with the theme that were compared", optional=True),
        _verdict("repurchase"),
    ),
}
