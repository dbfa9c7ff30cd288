"""What the controls offer: from the lowest to the highest value, and only what somebody has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.links import page_controls
from components.links.control_types import NumericRange
from components.safety.reactions import reactions
from data.cohort import Cohort
from data.entries import Factor, Measure
from data.variables import DICTIONARY
from pages.explore import biomarker, laboratory, safety, survival, treatment
from tests.written import of_patients

AGE, MDA5 = DICTIONARY.number["age"], DICTIONARY.factor["anti_mda5"]


@pytest.mark.parametrize(
    ("ages", "ends"),
    [((40.2, 61.5, None), (40.0, 62.0)), ((40, 41), (40.0, 41.0)), ((50, 50, None), None), ((None, None), None)],
)
def test_a_range_reaches_over_every_value_in_whole_numbers(
    ages: tuple[float | None, ...], ends: tuple[float, float] | None
) -> None:
    """Between two ends that are one there is nothing to choose."""
    made = of_patients({"patient": [f"P{i}" for i in range(len(ages))], "age": list(ages), "last_day": 1})
    assert page_controls.span(made, AGE) == (NumericRange("age", *ends, ends) if ends else None)


def test_levels_that_somebody_has_and_last_having_none(cohort: Cohort) -> None:
    def options(*levels: str | None) -> tuple[str, ...] | None:
        made = of_patients({"patient": [f"P{i}" for i in range(len(levels))], "anti_mda5": list(levels), "last_day": 1})
        found = page_controls.levels(made, MDA5)
        return found.ids if found else None

    assert options("Negative", None, "Positive") == ("positive", "negative", "missing")
    assert options("Negative") == ("negative",)
    assert options(None) == ("missing",)
    assert page_controls.levels(cohort.where((cohort.patients["patient"] == "").to_numpy()), MDA5) is None


def test_factors_known_later_are_offered_only_where_they_may_be_compared() -> None:
    every, early = (
        [
            option.meaning.key
            for option in page_controls.compared(DICTIONARY, known_at_start=known).options
            if isinstance(option.meaning, Factor)
        ]
        for known in (False, True)
    )
    assert every == [factor.key for factor in DICTIONARY.factors]
    assert early == [factor.key for factor in DICTIONARY.factors if not factor.post_baseline]


def test_a_landmark_leaves_half_a_year_of_the_two(cohort: Cohort) -> None:
    control = survival.landmark_days(cohort, DICTIONARY.factor["trough_range"])
    assert (control.low, control.high, control.default) == (136, 548, 136)


def test_the_target_range_is_the_dictionarys(cohort: Cohort) -> None:
    assert treatment.target(DICTIONARY.measure["trough"], cohort).default == (5.0, 10.0)
    assert treatment.target(DICTIONARY.measure["kl6"], cohort).default == (0.0, 500.0)
    unlimited = replace(DICTIONARY.measure["kl6"], normal=(None, None))
    assert treatment.target(unlimited, cohort).default == (0.0, 5000.0)


def test_an_address_names_no_column_and_no_reaction_of_a_file(cohort: Cohort) -> None:
    """Ferritin and Infections are words of ours; what a file has named is not, be it a value, a category or a term."""
    own = Measure("secret_marker", "Secret marker", "U/mL", "laboratory", (0, 10))
    ferritin = DICTIONARY.measure["ferritin"]
    values = laboratory.values((ferritin, own))
    assert values.ids == ("all", "ferritin", "own-1")
    assert (values.meaning("own-1"), values.labels["own-1"]) == (own, "Secret marker")
    assert (biomarker.direction(ferritin).key, biomarker.direction(own).key) == ("rise_ferritin", "rise")
    imported = replace(cohort, provenance=replace(cohort.provenance, kind="imported"))
    reported = reactions(imported)
    category = next(row.category for row in reported.rows if row.category)
    categories = safety.categories(reported, imported)
    assert categories.meaning("infections") == category
    assert categories.read((category,)) == ("infections", ()), "a click may name it; the address then says its id"
    assert categories.read(("own-1",)) == ("infections", ()), "links wrote its number before it had an id"
    theirs = imported.reactions.assign(category=lambda rows: rows["category"].replace(category, "Secret category"))
    unlisted = replace(imported, records=replace(imported.records, reactions=theirs))
    own_categories = safety.categories(reactions(unlisted), unlisted)
    number = len(DICTIONARY.reaction_categories) + 1
    assert own_categories.ids[number] == f"own-{number}"
    assert own_categories.labels[f"own-{number}"] == own_categories.meaning(f"own-{number}") == "Secret category"
    apart = [safety.terms(reported, row.category, imported) for row in reported.rows if row.category]
    numbers = {(option.meaning, option.id) for one in apart if one for option in one.options[1:]}
    assert len(apart) > 1
    assert all(id_.startswith("own-") for _, id_ in numbers)
    assert len({name for name, _ in numbers}) == len(numbers) == len({id_ for _, id_ in numbers})
    ours = replace(cohort, provenance=replace(cohort.provenance, kind="reconstructed"))
    assert safety.categories(reported, ours).ids[1] == category.lower().replace(" ", "_")
