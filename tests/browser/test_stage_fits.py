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
    "first reaction": ("safety", {"section": "Who and when", "by": THREE}),
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
  for (const part of document.querySelectorAll('.st-key-stage-panel :is(h1, p, th, td, .live-plot text, .words > *)')) {
    const box = part.getBoundingClientRect(), text = part.textContent.trim();
    if (text && (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > foot.top + 1)) found.push(text);
  }
  return found;
}"""


SIZES = ((1024, 768), (1280, 720), (1440, 900), (1920, 1080))
"""Windows, the small ones first; curves are looked at in all of them."""


def resized(page: Page, wide: int, high: int) -> None:
    """The window so large, and the stage drawn for it."""
    page.set_viewport_size({"width": wide, "height": high})
    page.wait_for_timeout(350)
    idle(page)


def test_nothing_on_the_stage_lies_beyond_the_window(page: Page, dashboard: str) -> None:
    beyond, unread = {}, []
    for i, (name, (address, choices)) in enumerate(VIEWS.items()):
        page.emulate_media(color_scheme="dark" if i % 2 else "light")
        visit(page, f"{dashboard}/{address}?{urlencode({**choices, 'present': '1'})}")
        page.wait_for_function("() => document.querySelector('.myo-stage h1')")
        for size in SIZES if name in RATIOS else SIZES[:2]:
            resized(page, *size)
            if found := page.evaluate(BEYOND):
                beyond[name, size] = found
        if name in RATIOS and "Hazard ratio" not in page.locator(".st-key-stage-panel .myo-strip").inner_text():
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
