"""On the stage nothing has to be scrolled: all of it lies within the window, over the foot."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser

SIX, TWO, THREE = "Duration of interstitial pneumonia", "Anti-MDA5 antibody", "Subtype"
VIEWS = {
    "curves of one group": ("survival", {"by": "All patients together"}),
    "curves of two groups": ("survival", {"by": TWO}),
    "curves of three groups": ("survival", {"by": THREE}),
    "curves of six groups": ("survival", {"by": SIX}),
    "curves after a landmark": ("survival", {"by": "Trough at month 3"}),
    "forest plot": ("prognosis", {}),
    "table of six groups": ("baseline", {"by": SIX}),
    "small plots": ("laboratory", {"by": SIX}),
    "one value, leavers apart": ("laboratory", {"value": "KL-6", "by": THREE, "apart": "true"}),
    "dots": ("safety", {"section": "Reactions", "by": SIX}),
    "squares": ("evidence", {}),
}
RATIOS = ("curves of two groups", "curves of three groups", "curves of six groups", "curves after a landmark")

BEYOND = """() => {
  const foot = document.querySelector('.myo-foot').getBoundingClientRect(), found = [];
  const main = document.querySelector('[data-testid=stMain]');
  if (main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth) found.push('scrolls');
  if (foot.bottom > innerHeight) found.push('foot');
  for (const part of document.querySelectorAll('.st-key-stage-panel :is(h1, p, th, td, .live-plot text)')) {
    const box = part.getBoundingClientRect(), text = part.textContent.trim();
    if (text && (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > foot.top + 1)) found.push(text);
  }
  return found;
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)], ids=str)
def test_nothing_on_the_stage_lies_beyond_the_window(page: Page, dashboard: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    beyond, unread = {}, []
    for name, (address, choices) in VIEWS.items():
        visit(page, f"{dashboard}/{address}?{urlencode({**choices, 'present': '1'})}")
        page.wait_for_function(f"() => document.querySelector('.myo-stage h1') && innerWidth === {size[0]}")
        page.wait_for_timeout(250)
        idle(page)
        if found := page.evaluate(BEYOND):
            beyond[name] = found
        text = page.locator(".st-key-stage-panel").inner_text()
        if name in RATIOS and "HR " not in text and "Hazard ratio" not in text:
            unread.append(name)
    assert beyond == {}
    assert unread == []


def test_the_arrows_lead_through_the_parts_of_a_long_figure_and_another_view_begins_with_its_first(
    page: Page, dashboard: str
) -> None:
    visit(page, f"{dashboard}/prognosis?present=1")
    page.wait_for_selector(".myo-foot")
    seen = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "ArrowUp", *["ArrowDown"] * 6):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        idle(page)
        seen.append(page.locator(".myo-foot span").nth(1).inner_text().split(",")[0])
    of = int(seen[0].split()[-1])
    assert of > 2
    last = [f"part {min(2 + i, of)} of {of}" for i in range(1, 7)]
    assert seen == [f"part {i} of {of}" for i in (1, 2, 3, 2)] + last
    assert page.evaluate(BEYOND) == []
