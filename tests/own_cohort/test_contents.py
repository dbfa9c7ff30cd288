"""What a cohort holds, counted off the nine patients of tests/written.py."""

from __future__ import annotations

import pytest

from components.own_cohort.contents import contents
from data.cohort import Cohort
from data.entries import Factor, Measure, Number


def test_patients_and_events(enrolled: Cohort) -> None:
    held = contents(enrolled)
    assert held.n == 9
    assert [(entry.key, n) for entry, n in held.populations] == [
        ("enrolled", 9), ("forms", 8), ("safety", 7), ("outcome", 6),
    ]  # fmt: skip
    assert [(entry.key, n) for entry, n in held.events] == [
        ("overall_survival", 2), ("progression_free", 4), ("tacrolimus_persistence", 3),
    ]  # fmt: skip
    assert held.follow_up.value == 740
    assert (held.reactions, held.reacting) == (8, 5)


def test_drugs_by_the_patients_with_a_record_of_them(enrolled: Cohort) -> None:
    assert tuple((drug.id, n) for drug, n in contents(enrolled).drugs) == (("tacrolimus", 4), ("cyclophosphamide", 1))


@pytest.mark.parametrize(
    ("key", "patients", "values"),
    [("subtype", 8, 8), ("anti_mda5", 5, 5), ("age", 7, 7), ("weight", 6, 6), ("kl6", 7, 15), ("trough", 3, 7)],
)
def test_what_is_recorded_of_how_many(enrolled: Cohort, key: str, patients: int, values: int) -> None:
    (found,) = [one for one in contents(enrolled).recorded if one.entry.key == key]
    assert (found.patients, found.values) == (patients, values)


def test_found_and_not_found(enrolled: Cohort) -> None:
    held = contents(enrolled)
    assert [one.entry.key for one in held.of(Factor)] == ["subtype", "anti_mda5", "anti_ars", "sex"]
    assert [one.entry.key for one in held.of(Number)] == ["age", "weight"]
    assert [one.entry.key for one in held.of(Measure)] == ["trough", "prednisolone", "kl6"]
    assert "fvc" in [one.entry.key for one in held.of(Measure, found=False)]
    assert "kl6_group" not in [one.entry.key for one in held.recorded]


def test_nobody(empty: Cohort) -> None:
    held = contents(empty)
    assert (held.n, held.drugs, held.of(Factor, Number, Measure)) == (0, (), ())
    assert held.follow_up.value is None
