"""Events up to a horizon: whoever is followed longer is censored on it, an event on it counts, nothing else changes."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.analysis_set import Exclusion, FollowUp, Why, analysis_set, together
from components.core.analysis_set_words import because, counted, who
from components.core.estimate import Reason
from components.core.reason_words import LONG
from components.engine.event_table import event_table
from components.engine.logrank import logrank
from components.prognosis.words import no_events
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from components.survival.pairwise import pairs
from components.survival.words import few_events
from components.survival.words import test_sentence as sentence_of_the_test
from data.cohort import Cohort
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoints[0]
SUBTYPE, MDA5 = DICTIONARY.factor["subtype"], DICTIONARY.factor["anti_mda5"]
RSCRIPT = shutil.which("Rscript")

followed = st.lists(
    st.tuples(st.integers(0, 30), st.booleans(), st.integers(-1, 2)), min_size=1, max_size=25
)  # few days, so that many events fall on the horizon itself


@pytest.fixture(scope="module")
def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


@given(patients=followed, day=st.integers(0, 31))
def test_cutting_the_table_is_cutting_each_patient(patients: list[tuple[int, bool, int]], day: int) -> None:
    days, had, codes = (np.array(column) for column in zip(*patients, strict=True))
    cut = event_table(days, had, codes, 3).censored_at(day)
    each = event_table(np.minimum(days, day), had & (days <= day), codes, 3)
    for ours, theirs in ((cut.times, each.times), (cut.events, each.events), (cut.censored, each.censored)):
        np.testing.assert_array_equal(ours, theirs)


def test_by_hand() -> None:
    """Days 3 and 5 are events, 5 and 8 censored, 9 an event: cut on day 5, the event of day 9 is censored there."""
    cut = event_table([3, 5, 5, 8, 9], [1, 1, 0, 0, 1]).censored_at(5)
    assert (cut.times.tolist(), cut.events[:, 0].tolist(), cut.censored[:, 0].tolist()) == ([3, 5], [1, 1], [0, 3])


def test_an_event_after_the_horizon_leaves_every_number(outcome: Cohort) -> None:
    """Of 16 deaths 15 are within two years; the curve up to then and its counts are the same."""
    whole, cut = survival(outcome, DEATH, SUBTYPE), survival(outcome, DEATH, SUBTYPE, until=730)
    assert (whole.events, cut.events) == (16, 15)
    assert counted(whole.analysed.follow_up) == "all follow-up, to month 37"
    assert counted(cut.analysed.follow_up) == "events counted to month 24"
    assert [level.events for level in whole.comparison.levels] == [1, 12, 3]
    assert [level.events for level in cut.comparison.levels] == [1, 11, 3]
    for before, after in zip(whole.curves, cut.curves, strict=True):
        assert [share.value for share in before.at] == [share.value for share in after.at]
        inside = before.censor_days[before.censor_days <= 730]
        assert after.censor_days.tolist() == inside.tolist()
    np.testing.assert_array_equal(whole.risk_table.at_risk, cut.risk_table.at_risk)
    np.testing.assert_array_equal(whole.risk_table.censored, cut.risk_table.censored)
    assert whole.follow_up == cut.follow_up


def test_all_numbers_of_a_view_share_the_horizon(outcome: Cohort) -> None:
    cut = survival(outcome, DEATH, MDA5, until=730)
    second = pairs(outcome, DEATH, MDA5, permutations=10, until=730)
    forest = prognosis(outcome, DEATH, (MDA5,), until=730)
    assert second.overall.p == cut.log_rank.p
    assert second.overall.events == cut.events
    assert [level.ratio for level in forest.comparisons[0].levels if level.n] == [
        level.ratio for level in cut.comparison.levels
    ]
    assert forest.events == 15
    assert who(cut.analysed) == (
        "49 of 169 patients of the clinical outcome population; left out: 120 not tested (anti-MDA5 antibody)"
    )


def test_beyond_the_horizon_nothing_is_estimated(outcome: Cohort) -> None:
    (curve,) = survival(outcome, DEATH, at_days=(365, 1095), until=730).curves
    assert [share.reason for share in curve.at] == [None, Reason.BEYOND_HORIZON]


def test_a_horizon_that_nobody_reaches_changes_nothing(outcome: Cohort) -> None:
    far = survival(outcome, DEATH, SUBTYPE, until=4000)
    assert far.analysed.follow_up.whole
    assert far.log_rank == survival(outcome, DEATH, SUBTYPE).log_rank


def test_after_a_landmark_the_horizon_is_still_counted_from_the_start(outcome: Cohort) -> None:
    factor = DICTIONARY.factor["steroid_tapered"]
    cut = survival(outcome, DEATH, factor, landmark_day=136, until=730)
    assert (cut.analysed.follow_up.start, cut.analysed.follow_up.end) == (136, 730)
    assert max(int(curve.days[-1]) for curve in cut.curves) == 594
    mark = cut.landmark
    assert mark is not None
    assert cut.analysed.n == mark.cohort.n == cut.n
    assert sum(left.n for left in cut.analysed.left_out) == outcome.n - mark.cohort.n
    assert counted(cut.analysed.follow_up) == "events counted to month 20 after the landmark"
    with pytest.raises(ValueError, match="leaves nothing after day 136"):
        survival(outcome, DEATH, factor, landmark_day=136, until=136)


def test_everybody_is_left_out_once_by_the_first_reason(outcome: Cohort) -> None:
    first, second = np.arange(outcome.n) < 3, np.arange(outcome.n) < 5
    found = analysis_set(outcome, ((first, Exclusion(Why.NOT_CHOSEN)), (second, Exclusion(Why.NOT_MEASURED, "KL-6"))))
    assert [left.n for left in found.left_out] == [3, 2]
    assert (found.n, found.of) == (outcome.n - 5, outcome.n)
    other = analysis_set(outcome, ((first, Exclusion(Why.NOT_MEASURED, "SP-D")),))
    assert together((found, other)).n == outcome.n - 3


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed")
def test_the_log_rank_test_to_two_years_is_that_of_r(outcome: Cohort) -> None:
    days, had = outcome.time_to(DEATH)
    codes = outcome.codes(SUBTYPE)
    code = (
        f"d <- c({','.join(map(str, days))}); e <- c({','.join(str(int(x)) for x in had)});"
        f"g <- c({','.join(map(str, codes))}); library(survival);"
        "cat(sprintf('%.12f', survdiff(Surv(pmin(d, 730), e == 1 & d <= 730) ~ g)$chisq))"
    )
    done = subprocess.run([str(RSCRIPT), "--vanilla", "-e", code], capture_output=True, text=True, check=True)
    ours = logrank(event_table(days, had, codes, 3).censored_at(730)).chisq
    assert ours == pytest.approx(float(done.stdout), rel=1e-10)


def test_nobody_is_said_to_be_without_an_event_that_only_came_later(outcome: Cohort) -> None:
    """Of 18 patients with dermatomyositis and no anti-MDA5 antibody one dies, in month 29."""
    chosen = filter_from_query({"subtype": ["CADM", "Classic DM"], "anti_mda5": ["Negative"]}, DICTIONARY).filter
    some = chosen.of(outcome)
    assert survival(some, DEATH, SUBTYPE).events == 1
    cut = survival(some, DEATH, SUBTYPE, until=730)
    assert cut.events == 0
    assert few_events(cut) == (
        "None of these 18 patients had the event (death) by month 24: the curve stays at 100% until then."
    )
    assert sentence_of_the_test(cut) == ("Not estimable, because there was no event among these patients by month 24.")
    forest = prognosis(some, DEATH, (SUBTYPE,), until=730)
    assert no_events(forest).startswith("None of these 18 patients had the event (death) by month 24, so")
    one = survival(some.where(np.arange(some.n) == 0), DEATH, until=730)
    assert few_events(one).startswith("This patient did not have the event (death) by month 24: ")


@pytest.mark.parametrize("reason", list(Reason))
def test_only_reasons_that_deny_an_event_name_the_horizon(reason: Reason) -> None:
    assert because(reason, FollowUp(0, 900)) == LONG[reason]
    denies = "there was no event" in LONG[reason]
    assert because(reason, FollowUp(0, 730, whole=False)).endswith(" by month 24.") == denies
    assert because(reason, FollowUp(365, 730, whole=False)).endswith(" by month 12 after the landmark.") == denies
