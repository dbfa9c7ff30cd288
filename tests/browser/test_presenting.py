"""Presentation mode with the keyboard alone: in, on, back and out; large type, nothing else on the screen."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.core.page_words import COPY_LINK, MORE, RESET
from components.export.collection_words import ADD, TITLE, slides
from components.ui.stage_words import PRESENT
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
    assert parse_qs(urlsplit(page.url).query) == {"subtype": ["cadm"], "by": ["sex"], "present": ["survival"]}
    press(page, "ArrowRight")
    expect(page.locator(".myo-stage h1")).to_have_text("Prognostic factors for death")
    press(page, "Escape")
    expect(page.get_by_role("button", name=COPY_LINK)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {"subtype": ["cadm"]}


def go(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    expect(page).to_have_title(f"{title} · Myoscope")
    idle(page)


def collect(page: Page) -> None:
    page.get_by_role("button", name=ADD).first.click()
    page.wait_for_timeout(200)
    idle(page)


def to_the_slides(page: Page) -> None:
    page.get_by_role("link", name=slides(1)).first.click()
    expect(page).to_have_title("Presentation · Myoscope")
    idle(page)


def stage(page: Page) -> tuple[str, str, str]:
    """The title, the line of the patients and the counter."""
    lines = page.locator(".myo-stage").inner_text().split("\n")
    lines = [line for line in lines if line.strip()]
    return lines[0], lines[1], page.locator(".myo-foot span").nth(1).inner_text().split(" · ")[0]


def test_each_view_keeps_its_own_filter_and_place_on_the_stage(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    page.get_by_text(MORE, exact=True).click()
    idle(page)
    department = page.locator(".st-key-department").get_by_role("combobox")
    department.scroll_into_view_if_needed()  # a list that is open closes when its place is scrolled
    page.wait_for_timeout(500)
    department.press_sequentially("Dermatology")
    page.wait_for_timeout(500)
    department.press("Enter")
    page.wait_for_function("() => location.search.includes('department')")
    idle(page)
    page.keyboard.press("Escape")
    page.get_by_text(MORE, exact=True).click()
    idle(page)
    collect(page)
    page.get_by_role("button", name=RESET).click()
    page.wait_for_function("() => !location.search")
    idle(page)
    for title in ("Prognosis", "Laboratory"):
        go(page, title)
        collect(page)
    page.get_by_role("button", name=PRESENT, exact=True).click()
    page.wait_for_selector(".myo-stage h1")
    seen = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft", "ArrowLeft"):
        press(page, key)
        title, patients, counter = stage(page)
        assert ("Dermatology" in patients) == (counter == "1 / 3"), (key, title, patients)
        assert ("169" in patients) == (counter != "1 / 3"), (key, title, patients)
        seen.append(counter)
    assert seen == [f"{place} / 3" for place in (1, 2, 3, 3, 2, 3, 2, 1)]


@pytest.mark.parametrize("way", ["menu", "back"])
def test_a_title_typed_without_enter_is_kept_and_stands_on_the_stage(page: Page, dashboard: str, way: str) -> None:
    visit(page, f"{dashboard}/survival?by=Sex")
    collect(page)
    to_the_slides(page)
    field = page.get_by_role("textbox", name=TITLE)
    field.press("End")
    page.keyboard.type(" in our unit")
    page.wait_for_timeout(1000)  # as long as it takes to reach for the mouse
    if way == "menu":
        go(page, "Survival")
    else:
        page.go_back()
        expect(page).to_have_title("Survival · Myoscope")
        idle(page)
    page.get_by_role("button", name=PRESENT, exact=True).click()
    page.wait_for_selector(".myo-stage h1")
    press(page, "Home")
    expect(page.locator(".myo-stage h1")).to_have_text("Overall survival by sex in our unit")


def test_a_panel_that_is_not_there_gives_way_to_the_first(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?present=nothing")
    expect(page.locator(".myo-stage h1")).to_have_text("Overall survival by subtype")
