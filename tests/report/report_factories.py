"""Finished tables for the report's tests: a realistic demo, and builders of single rows."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import sqrt
from typing import Any

import pandas as pd
import pyarrow as pa

from cem_nlp.config import Scores
from cem_nlp.ingest.records import REASONS
from cem_nlp.report.inputs import ModelQuality, ReportContext, ReportTables
from cem_nlp.schemas import TABLES
from cem_nlp.scores.aggregate import score_table
from cem_nlp.vocabulary import ALL, CATEGORIES, UNKNOWN

DIMENSIONS = ("period", "brand", "product", "kind", "channel", "touchpoint", "category", "segment")
NIGHT = date(2026, 9, 1)
RUN = "20260901T020000-7f3a"
DAYS = 60
MINIMUM = 5
OWN, RIVALS = "澄居", ("北岭", "禾悦")
PRODUCTS = {
    "澄居": ("云洗滚筒洗衣机", "鲜域对开门冰箱", "静岚壁挂空调"),
    "北岭": ("北岭洗衣机 N8", "北岭冰箱 F520"),
    "禾悦": ("禾悦空调 K2", "禾悦洗衣机 W6"),
}

# category, polarity, touchpoint, text before the evidence, evidence, text after it
SAID = (
    ("product", "positive", "use", "用了两个月，", "洗得干净，衣服也不打结", "，家里老人都会用"),
    ("product", "positive", "use", "", "冷藏室分区清楚，蔬菜放一周还脆", "，这点最满意"),
    ("product", "negative", "use", "晚上开到最低档", "压缩机嗡嗡响，隔着门都听得见", "，孩子总被吵醒"),
    ("product", "negative", "use", "才三周，", "门封条就翘了，冷气一直往外跑", "，报修还要排队"),
    ("product", "neutral", "use", "", "制冷效果中规中矩", "，不惊艳也没毛病"),
    ("service", "positive", "after", "", "维修师傅准时到，还顺手把滤网也洗了", "，走的时候把地拖干净"),
    ("service", "positive", "ask", "问了好多问题，", "客服一直耐心解释，没有催我下单", ""),
    ("service", "negative", "after", "打了四次电话，", "每次都说登记了，没有一个人回我", "，真的很失望"),
    ("service", "negative", "install", "", "安装师傅不穿鞋套，打完孔一地灰就走了", "，自己收拾的"),
    ("service", "negative", "complaint", "投诉之后", "换了三个客服，三种说法", "，到现在没有结果"),
    ("relationship", "positive", "member", "", "老客户以旧换新多补了两百块", "，比新客户优惠还大，下次还买"),
    ("relationship", "negative", "member", "", "积分说清零就清零，短信都没有", "，八年老客户就这待遇"),
    ("relationship", "neutral", "member", "", "生日收到一张券，门槛有点高", ""),
    ("price", "positive", "order", "", "活动价比门店便宜四百，还送了洗衣液", "，很划算"),
    ("price", "negative", "install", "说好免费安装，", "上门又要收一百八的支架钱", "，不给就不装"),
    ("price", "negative", "bill", "买完第三天", "降价三百，申请价保说我超了两个小时", "，心里堵得慌"),
    ("price", "neutral", "order", "", "价格跟别家差不多", "，没有特别便宜"),
    ("convenience", "positive", "web", "", "小程序上选时间、改地址都很顺手", "，不用打电话"),
    ("convenience", "negative", "delivery", "", "约的周六送，改了三次，请了两天假都没等到", "，体验太差"),
    ("convenience", "negative", "after", "", "报修只能打电话，排队四十分钟才接通", "，就不能在网上报吗"),
    ("convenience", "negative", "install", "", "送货和安装不是一家，约完这个约那个", "，前后拖了一个星期"),
    ("brand", "positive", "ad", "", "国货里算有口碑的，爸妈家也是这个牌子", ""),
    ("brand", "negative", "ad", "", "广告说静音二十分贝，实际根本不是那么回事", "，以后不信了"),
    ("brand", "neutral", "store", "", "牌子听说过，了解不多", ""),
)

# How likely each brand's customers speak well of a category, and of some touchpoint in it.
GOOD = {
    "澄居": {
        "product": 0.74,
        "service": 0.55,
        "relationship": 0.52,
        "price": 0.55,
        "convenience": 0.3,
        "brand": 0.66,
    },
    "北岭": {
        "product": 0.7,
        "service": 0.66,
        "relationship": 0.5,
        "price": 0.5,
        "convenience": 0.68,
        "brand": 0.62,
    },
    "禾悦": {
        "product": 0.52,
        "service": 0.56,
        "relationship": 0.5,
        "price": 0.72,
        "convenience": 0.46,
        "brand": 0.4,
    },
}
ANYWHERE = ("web", "store", "order", "delivery", "install", "use", "after")


def frame(table: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as the table's DataFrame, refused where they break its schema."""
    schema = TABLES[table]
    filled = [{**dict.fromkeys(schema.names), "run_id": RUN, **row} for row in rows]
    checked = pa.Table.from_pylist(filled, schema=schema)
    for column in schema:
        assert column.nullable or not checked[column.name].null_count, column.name
    return checked.to_pandas()


