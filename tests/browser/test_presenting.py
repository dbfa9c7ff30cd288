"""Presentation mode with the keyboard alone: in, on, back and out; large type, nothing else on the screen."""

from __future__ import annotations

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.core.page_words import COPY_LINK, RESET
from components.export.collection_words import ADD, CLEAR, TITLE, slides
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
    assert figure["height"] > 0.6 * size[1]
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
    page.locator(".st-key-question").get_by_role("button", name=PRESENT, exact=True).focus()
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


def choose(page: Page, key: str, level: str) -> None:
    """Filter on the page that has a card of each variable, and come back."""
    page.locator("[data-testid=stSidebar] a[href$=narrow] >> visible=true").click()
    page.locator(f"[data-card={key}] button[data-level]").filter(has_text=level).first.click()
    page.wait_for_function(f"() => location.search.includes('{key}')")
    idle(page)
    page.locator("[data-testid=stTopNavLink][href$=survival]").click()
    page.wait_for_function("() => location.pathname.endsWith('survival')")
    idle(page)


def present_one_view_filtered_and_two_of_everybody(page: Page, dashboard: str, key: str, level: str) -> None:
    visit(page, f"{dashboard}/survival")
    choose(page, key, level)
    collect(page)
    page.get_by_role("button", name=RESET).click()
    page.wait_for_function("() => !location.search")
    idle(page)
    for title in ("Prognosis", "Laboratory"):
        go(page, title)
        collect(page)
    page.locator(".st-key-question").get_by_role("button", name=PRESENT, exact=True).click()
    page.wait_for_selector(".myo-stage h1")


def named(page: Page, level: str) -> str:
    """The counter, when title, patients and counter tell of one view: the first has the filter, the others all 169."""
    title, patients, counter = stage(page)
    first = title.startswith("Overall survival")
    assert (level in patients, "169" in patients) == (first, not first), (title, patients, counter)
    places = {"Overall": "1 / 3", "Prognostic": "2 / 3", "Laboratory": "3 / 3"}
    assert counter == places[title.split()[0]], (title, patients, counter)
    return counter


def test_each_view_keeps_its_own_filter_and_place_on_the_stage(page: Page, dashboard: str) -> None:
    present_one_view_filtered_and_two_of_everybody(page, dashboard, "department", "Dermatology")
    seen = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft", "ArrowLeft"):
        press(page, key)
        seen.append(named(page, "Dermatology"))
    assert seen == [f"{place} / 3" for place in (1, 2, 3, 3, 2, 3, 2, 1)]


def test_keys_pressed_faster_than_a_view_is_drawn_never_mix_two_views(page: Page, dashboard: str) -> None:
    """Which view they lead to depends on how fast the server is; that it is one view, whole, does not."""
    present_one_view_filtered_and_two_of_everybody(page, dashboard, "ct_pattern", "NSIP")
    drawn = random.Random(2)  # noqa: S311 - keys, no secret
    for _ in range(12):
        for _ in range(drawn.randint(3, 6)):
            page.keyboard.press(drawn.choice(("ArrowRight", "ArrowLeft", "Home", "End")))
            page.wait_for_timeout(drawn.choice((10, 40, 40, 80, 150)))
        page.wait_for_timeout(500)
        idle(page)
        named(page, "NSIP")


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
    page.locator(".st-key-question").get_by_role("button", name=PRESENT, exact=True).click()
    page.wait_for_selector(".myo-stage h1")
    press(page, "Home")
    expect(page.locator(".myo-stage h1")).to_have_text("Overall survival by sex in our unit")


def test_a_panel_that_is_not_there_gives_way_to_the_first(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?present=nothing")
    expect(page.locator(".myo-stage h1")).to_have_text("Overall survival by subtype")


def test_what_is_collected_is_there_again_when_the_page_is_loaded_again(page: Page, dashboard: str) -> None:
    """Also in a new tab; with its title, its filter and its place."""
    visit(page, f"{dashboard}/survival?subtype=cadm&by=sex")
    collect(page)
    visit(page, f"{dashboard}/prognosis")
    collect(page)
    page.get_by_role("link", name=slides(2)).first.click()
    expect(page).to_have_title("Presentation · Myoscope")
    idle(page)
    fields = page.get_by_role("textbox", name=TITLE)
    expect(fields).to_have_count(2)
    fields.first.fill("Men and women with CADM")
    fields.first.press("Enter")
    page.wait_for_timeout(300)
    idle(page)
    other = page.context.new_page()
    for again in (page, other):
        visit(again, f"{dashboard}/prognosis?present=forest")
        expect(again.locator(".myo-foot")).to_contain_text("2 / 2")
        press(again, "ArrowLeft")
        expect(again.locator(".myo-stage h1")).to_have_text("Men and women with CADM")
        assert "Subtype: CADM" in again.locator(".myo-stage").inner_text()
    visit(other, f"{dashboard}/presentation")
    fields = other.get_by_role("textbox", name=TITLE)
    expect(fields.first).to_have_value("Men and women with CADM")
    other.get_by_role("button", name=CLEAR).click()
    expect(fields).to_have_count(0)
    idle(other)
    visit(other, f"{dashboard}/presentation")
    other.wait_for_timeout(500)
    expect(fields).to_have_count(0)
