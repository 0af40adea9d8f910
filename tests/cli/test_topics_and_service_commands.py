"""`cem topics` and `cem service` over a published warehouse, and a file of patterns that is broken."""

import json
import shutil
from pathlib import Path

import pytest
from cem_command import Cem
from night_factories import (
    call,
    calls_source,
    publish,
    reviews,
    source,
    write_config,
    write_csv,
    write_json_lines,
)

from cem_nlp.errors import ConfigError
from cem_nlp.resources import shipped


@pytest.fixture
def config(tmp_path: Path) -> Path:
    write_csv(tmp_path / "reviews.csv", reviews(60))
    turns = [
        [
            ("坐席", 0, "请讲"),
            ("客户", 5, "安装要多少钱？"),
            ("坐席", 12, "我帮您查询，尽快给您回复"),
            ("客户", 30, "谢谢，好了"),
        ],
        [("客户", 0, "空调漏水，维修师傅态度差"), ("坐席", 9, "请重启试试"), ("客户", 20, "还是不行，没用")],
    ]
    write_json_lines(tmp_path / "calls.jsonl", [call(n, turns[n % 2]) for n in range(12)])
    return write_config(
        tmp_path, source(), calls_source(), service={"product_lines": {"空调": ["柜机"]}}, topics={"days": 14}
    )


@pytest.mark.slow
def test_commands_print_the_sections_and_their_rows(config: Path, cem: Cem) -> None:
    publish(config)
    told = cem("service", "--config", config)
    assert told.code == 0
    assert "看得出结局的 12 通里，50% 解决了" in told.out
    assert "客服的承诺" in told.out
    rows = json.loads(cem("service", "--config", config, "--json").out)
    assert {row["resolution"] for row in rows["service_calls"]} == {"resolved", "unresolved"}
    assert all(row["repeated"] is None for row in rows["service_calls"])
    assert rows["service_topics"]
    assert cem("topics", "--config", config, "--lang", "en").code == 0
    found = json.loads(cem("topics", "--config", config, "--json").out)
    assert found["topics"]
    assert not any(any(mark.isdigit() for mark in row["word"]) for row in found["words"])


def test_broken_patterns_fail_the_night_at_once(config: Path) -> None:
    patterns = config.parent / "service.toml"
    shutil.copyfile(shipped("data/service.toml"), patterns)
    with patterns.open("a", encoding="utf-8") as file:
        file.write('\n[goodbye]\nwords = ["再见"]\n')
    config.write_text(
        config.read_text("utf-8").replace("service:", "service:\n  patterns: service.toml"), "utf-8"
    )
    with pytest.raises(ConfigError, match="goodbye"):
        publish(config)