def score(**values: Any) -> dict[str, Any]:
    """Return a row of `scores`; dimensions not given are 'all', the range follows from the counts."""
    cell = dict.fromkeys(DIMENSIONS, ALL)
    named = [name for name in cell if name in values]
    counts = {name: int(values.pop(name, 0)) for name in ("positive", "neutral", "negative")}
    n = sum(counts.values())
    good = (counts["positive"] + counts["neutral"] / 2) / n if n else 0.5
    half = 1.96 * sqrt((good * (1 - good) + 0.02) / max(n, 1))
    few = n < MINIMUM
    return {
        **cell,
        "grain": "×".join(named) or "total",
        "is_own": values.get("brand") == OWN,
        "n_feedback": n,
        "n_mentions": n,
        "experience": None if few else 10 * good,
        "low": None if few else 10 * max(0.0, good - half),
        "high": None if few else 10 * min(1.0, good + half),
        "correction": "no_confusion",
        "effective_n": float(n),
        "suppressed": few,
        **counts,
        **values,
    }


def gap(
    category: str, experience: float, expectation: float | None, importance: float | None, **values: Any
) -> dict[str, Any]:
    """Return a row of `gaps`, worked out by the seven steps from its three figures."""
    satisfaction = None if expectation is None else experience - expectation
    weighted = None if satisfaction is None or importance is None else importance * satisfaction
    is_key = bool(values.get("is_key_experience", False))
    ideal = 9.5 if is_key else experience
    row: dict[str, Any] = {
        "brand": OWN,
        "product": ALL,
        "segment": ALL,
        "category": category,
        "experience": experience,
        "experience_from": "derived",
        "expectation": expectation,
        "expectation_from": None if expectation is None else "survey",
        "satisfaction": satisfaction,
        "importance": importance,
        "importance_from": None if importance is None else "survey",
        "weighted": weighted,
        "ideal": ideal,
        "ideal_from": "assumed",
        "gap": experience - ideal,
        "rank": None,
        "is_key_experience": False,
        "runner_up": False,
    }
    for name, half in (
        ("experience", 0.5),
        ("expectation", 0.3),
        ("satisfaction", 0.6),
        ("importance", 0.3),
        ("weighted", 5.0),
        ("ideal", 0.5),
        ("gap", 0.6),
    ):
        if row[name] is not None:
            row[f"{name}_low"], row[f"{name}_high"] = row[name] - half, row[name] + half
    return {**row, **values}


