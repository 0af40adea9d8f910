"""How far a backfill came, where a night of its range fails."""

import pytest

from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.nightly.stopped_backfill import stopped_backfill

NIGHTS = ["2026-09-27", "2026-09-28", "2026-09-29"]


@pytest.mark.parametrize(
    ("missing", "published", "left"),
    [
        (0, "无", "2026-09-27 – 2026-09-29"),
        (1, "2026-09-27", "2026-09-28 – 2026-09-29"),
        (2, "2026-09-27 – 2026-09-28", "2026-09-29"),
    ],
)
def test_a_night_that_fails_is_named_with_those_published_and_those_left(
    missing: int, published: str, left: str
) -> None:
    night = NIGHTS[missing]
    error = UnreadableSource(
        Bilingual("没有匹配的数据文件", "no data file matches"),
        where=f"in/{night}/*.csv",
        next_step=Bilingual("检查文件是否已送达", "check whether the file has arrived"),
    )
    stopped = stopped_backfill(error, NIGHTS[:missing], NIGHTS[missing:])
    assert isinstance(stopped, UnreadableSource)
    told = stopped.explain("zh")
    assert told.splitlines()[0] == f"补跑停在 {night}；已发布：{published}；未发布：{left}"
    assert "没有匹配的数据文件" in told
    assert f"in/{night}/*.csv" in told
    assert f"检查文件是否已送达；再从这一夜继续补跑：--from {night} --to {NIGHTS[-1]}" in told
    assert f"the backfill stopped at {night}" in stopped.explain("en")
