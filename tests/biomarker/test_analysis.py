from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.biomarker.analysis import (
    Values,
    baseline_values,
    clinical_factor,
    continuous,
    discrimination,
    expected,
    searched_cut,
)
from components.biomarker.words import ranking_hover, ranking_table
from components.core.estimate import Reason
from data.cohort import Cohort
from data.variables import DICTIONARY

KL6, FVC, AGE, DEATH = (
    DICTIONARY.measure["kl6"],
    DICTIONARY.measure["fvc"],
    DICTIONARY.number["age"],
    DICTIONARY.endpoints[0],
)


def made(values: np.ndarray, days: np.ndarray, event: np.ndarray) -> Values:
    return Values(KL6, DEATH, values, days, event, 0)


@pytest.fixture(scope="module")
def perfect() -> Values:
    """The higher the value, the earlier the death; half of 40 patients die, nobody leaves before."""
    values = np.arange(40.0)
    return made(values, np.where(values >= 20, 400 - 10 * values, 900).astype(int), values >= 20)


def test_values_known_at_the_start(cohort: Cohort) -> None:
    """P5 has no KL-6 on day 0; of the others P3 dies."""
    data = baseline_values(cohort, DEATH, KL6)
    assert data.values.tolist() == [1000, 500, 2000, 800, 1500, 1200]
    assert (data.n, data.events, data.unknown, data.reason) == (6, 1, 1, Reason.TOO_FEW_PATIENTS)


@pytest.mark.parametrize(
    ("n", "events", "reason"),
    [
        (19, 5, Reason.TOO_FEW_PATIENTS),
        (20, 4, Reason.TOO_FEW_EVENTS),
        (20, 5, None),
        (10, 10, Reason.TOO_FEW_PATIENTS),
    ],
)
def test_twenty_patients_and_five_events_are_enough(n: int, events: int, reason: Reason | None) -> None:
    assert made(np.arange(n) * 1.0, np.arange(n) + 1, np.arange(n) < events).reason is reason


def test_risk_is_expected_to_fall_with_what_has_a_lower_limit_only() -> None:
    """A trough has a lower and an upper limit, KL-6 an upper one, %FVC a lower one, age none."""
    entries = (DICTIONARY.measure["trough"], KL6, FVC, AGE)
    assert [expected(entry) for entry in entries] == ["higher", "higher", "lower", "higher"]


def test_a_value_that_ranks_everybody_rightly(perfect: Values) -> None:
    found = discrimination(perfect, resamples=20)
    assert [area.value for area in found.auc] == [1, 1, 1, 1]
    assert found.concordance.value == 1
    assert (found.concordance.lower, found.concordance.upper) == (None, 1)
    for area in found.auc:
        assert area.upper == 1
        assert 0.5 < (area.lower or 0) < 0.9
    backwards = discrimination(perfect, direction="lower", resamples=20)
    assert [area.value for area in backwards.auc] == [0, 0, 0, 0]
    assert (backwards.concordance.lower, backwards.concordance.upper) == (0, None)
    assert {area.lower for area in backwards.auc} == {0}


def test_areas_without_censoring_are_counted_pairs() -> None:
    """25 patients, deaths on days 1 to 12 and nobody lost: the area is the share of pairs in the right order."""
    generator = np.random.default_rng(1)
    values = generator.normal(size=25)
    days = np.append(np.arange(1, 13) * 20, np.full(13, 900))
    found = discrimination(made(values, days, days < 900), days=(183,), resamples=5)
    cases, controls = values[days <= 183], values[days > 183]
    assert found.auc[0].value == pytest.approx(np.mean(cases[:, None] > controls))


def test_the_same_seed_gives_the_same_interval_around_the_value() -> None:
    generator = np.random.default_rng(1)
    data = made(generator.normal(size=60), generator.integers(10, 1000, 60), generator.random(60) < 0.6)
    one, other, another = (discrimination(data, resamples=60, seed=seed) for seed in (1, 1, 2))
    assert one == other
    assert one.concordance != another.concordance
    for area in (*one.auc, one.concordance):
        assert area.value is not None
        assert (area.lower or 0) < area.value < (area.upper or 0)


def test_a_day_nobody_reaches_has_no_area(perfect: Values) -> None:
    found = discrimination(perfect, days=(5, 365, 2000), tau=365, resamples=10)
    assert [area.reason for area in found.auc] == [Reason.NO_EVENT_BY_THEN, None, Reason.NOBODY_EVENT_FREE]


