"""Presentation mode with the keyboard alone: in, on, back and out; large type, nothing else on the screen."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.wording.page import COPY_LINK
from components.wording.presenting import PRESENT
from components.wording.taking import ADD
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser

SIZES = """() => [...document.querySelectorAll('.st-key-stage :is(p, h1, span), .live-plot text')]
  .filter((text) => text.textContent.trim()).map((text) => parseFloat(getComputedStyle(text).fontSize))"""


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.wait_for_timeout(400)
    idle(page)


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)], ids=str)
def test_one_panel_fills_the_screen_in_large_type(page: Page, dashboard: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, f"{dashboard}/survival?present=1")
    page.wait_for_timeout(400)
    idle(page)
    assert min(page.evaluate(SIZES)) >= 18
    for test_id in ("stSidebar", "stHeader", "stSelectbox", "stButton"):
        assert page.get_by_test_id(test_id).locator("visible=true").count() == 0
    foot = page.locator(".myo-foot").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= size[1]
    assert "no row is a real patient" in page.locator(".myo-foot").inner_text()
    figure = page.locator(".live-plot").bounding_box()
    assert figure is not None
    assert figure["height"] > 0.65 * size[1]
    assert figure["width"] > 0.9 * size[0]


def test_the_keys_step_through_the_panels_collected(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?subtype=CADM&by=Sex")
    page.get_by_role("button", name=ADD).click()
    idle(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Prognosis").click()
    expect(page).to_have_title("Prognosis · Myoscope")
    idle(page)
    page.get_by_role("button", name=ADD).click()
    idle(page)
    page.get_by_role("button", name=PRESENT, exact=True).focus()
    press(page, "Enter")
    page.wait_for_selector(".myo-stage h1")
    assert "2 / 2" in page.locator(".myo-foot").inner_text()
    press(page, "ArrowLeft")
    expect(page.locator(".myo-stage h1")).to_have_text("Overall survival by sex")
    assert "1 / 2" in page.locator(".myo-foot").inner_text()
    assert parse_qs(urlsplit(page.url).query) == {"subtype": ["CADM"], "by": ["Sex"], "present": ["survival"]}
    press(page, "ArrowRight")
    expect(page.locator(".myo-stage h1")).to_have_text("Prognostic factors for death")
    press(page, "Escape")
    expect(page.get_by_role("button", name=COPY_LINK)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {"subtype": ["CADM"]}
