"""The Prognosis page in use: a row of the forest opens the curves behind it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import cohort_line
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser


PLACE = """(factor) => {
  const plot = document.querySelector('.live-plot');
  const squares = plot._fullData.find((trace) => trace.uid === 'squares');
  const i = squares.customdata.indexOf(factor);
  const { xaxis, yaxis } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.d2p(squares.x[i]), box.y + yaxis._offset + yaxis.d2p(squares.y[i])];
}"""


def test_a_row_opens_its_curves_with_the_filter_kept(page: Page, dashboard: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 1300})
    visit(page, f"{dashboard}/prognosis?subtype=CADM&subtype=Classic+DM")
    before = cohort_line(page)
    x, y = page.evaluate(PLACE, "sex")
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page).to_have_title("Survival · Myoscope")
    idle(page)
    assert urlsplit(page.url).path == "/survival"
    assert parse_qs(urlsplit(page.url).query) == {"subtype": ["cadm", "classic_dm"], "by": ["sex"]}
    assert cohort_line(page) == before
    expect(page.get_by_role("heading", name="Overall survival by sex")).to_be_visible()
    page.go_back()
    idle(page)
    names = page.locator(".live-plot .words button")
    stops = names.locator("xpath=self::*[@tabindex='0']").all_text_contents()
    assert stops[0] == "Subtype"
    assert len(stops) < names.count() / 2
    page.get_by_role("figure").get_by_role("button", name="Fever", exact=True).press("Enter")
    expect(page).to_have_title("Survival · Myoscope")
