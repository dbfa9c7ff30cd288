"""A cohort whose every text tries to be a tag, a link, bold or a formula is shown by the same nodes as a calm one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page

from app import PAGES
from components.own_cohort import words
from tests import hostile
from tests.browser.test_cohort_page import choose, press
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser

EXPLORED = tuple((page.section, page.title) for page in PAGES if page.panels is not None)

NODES = """() => {
  const found = {};
  for (const kind of ['script', 'iframe', 'object', 'img', 'a[href^="javascript"]', 'a[href*="evil"]', '[onerror]',
                      '.katex', 'strong', 'em', 'del', 'code']) {
    found[kind] = document.querySelectorAll(`[data-testid=stMain] ${kind}, [data-testid=stSidebar] ${kind}`).length;
  }
  found.links = document.querySelectorAll('[data-testid=stMain] [data-testid=stMarkdownContainer] a').length;
  return found;
}"""


def nodes(page: Page, address: str, files: dict[str, bytes], name: str) -> dict[str, dict[str, int]]:
    """What kinds of nodes every page holds once the files are opened under a name."""
    ran: list[str] = []

    def said(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", said)
    visit(page, f"{address}/cohort")
    choose(page, files)
    found = {"before opening": page.evaluate(NODES)}
    del found["before opening"]["strong"]  # more is found in a hostile file, and our own words about it are bold
    page.get_by_role("textbox", name=words.NAME).fill(name)
    press(page, words.OPEN)
    found["opened"] = page.evaluate(NODES)
    for section, title in EXPLORED:
        if section:
            page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        link = "stTopNavDropdownLink" if section else "stTopNavLink"
        page.get_by_test_id(link).filter(has_text=title).click()
        page.wait_for_timeout(200)
        idle(page)
        found[title] = page.evaluate(NODES)
    assert ran == []
    return found


def test_no_node_of_a_page_comes_from_a_text_of_a_file(page: Page, dashboard: str) -> None:
    found = nodes(page, dashboard, hostile.files(), hostile.NAME)
    assert "Ward" in page.get_by_test_id("stMain").inner_text()
    assert found == nodes(page, dashboard, hostile.files(hostile.twin), "Ward 4")
