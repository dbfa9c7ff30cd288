"""No serious barrier on any page, in light and in dark: the rules of axe-core, run in the browser."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.test_frame import ADDRESSES
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

AXE = Axe()
Scheme = Literal["light", "dark"]


def barriers(page: Page) -> dict[str, list[str]]:
    """Serious and critical findings: rule -> the places it found."""
    findings = AXE.run(page).response["violations"]
    return {
        finding["id"]: [node["html"][:160] for node in finding["nodes"]]
        for finding in findings
        if finding["impact"] in {"serious", "critical"}
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_probe_page_has_no_barrier(page: Page, probe: str, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, probe)
    assert barriers(page) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("title", ADDRESSES)
def test_page_has_no_barrier(page: Page, dashboard: str, title: str, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, f"{dashboard}/{ADDRESSES[title]}")
    assert barriers(page) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_presentation_mode_has_no_barrier(page: Page, dashboard: str, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, f"{dashboard}/survival?present=1")
    assert barriers(page) == {}
