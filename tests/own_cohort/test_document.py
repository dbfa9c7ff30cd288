"""What the documentation says of files opened untouched is what the browser does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_mapping import DROPPED
from tests.browser.test_pilot_study import CLICKS

DOCUMENT = Path(__file__).parents[2] / "docs" / "own-cohort.md"


COUNTED = {one.names[0]: len(one.clicks) + 1 for one in DROPPED} | {name: len(made) for name, made in CLICKS.items()}
"""The clicks that the browser makes, "Open" among them, for every row of the table."""


@pytest.mark.parametrize("name", COUNTED)
def test_the_clicks_are_those_of_the_browser(name: str) -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name}")]
    assert [int(row.split("|")[2]) for row in rows] == [COUNTED[name]]


def test_every_row_of_the_document_is_counted() -> None:
    first, *_ = DOCUMENT.read_text(encoding="utf-8").split("\n## ")
    assert len([line for line in first.splitlines() if line.startswith("| ")]) == 1 + len(COUNTED)
