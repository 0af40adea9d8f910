import json
from pathlib import Path

import pytest
from opinions_factories import model

from cem_nlp.cli import main
from cem_nlp.errors import ConfigError
from cem_nlp.model_files import load_taxonomy, save_model
from cem_nlp.toml_file import line_of

PLACES = ("ad", "web", "store", "ask", "order", "delivery", "install", "use", "after", "complaint", "bill")
PLACE = 'name = "触点", name_en = "place", channel = "web", stage = "during", owner = "support"'
DOCUMENT = "\n".join(
    [
        'version = "1"',
        "[owners]",
        'support = { name = "客服部", name_en = "support" }',
        'logistics = { name = "物流部", name_en = "logistics" }',
        "[touchpoints]",
        *(f"{place} = {{ {PLACE} }}" for place in (*PLACES, "member")),
        "[categories.convenience.topics.speed]",
        'name = "快慢"',
        "words = [",
        '    "慢",  # [[ not a table',
        "]",
        "[themes.trust]",
        'name = "信任"',
        "level = 1",
        'words = ["放心"]',
        "[[tests]]",
        'text = "物流太慢"',
        'expect = ["topic:speed"]',
        "",
    ]
)


def write(folder: Path, document: str, name: str = "taxonomy.toml") -> Path:
    file = folder / name
    file.write_text(document, "utf-8")
    return file


def run(*arguments: str | Path) -> int:
    return main([*map(str, arguments), "--lang", "en"])


def test_check_counts_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("taxonomy", "check", write(tmp_path, DOCUMENT)) == 0
    said = capsys.readouterr().out
    assert said.startswith("1+")
    assert "1 topics, 12 touchpoints, 1 themes, 0 determinants, 0 rules, 1 test sentences" in said


def test_check_runs_the_shipped_one_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("taxonomy", "check") == 0
    assert "10 themes" in capsys.readouterr().out


def test_check_shows_failures_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test = '[[tests]]\ntext = "买得放心，物流太慢"\nexpect = ["theme:trust"]\nnot = ["topic:speed"]\n'
    missing = '[[tests]]\ntext = "物流快"\nexpect = ["topic:speed"]\n'
    file = write(tmp_path, DOCUMENT + test + missing)
    assert run("taxonomy", "check", file) == 3
    said = capsys.readouterr()
    first = DOCUMENT.count("\n") + 1
    assert f"{file}:{first}  「买得放心，物流太慢」\n    should not be: topic:speed\n" in said.out
    assert f"{file}:{first + 4}  「物流快」\n    missing: topic:speed\n" in said.out
    assert "2 of 3 test sentences fail" in said.err


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"慢",', '"慢", "慢",', ["taxonomy.toml:20 (categories.convenience.topics.speed.words)", "'慢'"]),
        ("level = 1", "levels = 1", ["taxonomy.toml:25 (themes.trust.levels)", "did you mean: level"]),
        ("level = 1", "level = 11", ["taxonomy.toml:25 (themes.trust.level)", "11", "1–10"]),
        ('name = "快慢"', 'nam = "快慢"', ["taxonomy.toml:19", "did you mean: name"]),
        ('owner = "support"', 'owner = "suport"', [":6 (touchpoints.ad.owner)", "support, logistics"]),
        ('"topic:speed"]', '"topic:sped"]', [":29 (tests[0].expect)", "did you mean: topic:speed"]),
        ('version = "1"', "version = ", ["line 1, column 11"]),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, before: str, after: str, said: list[str]) -> None:
    assert before in DOCUMENT
    with pytest.raises(ConfigError) as caught:
        load_taxonomy(write(tmp_path, DOCUMENT.replace(before, after)))
    assert [part for part in ["taxonomy.toml", *said] if part not in caught.value.explain("en")] == []


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("taxonomy", "check", "nowhere.toml") == 3
    assert "nowhere.toml" in capsys.readouterr().err


def test_lines_are_found_through_texts_comments_and_nested_brackets() -> None:
    document = (
        'a = "x # ["  # [b]\n[t]\nm = """\n[fake]\nz = 1\n"""\nl = [\n  ["q"],\n  { k = 1 }\n]\nd.e = 2\n'
    )
    document += "[[r]]\n'n' = 1\n[[r]]\nn = 2\n"
    places = ("a", "t", "t.m", "t.l", "t.l[1].k", "t.d.e", "r[0].n", "r[1]", "r[1].n", "r[1].x", "fake", "")
    assert [line_of(document, place) for place in places] == [1, 2, 3, 7, 7, 11, 13, 14, 15, 14, None, None]


def test_diff_shows_what_would_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_model(model(), tmp_path / "model")
    old = write(tmp_path, DOCUMENT)
    changed = (
        DOCUMENT.replace('"慢",', '"快",')
        .replace('"放心"', '"没想到"')
        .replace(
            f"delivery = {{ {PLACE}",
            'delivery = { name = "配送", name_en = "courier", channel = "other", '
            'stage = "during", owner = "logistics"',
        )
        .replace('expect = ["topic:speed"]', 'not = ["topic:speed"]')
    )
    rule = '[[rules]]\nname = "贵"\nwords = ["贵"]\nopinion = "none"\n'
    new = write(tmp_path, changed + rule, "new.toml")
    comments = [
        ("a", "物流太慢，电话13912345678"),
        ("b", "价格太贵了"),
        ("c", "没想到质量很好"),
        ("d", "质量很好"),
    ]
    lines = [json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in comments]
    data = write(tmp_path, "\n".join(lines), "data.jsonl")
    assert run("taxonomy", "diff", old, new, "--on", data, "--model", tmp_path / "model") == 0
    said = capsys.readouterr().out
    assert "4 comments, 4 opinions; 3 comments would change" in said
    assert [line.strip() for line in said.splitlines() if "→" in line][1:] == [
        "1  price · negative (model) → (none)    b「价格太贵了」",
        "1  快慢 → (none)    a「物流太慢」",
        "1  web → other    a「物流太慢」",
        "1  support → logistics    a「物流太慢」",
        "1  (none) → 信任    c「」",
    ]
    assert "13912345678" not in said
    assert run("taxonomy", "diff", old, old, "--on", data, "--model", tmp_path / "model") == 0
    assert "0 comments would change" in capsys.readouterr().out
