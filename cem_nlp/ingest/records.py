"""What passes through the room: raw chunks in, records and rejected rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from cem_nlp.config import Brands, Kind, Role
from cem_nlp.language import Bilingual

REASONS: Final = {
    "ragged_row": Bilingual("单元格数与表头不符", "more or fewer cells than the header"),
    "bad_quoting": Bilingual("引号用法错误", "wrong use of quotes"),
    "swallowed_rows": Bilingual("引号未闭合，吞掉了后面的行", "a stray quote swallowed the rows that follow"),
    "undecodable": Bilingual("含无法解码的字节", "bytes that are no text in the file's encoding"),
    "line_too_long": Bilingual("单行超过 4 MiB", "a line of more than 4 MiB"),
    "invalid_json": Bilingual("不是有效的 JSON", "not valid JSON"),
    "not_an_object": Bilingual("该行不是 JSON 对象", "the line is not a JSON object"),
    "duplicate_key": Bilingual("JSON 中同一个键出现两次", "the same JSON key twice"),
    "text_not_plain": Bilingual(
        "文本是列表或对象，不是文字", "the text is a list or an object, not plain text"
    ),
    "formula_error": Bilingual("公式出错（如 #N/A）", "a formula that failed, such as #N/A"),
    "formula_without_value": Bilingual("公式没有保存计算结果", "a formula saved without its value"),
    "missing_text": Bilingual("没有文本", "no text"),
    "text_too_long": Bilingual("文本超过 4 MiB", "a text of more than 4 MiB"),
    "unknown_kind": Bilingual("未知的反馈类型", "unknown kind of feedback"),
    "bad_date": Bilingual("无法识别的日期", "not a date"),
    "date_in_future": Bilingual("日期晚于运行日", "a date after the night"),
    "date_too_early": Bilingual("日期早于 1990 年", "a date before 1990"),
    "bad_rating": Bilingual("评分不是数字", "the rating is not a number"),
    "rating_out_of_scale": Bilingual("评分超出量程", "the rating is outside its scale"),
    "bad_turns": Bilingual("对话轮次格式错误", "the turns are not a list of turns"),
    "unknown_role": Bilingual("未知的说话人", "unknown speaker"),
    "bad_seconds": Bilingual("时间点为负或倒退", "seconds are negative or go backwards"),
    "nul_byte": Bilingual("含空字节", "a NUL byte outside the text"),
    "conflicting_id": Bilingual("同一编号，内容不同", "the same record number with other content"),
}
"""Why a row goes to quarantine: the codes of `quarantine.reason`, with their names."""

RawRow: TypeAlias = tuple[int, Sequence[str | None]]
"""Row number and cells. The header is row 1. In a CSV file whose cells hold line breaks, and in JSON Lines,
the number is that of the line on which the record begins, as a text editor counts."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that broke the contract. `value` and `content` are raw: mask them before they are stored."""

    row: int
    reason: str
    content: Mapping[str, str | None]
    column: str | None = None
    value: str | None = None
    valid: str | None = None


class BrokenRow(Exception):
    """Raised inside the room while a row is checked; becomes a `Rejected`."""

    def __init__(
        self, reason: str, column: str | None = None, value: str | None = None, valid: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.value = value
        self.valid = valid


@dataclass(frozen=True, slots=True)
class RawChunk:
    """Some rows of one file as they came; `file` is its name, with the folders that the path leaves
    open, or the source's name for a database.
    """

    file: str
    columns: tuple[str, ...]
    rows: Sequence[RawRow]
    rejected: Sequence[Rejected] = ()

    @property
    def rows_in(self) -> int:
        """How many rows were read, the rejected ones included."""
        return len(self.rows) + len(self.rejected)


@dataclass(frozen=True, slots=True)
class RawTurn:
    """A turn of a transcript; `seconds` since the call began."""

    role: Role
    text: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A row that keeps the contract; columns as in `schemas.TABLES["feedback"]`.

    `number` is the source's own record number. `text` is None for transcripts, `turns` empty for the others;
    both are raw: normalise and mask them before they are stored. `content_digest` tells whether a record with
    a known `feedback_id` has changed.
    """

    feedback_id: str
    content_digest: str
    number: str | None
    kind: Kind
    source: str
    file: str
    row: int
    brand: str
    product: str
    is_own: bool
    channel: str
    segment: str
    customer_key: str | None
    created_at: datetime | None
    business_date: date
    rating: float | None
    rating_scaled: float | None
    text: str | None
    turns: tuple[RawTurn, ...]


@dataclass(frozen=True, slots=True)
class Admitted:
    """The rows of a chunk, parted: rows_in = accepted + rejected."""

    accepted: Sequence[Record]
    rejected: Sequence[Rejected]


@dataclass(frozen=True, slots=True)
class Admission:
    """What admission knows besides the source.

    `salt` (0–64 bytes) keys every stored hash, so that a phone number cannot be guessed back from one; it
    must stay the same for a warehouse, or known records count as new.
    """

    night: date
    timezone: str
    brands: Brands
    salt: bytes
