"""What the web server does besides running pages: plotly.js, ways to the first page, safe headers, a warm start."""

from __future__ import annotations

import ast
import asyncio
import gc
import gzip
import os
import pkgutil
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from importlib import import_module
from pathlib import Path

import plotly
import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.core.page_words import BROKEN
from components.links.page import ROOT, Page
from components.ui import escaped, figure_channel
from components.ui.private_log import keep_values_out
from components.ui.streamlit_internals import forget_ended_sessions, ignore_pages_folder
from data.committed import faults
from data.ensemble import ensemble_of
from data.reading.installed import installed_study
from data.reading.read import COHORT_FOLDER, reconstructed_cohort

PLOTLY_ADDRESS = f"/vendor/plotly-{plotly.__version__}.min.js"
"""Where plotly.js is served; with the version in its name a browser may keep the file for good."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob:; "
        "worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""Sent with every answer: the browser itself refuses to load from, or to send to, any other server."""

MADE = "/media/"
"""Where the files lie that were made for one visitor: no browser or proxy keeps them."""


VISITED = threading.Event()
"""That a visitor has come: a browser that only asks whether the server is healthy opens no socket."""

LOOKED_FOR_ENDED = 20.0
"""Seconds between two looks for sessions that have ended."""


@cache
def plotly_js() -> bytes:
    """plotly.js out of the installed plotly package, compressed with gzip."""
    return gzip.compress(
        (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes(), compresslevel=6
    )


def _plotly_response(_request: Request) -> Response:
    return Response(
        plotly_js(),
        media_type="text/javascript",
        headers={"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"},
    )


class SafeHeaders:
    """Adds HEADERS to every answer of the application it wraps."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""
        if scope["type"] == "websocket":
            VISITED.set()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith(MADE):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def imported_names(files: Iterable[Path]) -> list[str]:
    """What the scripts import at their top level, in full (`a.b` for `from a import b`), each once, in their order."""
    names: dict[str, None] = {}
    for file in files:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import):
                names.update((alias.name, None) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                names.update((f"{node.module}.{alias.name}", None) for alias in node.names)
    return list(names)


def _warm_up(pages: tuple[Page, ...]) -> None:
    """Load what the first visitor would otherwise wait for: every module a page imports.

    Streamlit looks through everything in memory after each run of a page, and the figure on its way waits meanwhile:
    what has been loaded by now stays for good, and need not be looked through again. That holds only before the first
    visitor comes: what is held of one would stay for good too.
    """
    for name in imported_names(ROOT / page.file for page in pages if page.exists):
        pkgutil.resolve_name(name)
    gc.collect()
    gc.freeze()


WRITERS = ("components.export.bundle", "components.export.slides")
"""What writes pictures, slides and reports: a second to load, and not asked for by a first visitor."""


QUIET = 5.0
"""Seconds without a visitor after which they are loaded: a browser that the start has opened has come by then."""


def _load_writers(visited: threading.Event, quiet: float = QUIET) -> None:
    """Load them where nobody comes at first; else each is loaded where it is asked for.

    A visitor's first figure would wait for them, and what is loaded after he has come cannot be frozen.
    """
    if visited.wait(quiet):
        return
    for name in WRITERS:
        import_module(name)
    gc.collect()
    if not visited.is_set():
        gc.freeze()


def _open_ensemble() -> None:
    """Have the reconstructions ready that figures of the first visitor show ranges over."""
    ensemble_of(reconstructed_cohort())


def _refuse(wrong: tuple[str, ...]) -> None:
    """End the process with a sentence for each file that is not whole; nothing has been served or opened by then."""
    sys.stderr.write("\n".join(("Myoscope does not start.", *wrong, "")))
    sys.stderr.flush()
    os._exit(1)  # an exception would leave Streamlit's own watchers of files running, and the process with them


def _in_background(task: Callable[..., object], *arguments: object) -> None:
    threading.Thread(target=task, args=arguments, name=task.__name__, daemon=True).start()


async def _forget_who_has_left() -> None:
    """Every so often let go of what sessions held that have ended, also where no other visitor comes or goes."""
    while True:
        await asyncio.sleep(LOOKED_FOR_ENDED)
        if forget_ended_sessions():
            gc.collect()


def started(pages: tuple[Page, ...]) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    """What happens while the server runs: it warms up in the background and, on a desk, opens the browser.

    Where the committed cohort is not whole, or the one that the operator names cannot be opened, the server does not
    start: no number of it is served.
    """

    @asynccontextmanager
    async def running(_app: st.App) -> AsyncIterator[None]:
        ignore_pages_folder()
        if wrong := faults(COHORT_FOLDER):
            _refuse(wrong)
        if (study := installed_study()) is not None:
            if study.cohort is None:
                _refuse(study.reasons)
            sys.stderr.write("".join(f"{sentence}\n" for sentence in study.left_out))
        keep_values_out()
        _warm_up(pages)
        _in_background(plotly_js)
        if study is None:
            _in_background(_open_ensemble)
        _in_background(_load_writers, VISITED)
        if not st.get_option("server.headless"):
            _in_background(webbrowser.open, f"http://localhost:{st.get_option('server.port')}")
        leaving = asyncio.create_task(_forget_who_has_left())
        yield
        VISITED.set()  # nothing more is loaded for visitors to come
        leaving.cancel()

    return running


def apology(_error: Exception) -> bool:
    """Say on the page that it could not be shown, and nothing of the error, which may hold a patient's data."""
    escaped.error(BROKEN, icon=":material/error:")
    return True


def _to_the_first_page(request: Request) -> Response:
    """Streamlit serves the first page at the root and knows no other address of it; what the link asks goes along."""
    up = "../" if request.url.path.endswith("/") else "./"
    return RedirectResponse(f"{up}?{request.url.query}" if request.url.query else up)


def routes(first: str = "") -> list[BaseRoute]:
    """What is served beside Streamlit's own; ``first`` is the address of the first page, which leads to the root."""
    own = [Route(f"/{first}{slash}", _to_the_first_page) for slash in ("", "/")] if first else []
    return [Route(PLOTLY_ADDRESS, _plotly_response), figure_channel.route(), *own]


MIDDLEWARE = [Middleware(SafeHeaders)]
