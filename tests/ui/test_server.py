"""plotly.js as the package has it, headers on every answer, and a warm start that finds what pages import."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import re
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import plotly
import pytest
import streamlit as st

from app import PAGES
from components.links.page import ROOT
from components.ui import server


def awaited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns, run in a thread of its own: the browser tests keep a loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def answered(path: str, query: str = "") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body that the routes give, behind the middleware."""
    from starlette.applications import Starlette  # noqa: PLC0415

    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    await Starlette(routes=server.routes(PAGES[0].address), middleware=server.MIDDLEWARE)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], headers, b"".join(message.get("body", b"") for message in messages[1:])


def test_plotly_js_is_the_installed_package_s_own() -> None:
    status, headers, body = awaited(answered(f"/vendor/plotly-{plotly.__version__}.min.js"))
    assert status == 200
    assert gzip.decompress(body) == (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("path", "query", "leads"),
    [
        ("/overview", "", "./"),
        ("/overview", "subtype=cadm&sex=female&by=a%26b", "./?subtype=cadm&sex=female&by=a%26b"),
        ("/overview/", "", "../"),
        ("/overview/", "sex=female", "../?sex=female"),
    ],
)
def test_the_first_page_is_also_found_by_its_address(path: str, query: str, leads: str) -> None:
    status, headers, _ = awaited(answered(path, query))
    assert (status, headers["location"]) == (307, leads)


def test_every_answer_carries_the_headers() -> None:
    status, headers, _ = awaited(answered("/elsewhere"))
    assert status == 404
    assert server.HEADERS.items() == {name: headers[name.lower()] for name in server.HEADERS}.items()


def test_the_policy_names_no_other_server() -> None:
    policy = server.HEADERS["Content-Security-Policy"]
    sources = {source for directive in policy.split(";") for source in directive.split()[1:]}
    assert not {source for source in sources if re.search(r"\*|\.|//|^https?:", source)}
    assert "default-src 'self'" in policy


def test_imported_names(tmp_path: Path) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("import json\nfrom data import cohort\n\ndef later():\n    import csv\n")
    second.write_text("from data import cohort, filters as f\nimport re, math\n")
    assert server.imported_names([first, second]) == ["json", "data.cohort", "data.filters", "re", "math"]


def test_what_pages_import_can_be_imported() -> None:
    assert "components.ui.upload" in server.imported_names(ROOT / page.file for page in PAGES if page.exists)
    server._warm_up(PAGES)  # noqa: SLF001 - before anybody is served


def test_what_was_loaded_at_the_start_is_not_looked_through_after_every_click() -> None:
    gc.unfreeze()
    before = len(gc.get_objects())
    server._warm_up(PAGES)  # noqa: SLF001 - before anybody is served
    try:
        assert gc.get_freeze_count() > 0.9 * before
        assert len(gc.get_objects()) < 0.1 * before
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(("headless", "opened"), [(False, ["http://localhost:8501"]), (True, [])])
def test_a_browser_opens_on_a_desk_only(headless: bool, opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    addresses: list[str] = []
    done = threading.Event()
    options = {"server.headless": headless, "server.port": 8501}

    def seen(address: str) -> None:
        addresses.append(address)
        done.set()

    monkeypatch.setattr(st, "get_option", options.__getitem__)
    monkeypatch.setattr(webbrowser, "open", seen)

    async def start_and_stop() -> None:
        async with server.started(())(st.App(str(ROOT / "app.py"))):
            done.wait(0.2 if headless else 20)

    awaited(start_and_stop())
    assert addresses == opened


def test_no_browser_keeps_a_file_that_was_made_for_a_visitor() -> None:
    _, headers, _ = awaited(answered(f"{server.MADE}abc.csv"))
    assert headers["cache-control"] == "no-store"


def test_a_server_does_not_start_on_a_damaged_cohort(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class EndedError(Exception):
        """The process would have ended."""

    def end(code: int) -> None:
        raise EndedError(code)

    async def start() -> None:
        async with server.started(PAGES)(st.App(str(ROOT / "app.py"))):
            pytest.fail("the server runs")

    monkeypatch.setattr(server, "COHORT_FOLDER", tmp_path)
    monkeypatch.setattr(os, "_exit", end)
    with pytest.raises(EndedError, match="1"):
        awaited(start())
    assert "Myoscope does not start." in capsys.readouterr().err


def test_what_few_ask_for_is_not_loaded_at_the_start() -> None:
    heavy = ("matplotlib", "pptx", "lifelines", "sksurv", "sklearn", "ibis", "duckdb", "scipy.stats", "scipy.optimize",
             "pyreadstat")  # fmt: skip
    loaded = f"import sys, app; print(*(name for name in {heavy!r} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


@pytest.mark.parametrize(("came", "expected"), [(True, []), (False, list(server.WRITERS))])
def test_what_writes_files_is_loaded_only_while_nobody_has_come(
    came: bool,  # noqa: FBT001
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    visited = threading.Event()
    if came:
        visited.set()
    monkeypatch.setattr(server, "import_module", loaded.append)
    monkeypatch.setattr(gc, "freeze", lambda: loaded.append("frozen"))
    server._load_writers(visited, 0.0)  # noqa: SLF001
    assert loaded == ([] if came else [*expected, "frozen"])


def test_a_visitor_is_who_opens_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    visited = threading.Event()
    monkeypatch.setattr(server, "VISITED", visited)

    async def nothing(*_: object) -> None:
        return None

    for kind, came in (("http", False), ("websocket", True)):
        awaited(server.SafeHeaders(nothing)({"type": kind, "path": "/"}, nothing, nothing))  # type: ignore[arg-type]
        assert visited.is_set() == came