def feedback_row(number: int, text: str, **values: Any) -> dict[str, Any]:
    """Return a row of `feedback`, dated to the given day."""
    day = values.pop("day", NIGHT - timedelta(days=1 + number % DAYS))
    dated = day is not None
    return {
        "feedback_id": f"f{number:06d}",
        "content_digest": f"{number:08x}",
        "kind": "review",
        "source": "reviews",
        "file": "reviews.csv",
        "row": number + 2,
        "brand": OWN,
        "product": PRODUCTS[OWN][0],
        "is_own": values.get("brand", OWN) == OWN,
        "channel": "商城",
        "segment": UNKNOWN,
        "n_masked": 0,
        "fixes": [],
        "night": NIGHT.isoformat(),
        "created_at": datetime(day.year, day.month, day.day, 4, tzinfo=UTC) if dated else None,
        "business_date": day if dated else NIGHT,
        "text": text,
        **values,
    }


def opinion_row(number: int, text: str, evidence: str, **values: Any) -> dict[str, Any]:
    """Return a row of `opinions` whose evidence stands in `text`."""
    start = text.index(evidence)
    return {
        "feedback_id": f"f{number:06d}",
        "opinion_no": 0,
        "category": "product",
        "polarity": "negative",
        "touchpoint": "use",
        "stage": "after",
        "channel": "face",
        "start": start,
        "end": start + len(evidence),
        "evidence": evidence,
        "probability": 0.9,
        "decided_by": "model",
        "model_version": "0.1+ab12",
        "taxonomy_version": "1+cd34",
        "night": NIGHT.isoformat(),
        **values,
    }


def comment_row(number: int, **values: Any) -> dict[str, Any]:
    empty = {"themes": [], "determinants": [], "language": "zh"}
    return {"feedback_id": f"f{number:06d}", **empty, "night": NIGHT.isoformat(), **values}


def source_row(
    file: str, rows_in: int, published: int, quarantined: int, duplicates: int, **values: Any
) -> dict[str, Any]:
    return {
        "source": file.split(".")[0],
        "file": file,
        "kind": "review",
        "rows_in": rows_in,
        "published": published,
        "near_duplicates": 0,
        "quarantined": quarantined,
        "duplicates": duplicates,
        "night": NIGHT.isoformat(),
        **values,
    }


def quarantine_row(row: int, reason: str, **values: Any) -> dict[str, Any]:
    return {
        "source": "reviews",
        "file": "reviews.csv",
        "row": row,
        "reason": reason,
        "content": "{}",
        "night": NIGHT.isoformat(),
        **values,
    }


def tables(**rows: Iterable[dict[str, Any]]) -> ReportTables:
    """Return report tables with the given rows, empty where none are given."""
    names = ("scores", "gaps", "opinions", "feedback", "comments", "sources", "quarantine", "drift")
    assert set(rows) <= set(names)
    return ReportTables(**{name: frame(name, list(rows.get(name, ()))) for name in names})


def context(**values: Any) -> ReportContext:
    standard = {
        "night": NIGHT,
        "run_id": RUN,
        "own": (OWN,),
        "model_version": "0.1+ab12",
        "taxonomy_version": "1+cd34",
        "software_version": "0.1.0",
    }
    return ReportContext(**{**standard, **values})


def demo_context() -> ReportContext:
    quality = ModelQuality(
        0.78,
        "dev",
        1112,
        {
            "product": 0.84,
            "service": 0.83,
            "relationship": 0.61,
            "price": 0.82,
            "convenience": 0.7,
            "brand": 0.6,
        },
    )
    return context(
        reasons=REASONS, model_quality=quality, data_notes=("样例数据为本项目编写，不代表任何真实品牌。",)
    )


