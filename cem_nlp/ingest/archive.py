"""A look into a workbook's zip archive before anything is unfolded."""

import zipfile
from typing import IO, Final

from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual

LARGEST_UNFOLDED: Final = 1 << 30
"""Bytes of all parts together; the sheet of a million short reviews has about half of it."""

HIGHEST_RATIO: Final = 200
"""Unfolded by stored size of one part. Real sheets shrink 5 to 40 times, bombs a thousand."""

LARGEST_STRINGS: Final = 256 << 20
"""Bytes of the shared strings, the one part that is held in memory as a whole."""

_HARMLESS: Final = 16 << 20
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of the container of encrypted workbooks and of the .xls of old."""


def check_archive(stream: IO[bytes], shown: str) -> None:
    """Check that the stream is a workbook's archive and unfolds to a sane size; leaves it at its beginning.

    Raises:
        UnreadableSource: encrypted or of another format, damaged, or a zip bomb.
    """
    if stream.read(len(_OLE)) == _OLE:
        raise UnreadableSource(
            Bilingual("工作簿已加密，或是旧的 .xls 格式", "the workbook is encrypted, or an .xls of old"),
            where=shown,
            next_step=Bilingual("去掉密码，另存为 .xlsx", "save it as .xlsx without a password"),
        )
    try:
        parts = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableSource(
            Bilingual("不是 Excel 工作簿（.xlsx），或文件已损坏", "no Excel workbook (.xlsx), or damaged"),
            where=shown,
            next_step=Bilingual(
                "用 Excel 打开并另存为 .xlsx；若是 CSV，请改扩展名或写明 format",
                "open it in Excel and save it as .xlsx; if it is CSV, rename it or declare format",
            ),
        ) from error
    stream.seek(0)
    for part in parts:
        limit = LARGEST_STRINGS if part.filename.endswith("sharedStrings.xml") else LARGEST_UNFOLDED
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > limit or (part.file_size > _HARMLESS and ratio > HIGHEST_RATIO):
            raise _bomb(shown, part.filename, part.file_size)
    total = sum(part.file_size for part in parts)
    if total > LARGEST_UNFOLDED:
        raise _bomb(shown, "*", total)


def _bomb(shown: str, part: str, size: int) -> UnreadableSource:
    megabytes = f"{size >> 20} MiB"
    return UnreadableSource(
        Bilingual(f"工作簿解压后过大（{megabytes}）", f"the workbook unfolds to {megabytes}"),
        where=f"{shown}: {part}",
        next_step=Bilingual(
            "核实文件来源；把大表导出为 CSV", "check where it comes from; export large tables as CSV"
        ),
    )
