"""A real browser driven over the DevTools protocol: keys, mouse, and what the page shows."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,860",
    "--remote-debugging-port=0",
)
PATIENCE = 20.0
"""Seconds to wait for what the page should soon show."""
KEY_CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
SHIFT = 8


class Tab:
    """One tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.numbers = count(1)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=PATIENCE))
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)
        self.wait_for("document.querySelector('#panel button, #done h2') !== null")

    def value(self, script: str) -> Any:
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait_for(self, script: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.value(script):
            assert time.monotonic() < end, f"never came true: {script}"
            time.sleep(0.02)

    def press(self, *keys: str, shift: bool = False) -> None:
        for key in keys:
            known = {"text": key} if len(key) == 1 else {"windowsVirtualKeyCode": KEY_CODES.get(key, 0)}
            modifiers = SHIFT if shift else 0
            self.call("Input.dispatchKeyEvent", type="keyDown", key=key, modifiers=modifiers, **known)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=key, modifiers=modifiers)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        for kind, (x, y) in (("mousePressed", start), ("mouseMoved", end), ("mouseReleased", end)):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def click(self, selector: str) -> None:
        x, y = self.value(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.drag((x, y), (x, y))


@contextmanager
def open_tab(port: int) -> Iterator[Tab]:
    """A fresh tab of the browser at this port, closed at the end without asking the page."""
    host = f"http://127.0.0.1:{port}/json"
    with urlopen(Request(f"{host}/new?about:blank", method="PUT"), timeout=PATIENCE) as reply:
        target = json.load(reply)
    with connect(target["webSocketDebuggerUrl"], max_size=None) as socket:
        yield Tab(socket)
    urlopen(f"{host}/close/{target['id']}", timeout=PATIENCE).close()


@contextmanager
def browser(folder: Path) -> Iterator[int]:
    """A headless Chromium with a fresh profile in `folder`; yields the port it answers at."""
    assert CHROMIUM
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found = folder / "DevToolsActivePort"
        end = time.monotonic() + PATIENCE
        while not (found.exists() and found.read_text().count("\n")):
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.02)
        yield int(found.read_text().split("\n")[0])
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
