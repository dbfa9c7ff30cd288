"""How many members keep each trait: by hand, and as the record and the document say it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from components.reconstruct.believable import TRAITS, Finding, traits_of
from components.reconstruct.trait_table import FILE, TraitRow, row_of
from data.cohort import Cohort
from data.ensemble import FOLDER, recorded_members

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reconstruction.md"
ODD = TRAITS[1]


def recorded_traits() -> tuple[TraitRow, ...]:
    """The table as it was written."""
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as lines:
        return tuple(
            TraitRow(
                row["trait"],
                int(row["held"]),
                int(row["members"]),
                *(float(row[name]) for name in ("least", "median", "most")),
            )
            for row in csv.DictReader(lines)
        )


def test_members_in_the_range_are_counted_and_those_without_a_value_are_no_fault() -> None:
    row = row_of(ODD, [Finding(ODD, value) for value in (0.05, 0.25, 0.1, float("nan"))])
    assert (row.held, row.members) == (3, 4)
    assert (row.least, row.median, row.most) == (0.05, 0.1, 0.25)
    assert row.printed == (
        "| 32.5 and 37.5 mg of prednisolone are seldom given | at most 0.1 | 0.05 to 0.25, median 0.1 | 3 of 4 |"
    )


def test_the_table_agrees_with_the_record_of_the_members() -> None:
    members = recorded_members()
    rows = recorded_traits()
    assert [row.trait for row in rows] == [trait.name for trait in TRAITS]
    for row in rows:
        assert (row.held, row.members) == (sum(row.trait not in one.unbelievable for one in members), len(members))


@pytest.mark.parametrize("row", recorded_traits(), ids=lambda row: row.trait)
def test_the_document_has_every_row(row: TraitRow) -> None:
    assert row.printed in DOCUMENT.read_text(encoding="utf-8")


def test_the_first_member_is_as_recorded(committed: Cohort) -> None:
    wrong = tuple(found.trait.name for found in traits_of(committed) if not found.believable)
    assert wrong == recorded_members()[0].unbelievable
