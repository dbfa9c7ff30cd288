"""The counter in the frame: it rises with each different comparison, and not with the same one seen again."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from components.core import made_factors_words
from tests.browser.test_five_questions import Clicks
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser


def looked_at(page: Page) -> int:
    """How many comparisons the frame says were looked at."""
    said = page.locator("[data-testid=stSidebar] .st-key-looks").inner_text()
    found = re.match(r"(\d+) comparisons? looked at", said)
    return int(found[1]) if found else 0


def go(page: Page, title: str) -> None:
    """Another page of the same session."""
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{title}$")).click()
    page.wait_for_timeout(300)
    idle(page)


def test_it_rises_with_another_comparison_and_not_with_the_same_one(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    assert looked_at(page) == 0  # subtype among all patients was printed by the paper
    clicks = Clicks(page).pill("subtype", "CADM").pill("anti_mda5", "Positive")
    assert looked_at(page) == 0  # one group
    clicks.choose("by", made_factors_words.REST)
    assert looked_at(page) == 1
    clicks.choose("against", "Subtype: CADM")
    assert looked_at(page) == 2  # the same patients against others
    clicks.pill("anti_mda5", "Positive").pill("anti_mda5", "Negative")
    assert looked_at(page) > 2
    before = looked_at(page)
    page.go_back()
    page.wait_for_timeout(400)
    idle(page)
    go(page, "Prognosis")
    seen = looked_at(page)
    go(page, "Survival")
    go(page, "Prognosis")
    assert looked_at(page) == seen >= before  # what was seen before counts no second time


def test_kept_cohorts_of_other_patients_are_other_comparisons(page: Page, dashboard: str) -> None:
    cohorts = {"a": "subtype=cadm&anti_mda5=positive", "b": "subtype=pm"}
    kept = "&".join(f"kept={quote(f'{id_}~{query}~')}" for id_, query in cohorts.items())
    visit(page, f"{dashboard}/survival?by=kept&{kept}")
    assert looked_at(page) == 1
    page.locator("[class*=st-key-kept-menu-b] button").first.click()
    page.wait_for_timeout(300)
    idle(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    idle(page)
    Clicks(page).pill("subtype", "Classic DM").button("Keep and compare")
    assert looked_at(page) == 2  # again called A and B, of other patients
    page.go_back()
    page.wait_for_timeout(400)
    idle(page)
    page.go_forward()
    page.wait_for_timeout(400)
    idle(page)
    assert looked_at(page) == 2
