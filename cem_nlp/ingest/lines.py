"""Physical lines of a text file, strictly decoded; damaged ones are marked instead of failing the file."""

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from cem_nlp.errors import UnknownEncoding, UnreadableSource
from cem_nlp.language import Bilingual

LONGEST_LINE: Final = 4 << 20
"""Bytes. Longer than any comment; a file without line ends must not fill the memory."""

DECLARE_ENCODING: Final = Bilingual(
    "在配置中写明文件的实际编码（encoding，例如 gb18030、big5、cp950、utf-16）",
    "declare the file's real encoding (encoding, for example gb18030, big5, cp950, utf-16)",
)
"""What to do where the bytes are no text in the encoding that was declared or guessed."""

_SHOWN_OF_LONG_LINE: Final = 1000
_UNDECLARED: Final = ("utf-8", "gb18030")
"""What Chinese exports use. Big5 must be declared: detectors take short GB18030 texts for Big5 or cp949."""

_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_PRIVATE_SHARE: Final = 0.1
"""Of the characters beyond ASCII. Big5 read as GB18030 turns its commas, its 的 and more into characters of
private use: measured 29 % and more of any ten comments, of one comment mostly 20 to 45 %; comments
that are GB18030 have one in 50,000."""

_NO_TEXT: Final = {
    b"\x1f\x8b": (
        Bilingual("文件是 gzip 压缩的", "the file is gzipped"),
        Bilingual("给文件名加上后缀 .gz，例如 .csv.gz", "give its name the suffix .gz, as in .csv.gz"),
    ),
    b"PK\x03\x04": (
        Bilingual("文件是 Excel 工作簿或 zip 压缩包", "the file is an Excel workbook or a zip archive"),
        Bilingual(
            "工作簿：后缀改为 .xlsx；压缩包：先解压",
            "a workbook: give it the suffix .xlsx; an archive: unpack it",
        ),
    ),
    b"\xd0\xcf\x11\xe0": (
        Bilingual("文件是旧版 Excel 工作簿（.xls）", "the file is a workbook of an old Excel (.xls)"),
        Bilingual("用 Excel 打开并另存为 .xlsx", "open it in Excel and save it as .xlsx"),
    ),
    b"PAR1\x15": (
        Bilingual("文件是 Parquet 文件", "the file is a Parquet file"),
        Bilingual("后缀改为 .parquet", "give it the suffix .parquet"),
    ),
}
"""How files begin that are no text, by their formats' descriptions; what they are and what to do."""

_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_BEGINNING: Final = 1024
_NUL_SHARE: Final = 0.1
"""UTF-16 has a NUL byte for each digit, comma and Latin letter; a broken export in UTF-8 has a few in all."""


def physical_lines(
    blocks: Iterator[bytes], encoding: str | None, shown: str, damaged: dict[int, str]
) -> Iterator[str]:
    r"""Yield the lines (\n, \r\n or \r, kept) of a file, decoded.

    Without a declared `encoding` the first block that is not plain ASCII decides between UTF-8 and GB18030. A
    line that does not decode, or is too long, is yielded in a readable form and its number (from 1) put into
    `damaged` with the reason code.

    Raises:
        UnknownEncoding: most lines do not decode, or the file is UTF-16, UTF-32 or Big5 and nobody said so.
        UnreadableSource: the file is no text.
    """
    blocks = _refuse_other_formats(blocks, shown)
    declared = None if encoding is None else codecs.lookup(encoding).name.removesuffix("-sig")
    candidates = _UNDECLARED if declared is None else (declared,)
    if declared is not None and "\n".encode(declared) != b"\n":
        blocks, candidates = _as_utf8(blocks, declared, shown), ("utf-8",)
    else:
        blocks = _refuse_wide(blocks, shown)
    chosen = None
    number = offset = 0
    for block in _whole_lines(blocks):
        if chosen is None and not block.isascii():
            chosen = _choose(block, candidates, shown, number, offset)
        lines = _decode(block, chosen or "ascii", number, damaged)
        if number == 0:
            lines[0] = lines[0].removeprefix("\ufeff")
        number += len(lines)
        offset += len(block)
        yield from lines


def _refuse_other_formats(blocks: Iterator[bytes], shown: str) -> Iterator[bytes]:
    first = next(blocks, b"")
    for beginning, (what, next_step) in _NO_TEXT.items():
        if first.startswith(beginning):
            what = Bilingual(f"{what.zh}，不是文本", f"{what.en}, not text")
            raise UnreadableSource(what, where=shown, next_step=next_step)
    yield first
    yield from blocks


