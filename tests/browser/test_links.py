"""A link, a reload and another visitor give the same choices and the same numbers; the link is copied from the page."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app import PAGES as MENU
from components.core.control_words import CONVENTIONS, DISPLAY, NOTHING
from components.core.footer_words import VERSION
from components.core.page_words import COPY_LINK, LINK_COPIED, ignored_notice
from components.links import page_controls
from components.links.page_input import ground
from components.links.view import View, answered
from components.safety.words import COUNTS, SECTIONS, STOPS
from data.reading.read import reconstructed_cohort
from tests.browser.reading import pill, reading
from tests.browser.visit import idle, visit
from tests.links.answers import sparing

pytestmark = pytest.mark.browser

PAGES_TRIED = ("survival", "prognosis", "baseline", "laboratory", "safety", "treatment")


def view_at_random(page: str) -> View:
    study = reconstructed_cohort()
    on = ground(study, next(entry for entry in MENU if entry.address == page), single=True)
    chance = Random(page)  # noqa: S311 - no secret

    return answered(page, on, sparing(study, chance))


def fresh(chromium: Browser) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return context, context.new_page()


@pytest.mark.parametrize("name", PAGES_TRIED)
def test_a_link_rebuilds_the_view_for_anybody(page: Page, chromium: Browser, dashboard: str, name: str) -> None:
    view = view_at_random(name)
    visit(page, f"{dashboard}/{name}?{view.query}")
    first = reading(page)
    assert "link" not in str(first["text"]).replace(COPY_LINK, "")
    assert parse_qs(urlsplit(page.url).query, keep_blank_values=True) == parse_qs(view.query, keep_blank_values=True)
    context, other = fresh(chromium)
    visit(other, page.url)
    assert reading(other) == first
    context.close()


def in_menu(page: Page, name: str) -> list[str]:
    """What the fields of a menu hold once it is open; it is closed again."""
    page.get_by_test_id("stPopover").get_by_role("button", name=name).click()
    page.wait_for_timeout(300)
    idle(page)
    fields = page.get_by_test_id("stPopoverBody").locator("input")
    expect(fields.first).to_be_attached()
    page.wait_for_timeout(300)
    held = [
        str(field.is_checked()) if field.get_attribute("type") == "checkbox" else field.input_value()
        for field in fields.all()
    ]
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    idle(page)
    return held


def test_a_menu_that_is_opened_late_holds_what_the_link_says_and_changes_nothing(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?ties=efron&band=false")
    pill(page, "subtype", "CADM")
    interval, ties, at_risk = (
        control.labels for control in (page_controls.INTERVAL, page_controls.TIES, page_controls.AT_RISK)
    )
    assert in_menu(page, CONVENTIONS) == [interval["by_events"], ties["efron"], at_risk["r"]]
    switches = [text for text in in_menu(page, DISPLAY) if text in {"False", "True"}]
    assert switches[0] == "False"
    assert "True" in switches
    pill(page, "subtype", "PM")
    asked = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    assert asked == {"subtype": ["pm", "cadm"], "ties": ["efron"], "band": ["false"]}


def test_what_back_has_undone_in_a_menu_stays_undone(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    page.get_by_test_id("stPopover").get_by_role("button", name=DISPLAY).click()
    page.locator(".st-key-band label").first.click()
    page.wait_for_function("() => location.search.includes('band=false')")
    page.keyboard.press("Escape")
    idle(page)
    page.go_back()
    page.wait_for_function("() => !location.search")
    idle(page)
    pill(page, "subtype", "CADM")
    assert urlsplit(page.url).query == "subtype=cadm"


def test_the_link_is_copied_with_data_and_version(page: Page, dashboard: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=dashboard)
    visit(page, f"{dashboard}/survival?subtype=CADM&by=Sex")
    page.get_by_role("button", name=COPY_LINK).click()
    expect(page.get_by_role("button", name=LINK_COPIED)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{dashboard}/survival?")
    assert parse_qs(urlsplit(copied).query) == {
        "subtype": ["cadm"],
        "by": ["sex"],
        "data": [reconstructed_cohort().provenance.fingerprint],
        "v": [VERSION],
    }


def test_without_a_clipboard_the_link_stands_selected(page: Page, dashboard: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    visit(page, f"{dashboard}/prognosis")
    page.get_by_role("button", name=COPY_LINK).click()
    field = page.locator("input[readonly]")
    expect(field).to_be_visible()
    assert field.input_value().startswith(f"{dashboard}/prognosis?data=")
    assert page.evaluate("getSelection().toString()") == field.input_value()


def test_what_a_link_asks_in_vain_is_said(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?by=Shoe+size&subtype=XYZ")
    said = ignored_notice(("subtype=XYZ", "by=Shoe size")).replace("`", "")
    expect(page.get_by_text(said)).to_be_visible()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_back_and_forward_take_one_step_for_each_thing_done(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival?by=Sex")
    seen = [(page.url, reading(page))]
    acts: tuple[Callable[[], None], ...] = (
        lambda: pill(page, "subtype", "CADM"),
        lambda: page.get_by_test_id("stTopNavLink").filter(has_text="Prognosis").click(),
        lambda: pill(page, "anti_mda5", "Positive"),
    )
    for act in acts:
        act()
        page.wait_for_timeout(400)
        idle(page)
        seen.append((page.url, reading(page)))
    assert query(page) == {"subtype": ["cadm"], "anti_mda5": ["positive"], "by": ["sex"]}
    for move, order in ((page.go_back, seen[-2::-1]), (page.go_forward, seen[1:])):
        for address, read in order:
            move()
            page.wait_for_timeout(400)
            assert (page.url, reading(page)) == (address, read)


def compared_by(page: Page) -> str:
    field: Locator = page.locator(".st-key-by").get_by_role("combobox")
    return field.input_value()


def to(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    page.wait_for_timeout(400)
    idle(page)


def test_what_is_compared_by_follows_through_the_menu(page: Page, dashboard: str) -> None:
    """A page where the factor cannot be compared shows all patients together, and the way back still knows it."""

    def pick(name: str) -> None:
        page.locator(".st-key-by").get_by_role("combobox").click()
        page.locator(".st-key-by").get_by_role("combobox").fill(name)
        page.get_by_role("option", name=name, exact=True).click()
        page.wait_for_timeout(300)
        idle(page)

    study = reconstructed_cohort()
    subtype, late, sex = (study.dictionary.factor[key].label for key in ("subtype", "trough_range", "sex"))
    visit(page, f"{dashboard}/laboratory?group=Sex")
    assert (compared_by(page), query(page)) == (sex, {"by": ["sex"]})
    to(page, "Survival")
    assert compared_by(page) == sex
    pick(subtype)
    for title in ("Prognosis", "Laboratory"):
        to(page, title)
        assert query(page) == {"by": ["subtype"]}
    assert compared_by(page) == subtype
    to(page, "Survival")
    pick(late)
    to(page, "Laboratory")
    assert (compared_by(page), query(page)) == (NOTHING, {"by": ["trough_range"]})
    expect(page.get_by_text(ignored_notice(("by=trough_range",)).replace("`", ""))).to_have_count(0)
    to(page, "Safety")
    page.get_by_role("tab", name=SECTIONS[STOPS], exact=True).click()
    page.wait_for_timeout(300)
    idle(page)
    assert (compared_by(page), query(page)) == (NOTHING, {"by": ["trough_range"], "section": ["stops"]})
    pick(sex)
    page.get_by_role("tab", name=SECTIONS[COUNTS], exact=True).click()
    page.wait_for_timeout(300)
    idle(page)
    assert compared_by(page) == sex
    for _ in range(3):
        page.go_back()
        page.wait_for_timeout(400)
        idle(page)
    to(page, "Survival")
    assert compared_by(page) == late
