"""What the documentation says of files opened untouched is what the browser does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_mapping import DROPPED, Dropped

DOCUMENT = Path(__file__).parents[2] / "docs" / "own-cohort.md"


@pytest.mark.parametrize("one", DROPPED, ids=lambda one: one.names[0])
def test_the_clicks_are_those_of_the_browser(one: Dropped) -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {one.names[0]}")]
    assert [int(row.split("|")[2]) for row in rows] == [len(one.clicks) + 1]
