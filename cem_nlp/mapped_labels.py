"""Label sets of others as files: a CSV, and beside it the mapping that says what its labels mean."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cem_nlp.csv_file import load_text
from cem_nlp.errors import BrokenLabels, UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.opinions.mapping import LabelMapping, MappedComment, parse_mapping, read_mapped
from cem_nlp.toml_file import read_toml

_CALLED: Final = Bilingual("标注集", "label set")


def load_mapping(file: Path) -> LabelMapping:
    """Read a mapping. Raises ConfigError with file, line, key and valid values."""
    return read_toml(file, parse_mapping)


def load_mapped(file: Path, mapping: LabelMapping) -> list[MappedComment]:
    """Read the comments of a CSV in UTF-8 or GB18030, plain or gzipped.

    Raises UnreadableSource, and BrokenLabels with file and line.
    """
    try:
        return read_mapped(_rows(file), mapping)
    except BrokenLabels as error:
        raise error.in_file(file) from None


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(load_text(file, None, _CALLED), newline=""), restval="")
    line = 2
    try:
        for row in reader:
            yield line, row
            # A record may span several lines: the next one begins after the last that was read.
            line = reader.line_num + 1
    except csv.Error:
        raise UnreadableSource(Bilingual("不是 CSV 文件", "this is no CSV file"), where=str(file)) from None
