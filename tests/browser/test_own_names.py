"""What a hospital's files have named stands on the screen, and in no address, title, history or log."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.safety.words import HISTORY, SECTIONS
from components.ui import study_words as words
from tests.browser.own_files import TERMS, VALUES, odd_files
from tests.browser.test_cohort_page import go
from tests.browser.visit import idle, served
from tests.browser.walk import open_cohort

pytestmark = pytest.mark.browser

NAMES = (VALUES[0], *TERMS)


def pick(page: Page, control: str, name: str) -> None:
    page.locator(f".st-key-{control}").get_by_role("combobox").click()
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_timeout(300)
    idle(page)


def asked(page: Page, key: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def shows(page: Page, control: str, name: str) -> None:
    expect(page.locator(f".st-key-{control}").get_by_role("combobox")).to_have_value(name)


def told(text: str) -> list[str]:
    """The names that a text gives away, however it writes them."""
    spelt = (text, unquote_plus(text), unquote_plus(unquote_plus(text)))
    return [name for name in NAMES if any(name in one or json.dumps(name)[1:-1] in one for one in spelt)]


def test_a_name_is_found_however_it_is_written() -> None:
    assert told("?value=Sp%C3%A4twert+%231%3F+100+%25+%26+%3Cb%3E%2F%3Dx&a=b") == [VALUES[0]]
    assert told(json.dumps(TERMS[0])) == [TERMS[0]]
    assert told("?value=own-1") == []


def test_no_address_title_history_or_log_holds_a_name_of_a_file(page: Page, tmp_path: Path) -> None:
    log, seen = tmp_path / "server.log", []
    page.on("request", lambda request: seen.append(request.url))
    page.on("framenavigated", lambda frame: seen.append(frame.url))

    def note() -> None:
        seen.extend((page.url, page.title(), page.evaluate("JSON.stringify(history.state)") or ""))
        seen.extend(page.locator("a[href]").evaluate_all("(links) => links.map((link) => link.href)"))
        seen.append(page.locator("[data-query]").first.get_attribute("data-query") or "")

    with served("app.py", log) as address:
        page.goto(f"{address}/survival")
        idle(page)
        open_cohort(page, odd_files())
        go(page, "Laboratory")
        for name, number in zip(VALUES, ("own-1", "own-2", "own-3"), strict=True):
            pick(page, "value", name)
            assert asked(page, "value") == number
            shows(page, "value", name)
            note()
        pick(page, "value", VALUES[0])
        go(page, "Safety")
        page.get_by_role("tab", name=SECTIONS[HISTORY]).click()
        idle(page)
        category = next(name for name in _categories(page) if _has_term(page, name, TERMS[0]))
        pick(page, "term", TERMS[0])
        assert re.fullmatch(r"own-\d+", asked(page, "term"))
        assert category
        note()
        there = page.url
        page.go_back()
        page.wait_for_timeout(300)
        idle(page)
        note()
        page.go_forward()
        page.wait_for_timeout(300)
        idle(page)
        assert page.url == there
        shows(page, "term", TERMS[0])
        while "/laboratory" not in page.url:
            page.go_back()
            page.wait_for_timeout(300)
            idle(page)
        shows(page, "value", VALUES[0])
        page.reload()
        idle(page)
        expect(page.get_by_text(words.NOT_OPEN)).to_be_visible()
        assert page.locator(".live-plot, .st-key-cohort-bar").count() == 0
        assert asked(page, "value") in {"", "own-1"}
    assert len(seen) > 20
    assert [text for text in seen if told(text)] == []
    assert told(log.read_text(encoding="utf-8")) == []


def _categories(page: Page) -> list[str]:
    page.locator(".st-key-category").get_by_role("combobox").click()
    names = [row.inner_text() for row in page.get_by_role("option").all()][1:]
    page.keyboard.press("Escape")
    return names


def _has_term(page: Page, category: str, term: str) -> bool:
    pick(page, "category", category)
    page.locator(".st-key-term").get_by_role("combobox").click()
    found = term in [row.inner_text() for row in page.get_by_role("option").all()]
    page.keyboard.press("Escape")
    return found
