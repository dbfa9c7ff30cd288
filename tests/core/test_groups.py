"""Patients divided by a factor: which group the others are compared with."""

from __future__ import annotations

from components.core.groups import groups
from data.cohort import Cohort
from data.variables import DICTIONARY

MDA5, SUBTYPE = DICTIONARY.factor["anti_mda5"], DICTIONARY.factor["subtype"]


def test_the_reference_is_the_factors_own_wherever_it_stands(cohort: Cohort) -> None:
    found = groups(cohort, MDA5)
    assert (found.labels, found.n, found.unknown) == (("Positive", "Negative"), (3, 2), 2)
    assert found.labels[found.reference] == MDA5.level(MDA5.reference).label == "Negative"


def test_an_empty_reference_gives_way_to_the_first_group(cohort: Cohort) -> None:
    found = groups(cohort.where((cohort.patients["subtype"] != "PM").to_numpy()), SUBTYPE)
    assert (found.labels, found.labels[found.reference], [level.id for level in found.empty]) == (
        ("CADM", "Classic DM"),
        "CADM",
        ["pm"],
    )


def test_everybody_is_one_group_and_nobody_none(cohort: Cohort, empty: Cohort) -> None:
    assert (groups(cohort).labels, groups(cohort).n) == (("All patients",), (7,))
    assert (groups(empty).labels, groups(empty, MDA5).labels, groups(empty, MDA5).reference) == ((), (), 0)
