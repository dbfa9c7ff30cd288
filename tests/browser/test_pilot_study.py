"""A trial's own transport files: added as they are, opened with one click, its arms compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.own_cohort import words
from tests.browser.visit import idle, visit

ADAM = Path(__file__).parents[3] / "shared" / "adam"
PILOT, ONCOLOGY = ADAM / "cdiscpilot01", ADAM / "pharmaverseadam"

CLICKS: dict[str, tuple[str, ...]] = {"CDISC pilot study": (words.OPEN,), "pharmaverseadam": (words.OPEN,)}
"""The buttons pressed from files to cohort, for each study."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PILOT.is_dir(), reason="the CDISC pilot study is not beside this project"),
]


def test_the_pilot_study_opens_untouched_and_its_arms_are_compared(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/cohort")
    page.locator("input[type=file]").set_input_files([str(path) for path in sorted(PILOT.glob("*.xpt"))])
    expect(page.get_by_text(words.FOUND)).to_be_visible()
    idle(page)
    for button in CLICKS["CDISC pilot study"]:
        page.get_by_role("button", name=button).click()
    expect(page.locator(".st-key-open-now")).to_contain_text("254 patients, 3 deaths")
    page.get_by_test_id("stTopNavLink").filter(has_text="Survival").click()
    idle(page)
    page.locator(".st-key-endpoint").get_by_role("combobox").click()
    page.get_by_role("option", name="Time to First Dermatologic Event").click()
    idle(page)
    page.locator(".st-key-by").get_by_role("combobox").click()
    page.get_by_role("option", name="Actual Treatment for Period 01").click()
    idle(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("Xanomeline High Dose")
    page.get_by_test_id("stTopNavSection").filter(has_text="Tools").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Open a cohort").click()
    idle(page)
    page.locator("input[type=file]").set_input_files([str(path) for path in sorted(ONCOLOGY.glob("*.csv"))])
    expect(page.get_by_text(words.FOUND)).to_be_visible()
    idle(page)
    for button in CLICKS["pharmaverseadam"]:
        page.get_by_role("button", name=button).click()
    expect(page.locator(".st-key-open-now")).to_contain_text("3 deaths")
