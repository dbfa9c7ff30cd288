"""Five questions of a clinician, each asked from a fresh page in at most six clicks."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from components.core import kept_words, made_factors_words
from components.links.computed import asked, computed
from data.reading.read import reconstructed_cohort
from tests.browser.visit import idle, screenshot, visit
from tests.browser.walk import ADDRESSES

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("MYOSCOPE_PICTURES", "")
"""A folder for pictures of the answers, where they are wanted."""


class Clicks:
    """A visitor who counts what he clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.n = page, 0

    def pill(self, key: str, name: str) -> Clicks:
        """A level in the sidebar."""
        return self._click(self.page.locator(f".st-key-{key}").get_by_role("button", name=name, exact=True))

    def open(self, what: str) -> Clicks:
        return self._click(self.page.locator(what).first)

    def button(self, name: str) -> Clicks:
        return self._click(self.page.get_by_role("button", name=name, exact=False))

    def choose(self, key: str, name: str) -> Clicks:
        """An option of a list: one click opens it, another chooses."""
        field = self.page.locator(f".st-key-{key}").get_by_role("combobox")
        field.scroll_into_view_if_needed()  # a list that is open closes when its place is scrolled
        self.page.wait_for_timeout(500)
        self._click(field, rest=False)
        return self._click(self.page.get_by_role("option").filter(has_text=re.compile(f"^{re.escape(name)}$")))

    def switch(self, key: str) -> Clicks:
        self.page.keyboard.press("Escape")  # a list of several stays open
        return self._click(self.page.locator(f".st-key-{key} label").first)

    def _click(self, target: Locator, *, rest: bool = True) -> Clicks:
        target.click()
        self.n += 1
        if rest:
            idle(self.page)
        else:
            self.page.wait_for_timeout(150)
        return self


def groups(page: Page) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What the address that the visitor has come to compares, recomputed without a browser, if the page shows it."""
    parts = urlsplit(page.url)
    entry = ADDRESSES[parts.path.strip("/")]
    found = asked(entry, reconstructed_cohort(), parts.query, single=True)
    panel = next(panel for _, panel in computed(entry, found))
    said = page.locator("[data-testid=stMainBlockContainer]").inner_text()
    for notice in found.here.notices:
        assert notice in said
    made = panel.result[0] if isinstance(panel.result, tuple) else panel.result
    assert all(label in said for label in made.groups.labels)
    return made.groups.labels, made.groups.n


def kept(page: Page, name: str) -> None:
    if PICTURES:
        for width in (1440, 1024):
            page.set_viewport_size({"width": width, "height": 900})
            idle(page)
            screenshot(page, Path(PICTURES) / f"{name}-{width}.png")


def test_cadm_with_anti_mda5_against_the_other_cadm(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    clicks = Clicks(page).pill("subtype", "CADM").pill("anti_mda5", "Positive")
    clicks.choose("by", made_factors_words.REST).choose("against", "Subtype: CADM")
    assert clicks.n <= 6
    assert groups(page) == (("Patients shown", "The rest"), (28, 33))
    kept(page, "cadm-anti-mda5-against-other-cadm")


def test_anti_mda5_cadm_against_anti_ars_pm(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    clicks = Clicks(page).pill("subtype", "CADM").pill("anti_mda5", "Positive").button(kept_words.KEEP_AND_CHOOSE)
    clicks.pill("subtype", "PM").pill("anti_ars", "Positive").button(kept_words.KEEP_AND_COMPARE)
    assert clicks.n <= 6
    assert groups(page) == (("A", "B"), (28, 21))
    kept(page, "anti-mda5-cadm-against-anti-ars-pm")
    page.reload()
    idle(page)
    assert groups(page) == (("A", "B"), (28, 21))


def test_kl6_of_those_who_progressed_by_month_6_against_those_who_did_not(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/laboratory")
    clicks = Clicks(page).choose("value", "KL-6").choose("by", made_factors_words.PROGRESSED)
    assert clicks.n <= 6
    labels, n = groups(page)
    assert labels == ("Progressed", "Not progressed")
    study = reconstructed_cohort().of_population("outcome")
    assert sum(n) == int((study.last_days > 182).sum())
    kept(page, "kl6-progressed-by-month-6")


def test_the_never_tested_beside_positive_and_negative(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    clicks = Clicks(page).choose("by", "Anti-MDA5 antibody").switch("untested")
    assert clicks.n <= 6
    assert groups(page) == (("Positive", "Negative", "Not tested"), (28, 21, 120))
    kept(page, "never-tested-for-anti-mda5")


def test_what_changes_without_high_dose_steroids(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    clicks = (
        Clicks(page)
        .open("[data-testid=stSidebar] a[href$=narrow]")
        .open("[data-card=high_dose_steroids] [data-level=no]")
    )
    clicks = clicks.open("[data-testid=stTopNavLink][href$=survival]").switch("ghost")
    assert clicks.n <= 6
    study = reconstructed_cohort().of_population("outcome")
    left = int((study.codes(study.dictionary.factor["high_dose_steroids"]) == 0).sum())
    assert f"Without the filter (n = {study.n})" in page.locator(".live-plot").first.inner_text()
    row = page.locator("table tr").filter(has_text=re.compile("^Patients[0-9 ]")).first
    assert [cell.inner_text() for cell in row.locator("td, th").all()][1:4] == [
        str(study.n),
        str(left),
        str(study.n - left),
    ]
    kept(page, "without-high-dose-steroids")


def test_undo_redo_and_back_agree(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    clicks = Clicks(page).pill("subtype", "CADM").pill("anti_mda5", "Positive")
    filters = [{"subtype": ["cadm"], "anti_mda5": ["positive"]}, {"subtype": ["cadm"]}, {}]
    assert parse_qs(urlsplit(page.url).query) == filters[0]
    for expected in filters[1:]:
        page.keyboard.press("Control+z")
        page.wait_for_timeout(400)
        idle(page)
        assert parse_qs(urlsplit(page.url).query) == expected
    clicks.page.locator(".st-key-redo-choice button").first.click()
    idle(page)
    assert parse_qs(urlsplit(page.url).query) == filters[1]
    page.go_back()
    page.wait_for_timeout(400)
    idle(page)
    assert parse_qs(urlsplit(page.url).query) == filters[2]
