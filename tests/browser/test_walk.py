"""Whatever a visitor does, the page shows what its address says: every text, trace value and table cell.

`MYOSCOPE_STEPS=200 MYOSCOPE_SEED=... pytest tests/browser/test_walk.py` walks further, or the same way again.
"""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.browser.walk import walked

pytestmark = pytest.mark.browser

STEPS = int(os.environ.get("MYOSCOPE_STEPS", "15"))
SEED = os.environ.get("MYOSCOPE_SEED", "1")


def test_every_step_shows_what_its_address_says(chromium: Browser, dashboard: str) -> None:
    print(f"seed {SEED}, {STEPS} steps")  # noqa: T201 - shown when the test fails
    assert walked(chromium, dashboard, STEPS, SEED) == []
