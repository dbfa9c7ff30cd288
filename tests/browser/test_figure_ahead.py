"""The first figure of a page comes ahead of it, never of an earlier view, and with it where its own way is shut."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.visit import idle, served, visit

pytestmark = pytest.mark.browser

GROUPS = "[...document.querySelectorAll('.live-plot')].flatMap((plot) => plot._fullData.map(({ name }) => name)).join()"


class Held:
    """Streamlit's messages to the browser, which can be held back."""

    def __init__(self, page: Page) -> None:
        self.back: list[str | bytes] | None = None
        page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        self.browser = browser
        browser.on_message(server.send)
        server.on_message(lambda message: browser.send(message) if self.back is None else self.back.append(message))

    def release(self) -> None:
        """Hand over what was held back."""
        held, self.back = self.back, None
        for message in held or ():
            self.browser.send(message)


def choose(page: Page, subtype: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name=subtype, exact=True).click()


def test_the_figure_comes_ahead_and_stays_when_the_page_follows(page: Page, dashboard: str) -> None:
    held = Held(page)
    visit(page, f"{dashboard}/survival")
    bar = page.locator(".st-key-cohort-bar")
    before, groups = bar.inner_text(), page.evaluate(GROUPS)
    held.back = []
    choose(page, "PM")
    page.wait_for_function(f"(groups) => {GROUPS} !== groups", arg=groups)
    ahead = page.evaluate(GROUPS)
    assert bar.inner_text() == before
    late, held.back = held.back, []
    choose(page, "CADM")
    page.wait_for_function(f"(groups) => {GROUPS} !== groups", arg=ahead)
    both = page.evaluate(GROUPS)
    held.back = late + held.back  # of the view before and of this one, in their order
    held.release()
    page.wait_for_function("() => location.search.includes('subtype=cadm')")
    idle(page)
    assert page.evaluate(GROUPS) == both
    assert bar.inner_text() != before
    assert page.locator("[data-testid=stElementContainer]:has(> * .live-plot)").evaluate_all(
        "(places) => places.every((place) => place.style.minHeight === '')"
    )


def test_the_page_brings_the_figure_where_nothing_comes_ahead(page: Page, dashboard: str) -> None:
    joined: list[WebSocketRoute] = []

    def unanswered(browser: WebSocketRoute) -> None:
        joined.append(browser)

    page.route_web_socket("**/figures", unanswered)
    visit(page, f"{dashboard}/survival")
    groups = page.evaluate(GROUPS)
    choose(page, "PM")
    page.wait_for_function(f"(groups) => {GROUPS} !== groups", arg=groups)
    idle(page)
    expect(page.locator(".st-key-chips")).to_be_visible()
    assert joined


def test_a_lost_socket_is_opened_again(page: Page, dashboard: str) -> None:
    joined: list[WebSocketRoute] = []

    def between(browser: WebSocketRoute) -> None:
        browser.connect_to_server()
        joined.append(browser)

    page.route_web_socket("**/figures", between)
    visit(page, f"{dashboard}/survival")
    joined[0].close(code=1001)
    until = time.monotonic() + 10
    while len(joined) < 2 and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert len(joined) == 2


PLACES = """() => {
  const plot = document.querySelector('.live-plot'), own = plot.getBoundingClientRect().left;
  const { xaxis } = plot._fullLayout;
  const shown = xaxis.tickvals.filter((at) => at >= xaxis.range[0] && at <= xaxis.range[1]);
  const words = [...plot.querySelectorAll('.words > *')].map((word) => word.getBoundingClientRect());
  const middles = new Set(words.map((box) => Math.round(box.left + box.width / 2 - own)));
  return [[...middles].sort((a, b) => a - b), shown.map((at) => Math.round(xaxis._offset + xaxis.d2p(at)))];
}"""


def test_numbers_at_risk_stay_under_their_times_when_the_reader_zooms(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    all_places, ticks = page.evaluate(PLACES)
    assert len(ticks) == 5
    assert all(abs(one - other) <= 1 for one, other in zip(all_places, ticks, strict=True))
    page.evaluate("() => Plotly.relayout(document.querySelector('.live-plot'), { 'xaxis.range': [150, 600] })")
    places, ticks = page.evaluate(PLACES)
    assert len(ticks) == 3
    assert all(abs(one - other) <= 1 for one, other in zip(places, ticks, strict=True))
    assert places != all_places


def signed_by_itself(folder: Path) -> Path:
    """A certificate for 127.0.0.1 and its key in one file, as a hospital's own may be."""
    openssl, file = shutil.which("openssl"), folder / "server.pem"
    if openssl is None:
        pytest.skip("no openssl found")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out", folder / "alone.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (folder / "alone.pem").read_text())
    return file


def refused(address: str, trusted: ssl.SSLContext, origin: str) -> bool:
    """Whether the server hangs up on whoever comes from a page of ``origin`` and knows no session's token."""
    try:
        with connect(f"{address.replace('https', 'wss')}/figures", ssl=trusted, origin=Origin(origin)) as socket:
            socket.send("a token of no session")
            socket.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd is not None and closed.rcvd.code == 1008
    except InvalidStatus as answer:
        return answer.response.status_code == 403
    return False


def test_over_tls_the_figure_comes_ahead_as_well(chromium: Browser, tmp_path: Path) -> None:
    certificate = signed_by_itself(tmp_path)
    with served("app.py", tmp_path / "server.log", certificate=certificate) as address:
        trusted = ssl.create_default_context(cafile=certificate)
        assert refused(address, trusted, "https://elsewhere.example")
        assert refused(address, trusted, address)
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
        page, came = context.new_page(), list[str]()
        page.on("websocket", lambda socket: socket.on("framereceived", lambda _: came.append(socket.url)))
        visit(page, f"{address}/survival")
        groups = page.evaluate(GROUPS)
        choose(page, "PM")
        page.wait_for_function(f"(groups) => {GROUPS} !== groups", arg=groups)
        idle(page)
        assert f"{address.replace('https', 'wss')}/figures" in came
        assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")
        context.close()