def test_the_searched_cut_stands_between_the_groups(perfect: Values) -> None:
    found = searched_cut(perfect, permutations=199, resamples=40)
    assert (found.below, found.above) == ((20, 0), (20, 20))
    assert found.cut.value == 19
    assert (found.cut.lower or 0) <= 19 <= (found.cut.upper or 0)
    assert found.p_permutation == pytest.approx(1 / 200)
    assert max(statistic for _, statistic in found.curve) == found.statistic


def test_too_little_to_go_on(perfect: Values) -> None:
    one_value = replace(perfect, values=np.ones(40))
    few = replace(perfect, event=np.arange(40) > 36)
    for data, reason in ((one_value, Reason.NO_VARIATION), (few, Reason.TOO_FEW_EVENTS)):
        assert discrimination(data).reason is reason
        assert {area.reason for area in discrimination(data).auc} == {reason}
        assert searched_cut(data).cut.reason is reason
    crowded = replace(perfect, values=np.append(np.ones(38), [2.0, 3.0]))
    assert searched_cut(crowded, 9, 9).reason is Reason.NO_CUT


def test_whatever_happened_there_is_a_value_or_a_reason() -> None:
    """Few different days, so that all sorts of ties occur: also everybody dead on one day, or nobody left before."""
    rng = np.random.default_rng(6)
    reasons = set()
    for _ in range(150):
        n = int(rng.integers(20, 26))
        days = rng.integers(1, int(rng.integers(2, 5)), n) * 250
        data = made(rng.integers(0, 4, n).astype(float), days, rng.random(n) < rng.choice([0.2, 0.5, 1]))
        found = discrimination(data, resamples=3, seed=3)
        cut = searched_cut(data, permutations=9, resamples=3)
        for number in (*found.auc, found.concordance, cut.cut):
            assert (number.value is None) == (number.reason is not None)
            reasons.add(number.reason)
        assert all(0 <= area.value <= 1 for area in (*found.auc, found.concordance) if area.value is not None)
        assert cut.cut.known == (not np.isnan(cut.p_permutation))
    assert {None, Reason.NO_EVENT_BY_THEN, Reason.NOBODY_EVENT_FREE, Reason.NO_PAIR, Reason.TOO_FEW_EVENTS} <= reasons


def test_all_dead_on_one_day_is_nothing_to_compare() -> None:
    data = made(np.arange(30.0), np.full(30, 100), np.ones(30, dtype=bool))
    assert searched_cut(data, 9, 9).reason is Reason.NOTHING_TO_COMPARE
    found = discrimination(data, resamples=3)
    assert found.concordance.reason is Reason.NO_PAIR
    assert {area.reason for area in found.auc} == {Reason.NOBODY_EVENT_FREE}


def test_what_the_dictionary_says() -> None:
    assert {KL6, FVC, AGE} <= set(continuous(DICTIONARY))
    assert DICTIONARY.measure["ct_improved"] not in continuous(DICTIONARY)
    factor = clinical_factor(DICTIONARY, KL6)
    assert factor is not None
    assert factor.key == "kl6_group"
    assert clinical_factor(DICTIONARY, DICTIONARY.measure["trough"]) is None
    assert (expected(KL6), expected(FVC), expected(AGE)) == ("higher", "lower", "higher")


def test_every_area_names_who_had_the_event_and_who_was_free_of_it(perfect: Values) -> None:
    """Deaths on days 10, 20 ... 200: ten by day 100. Who dies on it is a case, who leaves on it was free of it."""
    found = discrimination(perfect, (100, 200, 900), 100, resamples=1)
    assert (found.cases, found.controls, found.events_to_tau) == ((10, 20, 20), (30, 20, 20), 10)
    assert [row[1:3] for row in ranking_table(found).rows] == [("10", "30"), ("20", "20"), ("20", "20"), ("10", "–")]
    assert ranking_hover(found, 0).endswith("10 deaths by then, 30 patients still free of it")
    few = made(perfect.values[:21], perfect.days[:21], perfect.event[:21])
    assert few.reason is Reason.TOO_FEW_EVENTS
    unknown = discrimination(few, (199, 200), 200)
    assert (unknown.cases, unknown.controls, unknown.events_to_tau) == ((0, 1), (21, 20), 1)
