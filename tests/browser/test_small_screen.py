"""No text of a figure runs into another, and no table hides a column, on a small screen and on a large one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.visit import visit

pytestmark = pytest.mark.browser

TEXTS = (
    "['.textpoint text', '.words > *', '.bartext', '.annotation text', '.xtick text', '.ytick text', '.legendtext']"
    ".join()"
)

OVERLAPS = f"""() => [...document.querySelectorAll('.live-plot')].flatMap((plot) => {{
  const lines = (text) => (text.querySelector('.line') ? [...text.querySelectorAll('.line')] : [text]);
  const texts = [...plot.querySelectorAll({TEXTS})].flatMap(lines).filter((text) => text.textContent.trim());
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const shared = (a, b) => [
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
  return boxes.flatMap((box, i) => boxes.slice(i + 1).flatMap((other, j) => {{
    const [across, down] = shared(box, other);
    return across > 0.5 && down > 4 ? [`${{texts[i].textContent}} | ${{texts[i + 1 + j].textContent}}`] : [];
  }}));
}})"""

CUT_OFF = f"""() => [...document.querySelectorAll('.live-plot')].flatMap((plot) => {{
  const box = plot.getBoundingClientRect();
  const bars = [...plot.querySelectorAll('.bartext')].filter((text) => {{
    const [own, bar] = [text, text.parentNode.querySelector('path')].map((part) => part.getBoundingClientRect());
    return text.textContent.trim() && (own.left < bar.left || own.right > bar.right);
  }});
  const outside = [...plot.querySelectorAll({TEXTS})].filter((text) => {{
    const own = text.getBoundingClientRect();
    return text.textContent.trim() && (own.left < box.left - 1 || own.right > box.right + 1);
  }});
  return [...bars, ...outside].map((text) => text.textContent);
}})"""

HIDDEN_COLUMNS = """() => [...document.querySelectorAll('.myo-scroll')]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1).map((box) => box.innerText)"""

VIEWS = (
    "",
    "survival",
    "survival?by=Duration+of+interstitial+pneumonia",
    "evidence",
    "baseline?columns=Duration+of+interstitial+pneumonia",
    "prognosis",
    "treatment?split=Age",
    "treatment?part=Corticosteroids&split=Subtype",
    "treatment?part=Trough&split=Age",
    "treatment?part=Persistence&split=Duration+of+interstitial+pneumonia",
    "laboratory",
    "laboratory?value=KL-6&group=Ferritin",
    "biomarker",
    "safety",
    "safety?groups=Age",
    "safety?section=Who+and+when&curves=Onset",
    "safety?section=Discontinuation",
)


@pytest.mark.parametrize("width", [1024, 1440])
@pytest.mark.parametrize("view", VIEWS)
def test_no_text_is_cut_off_or_runs_into_another(page: Page, dashboard: str, width: int, view: str) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    visit(page, f"{dashboard}/{view}")
    assert page.locator(".live-plot, .myo-table").count() > 0
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(HIDDEN_COLUMNS) == []
