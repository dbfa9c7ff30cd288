"""The Overview as the first page: three clicks lead from it to who had a serious infection, and when."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from components.core.groups import ALL
from components.core.markup import plain
from components.safety.first_reaction_words import answer
from components.safety.reactions import reactions
from components.safety.reported import reaction_rows
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort
from tests.browser.reading import pill
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser

INFECTIONS = "Infections"
BAR = """(category) => {
  const plot = [...document.querySelectorAll('.live-plot')].find(({ _fullData }) =>
    _fullData.some(({ customdata }) => customdata?.includes(category)));
  plot.scrollIntoView({ block: 'center' });
  const { _fullData, _fullLayout: { xaxis, yaxis } } = plot;
  const bars = _fullData.find(({ uid }) => uid === 'parts');
  const i = bars.customdata.indexOf(category);
  const box = plot.getBoundingClientRect();
  return [
    box.x + xaxis._offset + xaxis.d2p(bars.base[i] + bars.x[i] / 2), box.y + yaxis._offset + yaxis.d2p(bars.y[i])];
}"""


def told() -> str:
    """What the analysis says of the serious infections of these patients."""
    chosen = filter_from_query("subtype=CADM&anti_mda5=Positive").filter.of(
        reconstructed_cohort().of_population("safety")
    )
    counted = reactions(chosen)
    found, grave = counted.patients(ALL, INFECTIONS), counted.patients(ALL, INFECTIONS, serious=True)
    assert grave.n > 0
    return plain(answer(found, grave, reaction_rows(chosen, INFECTIONS), INFECTIONS))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_three_clicks_answer_who_had_a_serious_infection_and_when(
    page: Page, dashboard: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    visit(page, dashboard)
    pill(page, "subtype", "CADM")
    pill(page, "anti_mda5", "Positive")
    x, y = page.evaluate(BAR, "infections")
    page.mouse.click(x, y)
    expect(page).to_have_title("Safety · Myoscope")
    idle(page)
    assert parse_qs(urlsplit(page.url).query)["category"] == ["infections"]
    expect(page.get_by_role("heading", name=told())).to_be_in_viewport()
