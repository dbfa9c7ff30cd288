"""Survival of the nine written-out patients: every expected number follows from their days."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from scipy.stats import norm

from components.core.estimate import Reason
from components.core.method import Method
from components.core.numbers import with_interval
from components.core.reason_words import LONG
from components.engine.event_table import event_table
from components.engine.kaplan_meier import SurvivalInterval, kaplan_meier, median
from components.engine.proportions import proportion
from components.survival.analysis import Curve, Survival, median_follow_up, median_of, survival
from components.survival.procedures import RESTRICTED_MEAN_DIFFERENCE, RESTRICTED_MEAN_TEST
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.known import known
from tests.written import of_patients

DEATH, PROGRESSION = (DICTIONARY.endpoint[key] for key in ("overall_survival", "progression_free"))
SUBTYPE = DICTIONARY.factor["subtype"]


@pytest.fixture(scope="module")
def outcome(enrolled: Cohort) -> Cohort:
    """P1 to P6: deaths on days 50 (CADM) and 750 (CADM), censored on 100, 400, 740 and 800."""
    return enrolled.of_population("outcome")


def curve(result: Survival, label: str) -> Curve:
    return next(one for one in result.curves if one.label == label)


def test_all_patients_together(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, None, (49, 50, 730, 801))
    (everyone,) = result.curves
    assert (result.n, result.events, everyone.n, everyone.events) == (6, 2, 6, 2)
    assert everyone.days.tolist() == [0, 50, 100, 400, 740, 750, 800]
    assert everyone.survival == pytest.approx([1, 5 / 6, 5 / 6, 5 / 6, 5 / 6, 5 / 12, 5 / 12])
    assert [share.value for share in everyone.at] == pytest.approx([1, 5 / 6, 5 / 6, None])
    assert everyone.at[3].reason is Reason.BEYOND_FOLLOW_UP
    assert everyone.median.value == 750
    assert everyone.restricted_mean.value == pytest.approx(50 + 680 * 5 / 6)
    assert everyone.censor_days.tolist() == [100, 400, 740, 800]
    assert result.log_rank.p is None
    assert result.log_rank.reason is Reason.ONE_LEVEL
    assert result.sensitivity is None


def test_groups_keep_their_own_days_and_reasons(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE)
    assert result.groups.labels == ("PM", "CADM", "Classic DM")
    assert [(one.n, one.events) for one in result.curves] == [(2, 0), (3, 2), (1, 0)]
    assert curve(result, "CADM").survival.tolist() == pytest.approx([1, 2 / 3, 2 / 3, 0])
    assert curve(result, "PM").median.reason is Reason.NOT_REACHED
    assert curve(result, "Classic DM").at[1].reason is Reason.BEYOND_FOLLOW_UP
    assert curve(result, "Classic DM").restricted_mean.reason is Reason.BEYOND_FOLLOW_UP
    assert curve(result, "PM").restricted_mean.value == 730
    mean = curve(result, "PM").restricted_mean
    assert (mean.lower, mean.upper) == pytest.approx((100 * 0.025**0.5 + 630 * 0.025, 730))
    assert mean.limits == "beta product"


def test_log_rank_by_hand(outcome: Cohort) -> None:
    """Sex: at day 50 one of 4 women and none of 2 men dies, at day 750 one of 1 woman and none of 1 man."""
    result = survival(outcome, DEATH, DICTIONARY.factor["sex"])
    expected = 4 / 6 + 1 / 2
    variance = (4 / 6) * (2 / 6) + (1 / 2) * (1 / 2)
    assert result.log_rank.statistic == pytest.approx((2 - expected) ** 2 / variance)
    assert result.log_rank.df == 1


def test_limits_where_events_are_few(outcome: Cohort) -> None:
    """By default the beta product, whose name goes with the number; for the published numbers log-log everywhere."""
    days = (49, 100, 101, 730)
    (shown,) = survival(outcome, DEATH, None, days, method=Method()).curves
    (paper,) = survival(outcome, DEATH, None, days).curves
    assert [share.limits for share in shown.at] == ["beta product"] * 4
    assert [share.limits for share in paper.at] == [""] * 4
    assert (paper.at[0].lower, paper.at[0].upper) == (None, None)
    assert (shown.at[0].lower, shown.at[0].upper) == pytest.approx((0.025 ** (1 / 6), 1))
    exact = proportion(5, 6, "Clopper-Pearson")  # nobody is censored before day 100
    assert (shown.at[1].lower, shown.at[1].upper) == pytest.approx((exact.lower, exact.upper))
    # Who was censored on day 100 is not known to live on day 101.
    assert known(shown.at[2].lower) < known(shown.at[1].lower)
    assert shown.lower_between.tolist()[:3] == [shown.lower[0], shown.lower[1], shown.at[2].lower]
    assert shown.lower_between[-1] == shown.lower[-1]
    assert shown.median.limits == "beta product"


@pytest.mark.parametrize(("interval", "lower"), [("log-log", 100), ("log", 140), ("plain", 120), ("by events", 100)])
def test_a_median_that_is_not_reached_keeps_its_lower_limit(interval: SurvivalInterval, lower: int) -> None:
    """Nine of twenty die by day 180, the others are followed to day 900; the limits are R's."""
    table = event_table([*range(20, 200, 20), *[900] * 11], [True] * 9 + [False] * 11)
    km = kaplan_meier(table, interval)
    found = median_of(median(km), km, 0)
    assert (found.value, found.lower, found.upper, found.reason) == (None, lower, None, Reason.NOT_REACHED)


