"""The labelling page in a real browser, with real keys and a real mouse (Debian's package `chromium`)."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from label_browser import CHROMIUM, PATIENCE, Tab, browser, open_tab
from label_factories import TEXT, opinion, task
from label_serving import serving

from cem_nlp.label_files import load_labels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium"),
    # One browser serves all of these tests.
    pytest.mark.xdist_group("labelling browser"),
]

CALL = "客户：热水器漏水，打电话没人接 / 客服：您好，马上登记 / 客户：等了一周"
BOX_OF = """(words => {{
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getBoundingClientRect();
    return [box.left, box.right, (box.top + box.bottom) / 2];
  }}
}})({words})"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with browser(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def tab(port: int) -> Iterator[Tab]:
    with open_tab(port) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.jsonl"


def stored(file: Path, count: int) -> list[dict[str, Any]]:
    """The lines of a label file once there are `count`; a key pressed is an answer sent a little later."""
    end = time.monotonic() + PATIENCE
    while len(lines := file.read_text("utf-8").splitlines()) < count:
        assert time.monotonic() < end, f"{len(lines)} of {count} lines"
        time.sleep(0.01)
    assert len(lines) == count
    return [json.loads(line) for line in lines]


def drag_over(tab: Tab, first: str, last: str) -> None:
    left, _, top = tab.value(BOX_OF.format(words=json.dumps(first)))
    _, right, bottom = tab.value(BOX_OF.format(words=json.dumps(last)))
    tab.drag((left + 1, top), (right - 1, bottom))


