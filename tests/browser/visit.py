"""A visit to the dashboard: a server of its own, a page that has come to rest, a picture of all of it."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]

AT_REST = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (app?.dataset.testScriptState !== 'notRunning') return false;
  if (document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')) return false;
  if ([...document.querySelectorAll('.live-plot')].some((plot) => plot.dataset.livePlot !== 'drawn')) return false;
  return document.querySelector('[data-testid=stMainBlockContainer] *') !== null;
}"""

CONTENT_HEIGHT = """() => Math.max(...['stMain', 'stSidebarContent']
  .map((name) => document.querySelector(`[data-testid=${name}]`)?.scrollHeight ?? 0))"""


@contextmanager
def served(
    script: str, log: Path, *options: str, root: Path = ROOT, port: int = 0, certificate: Path | None = None
) -> Iterator[str]:
    """The address of a fresh server that runs `script`, a path below the project at `root`, until the block is left.

    With a `certificate`, a file that holds its key as well, it is served by https.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        *options,
        *(f"--server.{name}={certificate}" for name in ("sslCertFile", "sslKeyFile") if certificate),
    ]
    address = f"{'https' if certificate else 'http'}://127.0.0.1:{port}"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_until_healthy(address, server, log, certificate)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_healthy(
    address: str, server: subprocess.Popen[bytes], log: Path, certificate: Path | None = None
) -> None:
    """Return once the server answers; RuntimeError with its log when it has ended or 60 seconds have passed."""
    until = time.monotonic() + 60
    trusted = ssl.create_default_context(cafile=certificate) if certificate else None
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2, context=trusted) as answer:  # noqa: S310 - our own address
                if answer.read() == b"ok":
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    message = f"the server did not start:\n{log.read_text(encoding='utf-8')}"
    raise RuntimeError(message)


def idle(page: Page, seconds: float = 30) -> None:
    """Return once the script has run and every figure is drawn, and it is still so a moment later."""
    for _ in range(2):
        page.wait_for_function(AT_REST, timeout=1000 * seconds)
        page.wait_for_timeout(150)
    page.wait_for_function(AT_REST, timeout=1000 * seconds)


def visit(page: Page, address: str) -> None:
    """Open an address and wait until the page is at rest."""
    page.goto(address)
    idle(page)


def screenshot(page: Page, file: Path) -> None:
    """Write a picture of the whole page, not only of the window: the window grows to what it has to show."""
    width = page.viewport_size["width"] if page.viewport_size else 1440
    for _ in range(2):
        page.set_viewport_size({"width": width, "height": int(page.evaluate(CONTENT_HEIGHT)) + 4})
        idle(page)
    page.screenshot(path=file, animations="disabled")
