"""Figures keep what the reader did to them, follow the page's theme and answer a click."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser

FIRST = "document.querySelectorAll('.live-plot')[0]"


def x_range(page: Page) -> list[float]:
    found: list[float] = page.evaluate(f"{FIRST}._fullLayout.xaxis.range")
    return found


def visible(page: Page) -> dict[str, bool | str]:
    """Curve names of the first figure and whether each is drawn: true, or "legendonly"."""
    found: dict[str, bool | str] = page.evaluate(
        f"Object.fromEntries({FIRST}._fullData.map((curve) => [curve.name, curve.visible]))"
    )
    return found


def axis_colour(page: Page) -> str:
    return str(page.evaluate(f"getComputedStyle({FIRST}.querySelector('.xtick text')).fill"))


def box(element: Locator) -> FloatRect:
    """Where an element stands on the screen, in pixels."""
    found = element.bounding_box()
    assert found is not None
    return found


def zoom_into_the_middle(page: Page) -> list[float]:
    """Drag across the plot; the days shown from then on."""
    box = page.locator(".live-plot").first.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.32 * box["height"], steps=6)
    page.mouse.up()
    page.wait_for_timeout(600)  # Plotly waits for a second click before it believes a click or the end of a drag
    return x_range(page)


def hide(page: Page, curve: str) -> None:
    page.locator(".live-plot").first.locator(".traces", has_text=curve).locator(".legendtoggle").click()
    page.wait_for_timeout(600)


def choose_another_slope(page: Page) -> None:
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_function("() => location.search.includes('slope=2')")
    idle(page)


def test_zoom_and_hidden_curve_survive_new_data(page: Page, probe: str) -> None:
    visit(page, probe)
    untouched = x_range(page)
    zoomed = zoom_into_the_middle(page)
    assert zoomed[0] > untouched[0] + 100
    assert zoomed[1] < untouched[1] - 100
    hide(page, "CADM")
    before = page.evaluate(f"{FIRST}._fullData[1].y[4]")
    choose_another_slope(page)
    assert page.evaluate(f"{FIRST}._fullData[1].y[4]") < before
    assert x_range(page) == zoomed
    assert visible(page) == {"CADM": "legendonly", "PM": True}


def test_a_hidden_curve_is_remembered_by_name_not_by_place(page: Page, probe: str) -> None:
    visit(page, probe)
    hide(page, "PM")
    page.get_by_role("button", name="CADM").click()
    page.wait_for_function(f"() => {FIRST}._fullData.length === 1")
    idle(page)
    assert visible(page) == {"PM": "legendonly"}
    page.get_by_role("button", name="CADM").click()
    page.wait_for_function(f"() => {FIRST}._fullData.length === 2")
    assert visible(page) == {"CADM": True, "PM": "legendonly"}


def test_the_figure_node_is_kept(page: Page, probe: str) -> None:
    visit(page, probe)
    page.evaluate(f"{FIRST}.mark = 1")
    choose_another_slope(page)
    assert page.evaluate(f"{FIRST}.mark") == 1


def test_a_click_comes_back_once(page: Page, probe: str) -> None:
    visit(page, probe)
    page.locator(".live-plot").first.locator(".point").nth(2).click(force=True)
    expect(page.get_by_text("Clicked: CADM")).to_be_visible()
    choose_another_slope(page)
    expect(page.get_by_text("Clicked: None")).to_be_visible()


def test_colours_follow_the_page_without_a_new_run(page: Page, probe: str) -> None:
    visit(page, probe)
    assert axis_colour(page) == "rgb(14, 23, 33)"
    assert page.evaluate(f"{FIRST}._fullData[0].line.color") == "#b34700"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        f"() => getComputedStyle({FIRST}.querySelector('.xtick text')).fill === 'rgb(228, 235, 240)'"
    )
    idle(page)
    assert page.evaluate(f"{FIRST}._fullLayout.paper_bgcolor") == "#0d1319"
    assert page.evaluate(f"{FIRST}._fullData[0].line.color") != "#b34700"


def test_the_figure_says_what_it_shows(page: Page, probe: str) -> None:
    visit(page, probe)
    expect(page.get_by_role("figure", name="Survival of 2 groups")).to_be_visible()


def test_the_figure_takes_the_width_there_is_and_keeps_its_height(page: Page, probe: str) -> None:
    visit(page, probe)
    plot = page.locator(".live-plot").first
    narrow = box(plot.locator(".main-svg").first)
    page.get_by_test_id("stSidebarHeader").hover()
    page.get_by_role("button", name="Collapse sidebar").click()
    page.wait_for_function(f"() => {FIRST}._fullLayout.width > {narrow['width'] + 100}")
    idle(page)
    wide = box(plot.locator(".main-svg").first)
    assert (narrow["height"], wide["height"]) == (360, 360)
    assert abs(wide["width"] - box(plot)["width"]) < 2


def test_toolbar_has_reset_only_and_shows_on_hover(page: Page, probe: str) -> None:
    visit(page, probe)
    bar = page.locator(".live-plot").first.locator(".modebar")
    assert page.evaluate("getComputedStyle(document.querySelector('.live-plot .modebar-group')).opacity") == "0"
    titles = bar.locator(".modebar-btn").evaluate_all("(buttons) => buttons.map((b) => b.dataset.title)")
    assert titles == ["Reset axes"]


def test_the_words_stand_in_when_the_figure_cannot_be_drawn(page: Page, probe: str) -> None:
    page.route("**/vendor/*", lambda route: route.abort())
    visit(page, probe)
    expect(page.get_by_text("Survival of PM", exact=True)).to_be_visible()


def test_a_figure_follows_one_whose_curves_had_signs_in_their_names(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/laboratory")  # curves such as "%FVC, %"
    page.locator(".st-key-value").get_by_role("combobox").click()
    page.get_by_role("option", name="KL-6").click()
    page.wait_for_function("() => location.search.includes('value=kl6')")
    idle(page)
    expect(page.locator(".live-plot .main-svg").first).to_be_visible()
