"""Accessibility and validity of a page: axe-core in the browser, Nu beside it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

NODE_MODULES = Path(__file__).resolve().parents[1] / "browser" / "node_modules"

AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
            "best-practice",
        ],
    },
    # WCAG 2.2 asks for it, axe leaves it off.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    # The stylesheets are for rules that we do not run; fetching them takes time.
    "preload": {"assets": ["media"]},
}
# What else than the document itself decides: how much room there is, and the colours.
AXE_ROOM = ("target-size", "scrollable-region-focusable")
AXE_COLOURS = ("color-contrast", "link-in-text-block")
AXE_RUN = """async options => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}"""


@cache
def axe_source() -> str:
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe_findings(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on the page as it is now, one line per element.

    With ``rules`` it asks only those.
    """
    if not page.evaluate("'axe' in window"):
        # Evaluated, not added as a <script>: our own CSP would rightly refuse that.
        page.evaluate(axe_source())
    asked = {"runOnly": {"type": "rule", "values": [*rules]}} if rules else {}
    findings: list[str] = page.evaluate(AXE_RUN, AXE_OPTIONS | asked)
    return findings


class NuChecker:
    """The Nu HTML checker as a server: a page takes milliseconds, not a JVM start."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/?out=json"
        self.process = subprocess.Popen(
            [
                *(shutil.which("java") or "java", "-Xss1024k"),
                "-Dnu.validator.servlet.bind-address=127.0.0.1",
                *("-cp", str(NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")),
                *("nu.validator.servlet.Main", str(port)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise RuntimeError("The Nu HTML checker did not start within two minutes.")

    def errors(self, html: str | bytes) -> list[str]:
        """Return the errors in a whole document, each with its line."""
        request = urllib.request.Request(
            self.url,
            data=html.encode() if isinstance(html, str) else html,
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            messages = json.load(response)["messages"]
        return [
            f"line {message.get('lastLine')}: {message['message']}"
            for message in messages
            if message["type"] != "info"
        ]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
