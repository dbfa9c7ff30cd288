"""The room on the stage: a table on as many pages as it needs, no row lost and none too many."""

from __future__ import annotations

from random import Random

import pytest

from components.core.table import Table
from components.ui.stage_room import Room, pages, table_height, type_size


@pytest.mark.parametrize("seed", range(12))
def test_every_row_stands_on_one_page_and_no_page_is_too_high(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    columns = tuple(f"Group number {c}" for c in range(chance.randint(2, 9)))
    rows = tuple(
        (" ".join(["characteristic"] * chance.randint(1, 6)), *("12 (34.5)" for _ in columns[1:]))
        for _ in range(chance.randint(1, 90))
    )
    strong = frozenset(i for i in range(len(rows)) if i % 7 == 0)
    table = Table(columns, rows, "A caption", strong, frozenset(range(len(rows))) - strong)
    found = pages(table, 922, 560)
    assert tuple(row for page in found for row in page.rows) == rows
    assert [page.caption for page in found] == ["A caption", *[""] * (len(found) - 1)]
    for page in found:
        assert table_height(page, 922) <= 560 + 1e-6
        assert len(page.strong) + len(page.inner) == len(page.rows)
        assert page is found[-1] or len(page.rows) - 1 not in page.strong  # a heading stands over its block


def test_type_becomes_smaller_only_where_the_columns_have_no_room() -> None:
    few = Table(("Group", "Patients"), (("PM", "46"),))
    many = Table(tuple(f"Group{c}" for c in range(20)), (("PM", *["59.9 ± 10.8"] * 19),))
    assert type_size(few, 922) == 18
    assert type_size(many, 922) < 18


def test_lines_over_what_is_shown_take_its_room() -> None:
    foot = ("Reconstructed", "Esc leave")
    one = Room(1024, 768, "Title", ("A line.",), foot)
    longer = Room(1024, 768, "Title", ("A line that has no end. " * 20,), foot)
    assert one.free - longer.free == pytest.approx(24.3 * round((one.free - longer.free) / 24.3), abs=1e-6)
    assert one.free > longer.free + 48
