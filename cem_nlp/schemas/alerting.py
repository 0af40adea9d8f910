"""What moved in the last days, and what is watched."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import Column, column, measure, table

_MEASURE: Final = (
    "experience (0–10), share (of the brand's comments that speak of the cell, 0–1) or volume (comments a "
    "day, or a week)"
)


def _cell() -> list[Column]:
    return [
        column("brand", pa.string(), "brand"),
        column("category", pa.string(), "experience category, or 'all'"),
        column("touchpoint", pa.string(), "touchpoint, or 'all'"),
        column("is_own", pa.bool_(), "whether the brand is one of the own brands"),
        column("series", pa.string(), "daily or weekly"),
        column("measure", pa.string(), _MEASURE),
    ]


TABLES: Final[dict[str, pa.Schema]] = {
    "alerts": table(
        "a change that ends within the last days of the data, dated feedback alone",
        *_cell(),
        column("direction", pa.string(), "worse or better (experience), more or fewer (share, volume)"),
        column("since", pa.date32(), "likeliest first day of the change"),
        column("until", pa.date32(), "last day of the window in which it is surest"),
        column("ongoing", pa.bool_(), "whether it still stands on the last day of the data"),
        *measure("before", "value before"),
        *measure("after", "value from since to until"),
        column("negative_before", pa.float64(), "share of negative opinions before, 0–1", optional=True),
        column("negative_after", pa.float64(), "the same from since to until", optional=True),
        column("n", pa.int64(), "opinions from since to until; comments of a share or a volume"),
        column(
            "q_value", pa.float64(), "false-discovery rate at which it is an alert, over the day's series"
        ),
        column(
            "severity",
            pa.string(),
            "high (two points of experience, three times as many), medium (one, two), low",
        ),
        column("calendar", pa.string(), "festivals and sales of those days", optional=True),
        column("calendar_english", pa.string(), "the same in English", optional=True),
        column(
            "explained_by",
            pa.string(),
            "what else moved and explains it: model_version, taxonomy_version, kind, source, channel, "
            "or all_brands",
            optional=True,
        ),
        column("mix_value", pa.string(), "of that, the value that became most frequent", optional=True),
        column("mix_before", pa.float64(), "its share of the comments before, 0–1", optional=True),
        column("mix_after", pa.float64(), "its share from since to until, 0–1", optional=True),
    ),
    "alert_series": table(
        "a series that is watched, as of its last point",
        *_cell(),
        column("until", pa.date32(), "last day of its last point"),
        *measure("usual", "what is usual"),
        column(
            "detectable",
            pa.float64(),
            "smallest shift of five days (of two weeks) found in 80 of 100 cases; null where none could be",
            optional=True,
        ),
        column("p_value", pa.float64(), "how unlikely the last points are without any change, two-sided"),
        column("q_value", pa.float64(), "false-discovery rate, over the day's series"),
    ),
}
