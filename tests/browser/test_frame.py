"""The frame: every page by its address, also as the very first request, and nothing from or to anywhere else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app import PAGES
from components.core.page_words import BROKEN
from components.ui.private_log import LEFT_OUT
from data.language import LANGUAGE
from tests.browser.visit import idle, screenshot, served, visit

pytestmark = pytest.mark.browser

ADDRESSES = {page.title: "" if page is PAGES[0] else page.address for page in PAGES if page.exists}
LINK = next(title for title, address in ADDRESSES.items() if address)


def hosts(page: Page) -> set[str]:
    """Fills, while the page is used, with the hosts it asks for anything."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname or urlsplit(request.url).scheme))
    page.on("websocket", lambda socket: asked.add(urlsplit(socket.url).hostname or ""))
    return asked


def test_first_request_to_a_fresh_server_may_be_a_link_to_a_page(page: Page, tmp_path: Path) -> None:
    with served("app.py", tmp_path / "server.log") as address:
        visit(page, f"{address}/{ADDRESSES[LINK]}?sex=female")
        expect(page).to_have_title(f"{LINK} · Myoscope")
        expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()
        assert page.get_by_role("dialog").count() == 0
        assert urlsplit(page.url).path == f"/{ADDRESSES[LINK]}"
        assert "sex=female" in urlsplit(page.url).query


@pytest.mark.parametrize("path", ["overview?sex=female", "overview/?sex=female", "?sex=female"])
def test_the_first_page_opens_by_its_address_and_at_the_root(page: Page, dashboard: str, path: str) -> None:
    visit(page, f"{dashboard}/{path}")
    expect(page).to_have_title(f"{PAGES[0].title} · Myoscope")
    assert page.get_by_role("dialog").count() == 0
    assert page.url == f"{dashboard}/?sex=female"


@pytest.mark.parametrize("title", ADDRESSES)
def test_every_page_opens_without_an_error_and_asks_nobody_else(page: Page, dashboard: str, title: str) -> None:
    asked = hosts(page)
    visit(page, f"{dashboard}/{ADDRESSES[title]}")
    expect(page).to_have_title(f"{title} · Myoscope")
    assert page.get_by_text(BROKEN).count() == 0
    assert asked - {"data", "blob"} == {"127.0.0.1"}


def test_the_browser_refuses_to_reach_another_server(page: Page, dashboard: str) -> None:
    visit(page, dashboard)
    refused = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
          fetch('https://example.org/').catch(() => {});
        })"""
    )
    assert refused == "connect-src"


def test_menu_leads_to_a_page(page: Page, dashboard: str) -> None:
    visit(page, dashboard)
    page.evaluate("document.documentElement.lang = 'xx'")
    page.get_by_test_id("stTopNavLink").filter(has_text=LINK).click()
    expect(page).to_have_title(f"{LINK} · Myoscope")
    idle(page)
    assert urlsplit(page.url).path == f"/{ADDRESSES[LINK]}"
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE)


def test_an_unknown_address_says_so_and_shows_the_first_page(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/no-such-page")
    expect(page.get_by_text("Page not found")).to_be_visible()


def test_an_error_is_told_in_words_and_without_its_contents(page: Page, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with served("tests/browser/probe_app.py", log) as address:
        visit(page, f"{address}/?broken=1")
        expect(page.get_by_text(BROKEN)).to_be_visible()
        assert page.get_by_text("ValueError").count() == 0
        assert page.get_by_text("a patient's data").count() == 0
    told = log.read_text(encoding="utf-8")
    assert "in page" in told
    assert f"ValueError ({LEFT_OUT})" in told
    assert "ValueError: a patient's data" not in told


def test_screenshot_shows_all_of_a_page(page: Page, dashboard: str, tmp_path: Path) -> None:
    visit(page, dashboard)
    screenshot(page, tmp_path / "page.png")
    content = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert page.viewport_size is not None
    assert page.viewport_size["height"] >= content
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
