"""Label sets of others as files: a CSV, and beside it the mapping that says what its labels mean."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from cem_nlp.errors import BrokenLabels, UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.opinions.mapping import LabelMapping, MappedComment, parse_mapping, read_mapped
from cem_nlp.places import UNREADABLE, unreadable
from cem_nlp.toml_file import read_toml


def load_mapping(file: Path) -> LabelMapping:
    """Read a mapping. Raises ConfigError with file, line, key and valid values."""
    return read_toml(file, parse_mapping)


def load_mapped(file: Path, mapping: LabelMapping) -> list[MappedComment]:
    """Read the comments of a CSV in UTF-8, plain or gzipped.

    Raises UnreadableSource, and BrokenLabels with file and line.
    """
    try:
        return read_mapped(_rows(file), mapping)
    except BrokenLabels as error:
        raise error.in_file(file) from None


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            line = 2
            for row in reader:
                yield line, row
                # A record may span several lines: the next one begins after the last that was read.
                line = reader.line_num + 1
    except csv.Error:
        raise UnreadableSource(Bilingual("不是 CSV 文件", "this is no CSV file"), where=str(file)) from None
    except UNREADABLE as error:
        raise unreadable(file, error) from None