def test_words_chosen_with_keys_and_mouse_are_stored_in_code_points(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", TEXT), task("b", "很好")]) as server:
        tab.open(server.url)
        tab.press("ArrowDown", "ArrowDown", "1", "-", "w")
        drag_over(tab, "客服", "不理人")
        tab.press("2", "-")
        tab.press("i", "i", "i", "e", "Enter")
        (line,) = stored(file, 1)
    assert line["opinions"] == [
        {
            "category": category,
            "polarity": "negative",
            "touchpoint": touchpoint,
            "start": TEXT.index(words),
            "end": TEXT.index(words) + len(words),
            "evidence": words,
        }
        for category, touchpoint, words in (
            ("product", "web", "𠮷字牌面𪚥难看"),
            ("service", "after", "客服三天不理人"),
        )
    ]
    assert (line["intent"], line["expectation"]) == ("churn", "above")
    assert (line["annotator"], line["audit"], line["text"]) == ("甲", False, TEXT)
    assert 0 <= line["seconds"] < 60
    assert len(load_labels(file)) == 1


def test_a_drag_over_emoji_and_rare_characters(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", TEXT)]) as server:
        tab.open(server.url)
        drag_over(tab, "精细", "𪚥")
        tab.press("6", "0", "Enter")
        (line,) = stored(file, 1)
    (found,) = line["opinions"]
    assert found["evidence"] == TEXT[found["start"] : found["end"]] == "精细👨‍👩‍👧，𠮷字牌面𪚥"
    assert (found["category"], found["polarity"], found["touchpoint"]) == ("brand", "neutral", "ad")


def test_a_drag_may_end_beside_the_text(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", TEXT)]) as server:
        tab.open(server.url)
        left, _, middle = tab.value(BOX_OF.format(words='"三天"'))
        tab.drag((left + 1, middle), (left + 60, middle + 150))
        tab.press("2", "-")
        tab.click("#text .mark")
        assert tab.value("document.querySelectorAll('.opinion[data-active]').length") == 1
        tab.drag((left - 100, middle), (left - 100, middle))
        tab.press("1", "-", "Enter")
        (line,) = stored(file, 1)
    assert [found["evidence"] for found in line["opinions"]] == ["𠮷字牌面𪚥难看", "三天不理人"]


def test_words_are_chosen_one_by_one_and_the_choice_grows(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", "𠮷野家😀手机很好用，价格便宜")]) as server:
        tab.open(server.url)
        tab.press("ArrowLeft", "ArrowLeft")
        tab.press("1", "+", "ArrowLeft")
        tab.press("ArrowLeft", shift=True)
        tab.press("2", "-", "Enter")
        (line,) = stored(file, 1)
    assert [found["evidence"] for found in line["opinions"]] == ["很好用", "价格"]


def test_a_suggestion_is_accepted_with_enter_or_changed(tab: Tab, file: Path) -> None:
    suggested = [opinion(TEXT, "做工精细", "product", "positive", "use")]
    tasks = [task("a", TEXT, *suggested, intent="recommend"), task("b", TEXT, *suggested)]
    with serving(file, tasks) as server:
        tab.open(server.url)
        assert tab.value("document.querySelectorAll('.mark.suggested').length") == 1
        tab.press("Enter")
        first = stored(file, 1)[0]
        tab.press("]", "5", "-", "ArrowDown", "ArrowDown", " ", "Enter")
        second = stored(file, 2)[1]
    assert (first["opinions"][0]["evidence"], first["intent"]) == ("做工精细", "recommend")
    (changed,) = second["opinions"]
    assert (changed["category"], changed["polarity"], changed["touchpoint"]) == (
        "convenience",
        "negative",
        "use",
    )
    assert changed["evidence"] == "𠮷字牌面𪚥难看"


def test_an_agents_words_cannot_be_labelled(tab: Tab, file: Path) -> None:
    with serving(file, [task("call", CALL, kind="transcript")]) as server:
        tab.open(server.url)
        assert tab.value("[...document.querySelectorAll('.turn')].map(turn => turn.className)") == [
            "turn customer",
            "turn agent",
            "turn customer",
        ]
        drag_over(tab, "您好", "登记")
        assert tab.value("document.querySelector('.chosen')") is None
        tab.press("ArrowDown", "ArrowDown", "ArrowDown", "5", "-", "d", "Enter")
        (line,) = stored(file, 1)
    (found,) = line["opinions"]
    assert found["evidence"] == CALL[found["start"] : found["end"]] == "等了一周"


def test_what_is_not_finished_is_not_stored(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", "质量好，质量很好")]) as server:
        tab.open(server.url)
        tab.press("ArrowDown", "1", "Enter")
        tab.wait_for("document.querySelector('#message.shown')?.innerText.includes('polarity')")
        tab.press("+", "ArrowDown", "1", "+", "Enter")
        tab.wait_for("document.querySelector('#message.shown')?.innerText.includes('label it once')")
        tab.press("Delete", "Enter")
        (line,) = stored(file, 1)
    assert len(line["opinions"]) == 1


def test_undo_skip_and_going_back(tab: Tab, file: Path) -> None:
    tasks = [task("a", "质量好"), task("b", "很贵"), task("c", "快")]
    with serving(file, tasks) as server:
        tab.open(server.url)
        tab.press("ArrowDown", "1", "+", "i", "u", "Enter")
        tab.press("s", "Enter")
        assert tab.value("document.querySelector('#done').innerText").startswith("This round is done")
        tab.press("Enter", "ArrowDown", "4", "-", "Enter")
        stored(file, 3)
        tab.wait_for("document.querySelector('#done h2')?.innerText === 'All done'")
        tab.press("u", "i", "Enter")
        lines = stored(file, 4)
    assert [(line["id"], line["intent"], len(line["opinions"])) for line in lines] == [
        ("a", None, 1),
        ("c", None, 0),
        ("b", None, 1),
        ("b", "repurchase", 1),
    ]
    assert {each.id: each.intent for each in load_labels(file)} == {"a": None, "c": None, "b": "repurchase"}


def test_a_new_page_goes_on_where_the_last_one_stopped(port: int, file: Path) -> None:
    tasks = [task("a", "质量好"), task("b", "很贵"), task("c", "快")]
    with serving(file, tasks) as server, open_tab(port) as tab:
        tab.open(server.url)
        tab.press("Enter")
        stored(file, 1)
    with serving(file, tasks, "zh") as server, open_tab(port) as tab:
        tab.open(server.url)
        assert tab.value("document.getElementById('progress').innerText") == "1 / 3"
        assert tab.value("document.getElementById('text').innerText") == "很贵"
        assert tab.value("document.documentElement.lang") == "zh-CN"
        tab.press("PageUp")
        assert tab.value("document.getElementById('facts').innerText").endswith("已标注，可修改")


def test_guide_and_keys_fold_out(tab: Tab, file: Path) -> None:
    with serving(file, [task("a", "质量好")], "zh") as server:
        tab.open(server.url)
        tab.press("g")
        assert "容易混淆的边界" in tab.value("document.getElementById('guide').innerText")
        tab.press("g", "?")
        assert tab.value(
            "[document.getElementById('guide').hidden, document.getElementById('help').open]"
        ) == [
            True,
            True,
        ]
        tab.press("Enter", "?")
        tab.click("#panel [data-code=complain]")
        tab.click("#panel .save")
        assert stored(file, 1)[0]["intent"] == "complain"


def test_hostile_text_stays_text(tab: Tab, file: Path) -> None:
    text = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>不好"
    with serving(file, [task("<b>a</b>", text, domain="<i>家电</i>")]) as server:
        tab.open(server.url)
        assert tab.value("document.getElementById('text').textContent") == text
        assert tab.value("document.querySelectorAll('main img, main script, main b, main i').length") == 0
        assert "owned" not in tab.value("document.title")


def test_a_label_that_could_not_be_stored_comes_back(tab: Tab, file: Path) -> None:
    tasks = [task("a", "质量好"), task("b", "很贵")]
    with serving(file, tasks) as server:
        tab.open(server.url)
        tab.press("ArrowDown", "1", "+")
    tab.press("Enter")
    tab.wait_for("document.querySelector('#message.lasting.shown')?.innerText.includes('not saved')")
    assert tab.value("document.getElementById('text').innerText") == "质量好"
    assert tab.value("document.querySelectorAll('.opinion').length") == 1
    assert file.read_text("utf-8") == ""


IN_SIGHT = """(() => {
  const box = document.querySelector("#text .active").getBoundingClientRect();
  const header = document.querySelector("body > header").getBoundingClientRect();
  const panel = document.getElementById("panel").getBoundingClientRect();
  return header.bottom < box.top + 1 && box.bottom < panel.top + 1;  // but for a part of a pixel
})()"""


def test_the_opinion_chosen_in_a_long_call_comes_into_sight(tab: Tab, file: Path) -> None:
    turns = [f"客户：第{number}次打电话还是没人接" for number in range(60)]
    call = " / ".join(["客户：热水器漏水", *turns, "客户：价格太贵"])
    found = [
        opinion(call, "热水器漏水", "product", "negative", "use"),
        opinion(call, "价格太贵", "price", "negative", "order"),
    ]
    with serving(file, [task("call", call, *found, kind="transcript")]) as server:
        tab.open(server.url)
        tab.press("]")
        assert tab.value(IN_SIGHT)
        tab.press("]")
        assert tab.value("scrollY") > 0
        assert tab.value(IN_SIGHT)
        tab.press("[")
        assert tab.value(IN_SIGHT)
        tab.value("document.querySelectorAll('.opinion .cover')[1].click()")
        assert tab.value(IN_SIGHT)


def test_a_second_window_overwrites_no_label_unasked(port: int, file: Path) -> None:
    tasks = [task("a", "质量好"), task("b", "很贵"), task("c", "快")]
    with serving(file, tasks) as server, open_tab(port) as first, open_tab(port) as second:
        first.open(server.url)
        second.open(server.url)
        first.press("ArrowDown", "1", "+", "Enter", "i", "Enter")
        stored(file, 2)
        second.press("i", "i", "Enter")
        second.wait_for(
            "document.querySelector('#message.lasting.shown')?.innerText.includes('another window')"
        )
        assert len(stored(file, 2)[0]["opinions"]) == 1
        assert second.value("document.getElementById('text').innerText") == "质量好"
        assert second.value("document.getElementById('progress').innerText").startswith("2 / 3")
        second.press("Enter")
        assert stored(file, 3)[2]["intent"] == "recommend"
        assert second.value("document.getElementById('text').innerText") == "快"
        first.press("i", "Enter")
        stored(file, 4)
        first.wait_for("document.querySelector('#done h2')?.innerText === 'All done'")