@cache
def demo_tables() -> ReportTables:
    """Return a realistic night: one own brand, two rivals, 60 days, 900 comments. Shared: change copies."""
    draw = random.Random(7)
    feedback, opinions, comments = [], [], []
    for number in range(900):
        brand = draw.choices((OWN, *RIVALS), (5, 3, 2))[0]
        days_ago = 1 + draw.randrange(DAYS)
        kind = draw.choices(("review", "complaint", "transcript"), (10, 2, 1))[0]
        picked = [_pick(draw, brand, kind, days_ago) for _ in range(draw.choice((1, 2, 2, 3)))]
        text = "。".join(before + evidence + after for *_, before, evidence, after in picked)
        if kind == "transcript":
            text = f"客服：您好，请讲 / 客户：{text} / 客服：已经登记"
        day, product = NIGHT - timedelta(days=days_ago), draw.choice(PRODUCTS[brand])
        feedback.append(feedback_row(number, text, brand=brand, product=product, kind=kind, day=day))
        comments.append(comment_row(number, **_wishes(draw, [polarity for _, polarity, *_ in picked])))
        for place, (category, polarity, touchpoint, _, evidence, _) in enumerate(picked):
            values = {"category": category, "polarity": polarity, "touchpoint": touchpoint}
            probability = round(draw.uniform(0.55, 0.99), 3)
            values |= {"opinion_no": place, "probability": probability}
            opinions.append(opinion_row(number, text, evidence, **values))
    night = tables(
        feedback=feedback,
        opinions=opinions,
        comments=comments,
        gaps=demo_gaps(),
        sources=[
            source_row("reviews.csv", 905, 880, 8, 17, near_duplicates=12),
            source_row("complaints.xlsx", 120, 117, 2, 1, kind="complaint"),
            source_row("calls.jsonl", 80, 79, 1, 0, kind="transcript"),
        ],
        quarantine=[
            *(quarantine_row(row, "missing_text", column="评论内容") for row in (14, 203, 377)),
            *(quarantine_row(row, "bad_date", column="日期", valid="%Y-%m-%d") for row in (58, 411)),
            quarantine_row(590, "rating_out_of_scale", column="评分", value="11", valid="1–5"),
        ],
    )
    return replace(night, scores=score_table(night.feedback, night.opinions, Scores()))


def _wishes(draw: random.Random, polarities: Sequence[str]) -> dict[str, Any]:
    if polarities.count("negative") > len(polarities) / 2:
        intents, expectations = (None, None, "complain", "churn"), (None, "below")
        polarity = "negative"
    else:
        intents, expectations = (None, None, "repurchase", "recommend"), (None, None, "above", "met")
        polarity = "positive"
    return {"polarity": polarity, "intent": draw.choice(intents), "expectation": draw.choice(expectations)}


def _pick(draw: random.Random, brand: str, kind: str, days_ago: int) -> tuple[str, ...]:
    category = draw.choices(list(CATEGORIES), (30, 24, 6, 18, 16, 8))[0]
    good = GOOD[brand][category] - (0.35 if kind == "complaint" else 0.0)
    if brand == OWN and category == "service":
        good += 0.3 if days_ago < 21 else -0.12
    polarity = "positive" if draw.random() < good else draw.choices(("negative", "neutral"), (5, 1))[0]
    fitting = [said for said in SAID if said[:2] == (category, polarity)]
    said = draw.choice(fitting or [said for said in SAID if said[:2] == (category, "negative")])
    touchpoint = said[2] if draw.random() < 0.7 else draw.choice(ANYWHERE)
    return (*said[:2], touchpoint, *said[3:])


def demo_gaps() -> list[dict[str, Any]]:
    whole = [
        gap("product", 7.1, 7.6, 8.7, rank=2),
        gap("service", 5.6, 6.9, 8.1, rank=3, runner_up=True),
        gap("relationship", 5.0, 5.2, 4.9, rank=5),
        gap("price", 5.4, 6.0, 7.4, rank=4),
        gap("convenience", 3.6, 7.0, 8.4, rank=1, is_key_experience=True),
        gap("brand", 6.3, 6.0, 5.6, rank=6, expectation_from="assumed"),
    ]
    groups = [(product, ALL) for product in PRODUCTS[OWN]] + [(ALL, "首次购买"), (ALL, "老客户")]
    parts = [{**row, "product": product, "segment": segment} for product, segment in groups for row in whole]
    return whole + parts
