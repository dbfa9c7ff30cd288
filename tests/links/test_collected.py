"""The views kept for a presentation, and where a key leads among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.links.collected import Collected, place, step

CURVES = Collected("Overall survival", "pages/explore/survival.py", "by=Sex", "survival")
FOREST = Collected("Prognostic factors", "pages/explore/prognosis.py", "", "forest")
WOMEN = replace(CURVES, query="sex=Female")
KEPT = (CURVES, FOREST, WOMEN)


def test_a_view_is_known_by_its_link_not_its_title() -> None:
    assert [place(KEPT, replace(one, title="Another")) for one in KEPT] == [0, 1, 2]
    assert place(KEPT, replace(FOREST, query="sex=Male")) is None
    assert place(KEPT, replace(FOREST, panel="other")) is None
    assert place(KEPT, replace(FOREST, data="own-0123456789ab")) is None


@pytest.mark.parametrize(
    ("now", "key", "to"),
    [
        (0, "next", 1), (1, "next", 2), (2, "next", None),
        (2, "previous", 1), (0, "previous", None),
        (1, "first", 0), (1, "last", 2), (0, "first", None), (2, "last", None),
        (None, "next", 0), (None, "previous", 2), (None, "first", 0), (None, "last", 2),
        (1, "other", None), (None, "other", None),
    ],
)  # fmt: skip
def test_steps(now: int | None, key: str, to: int | None) -> None:
    assert step(KEPT, now, key) == to


@pytest.mark.parametrize("key", ["next", "previous", "first", "last"])
def test_nothing_kept_leads_nowhere(key: str) -> None:
    assert step((), None, key) is None


def test_of_two_alike_the_one_stepped_to_counts() -> None:
    twice = (Collected("A", "a.py", "", "a"), Collected("B", "b.py", "", "b"), Collected("A", "a.py", "", "a"))
    assert [place(twice, twice[0], last) for last in (None, 0, 1, 2)] == [0, 0, 0, 2]
