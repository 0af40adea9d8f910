"""The data dictionary: every table and column of the warehouse, written from the schemas.

`python -m cem_nlp.dictionary > docs/tables.md` renews the copy in the repository; each published state
carries its own as tables.md.
"""

import pyarrow as pa

from cem_nlp.schemas import NIGHTLY, TABLES


def data_dictionary() -> str:
    """Return the dictionary as Markdown."""
    intro = (
        "# Tables\n\n"
        "Times are UTC microseconds, dates are days in the configured time zone. Scores run from 0 to 10. "
        "Written by `python -m cem_nlp.dictionary`.\n"
    )
    return "\n".join([intro, *(_section(name, schema) for name, schema in TABLES.items())])


def _section(name: str, schema: pa.Schema) -> str:
    kept = "every night, partitioned by `night`" if name in NIGHTLY else "the latest state only"
    rows = [f"| {field.name} | {field.type} | {_meaning(field)} |" for field in schema]
    head = f"## {name}\n\nOne row is {schema.metadata[b'row'].decode()}. Holds {kept}.\n"
    return "\n".join([head, "| column | type | meaning |", "|---|---|---|", *rows, ""])


def _meaning(field: "pa.Field[pa.DataType]") -> str:
    assert field.metadata is not None
    meaning = field.metadata[b"meaning"].decode()
    return f"{meaning}; may be null" if field.nullable else meaning


if __name__ == "__main__":
    print(data_dictionary(), end="")
