"""An address shows the patients it showed before, or none: after a reload, Back, a restart, in another tab."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.own_cohort import words as upload
from components.ui import study_words as words
from tests.browser.reading import cohort_line, pill
from tests.browser.test_cohort_page import choose, go, press
from tests.browser.visit import idle, served, visit
from tests.known import known

pytestmark = pytest.mark.browser

SUBTYPES = ("PM", "CADM", "Classic DM")
CADM = "20 of 60 patients, 4 deaths"


def sixty() -> bytes:
    """Sixty patients, a third of each subtype; four of the twenty with CADM die."""
    rows = ["patient,subtype,sex,age,last_day,death_day"]
    for i in range(60):
        died = f"{100 + i}" if i % 3 == 1 and i < 12 else ""
        rows.append(
            f"H{i:03d},{SUBTYPES[i % 3]},{('Male', 'Female')[i % 2]},{40 + i % 30},{died or 500 + 7 * i},{died}"
        )
    return "\n".join(rows).encode()


def opened(page: Page, address: str) -> None:
    """The sixty open, on Survival, those with CADM shown."""
    visit(page, f"{address}/survival?subtype=PM")
    to_the_page_of_cohorts(page)
    choose(page, {"patients": sixty()})
    press(page, upload.OPEN)
    go(page, "Survival")
    pill(page, "subtype", "CADM")
    assert cohort_line(page).startswith(CADM)


def to_the_page_of_cohorts(page: Page) -> None:
    page.get_by_test_id("stTopNavSection").filter(has_text="Tools").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Open a cohort").click()
    page.wait_for_timeout(300)
    idle(page)


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("data", [""])[0]


def numbers(page: Page) -> str:
    """Everything to read on the page that could be a number of patients."""
    return page.get_by_test_id("stMain").inner_text()


def nothing_is_shown(page: Page) -> None:
    expect(page.get_by_text(words.NOT_OPEN)).to_be_visible()
    idle(page)
    assert not re.search(r"\d+ (of \d+ )?(patient|death)", numbers(page))
    assert page.locator(".live-plot, .st-key-cohort-bar").count() == 0


def test_the_address_tells_nothing_of_patients(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    assert re.fullmatch(r"own-[0-9a-f]{12}", asked(page))
    assert urlsplit(page.url).query == f"data={asked(page)}&subtype=CADM" or set(
        parse_qs(urlsplit(page.url).query)
    ) == {"data", "subtype"}
    link = page.locator("[data-query]").first.get_attribute("data-query") or ""
    assert parse_qs(link)["data"] == [asked(page)]


def test_after_a_reload_no_number_is_shown_until_the_visitor_chooses(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    address, token = page.url, asked(page)
    page.reload()
    idle(page)
    nothing_is_shown(page)
    go(page, "Overview")
    nothing_is_shown(page)
    to_the_page_of_cohorts(page)
    expect(page.locator(".st-key-study-wanted")).to_contain_text(token.removeprefix("own-"))
    choose(page, {"patients": sixty()})
    press(page, upload.OPEN)
    assert page.locator(".st-key-study-wanted").count() == 0
    go(page, "Survival")
    assert cohort_line(page).startswith("60 patients, ")
    assert asked(page) == token

    page.goto(address)
    idle(page)
    nothing_is_shown(page)
    press(page, words.RECONSTRUCTED)
    assert "Reconstructed from published aggregates" in numbers(page)
    assert asked(page) == ""
    go(page, "Overview")
    assert cohort_line(page).startswith("61 of 170 patients")


def test_a_link_in_another_tab_shows_no_number(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    beside = page.context.new_page()
    visit(beside, page.url)
    nothing_is_shown(beside)
    page.bring_to_front()
    assert cohort_line(page).startswith(CADM)


def test_back_and_forward_over_opening_and_closing(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    while asked(page):
        page.go_back()
        idle(page)
        if page.locator(".st-key-cohort-bar").count():
            assert cohort_line(page).startswith(("60 patients", CADM))
    while "/survival" not in page.url:
        page.go_back()
        idle(page)
    expect(page.get_by_text(words.OTHER_OPEN)).to_be_visible()
    assert page.locator(".live-plot, .st-key-cohort-bar").count() == 0
    press(page, "Show ")
    assert cohort_line(page).split(" patients")[0].endswith(("60", "of 60"))
    assert asked(page)

    to_the_page_of_cohorts(page)
    press(page, upload.BACK)
    go(page, "Survival")
    assert cohort_line(page).startswith("169 patients, 16 deaths")
    assert asked(page) == ""
    for _ in range(6):
        page.go_back()
        idle(page)
        if asked(page) and "/survival" in page.url:
            nothing_is_shown(page)
            break
    else:
        pytest.fail("Back never led to an address of the imported cohort")


def test_a_page_left_open_over_a_restart_counts_nobody_else(page: Page, tmp_path: Path) -> None:
    with served("app.py", tmp_path / "first.log") as first:
        opened(page, first)
        port = known(urlsplit(first).port)
    with served("app.py", tmp_path / "second.log", port=port):
        page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)
        page.locator(".st-key-subtype").get_by_role("button", name="PM", exact=True).click()
        expect(page.get_by_text(words.NOT_OPEN)).to_be_visible(timeout=60_000)
        nothing_is_shown(page)
