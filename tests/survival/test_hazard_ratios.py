"""Hazard ratios: reasons where there is none, another library's number where there is one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from components.core.estimate import Reason
from components.survival.analysis import survival
from components.survival.hazard_ratios import Comparison, prognosis
from data.cohort import Cohort
from data.entries import Endpoint
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.written import of_patients

DEATH, PROGRESSION = (DICTIONARY.endpoint[key] for key in ("overall_survival", "progression_free"))
FACTORS = tuple(factor for factor in DICTIONARY.factors if factor.prognostic)


@pytest.fixture(scope="module")
def outcome(enrolled: Cohort) -> Cohort:
    return enrolled.of_population("outcome")


def comparison(cohort: Cohort, key: str, endpoint: Endpoint = DEATH) -> Comparison:
    (found,) = prognosis(cohort, endpoint, [DICTIONARY.factor[key]]).comparisons
    return found


def test_a_level_without_events_is_not_estimable(outcome: Cohort) -> None:
    found = comparison(outcome, "anti_ars")
    assert found.against == "Negative"
    assert (found.level("positive").n, found.level("positive").events) == (3, 0)
    assert found.level("positive").ratio.reason is Reason.NO_EVENTS_IN_LEVEL
    assert found.level("negative").reference
    assert found.unknown == 1


def test_a_reference_without_events_is_not_estimable(outcome: Cohort) -> None:
    found = comparison(outcome, "subtype")
    assert found.level("cadm").ratio.reason is Reason.NO_EVENTS_IN_REFERENCE
    assert found.level("classic_dm").ratio.reason is Reason.NO_EVENTS_IN_LEVEL


def test_levels_without_patients_are_kept(outcome: Cohort) -> None:
    found = comparison(outcome, "age_group")
    assert [(level.label, level.n) for level in found.levels][:2] == [("< 15 years", 0), ("15 to < 30 years", 0)]
    assert found.levels[0].ratio.reason is Reason.NO_PATIENTS


def test_separation_in_time_is_not_a_number(outcome: Cohort) -> None:
    """Both groups have an event, but nobody positive is at risk when the negative one happens."""
    found = comparison(outcome, "anti_mda5")
    assert found.level("positive").ratio.reason is Reason.MONOTONE


def test_finite_ratios_agree_with_another_library(outcome: Cohort) -> None:
    found = comparison(outcome, "subtype", PROGRESSION)
    days, had = outcome.time_to(PROGRESSION)
    frame = pd.DataFrame({"days": days, "had": had})
    for level in ("CADM", "Classic DM"):
        frame[level] = (outcome.patients["subtype"] == level).astype(float)
    fit = CoxPHFitter().fit(frame, "days", "had", fit_options={"precision": 1e-10})
    for level in ("CADM", "Classic DM"):
        ratio = found.level(DICTIONARY.factor["subtype"].written(level).id).ratio
        assert ratio.value == pytest.approx(fit.hazard_ratios_[level], rel=1e-5)
        low, high = np.exp(fit.confidence_intervals_.loc[level])
        assert ratio.lower == pytest.approx(low, rel=1e-5)
        assert ratio.upper == pytest.approx(high, rel=1e-5)


def test_one_factor_is_the_same_alone_and_among_all(outcome: Cohort) -> None:
    together = prognosis(outcome, PROGRESSION, FACTORS)
    for factor, found in zip(FACTORS, together.comparisons, strict=True):
        alone = comparison(outcome, factor.key, PROGRESSION)
        for one, other in zip(found.levels, alone.levels, strict=True):
            assert (one.n, one.events, one.ratio.reason) == (other.n, other.events, other.ratio.reason)
            if one.ratio.known:
                assert one.ratio.value == pytest.approx(other.ratio.value, rel=1e-9)


def test_the_survival_page_and_the_forest_plot_agree(outcome: Cohort) -> None:
    shown = survival(outcome, PROGRESSION, DICTIONARY.factor["subtype"]).comparison
    listed = comparison(outcome, "subtype", PROGRESSION)
    assert [level.ratio for level in shown.levels] == [level.ratio for level in listed.levels]


def test_nobody_and_no_events_are_results(outcome: Cohort) -> None:
    nobody = prognosis(outcome.where(np.zeros(outcome.n, dtype=bool)), DEATH, FACTORS)
    assert {level.ratio.reason for found in nobody.comparisons for level in found.levels} == {Reason.NO_PATIENTS}
    alive = prognosis(outcome.where(outcome.patients["death_day"].isna().to_numpy()), DEATH, FACTORS)
    assert alive.events == 0
    assert all(found.p is None for found in alive.comparisons)


def test_all_deaths_on_one_day_compare_nothing() -> None:
    """Whoever died, everybody did: there is no ratio, and no p of 1."""
    made = of_patients({"patient": ["P1", "P2", "P3", "P4"], "sex": ["Male", "Male", "Female", "Female"],
                        "last_day": 10, "death_day": 10})  # fmt: skip
    found = comparison(made, "sex")
    assert [(level.n, level.events) for level in found.levels] == [(2, 2), (2, 2)]
    assert (found.p, found.level("female").ratio.value) == (None, None)


def test_an_empty_reference_gives_way_to_the_first_level_with_patients_and_nobody_has_none(outcome: Cohort) -> None:
    others = comparison(outcome.where((outcome.patients["subtype"] != "PM").to_numpy()), "subtype")
    assert others.against == "CADM"
    assert (others.level("pm").reference, others.level("pm").ratio.reason) == (False, Reason.NO_PATIENTS)
    assert (others.level("cadm").reference, others.level("cadm").ratio.value) == (True, 1.0)
    nobody = comparison(outcome.where(np.zeros(outcome.n, dtype=bool)), "subtype")
    assert (nobody.reference, nobody.against) == (None, "")
    assert not any(level.reference for level in nobody.levels)


def test_factors_stand_as_listed_by_their_ratio_or_by_their_p() -> None:
    outcome = reconstructed_cohort().of_population("outcome")
    found = prognosis(outcome, PROGRESSION, FACTORS)
    assert found.ordered("listed") is found
    by_p = [one.p for one in found.ordered("p").comparisons]
    known = [p for p in by_p if p is not None]
    assert known == sorted(known)
    assert by_p[len(known) :] == [None] * (len(by_p) - len(known))
    ratios = [
        [level.ratio.value for level in one.levels if not level.reference] for one in found.ordered("ratio").comparisons
    ]
    by_ratio = [max((abs(np.log(value)) for value in own if value), default=-1) for own in ratios]
    assert by_ratio == sorted(by_ratio, reverse=True)
    assert sorted(one.key for one in found.ordered("p").comparisons) == sorted(one.key for one in found.comparisons)
