"""Words of the Evidence page."""

from __future__ import annotations

from typing import Any

import pytest

from components.evidence import words
from components.evidence.agreement_words import tiny
from components.evidence.answers import REPLIES
from components.evidence.fidelity import Fidelity, Row, reasons, remarks
from data.paper.published import PublishedNumber, published_numbers

PUBLISHED = {number.id: number for number in published_numbers()}


def fidelity_of(*found: tuple[str, float | None, bool]) -> Fidelity:
    rows = tuple(Row(PUBLISHED[id_], value, "baseline", reproduced) for id_, value, reproduced in found)
    return Fidelity(rows, (PUBLISHED["X-002"],))


@pytest.fixture
def small() -> Fidelity:
    return fidelity_of(("A-003", 98.82353, True), ("X-122", 2, True), ("T4-092", None, True), ("T3-031", 71.25, False))


@pytest.mark.parametrize("number", PUBLISHED.values(), ids=lambda number: number.id)
def test_every_published_number_is_described(number: PublishedNumber) -> None:
    assert words.what(number)
    assert words.among(number)
    if number.answerable:
        assert words.statistic(number)
    else:
        assert number.reason in words.hover_unanswerable(number)


def test_every_analysis_has_a_name() -> None:
    asked = {"baseline", "course", "survival", "prognosis", "institutions"}
    others = {"flow", "filter", "patients_seen", "deaths", "discontinuation", "reactions", "shares"}
    assert set(words.ORIGINS) == asked | others
    assert len(REPLIES) >= len(others)


@pytest.mark.parametrize(
    ("id_", "what", "statistic", "among"),
    [
        ("A-003", "Oral corticosteroids: Yes", "% of patients", "safety population"),
        ("T3-031", "%DLCO, Day 0", "mean, %", "clinical outcome population"),
        ("T3-030", "%DLCO, Month 24", "patients", "clinical outcome population"),
        ("X-122", "Cause of death: Lung cancer", "patients", "safety population; Subtype: Classic DM"),
    ],
)
def test_a_number_in_words(id_: str, what: str, statistic: str, among: str) -> None:
    number = PUBLISHED[id_]
    assert (words.what(number), words.statistic(number), words.among(number)) == (what, statistic, among)


def test_rows_of_the_table(small: Fidelity) -> None:
    table = words.numbers_table(small, words.Chosen())
    assert table.columns == words.COLUMNS
    assert table.caption == "4 of 4 numbers"
    by_column: list[dict[str, Any]] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [row["Recomputed"] for row in by_column] == ["98.8", "2", "NA", "71.3"]
    assert [row["Before rounding"] for row in by_column] == ["98.8235", "", "", "71.2500"]
    assert [row["Agrees"] for row in by_column] == ["✓", "✓", "✓", "✗"]
    assert [row["Where"] for row in by_column] == ["Abstract", "Results: Safety", "Table 4", "Table 3"]


def test_rows_can_be_narrowed(small: Fidelity) -> None:
    def ids(**chosen: Any) -> list[str]:
        return [row[-1] for row in words.numbers_table(small, words.Chosen(**chosen)).rows]

    table_4 = next(place for place in small.places if place.name == "Table 4")
    assert ids(place=table_4) == ["T4-092"]
    assert ids(mismatches=True) == ["T3-031"]
    assert ids(search="dlco day 0") == ["T3-031"]
    assert ids(search="lung CANCER") == ["X-122"]
    assert ids(search="shoe size") == []


def test_what_is_missed_is_said_first(small: Fidelity) -> None:
    assert words.title(small) == "3 of 4 published numbers reproduced"
    assert words.missed_notices(small) == (
        "1 published number is not reproduced by this cohort; the table below can be narrowed to it.",
    )
    assert words.missed_notices(fidelity_of(("A-003", 98.82353, True))) == ()


def test_sayings_name_each_place_and_number_once() -> None:
    said = {saying.text: saying.where for saying in words.sayings(remarks(PUBLISHED.values()))}
    assert len(said) == len(words.sayings(remarks(PUBLISHED.values())))
    mda5 = "Anti-MDA5 negative survival is 100.0 % at 2 years, and yet the ratio is finite"
    (where,) = (where for text, where in said.items() if text.startswith(mda5))
    assert where == (
        "Abstract, Results: Prognostic factors and Table 4. Anti-MDA5 antibody: Positive (8.16, 1.03 and 64.47)."
    )
    plan = next(saying for saying in words.sayings(reasons(PUBLISHED.values())) if saying.text.startswith("A plan"))
    assert plan.where == "Methods. Years of follow-up planned (3)."


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (0, "none"),
        (4.86e-12, "5 × 10⁻¹²"),
        (9.7e-13, "1 × 10⁻¹²"),
        (0.02, "2 × 10⁻²"),
        (float("inf"), "only one has a number"),
    ],
)
def test_a_tiny_difference(difference: float, text: str) -> None:
    assert tiny(difference) == text