def test_counts_under_the_curve_in_both_conventions(outcome: Cohort) -> None:
    days = (0, 50, 400, 750)
    counted = survival(outcome, DEATH, None, risk_days=days).risk_table
    after = survival(outcome, DEATH, None, risk_days=days, method=Method(at_risk="KMunicate")).risk_table
    assert counted.at_risk[:, 0].tolist() == [6, 6, 4, 2]
    assert after.at_risk[:, 0].tolist() == [6, 5, 3, 1]
    assert counted.events[:, 0].tolist() == after.events[:, 0].tolist() == [0, 1, 1, 2]
    assert counted.censored[:, 0].tolist() == [0, 0, 2, 3]
    assert (after.at_risk + after.events + after.censored == 6).all()


def test_progression_counts_the_earlier_of_progression_and_death(outcome: Cohort) -> None:
    (everyone,) = survival(outcome, PROGRESSION, None).curves
    assert everyone.events == 4
    assert everyone.days.tolist() == [0, 20, 40, 180, 740, 750, 800]


def test_unknown_levels_are_counted_not_shown(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, DICTIONARY.factor["anti_mda5"])
    assert result.groups.unknown == 2
    assert result.n == 4


def test_order_of_patients_does_not_matter(outcome: Cohort, reversed_cohort: Cohort) -> None:
    first = survival(outcome, PROGRESSION, SUBTYPE)
    second = survival(reversed_cohort.of_population("outcome"), PROGRESSION, SUBTYPE)
    for one, other in zip(first.curves, second.curves, strict=True):
        assert one.survival.tolist() == other.survival.tolist()
        assert one.restricted_mean == other.restricted_mean
    assert first.log_rank == second.log_rank


def test_nobody_left_is_a_result(outcome: Cohort) -> None:
    nobody = outcome.where(np.zeros(outcome.n, dtype=bool))
    for factor in (None, SUBTYPE):
        result = survival(nobody, DEATH, factor)
        assert (result.n, result.events, result.curves) == (0, 0, ())
        assert result.log_rank.reason is Reason.NO_PATIENTS
        assert result.follow_up.reason is Reason.NO_PATIENTS


def test_one_patient_is_a_result(outcome: Cohort) -> None:
    alone = outcome.where((outcome.patients["patient"] == "P4").to_numpy())
    (curve_,) = survival(alone, DEATH, SUBTYPE).curves
    assert (curve_.label, curve_.n, curve_.events) == ("CADM", 1, 0)
    assert curve_.at[1].value == 1


def leaving(days: Iterable[int], died: Iterable[int] = ()) -> Cohort:
    """One patient a day of ``days``: dead on it if it is one of ``died``, else last seen on it."""
    last = list(days)
    death = [day if day in set(died) else None for day in last]
    return of_patients({"patient": [f"L{day}" for day in last], "last_day": last, "death_day": death})


@pytest.mark.parametrize(("n", "first"), [(5, 2), (20, 12), (200, 182)])
def test_few_at_risk_are_fewer_than_ten_or_a_tenth_of_a_larger_group(n: int, first: int) -> None:
    """One patient leaves a day: of 20 there are 10 at risk on day 11 and 9 on day 12; of 200 19 on day 182."""
    (everyone,) = survival(leaving(range(1, n + 1)), DEATH).curves
    assert everyone.few_from == first


