"""Choosing patients on the cards: counted in the browser as the filter counts, and kept by the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from components.core.numbers import count
from data.cohort import Cohort
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser


def card(page: Page, key: str) -> Locator:
    return page.locator(f"[data-card={key}]")


def shown_counts(page: Page, key: str) -> list[str]:
    return card(page, key).locator(".counts").all_text_contents()


def counted(study: Cohort, chosen: Filter, key: str) -> list[str]:
    """Of each level that somebody has, those whom the conditions on other variables keep, of all."""
    factor = study.dictionary.factor[key]
    kept, codes = chosen.without(key).kept(study), study.codes(factor)
    found = [int((codes == code).sum()) for code in (*range(len(factor.levels)), -1)]
    among = [int((codes[kept] == code).sum()) for code in (*range(len(factor.levels)), -1)]
    return [f"{count(one)} of {count(all_)}" for one, all_ in zip(among, found, strict=True) if all_]


def asked(page: Page) -> Filter:
    return filter_from_query(urlsplit(page.url).query).filter


def test_what_is_clicked_and_drawn_is_counted_at_once_and_stands_in_the_address(page: Page, dashboard: str) -> None:
    study = reconstructed_cohort().of_population("safety")
    visit(page, f"{dashboard}/narrow")
    bar = card(page, "subtype").locator("[data-level=cadm]")
    bar.focus()
    page.keyboard.press("Enter")
    expect(bar).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => location.search === '?subtype=cadm'")
    idle(page)

    histogram = card(page, "kl6_day0").locator("svg")
    histogram.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # the page scrolls smoothly
    box = histogram.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 30, steps=5)
    page.wait_for_timeout(100)
    followed = {key: shown_counts(page, key) for key in study.dictionary.factor if card(page, key).count()}
    assert "kl6" not in page.url  # nothing is sent while the pointer is down
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('kl6_day0')")
    idle(page)
    chosen = asked(page)
    assert [part.key for part in chosen.parts] == ["subtype", "kl6_day0"]
    assert followed == {key: counted(study, chosen, key) for key in followed}
    assert followed == {key: shown_counts(page, key) for key in followed}
    n = int(np.sum(chosen.kept(study)))
    expect(page.locator(".cohort-cards .status")).to_have_text(f"{n} of {study.n} patients")
    lefts = [int(Filter(chosen.parts[:i]).kept(study).sum()) for i in (1, 2)]
    assert page.locator(".cohort-cards .path li b").all_inner_texts() == [f"{study.n} patients", *map(str, lefts)]

    page.locator(".cohort-cards .path [data-drop=subtype]").click()
    page.wait_for_function("() => !location.search.includes('subtype')")
    idle(page)
    card(page, "age").get_by_label("Age, from").fill("41.5")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('age=41.5')")
    idle(page)
    assert shown_counts(page, "sex") == counted(study, asked(page), "sex")
    page.keyboard.press("Escape")
    page.locator(".st-key-undo-choice button").first.click()
    page.wait_for_function("() => !location.search.includes('age')")
    idle(page)
    assert shown_counts(page, "sex") == counted(study, asked(page), "sex")

    page.get_by_label("Find a variable").fill("mda5")
    assert page.locator("[data-card]:visible").count() == 1


def test_of_nobody_the_page_says_which_condition_was_too_much(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/narrow?age=80&age=87&subtype=cadm&anti_mda5=positive")
    status = page.locator(".cohort-cards .status")
    expect(status).to_contain_text("Nobody is left")
    status.get_by_role("button").click()
    page.wait_for_function("() => !location.search.includes('age')")
    idle(page)
    assert set(parse_qs(urlsplit(page.url).query)) == {"subtype", "anti_mda5"}
    expect(status).to_contain_text("of 170 patients")