def _refuse_wide(blocks: Iterator[bytes], shown: str) -> Iterator[bytes]:
    first = next(blocks, b"")
    beginning = first[:_BEGINNING]
    if first.startswith(_WIDE_MARKS) or beginning.count(0) > _NUL_SHARE * len(beginning):
        raise UnknownEncoding(
            Bilingual("文件像是 UTF-16 或 UTF-32 编码", "the file looks like UTF-16 or UTF-32"),
            where=shown,
            next_step=Bilingual('在配置中写明 encoding = "utf-16"', 'declare encoding = "utf-16"'),
        )
    yield first
    yield from blocks


def _as_utf8(blocks: Iterator[bytes], encoding: str, shown: str) -> Iterator[bytes]:
    """Recode what has no single-byte line ends (UTF-16, UTF-32); there one bad unit spoils what follows."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
            offset += len(block)
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise _wrong_encoding(shown, encoding, offset + error.start, error) from error


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut blocks at line ends. Of a line beyond `LONGEST_LINE` only the beginning is kept."""
    end = b"\n"
    pending = b""
    for number, block in enumerate(blocks):
        if number == 0 and b"\n" not in block and b"\r" in block[:-1]:
            end = b"\r"
        cut = block.rfind(end) + 1
        if cut:
            yield pending + block[:cut]
            pending = block[cut:]
        elif len(pending) <= LONGEST_LINE:
            pending += block
    if pending:
        yield pending


def _choose(block: bytes, candidates: Sequence[str], shown: str, number: int, offset: int) -> str:
    """Return the first encoding in which at least half of the lines beyond ASCII decode.

    By lines, because a single damaged line must not turn a UTF-8 file into GB18030 gibberish.
    """
    first_failure: tuple[int, int, UnicodeDecodeError] | None = None
    for encoding in candidates:
        good = bad = 0
        position = offset
        for line_number, line in enumerate(block.splitlines(keepends=True), number + 1):
            if not line.isascii():
                try:
                    line.decode(encoding)
                    good += 1
                except UnicodeDecodeError as error:
                    bad += 1
                    first_failure = first_failure or (line_number, position + error.start, error)
            position += len(line)
        if good >= bad:
            if len(candidates) > 1 and encoding == _UNDECLARED[-1]:
                _refuse_big5(block, shown, number)
            return encoding
    assert first_failure is not None
    line_number, position, cause = first_failure
    raise _wrong_encoding(f"{shown}:{line_number}", " / ".join(candidates), position, cause) from cause


def _refuse_big5(block: bytes, shown: str, number: int) -> None:
    """Raise UnknownEncoding where a block, read as GB18030 by guess, is full of private-use characters."""
    text = block.decode("gb18030", "replace")
    private = _PRIVATE.search(text)
    if private is None or len(_PRIVATE.findall(text)) < _PRIVATE_SHARE * len(_BEYOND_ASCII.findall(text)):
        return
    raise UnknownEncoding(
        Bilingual(
            "文件不是 UTF-8，按 GB18030 读又成乱码：像是 Big5（繁体）编码",
            "the file is not UTF-8, and read as GB18030 it is garbled: it looks like Big5 (traditional)",
        ),
        where=f"{shown}:{number + text.count(chr(10), 0, private.start()) + 1}",
        next_step=DECLARE_ENCODING,
    )


def _wrong_encoding(where: str, encoding: str, position: int, error: UnicodeDecodeError) -> UnknownEncoding:
    byte = f"0x{error.object[error.start]:02x}"
    return UnknownEncoding(
        Bilingual(
            f"偏移 {position} 处的字节 {byte} 不符合编码 {encoding}",
            f"byte {byte} at offset {position} is not {encoding}",
        ),
        where=where,
        value=encoding,
        next_step=DECLARE_ENCODING,
    )


def _decode(block: bytes, encoding: str, number: int, damaged: dict[int, str]) -> list[str]:
    if len(block) <= LONGEST_LINE:
        try:
            return list(io.StringIO(block.decode(encoding), newline=""))
        except UnicodeDecodeError:
            pass
    lines = []
    for line_number, line in enumerate(block.splitlines(keepends=True), number + 1):
        if len(line) > LONGEST_LINE:
            damaged[line_number] = "line_too_long"
            # Its quotes would be unbalanced and swallow the next lines.
            lines.append(line[:_SHOWN_OF_LONG_LINE].decode(encoding, "replace").replace('"', "'") + "\n")
            continue
        try:
            lines.append(line.decode(encoding))
        except UnicodeDecodeError:
            damaged[line_number] = "undecodable"
            lines.append(line.decode(encoding, "backslashreplace"))
    return lines
