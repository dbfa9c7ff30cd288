"""The Survival page in use: pills, chips, the link, a zoom that stays."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from components.core.page_words import RESET
from components.survival.analysis import TWO_YEARS
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.filters import Choice, Filter, filter_from_query
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort
from tests.browser.reading import cohort_line, pill, reading
from tests.browser.test_live_plot import hide, visible, x_range, zoom_into_the_middle
from tests.browser.visit import idle, served, visit

pytestmark = pytest.mark.browser

CHOSEN = "subtype=CADM&anti_mda5=Positive"


@pytest.fixture(scope="module")
def whole() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


def chosen(whole: Cohort) -> Cohort:
    return filter_from_query(CHOSEN).filter.of(whole)


def events_by_two_years(page: Page) -> int:
    """The last number under the only curve: deaths so far in the third row, at its last tick, which is day 730."""
    return int(page.locator(".live-plot").first.locator(".words > span").last.inner_text())


def test_two_clicks_on_a_fresh_server_give_the_published_patients_and_a_link_to_them(
    page: Page, chromium: Browser, whole: Cohort, tmp_path: Path
) -> None:
    shown = chosen(whole)
    with served("app.py", tmp_path / "server.log") as address:
        visit(page, f"{address}/survival?by=All+patients+together")
        pill(page, "subtype", "CADM")
        pill(page, "anti_mda5", "Positive")
        assert cohort_line(page).startswith(f"{shown.n} of {whole.n} patients, ")
        deaths = int((shown.patients["death_day"] <= TWO_YEARS).sum())
        assert events_by_two_years(page) == deaths
        asked = parse_qs(urlsplit(page.url).query)
        assert asked == {"subtype": ["cadm"], "anti_mda5": ["positive"], "by": ["none"]}
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        other = context.new_page()
        visit(other, page.url)
        assert reading(other) == reading(page)
        context.close()
    assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")


def test_they_are_the_patients_of_table_1(whole: Cohort) -> None:
    """All of them are followed for outcome: the one positive patient who is not has classic DM."""
    (printed,) = [
        int(number.printed)
        for number in published_numbers()
        if (number.place, number.group, number.variable, number.level, number.statistic)
        == ("Table 1", "subtype=CADM", "anti_mda5", "Positive", "n")
    ]
    assert chosen(whole).n == printed


def test_zoom_and_hidden_curve_survive_the_filter(page: Page, dashboard: str) -> None:
    visit(page, f"{dashboard}/survival")
    untouched = x_range(page)
    zoomed = zoom_into_the_middle(page)
    assert zoomed[0] > untouched[0] + 50
    hide(page, "CADM")
    before = cohort_line(page)
    pill(page, "anti_ars", "Negative")
    assert cohort_line(page) != before
    assert x_range(page) == zoomed
    assert (visible(page)["CADM"], visible(page)["PM"]) == ("legendonly", True)


def test_a_chip_takes_its_condition_away_and_the_button_all_of_them(page: Page, dashboard: str, whole: Cohort) -> None:
    visit(page, f"{dashboard}/survival?{CHOSEN}&sex=Female")
    page.get_by_role("button", name="Anti-MDA5 antibody: Positive").click()
    page.wait_for_function("() => !location.search.includes('anti_mda5')")
    idle(page)
    women = filter_from_query("subtype=CADM&sex=Female").filter.of(whole).n
    assert cohort_line(page).startswith(f"{women} of {whole.n} patients")
    page.get_by_role("button", name=RESET).click()
    page.wait_for_function("() => !location.search.includes('subtype')")
    idle(page)
    assert cohort_line(page).startswith(f"{whole.n} patients")
    assert page.locator(".st-key-chips").count() == 0


def nobody(whole: Cohort) -> Filter:
    """Two levels that somebody has, but nobody both."""
    parts = [
        Choice(factor, (level.id,))
        for factor in whole.dictionary.factors
        for level in factor.levels
        if not factor.post_baseline and Choice(factor, (level.id,)).kept(whole).any()
    ]
    return next(
        both
        for pair in combinations(parts, 2)
        if not (both := Filter(pair)).kept(whole).any() and pair[0].key != pair[1].key
    )


def test_a_filter_that_nobody_meets_says_so_and_the_button_brings_everybody_back(
    page: Page, dashboard: str, whole: Cohort
) -> None:
    visit(page, f"{dashboard}/survival?{nobody(whole).query}")
    expect(page.get_by_text(nobody_left())).to_be_visible()
    assert cohort_line(page).startswith("0 of ")
    assert page.locator(".live-plot").count() == 0
    page.get_by_role("button", name=RESET).click()
    expect(page.locator(".live-plot").first).to_be_visible()


BOXES = """() => {
  const strip = document.querySelector('.myo-strip .myo-table'), plot = document.querySelector('.live-plot');
  const box = (part) => { const {top, bottom, left, right} = part.getBoundingClientRect();
    return {top, bottom, left, right}; };
  const texts = [...plot.querySelectorAll('text')];
  const risk = texts.filter((text) => text.textContent.endsWith('at risk')).map(box);
  return {strip: box(strip), rows: strip.tBodies[0].rows.length, plot: box(plot), risk,
          main: document.querySelector('[data-testid=stMainBlockContainer]').clientWidth, wide: innerWidth};
}"""


def test_strip_curves_and_patients_at_risk_stand_above_the_fold(page: Page, dashboard: str) -> None:
    """On a laptop's screen for one, two, three and six groups; on a small one the strip stays within the page."""
    views = {"by=none": 1, f"by=sex&{CHOSEN}": 2, "": 3, "by=ip_duration_group": 6}
    for query, groups in views.items():
        page.set_viewport_size({"width": 1440, "height": 900})
        visit(page, f"{dashboard}/survival?{query}")
        found = page.evaluate(BOXES)
        assert (found["rows"], len(found["risk"])) == (groups, groups), query
        assert found["strip"]["bottom"] <= found["plot"]["top"], query
        assert found["strip"]["top"] > 0, query
        assert max(box["bottom"] for box in found["risk"]) <= 900, query
        page.set_viewport_size({"width": 1024, "height": 768})
        idle(page)
        narrow = page.evaluate(BOXES)["strip"]
        assert narrow["right"] <= 1024, query
        assert narrow["bottom"] - narrow["top"] < 330, query
