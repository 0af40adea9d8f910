"""How far a backfill came, where a night of its range fails."""

from datetime import date
from typing import Any

import pytest

from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual
from flows import backfill

FIRST, MIDDLE, LAST = date(2026, 9, 27), date(2026, 9, 28), date(2026, 9, 29)


class Nightly:
    """Stands for the flow of a night; the night `missing` has no files."""

    def __init__(self, missing: date) -> None:
        self.missing = missing.isoformat()
        self.tried: list[str] = []

    def with_options(self, **settings: Any) -> "Nightly":
        return self

    def __call__(self, config: str, night: str, language: str) -> None:
        self.tried.append(night)
        if night == self.missing:
            raise UnreadableSource(
                Bilingual("没有匹配的数据文件", "no data file matches"),
                where=f"in/{night}/*.csv",
                next_step=Bilingual("检查文件是否已送达", "check whether the file has arrived"),
            )


@pytest.mark.parametrize(
    ("missing", "published", "left"),
    [
        (FIRST, "无", "2026-09-27 – 2026-09-29"),
        (MIDDLE, "2026-09-27", "2026-09-28 – 2026-09-29"),
        (LAST, "2026-09-27 – 2026-09-28", "2026-09-29"),
    ],
)
def test_a_night_that_fails_is_named_with_those_published_and_those_left(
    monkeypatch: pytest.MonkeyPatch, missing: date, published: str, left: str
) -> None:
    nightly = Nightly(missing)
    monkeypatch.setattr(backfill, "nightly", nightly)
    with pytest.raises(UnreadableSource) as caught:
        backfill.backfill.fn("night.toml", FIRST, LAST)
    assert nightly.tried[-1] == missing.isoformat()
    told = caught.value.explain("zh")
    assert told.splitlines()[0] == f"补跑停在 {missing}；已发布：{published}；未发布：{left}"
    assert "没有匹配的数据文件" in told
    assert f"in/{missing}/*.csv" in told
    assert f"检查文件是否已送达；再从这一夜继续补跑：--from {missing} --to {LAST}" in told
    assert f"the backfill stopped at {missing}" in caught.value.explain("en")
