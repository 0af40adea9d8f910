"""When a night has too many bad rows to be trusted."""

from collections import Counter
from collections.abc import Sequence

from cem_nlp import store
from cem_nlp.errors import NoRows, TooManyBadRows
from cem_nlp.ingest import REASONS
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly.night import FileCounts, Night

_SHOWN = 5
"""Reasons shown in the error; the kept quarantine has them all."""
_SOME_ROWS = 20
"""Rows of a file that are not all bad by chance: at the default limit of 5 % one would be expected."""


def refuse_bad_rows(night: Night, counts: Sequence[FileCounts]) -> None:
    """Keep the quarantine and raise TooManyBadRows beyond `max_bad_share` of all rows.

    A file of some size without one good row is refused as well: its mapping cannot be right. So is a night
    without a single row (NoRows): an export has failed somewhere, and nobody should mistake it for silence.
    """
    rows, bad = sum(count.rows_in for count in counts), sum(count.quarantined for count in counts)
    hopeless = [count.file for count in counts if count.quarantined == count.rows_in >= _SOME_ROWS]
    limit = night.config.max_bad_share
    if not rows:
        raise _no_rows(counts)
    if bad <= rows * limit and not hopeless:
        return
    share = f"{bad} / {rows} = {bad / rows:.1%}"
    if hopeless:
        names = ", ".join(hopeless)
        what = Bilingual(f"{names} 没有一行合格", f"{names} has not one good row")
    else:
        what = Bilingual(
            f"坏行过多：{share}，上限 {limit:.0%}", f"too many bad rows: {share}, limit {limit:.0%}"
        )
    kept = store.keep_quarantine(night.staging)
    raise TooManyBadRows(
        Bilingual(
            f"{what.zh}；已发布的结果没有变动\n{_reasons(night, 'zh')}",
            f"{what.en}; the published state is unchanged\n{_reasons(night, 'en')}",
        ),
        where=str(kept),
        next_step=Bilingual(
            "在上面的隔离表里查看坏行，改正文件或配置中的映射后重试",
            "look at the bad rows in the quarantine above; correct the file or its mapping, then run again",
        ),
    )


def _no_rows(counts: Sequence[FileCounts]) -> NoRows:
    return NoRows(
        Bilingual("所有来源都没有一行数据", "no source holds a single row"),
        where=", ".join(count.file for count in counts),
        next_step=Bilingual(
            "检查导出是否完整；确无数据的日子不必运行", "check the exports; a day without data needs no run"
        ),
    )


def _reasons(night: Night, language: Language) -> str:
    """The most frequent reasons, each with its file and first row; never the content."""
    parts = store.parts(night.staging, "quarantine")
    columns = ["file", "reason", "column", "row"]
    rows = [
        row
        for part in parts
        for row in store.read_part(night.staging, "quarantine", part, columns).to_pylist()
    ]
    groups = Counter((row["file"], row["reason"], row["column"]) for row in rows)
    first = {(row["file"], row["reason"], row["column"]): row["row"] for row in reversed(rows)}
    line = Bilingual(
        "  {file} 第 {row} 行起 {n} 行：{reason}{column}",
        "  {file}, {n} rows from row {row}: {reason}{column}",
    )
    return "\n".join(
        line.say(language).format(
            file=key[0],
            row=first[key],
            n=n,
            reason=REASONS[key[1]].say(language),
            column=f" ({key[2]})" if key[2] else "",
        )
        for key, n in groups.most_common(_SHOWN)
    )
