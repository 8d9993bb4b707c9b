"""A headless Chromium, driven by its DevTools protocol: what a person would see, measured."""

import base64
import contextlib
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.request

from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
DEADLINE = 60


@contextlib.contextmanager
def browser(folder: pathlib.Path):
    """Run a Chromium with a profile of its own; give its port."""
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(  # noqa: S603 - fixed words
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            yield _port(folder / "DevToolsActivePort")
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _port(file: pathlib.Path) -> int:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if file.exists() and "\n" in (told := file.read_text()):
            return int(told.split("\n")[0])
        time.sleep(0.05)
    message = "Chromium did not open its DevTools port"
    raise TimeoutError(message)


class Tab:
    """One tab: go somewhere, ask what is there, and what the console said."""

    def __init__(self, port: int) -> None:
        ask = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(ask, timeout=DEADLINE) as answer:  # noqa: S310 - 127.0.0.1
            target = json.load(answer)
        self._held = contextlib.ExitStack()
        address = target["webSocketDebuggerUrl"]
        self._socket = self._held.enter_context(connect(address, max_size=None, open_timeout=DEADLINE))
        self._numbers = itertools.count(1)
        self._events: list[dict] = []
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters):
        """Send a command and wait for its result."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=DEADLINE))
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]
            self._events.append(told)

    def show(self, address: str, *, width: int, dark: bool = False) -> None:
        """Go to an address as a screen of that width would, and wait until the page is loaded."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        self._events.clear()
        self.send("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._events.append(json.loads(self._socket.recv(timeout=DEADLINE)))

    def ask(self, expression: str):
        """Evaluate an expression in the page."""
        return self.send("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def complaints(self) -> list[str]:
        """Give what the console complained of since the page was asked for, with requests that failed."""
        self.send("Runtime.evaluate", expression="1")
        entries = [event["params"]["entry"] for event in self._events if event["method"] == "Log.entryAdded"]
        texts = [
            f"{entry['text']} {entry.get('url', '')}" for entry in entries if entry["level"] in {"error", "warning"}
        ]
        failed = [event for event in self._events if event["method"] == "Runtime.exceptionThrown"]
        return texts + [str(event["params"]) for event in failed]

    def requested(self) -> list[str]:
        """Give the addresses that the page asked for."""
        sent = [event for event in self._events if event["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def picture(self, file: pathlib.Path) -> None:
        """Write the whole page as a PNG."""
        told = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(told["data"]))

    def close(self) -> None:
        """Close the tab's connection."""
        self._held.close()
