"""Whatever a visitor does, the page shows what its address says: every text, trace value and table cell.

`MYOSCOPE_STEPS=200 MYOSCOPE_SEED=... pytest tests/browser/test_walk.py` walks further, or the same way again.
"""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.browser.own_files import odd_files
from tests.browser.walk import walked

pytestmark = pytest.mark.browser

STEPS = int(os.environ.get("MYOSCOPE_STEPS", "8"))
SEED = os.environ.get("MYOSCOPE_SEED", "1")


def test_every_step_shows_what_its_address_says(chromium: Browser, dashboard: str) -> None:
    print(f"seed {SEED}, {STEPS} steps")  # noqa: T201 - shown when the test fails
    assert walked(chromium, dashboard, STEPS, SEED) == []


def test_every_step_with_an_own_cohort_shows_what_its_address_says(chromium: Browser, dashboard: str) -> None:
    steps = max(STEPS // 2, 1)
    print(f"seed {SEED}, {steps} steps")  # noqa: T201 - shown when the test fails
    assert walked(chromium, dashboard, steps, SEED, files=odd_files()) == []
