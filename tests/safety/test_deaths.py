from __future__ import annotations

from components.core.columns import Share
from components.safety.deaths import Death, deaths
from data.cohort import Cohort
from data.levels import level_of
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]
ILD = "ILD"


def test_deaths_by_group(cohort: Cohort) -> None:
    result = deaths(cohort, SUBTYPE)
    assert result.columns.labels == ("All patients", "PM", "Overall DM", "CADM", "Classic DM")
    assert result.died == (Share(2, 7), Share(0, 2), Share(2, 5), Share(2, 3), Share(0, 2))


def test_a_patient_may_have_two_causes(cohort: Cohort) -> None:
    result = deaths(cohort, SUBTYPE)
    assert [cause.label for cause in result.causes.labels] == [ILD, "Suicide"]
    assert (result.cell(ILD, "cadm"), result.cell("Suicide", "cadm")) == (Share(2, 2), Share(1, 2))
    assert result.causes.several == (1, 0, 1, 1, 0)
    assert result.causes.unnamed == (0, 0, 0, 0, 0)
    assert result.cell("Myocarditis", "pm") == Share(0, 0)


def test_who_died_when_of_what(cohort: Cohort) -> None:
    ild, suicide = (level_of(word, DICTIONARY.causes_of_death) for word in (ILD, "Suicide"))
    assert deaths(cohort).rows == (Death("P3", 50, (ild, suicide)), Death("P5", 750, (ild,)))
    assert (ild.label, suicide.id) == (ILD, "suicide"), "a cause of the file's own is shown as the file writes it"


def test_a_cause_that_is_not_recorded_is_counted_as_such(cohort: Cohort) -> None:
    bare = cohort.with_patients(cohort.patients.drop(columns="cause_of_death"))
    assert deaths(bare).causes.unnamed == (2,)


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    one, other = deaths(cohort, SUBTYPE), deaths(reversed_cohort, SUBTYPE)
    assert (one.causes, one.died, one.rows) == (other.causes, other.died, other.rows)


def test_nobody_left(empty: Cohort) -> None:
    result = deaths(empty, SUBTYPE)
    assert (result.died, result.causes.labels, result.rows) == ((Share(0, 0),), (), ())
