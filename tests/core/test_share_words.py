"""Patients out of patients in print."""

from __future__ import annotations

import pytest

from components.core.columns import Share
from components.core.share_words import n_percent


@pytest.mark.parametrize(
    ("n", "of", "text"),
    [(61, 124, "61 (49.2)"), (0, 124, "0"), (0, 0, "0"), (3, 3, "3 (100.0)"), (1234, 4936, "1\u202f234 (25.0)")],
)
def test_n_and_percentage(n: int, of: int, text: str) -> None:
    assert n_percent(Share(n, of)) == text
