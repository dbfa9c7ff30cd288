"""Where pages show the published numbers: the record is of these members, and says what a member's pages show now."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app import PAGES
from components.evidence.on_pages import FILE, OnPage, of_these_members, on_pages, written
from components.evidence.words import on_pages_sentence
from components.report.printed_on_pages import Seen, Shown, on_pages_of, row_of
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, recorded_members, tables_of
from data.paper.published import published_numbers

NUMBERS = tuple(number for number in published_numbers() if number.answerable)
ROWS = on_pages()


def test_every_published_number_has_a_row_of_every_member() -> None:
    assert [row.id for row in ROWS] == [number.id for number in NUMBERS]
    assert {row.members for row in ROWS} == {len(recorded_members())}


def test_what_a_page_shows_of_a_published_number_is_that_number_in_every_member() -> None:
    assert [row for row in ROWS if row.page and not row.least == row.most == row.printed] == []
    assert all(row.fixed for row in ROWS)


def test_nearly_every_number_stands_on_a_page_and_has_ranges_there() -> None:
    without = Counter(number.variable for number, row in zip(NUMBERS, ROWS, strict=True) if not row.page)
    assert without == {"patients": 5, "institution": 2, "department": 3, "ct_improved": 6}
    assert {row.page for row in ROWS if row.page and not row.ranged} == {"overview"}


def test_pages_of_a_member_show_now_what_is_recorded() -> None:
    cohort = cohort_from(tables_of(len(recorded_members()) - 1), Provenance("reconstructed", "", ""))
    found = on_pages_of([cohort], NUMBERS)
    assert {row.page for row in found} <= {"", *(page.address for page in PAGES)}
    as_recorded = [replace(row, ranged=False, members=1) for row in ROWS]
    assert list(found) == as_recorded


def test_a_record_of_other_members_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "members.json").write_bytes((FOLDER / "members.json").read_bytes())
    copy = tmp_path / FILE.name
    assert on_pages(copy) == ()
    copy.write_text(written(ROWS, tmp_path), encoding="utf-8")
    assert on_pages(copy) == ROWS
    (tmp_path / "members.json").write_text("{}", encoding="utf-8")
    assert of_these_members(tmp_path) != of_these_members()
    assert on_pages(copy) == ()


@pytest.mark.parametrize(
    ("values", "least", "most"),
    [
        ((90.26, 90.34), "90.3", "90.3"),
        ((90.26, 90.36), "90.3", "90.4"),
        ((None, 90.3), "NA", "90.3"),
        ((None, None), "NA", "NA"),
    ],
)
def test_least_and_most_are_in_the_digits_of_print(values: tuple[float | None, ...], least: str, most: str) -> None:
    number = replace(NUMBERS[0], printed="90.3", digits=1)
    row = row_of(
        number, tuple(Seen(Shown("survival", "by=none", "survival"), ranged=True, value=one) for one in values)
    )
    assert row == OnPage(
        number.id, "survival", "by=none", ranged=True, printed="90.3", least=least, most=most, members=2
    )


def test_the_sentence_counts_the_rows() -> None:
    one = OnPage("A-001", "survival", "", ranged=True, printed="1", least="1", most="1", members=3)
    rows = (one, replace(one, most="2"), replace(one, page="", least="", most=""))
    said = on_pages_sentence(rows)
    assert said.startswith("Of the 3 numbers 2 also stand on other pages.")
    assert "of each of 3 reconstructions, 1 of 2 are the same" in said
    assert "The other 1 stand here alone" in said
    assert on_pages_sentence(()) == ""
