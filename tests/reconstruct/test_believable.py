"""Each trait by hand on the tiny cohort, and those of the committed cohort in their ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import pandas as pd
import pytest

from components.reconstruct import believable
from components.reconstruct.believable import TRAITS, Finding, traits_of
from data.cohort import Cohort, Tables

CohortOf = Callable[[Tables], Cohort]
OUTSIDE = ("late deaths", "SP-D spacing", "highest diffusion", "healthy gases", "pneumonia first")
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


def test_progression_free_survival_of_cadm_beside_the_lowest_other(tiny: Tables, cohort_of: CohortOf) -> None:
    assert isnan(believable.cadm_over_lowest(cohort_of(tiny)))
    people = tiny.patients.assign(population="Outcome", last_day=[100.0, 800.0, 800.0])
    for subtypes, expected in ((("CADM", "PM", "Classic DM"), -100.0), (("PM", "CADM", "Classic DM"), 100.0)):
        cohort = cohort_of(replace(tiny, patients=people.assign(subtype=pd.Series(subtypes))))
        assert believable.cadm_over_lowest(cohort) == pytest.approx(expected)


def test_the_lungs_of_the_healthy(tiny: Tables, cohort_of: CohortOf) -> None:
    """One of five differences of oxygen is below 5 mmHg; %FVC is measured three times, once on a day of blood."""
    more = pd.DataFrame([("P2", 5, "aado2", 4.9), ("P2", 5, "dlco", 150.0)], columns=tiny.measurements.columns)
    cohort = cohort_of(replace(tiny, measurements=pd.concat([tiny.measurements, more])))
    assert believable.healthy_gases(cohort) == pytest.approx(1 / 5)
    assert believable.highest_diffusion(cohort) == 150.0
    assert believable.lungs_on_other_days(cohort) == pytest.approx(2 / 3)


def test_interstitial_pneumonia_known_long_before_the_myositis(tiny: Tables, cohort_of: CohortOf) -> None:
    people = tiny.patients.assign(ip_duration=[192.0, 191.0, float("nan")], disease_duration=[100.0, 100.0, 5.0])
    assert believable.pneumonia_long_before(cohort_of(replace(tiny, patients=people))) == 0.5


def test_a_trait_says_its_range() -> None:
    found = Finding(TRAITS[1], 0.25)
    assert not found.believable
    assert str(found) == "odd doses: 0.25, believable from 0 to 0.1"
    assert Finding(TRAITS[1], float("nan")).believable
