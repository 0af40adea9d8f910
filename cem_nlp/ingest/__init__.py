"""Ingest: files and databases in, records and rejected rows out.

`locate` finds a source's files, `read_chunks` reads them as raw text cells, `admit` holds each row against
the contract, `deduplicate` leaves each record once. Admission is pure and may run in other processes; only
deduplication remembers anything, a few bytes a record. Texts are still raw when they leave this room.
"""

from cem_nlp.ingest.admission import EARLIEST, admit
from cem_nlp.ingest.columns import mapped_columns
from cem_nlp.ingest.duplicates import Deduplicated, Seen, deduplicate, remember
from cem_nlp.ingest.files import file_name, locate
from cem_nlp.ingest.reading import read_chunks
from cem_nlp.ingest.records import (
    REASONS,
    Admission,
    Admitted,
    RawChunk,
    RawRow,
    RawTurn,
    Record,
    Rejected,
)

__all__ = [
    "EARLIEST",
    "REASONS",
    "Admission",
    "Admitted",
    "Deduplicated",
    "RawChunk",
    "RawRow",
    "RawTurn",
    "Record",
    "Rejected",
    "Seen",
    "admit",
    "deduplicate",
    "file_name",
    "locate",
    "mapped_columns",
    "read_chunks",
    "remember",
]
