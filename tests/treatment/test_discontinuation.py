from __future__ import annotations

from components.core.columns import Share
from components.core.estimate import Reason
from components.core.groups import ALL
from components.treatment.discontinuation import Stop, discontinuation
from data.cohort import Cohort
from data.entries import STOP_DAY
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]


def test_who_stopped_and_why(cohort: Cohort) -> None:
    result = discontinuation(cohort, SUBTYPE)
    assert result.stopped == (Share(3, 7), Share(1, 2), Share(2, 5), Share(1, 3), Share(1, 2))
    assert result.cell("Adverse event", ALL) == Share(1, 3)
    assert result.cell("Inadequate response", "classic_dm") == Share(1, 1)
    assert result.reasons.several == (1, 0, 1, 0, 1)
    reason = {level.id: level for level in DICTIONARY.stop_reasons}
    assert result.rows == (
        Stop("P3", 50, (reason["death"],)),
        Stop("P2", 90, (reason["lost"],)),
        Stop("P6", 200, (reason["adverse_event"], reason["inadequate_response"])),
    )


def test_reasons_of_a_later_stop_do_not_count(cohort: Cohort) -> None:
    assert discontinuation(cohort).cell("Hospital visits stopped", ALL) == Share(0, 3)


def test_every_reason_of_the_dictionary_is_listed_in_its_order(cohort: Cohort) -> None:
    labels = tuple(reason.level for reason in discontinuation(cohort).reasons.labels)
    assert labels == DICTIONARY.stop_reasons


def test_duration_of_therapy_until_the_stop(cohort: Cohort) -> None:
    duration = discontinuation(cohort).duration[0]
    assert (duration.n, duration.minimum.value, duration.median.value, duration.maximum.value) == (3, 50, 90, 200)
    assert discontinuation(cohort, SUBTYPE).duration[3].sd.reason is Reason.ONE_PATIENT


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    one, other = discontinuation(cohort, SUBTYPE), discontinuation(reversed_cohort, SUBTYPE)
    assert one.reasons == other.reasons
    assert repr(one.duration) == repr(other.duration)
    assert [(stop.patient, stop.day, set(stop.reasons)) for stop in one.rows] == [
        (stop.patient, stop.day, set(stop.reasons)) for stop in other.rows
    ]


def test_nobody_left_and_nobody_stopped(empty: Cohort, cohort: Cohort) -> None:
    assert discontinuation(empty, SUBTYPE).stopped == (Share(0, 0),)
    staying = cohort.where(cohort.patients[STOP_DAY].isna().to_numpy())
    assert discontinuation(staying).duration[0].median.reason is Reason.NO_PATIENTS
