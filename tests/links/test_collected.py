"""The views kept for a presentation, and where a key leads among them."""

from __future__ import annotations

from dataclasses import replace
from json import dumps, loads

import pytest

from components.core.markup import bold
from components.links.collected import MOST, Collected, kept_by_browser, place, step

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


KEPT_IN = "0123456789ab"
OF_DATA = [replace(one, data=KEPT_IN, looked=("Comparison 1 of 2",)) for one in KEPT]
FILES = {one.file for one in KEPT}


def test_a_browser_gives_back_the_views_it_was_given() -> None:
    told = loads(dumps([one.written for one in OF_DATA]))
    assert kept_by_browser(told, FILES, KEPT_IN) == tuple(OF_DATA)


@pytest.mark.parametrize("found", [None, "slides", {}, [None, 3, [], {}, {"title": "A"}]])
def test_what_is_no_view_is_left_out(found: object) -> None:
    assert kept_by_browser(found, FILES, KEPT_IN) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"data": "own-0123456789ab"}, {"data": ""}, {"file": "app.py"}, {"query": 4}, {"title": "x" * 4001},
        {"looked": "all"}, {"looked": [1]}, {"panel": None},
    ],
)  # fmt: skip
def test_views_of_other_data_or_pages_and_odd_texts_are_left_out(other: dict[str, object]) -> None:
    first, second, _ = (one.written for one in OF_DATA)
    assert kept_by_browser([first | other, second], FILES, KEPT_IN) == (OF_DATA[1],)


def test_a_view_is_kept_once_and_no_more_than_so_many() -> None:
    many = [replace(CURVES, data=KEPT_IN, query=f"sex={i // 2}").written for i in range(200)]
    found = kept_by_browser(many, FILES, KEPT_IN)
    assert [one.query for one in found] == [f"sex={i}" for i in range(MOST)]


def test_a_title_of_the_browser_is_a_text_and_no_markup() -> None:
    (found,) = kept_by_browser([OF_DATA[0].written | {"title": bold("A")}], FILES, KEPT_IN)
    assert found.title == "�A�"
