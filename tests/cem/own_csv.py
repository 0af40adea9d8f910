"""A user's CSV as a reader of `cem` gets it."""

import pandas as pd


def own_csv(text: str) -> pd.DataFrame:
    """Return the table of a text of lines, cells between commas, as `csv_file.load_table` does."""
    header, *rows = (line.split(",") for line in text.strip().splitlines())
    return pd.DataFrame(rows, columns=header, dtype="str")
