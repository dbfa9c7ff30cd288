"""Who stands in a result, who does not and why, and until when follow-up counts."""

from __future__ import annotations

import numpy as np
import pytest

from components.core.analysis_set import (
    AnalysisSet,
    Exclusion,
    FollowUp,
    LeftOut,
    Why,
    analysis_set,
    at_start,
    measured_to,
    together,
)
from components.core.analysis_set_words import analysed_sentence, events_until, who
from components.core.footer_words import events_line
from data.cohort import Cohort
from data.filters import Filter

UNKNOWN, UNMEASURED = Exclusion(Why.LEVEL_UNKNOWN, "Sex", "Not recorded"), Exclusion(Why.NOT_MEASURED, "KL-6")


def patients(cohort: Cohort, *names: str) -> np.ndarray:
    return cohort.patients["patient"].isin(names).to_numpy()


def test_whom_several_reasons_concern_is_left_out_by_the_first(cohort: Cohort) -> None:
    """P1 to P7; P3 and P5 died."""
    left = ((patients(cohort, "P1", "P3"), UNKNOWN), (patients(cohort, "P3", "P2"), UNMEASURED))
    found = analysis_set(cohort, left)
    assert (found.of, found.n, found.deaths) == (7, 4, 1)
    assert found.members.tolist() == [False, False, False, True, True, True, True]
    assert found.left_out == (LeftOut(2, UNKNOWN), LeftOut(1, UNMEASURED))
    assert analysis_set(cohort, ((patients(cohort), UNKNOWN),)).left_out == ()


@pytest.mark.parametrize(
    ("until", "end"),
    [
        (None, FollowUp(0, 800)),
        (800, FollowUp(0, 800)),
        (799, FollowUp(0, 799, whole=False)),
        (365, FollowUp(0, 365, whole=False)),
    ],
)
def test_follow_up_is_cut_only_where_somebody_was_followed_longer(
    cohort: Cohort, until: int | None, end: FollowUp
) -> None:
    assert analysis_set(cohort, until=until).follow_up == end


def test_follow_up_is_that_of_those_analysed(cohort: Cohort) -> None:
    """Without P1, who was followed to day 800, P5 was followed longest."""
    found = analysis_set(cohort, ((patients(cohort, "P1"), UNKNOWN),), start=136)
    assert found.follow_up == FollowUp(136, 750)
    assert found.follow_up.length == 614


def test_whoever_is_in_any_of_several_results_is_in_all_together(cohort: Cohort) -> None:
    def without(*names: str) -> AnalysisSet:
        return analysis_set(cohort, ((patients(cohort, *names), UNMEASURED),))

    found = together((without("P1", "P2", "P3"), without("P1", "P4")))
    assert (found.n, found.left_out) == (6, (LeftOut(1, Exclusion(Why.NOT_MEASURED)),))
    assert found.follow_up == FollowUp(0, 750)
    with pytest.raises(ValueError, match="nothing to put together"):
        together(())


def test_where_measurements_are_shown_the_follow_up_is_theirs_and_events_say_their_own(cohort: Cohort) -> None:
    """P1 was followed to day 800, longer than anybody was measured."""
    found = measured_to(analysis_set(cohort), 731)
    assert analysed_sentence(found).endswith("; measured to month 24.")
    assert events_until(found) == events_until(analysis_set(cohort)) == "to month 26"
    death = cohort.dictionary.leading
    line = events_line(Filter(()), found, death, found.deaths)
    assert line.endswith(f"; {found.deaths} deaths to month 26; measured to month 24.")


def test_a_table_of_the_start_tells_of_no_follow_up(cohort: Cohort) -> None:
    found = at_start(analysis_set(cohort))
    assert analysed_sentence(found) == f"{who(found)}."
    assert "follow-up" not in events_line(Filter(()), found, cohort.dictionary.leading, 2)
