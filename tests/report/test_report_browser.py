"""The page in a real browser. Debian's package `chromium` runs it; without one these tests are skipped."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
)
PHONE = 390
# Measures the page in a frame as wide as a phone: a browser window does not get that narrow.
FRAME = """<!doctype html>
<iframe id="page" src="report.html" style="width:{width}px;height:900px;border:0"></iframe>
<p id="seen"></p><script>
document.getElementById("page").onload = event => {{
  const page = event.target.contentDocument;
  const wide = [...page.querySelectorAll("body *")].filter(
    node => !node.closest(".scroll") && node.getBoundingClientRect().right > {width} + 1);
  const heat = page.querySelector(".heat .h0");
  document.getElementById("seen").textContent = JSON.stringify({{
    overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    wide: wide.length, colour: page.defaultView.getComputedStyle(heat).backgroundColor}});
}};
</script>"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on PATH: apt-get install chromium")

    def dump(page: Path) -> str:
        profile = tmp_path_factory.mktemp("profile")
        command = [chromium, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout

    return dump


def test_a_browser_shows_the_page_styled_and_within_a_phones_width(
    browse, demo_html: str, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "report.html").write_text(demo_html, encoding="utf-8")
    shown = browse(tmp_path / "report.html")
    assert "<h1>澄居的客户体验</h1>" in shown
    assert shown.count("<section") == 7
    assert shown.count("<svg") == demo_html.count("<svg")

    (tmp_path / "frame.html").write_text(FRAME.format(width=PHONE), encoding="utf-8")
    seen = re.search(r'<p id="seen">(.*?)</p>', browse(tmp_path / "frame.html"))
    assert seen is not None
    # The colour proves that the content security policy lets the page's own style in.
    assert seen[1] == '{"overflow":0,"wide":0,"colour":"rgb(168, 67, 0)"}'
