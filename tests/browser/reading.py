"""What a visitor reads on a page: the cohort bar, the tables and notes, what the figures say and the choices made."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.visit import idle

TEXTS = """() => {
  const main = document.querySelector('[data-testid=stMainBlockContainer]');
  const choices = [...main.querySelectorAll('input')].map((input) => input.value || String(input.checked));
  const pressed = [...document.querySelectorAll('[aria-checked=true], [aria-pressed=true], [aria-selected=true]')];
  return {
    text: main.innerText,
    figures: [...main.querySelectorAll('.live-plot')].map((plot) => plot.getAttribute('aria-label')),
    curves: [...main.querySelectorAll('.live-plot')].map((plot) => plot.data.map((trace) => [trace.uid, trace.y])),
    choices,
    pressed: pressed.map((button) => button.innerText),
  };
}"""


def reading(page: Page) -> dict[str, object]:
    """Everything that two visitors of the same link must see alike."""
    idle(page)
    found: dict[str, object] = page.evaluate(TEXTS)
    return found


def cohort_line(page: Page) -> str:
    """The first line of the cohort bar: ``28 of 169 patients, 10 deaths, ...``."""
    return page.locator(".st-key-cohort-bar p").first.inner_text()


def pill(page: Page, factor: str, level: str) -> None:
    """Choose, or let go, a level in the sidebar."""
    page.locator(f".st-key-{factor}").get_by_role("button", name=level, exact=True).click()
    page.wait_for_timeout(200)
    idle(page)
