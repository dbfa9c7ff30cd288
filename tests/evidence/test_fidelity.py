"""The comparison with the paper: what was printed is compared with, and never computed with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.evidence.fidelity import Fidelity, Grouped, Place, fidelity, reasons, remarks, report
from data.cohort import Cohort
from data.paper.published import PublishedNumber, published_numbers

PUBLISHED = published_numbers()


def number(id_: str, printed: str, **columns: str) -> PublishedNumber:
    asked = {"population": "safety", "group": "", "of": "", "variable": "sex", "level": "Female", "statistic": "n"}
    said = {"place": "Table 1", "visit": "", "reason": "", "remark": ""}
    digits = len(printed.partition(".")[2]) if printed[0].isdigit() else None
    return PublishedNumber(**{**asked, **said, **columns}, id=id_, printed=printed, digits=digits)


@pytest.fixture(scope="module")
def small(enrolled: Cohort) -> Fidelity:
    """Four of the seven are women: the first two numbers are right, the third is not, the fourth cannot be asked."""
    return fidelity(
        enrolled,
        (
            number("A-001", "57.1", statistic="percent", place="Abstract", remark="Says 58 elsewhere."),
            number("T1-001", "4", remark="Says 58 elsewhere."),
            number("T1-002", "5", group="subtype=PM"),
            number("T1-003", "March 2020", statistic="unrecorded", reason="No dates.", remark="Says April elsewhere."),
        ),
    )


def test_published_and_recomputed(small: Fidelity) -> None:
    assert [(row.number.id, row.value, row.origin, row.reproduced) for row in small.rows] == [
        ("A-001", 400 / 7, "baseline", True),
        ("T1-001", 4, "baseline", True),
        ("T1-002", 1, "baseline", False),
    ]
    assert (small.reproduced, small.answerable) == (2, 3)
    assert [row.number.id for row in small.missed] == ["T1-002"]


def test_a_percentage_beside_its_count_is_a_question_that_says_little_more(small: Fidelity) -> None:
    assert (len(small.questions), small.beside_counts) == (3, 1)
    twice = Fidelity((*small.rows, replace(small.rows[0], number=replace(small.rows[0].number, id="A-009"))), ())
    assert (twice.answerable, len(twice.questions), twice.beside_counts) == (4, 3, 1)
    alone = Fidelity(small.rows[:1], ())
    assert (len(alone.questions), alone.beside_counts) == (1, 0)


def test_counts_of_each_place(small: Fidelity) -> None:
    assert small.places == (Place("Abstract", 1, 1, 0), Place("Table 1", 1, 2, 1))


def test_what_is_said_of_several_numbers_is_said_once(small: Fidelity) -> None:
    first, second, third = (row.number for row in small.rows)
    (unanswerable,) = small.unanswerable
    numbers = (first, second, third, unanswerable)
    assert remarks(numbers) == (
        Grouped("Says 58 elsewhere.", (first, second)),
        Grouped("Says April elsewhere.", (unanswerable,)),
    )
    assert reasons(numbers) == (Grouped("No dates.", (unanswerable,)),)


def test_the_title_of_a_table_belongs_to_the_table(enrolled: Cohort) -> None:
    titled = number("X-001", "4", place="Table 2, title")
    found = fidelity(enrolled, (titled, number("T2-001", "3", level="Male", place="Table 2")))
    assert found.places == (Place("Table 2", 2, 2, 0),)
    assert found.places[0].holds(titled)


def test_report(small: Fidelity) -> None:
    assert report(small).splitlines() == [
        "T1-002 safety, subtype=PM, sex, Female, n: printed 5, recomputed 1",
        "Abstract: 1/1",
        "Table 1: 1/2",
        "not answerable by any cohort, with a reason: 1",
        "fidelity: 2/3 published numbers reproduced",
    ]


def test_what_was_printed_does_not_change_what_is_computed(enrolled: Cohort) -> None:
    nonsense = [replace(each, printed="31415.9", digits=1) for each in PUBLISHED]
    true, false = fidelity(enrolled, PUBLISHED), fidelity(enrolled, nonsense)
    assert [row.value for row in true.rows] == [row.value for row in false.rows]
    assert true.reproduced
    assert not false.reproduced


def test_every_number_is_recomputed_or_has_a_reason(enrolled: Cohort) -> None:
    found = fidelity(enrolled, PUBLISHED)
    assert len(found.rows) + len(found.unanswerable) == len(PUBLISHED)
    assert all(each.reason for each in found.unanswerable)
    assert sum(place.answerable for place in found.places) == found.answerable
