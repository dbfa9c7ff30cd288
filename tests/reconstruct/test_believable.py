"""Each trait by hand on the tiny cohort, and those of the committed cohort in their ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from components.reconstruct import believable
from components.reconstruct.believable import TRAITS, Finding, traits_of
from data.cohort import Cohort, Tables

CohortOf = Callable[[Tables], Cohort]
OUTSIDE = ("late deaths",)
"""Three of nine deaths with anti-MDA5 come after six months in the committed cohort; the range allows two."""


def test_the_committed_cohort_is_believable(committed: Cohort) -> None:
    wrong = [found for found in traits_of(committed) if not found.believable]
    assert [found.trait.name for found in wrong] == list(OUTSIDE), [str(found) for found in wrong]


def test_every_trait_says_where_its_range_comes_from() -> None:
    assert len({trait.name for trait in TRAITS}) == len(TRAITS)
    for trait in TRAITS:
        assert trait.source.endswith(".")
        assert trait.sentence.endswith(".")
        assert trait.least <= trait.most


def test_doses_that_nobody_prescribes_are_counted(tiny: Tables, cohort_of: CohortOf) -> None:
    assert believable.off_ladder(cohort_of(tiny)) == 0.0
    rows = tiny.measurements.copy()
    rows.loc[(rows["variable"] == "prednisolone") & (rows["patient"] == "P1"), "value"] = 42.5
    assert believable.off_ladder(cohort_of(replace(tiny, measurements=rows))) == pytest.approx(2 / 5)
    assert believable.highest_per_kg(cohort_of(replace(tiny, measurements=rows))) == pytest.approx(42.5 / 50)


def test_a_progression_is_answered_by_a_drug_or_a_higher_dose(tiny: Tables, cohort_of: CohortOf) -> None:
    assert believable.unanswered(cohort_of(tiny)) == 1.0
    row = pd.DataFrame([("P1", 70, "methylprednisolone pulse", "pulse", None)], columns=tiny.treatments.columns)
    drug = replace(tiny, treatments=pd.concat([tiny.treatments.astype(object), row.astype(object)]))
    assert believable.unanswered(cohort_of(drug)) == 0.0
    rows = tiny.measurements.copy()
    rows.loc[(rows["variable"] == "prednisolone") & (rows["day"] == 90), "value"] = 40.0
    assert believable.unanswered(cohort_of(replace(tiny, measurements=rows))) == 0.0


def test_deaths_of_the_lungs_follow_a_progression(tiny: Tables, cohort_of: CohortOf) -> None:
    assert believable.lungs_without_progression(cohort_of(tiny)) == 0.0
    people = tiny.patients.assign(progression_day=None)
    assert believable.lungs_without_progression(cohort_of(replace(tiny, patients=people))) == 1.0


def test_reactions_and_weekdays_are_shares(tiny: Tables, cohort_of: CohortOf) -> None:
    cohort = cohort_of(tiny)
    assert believable.early_reactions(cohort) == 0.5
    assert believable.on_own_weekday(cohort) == pytest.approx(1 / 3)


def test_a_trait_says_its_range() -> None:
    found = Finding(TRAITS[1], 0.25)
    assert not found.believable
    assert str(found) == "odd doses: 0.25, believable from 0 to 0.1"
    assert Finding(TRAITS[1], float("nan")).believable