def test_a_curve_that_ends_on_one_half_came_down_to_it() -> None:
    """S is 1/2 from day 10 to the end of follow-up: the median lies somewhere beyond, but S is not above one half."""
    (half,) = survival(leaving((10, 20), died=(10,)), DEATH).curves
    (above,) = survival(leaving((10, 20, 30), died=(10,)), DEATH).curves
    assert (half.median.value, half.median.reason) == (None, Reason.ENDS_ON_HALF)
    assert (above.median.value, above.median.reason) == (None, Reason.NOT_REACHED)


def nine_on(day: int, *, died: bool) -> Cohort:
    """Nine patients of both sexes whose follow-up ends on one day, with or without their death."""
    return of_patients(
        {
            "patient": [f"N{i}" for i in range(9)],
            "sex": ["Male", "Female", "Male"] * 3,
            "last_day": [day] * 9,
            "death_day": [day if died else None] * 9,
        }
    )


@pytest.mark.parametrize("last", [0, 30])
def test_where_the_last_patients_die_the_median_follow_up_is_not_reached_and_does_not_deny_their_deaths(
    last: int,
) -> None:
    """Everybody died on one day: "fewer than half had the event" would be untrue of the nine who had it."""
    found = median_follow_up(nine_on(last, died=True))
    assert (found.value, found.reason) == (None, Reason.NOT_REACHED_ALIVE)
    assert "died" in LONG[Reason.NOT_REACHED_ALIVE]
    assert with_interval(found, 1).startswith("NR")
    alive = median_follow_up(nine_on(last, died=False))
    assert (alive.value, alive.reason) == (float(last), None)


def test_a_difference_without_a_test_is_described_without_it() -> None:
    """Nobody died: the restricted means and their difference have limits, and no test."""
    found = survival(nine_on(900, died=False), DEATH, DICTIONARY.factor["sex"])
    assert [one.days.value for one in found.differences] == [0.0]
    assert RESTRICTED_MEAN_DIFFERENCE in found.procedures
    assert RESTRICTED_MEAN_TEST not in found.procedures


def test_the_difference_is_the_group_minus_its_reference(outcome: Cohort) -> None:
    """CADM lives 50 + 680 * 2/3 of the 730 days that PM lives; PM has no event, but limits and a test."""
    found = {one.label: one for one in survival(outcome, DEATH, SUBTYPE).differences}
    assert found["CADM"].reference.id == "pm"
    assert found["CADM"].days.value == pytest.approx(50 + 680 * 2 / 3 - 730)
    own = {one.label: one.restricted_mean for one in survival(outcome, DEATH, SUBTYPE).curves}
    cadm, pm = own["CADM"], own["PM"]
    below = np.hypot(known(cadm.value) - known(cadm.lower), known(pm.upper) - known(pm.value))
    assert found["CADM"].days.lower == pytest.approx(found["CADM"].days.value - below)
    assert found["CADM"].days.limits == "beta product"
    # Day 50: one of the five of both groups dies, and 680 days at 4/5 are left.
    std_err = 680 * 4 / 5 * np.sqrt(1 / 4 * (1 / 2 + 1 / 3))
    assert found["CADM"].p == pytest.approx(2 * norm.sf(-known(found["CADM"].days.value) / std_err))


def test_the_last_day_is_that_of_the_group_followed_longest(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE)
    assert [one.last_day for one in result.curves] == [800, 750, 400]
    assert result.last_day == 800


def test_before_the_first_event_the_limits_are_those_of_nobody_of_six() -> None:
    """The lower limit of 6 of 6 is 0.025^(1/6), as Clopper and Pearson's; once all have died the upper is its rest."""
    (curve_,) = survival(leaving(range(10, 16), died=range(10, 16)), DEATH, method=Method()).curves
    lowest = 0.025 ** (1 / 6)
    assert (curve_.lower[0], curve_.upper[0]) == pytest.approx((lowest, 1))
    assert (curve_.lower[-1], curve_.upper[-1]) == pytest.approx((0, 1 - lowest))


def test_follow_up_is_reverse_kaplan_meier(outcome: Cohort) -> None:
    """Ends of follow-up at 100 (of 5), 400 (of 4), 740 (of 3), 800 (of 1): half have left at day 740."""
    assert median_follow_up(outcome).value == 740


def test_post_baseline_factor_needs_a_landmark(outcome: Cohort) -> None:
    with pytest.raises(ValueError, match="choose a landmark day"):
        survival(outcome, DEATH, DICTIONARY.factor["steroid_tapered"])
