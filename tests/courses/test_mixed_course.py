from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.courses.mixed_course import mixed_course
from components.courses.mixed_model import NotConvergedError, random_intercept
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.variables import DICTIONARY

KL6 = DICTIONARY.measure["kl6"]
N = 24


@pytest.fixture(scope="module")
def many() -> Cohort:
    """24 patients with KL-6 on day 0, 18 of them at month 3, 6 at month 12; sexes alternate."""
    generator = np.random.default_rng(6)
    names = [f"P{i}" for i in range(N)]
    people = pd.DataFrame(
        {"patient": names, "population": "Outcome", "sex": ["Male", "Female"] * (N // 2), "last_day": 800}
    )
    level = generator.normal(6.5, 0.5, N)
    rows = [(names[i], day, "kl6", float(np.exp(level[i] - shift + generator.normal(0, 0.2))))
            for day, shift, n in ((0, 0.0, N), (91, 0.2, 18), (365, 0.4, 6)) for i in range(n)]  # fmt: skip
    measured = pd.DataFrame(rows, columns=["patient", "day", "variable", "value"])
    return cohort_from(Tables(people, measured, pd.DataFrame(), pd.DataFrame()), Provenance("imported", "many", "0"))


def values(cohort: Cohort) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = cohort.by_visit
    visits = [visit.label for visit in DICTIONARY.visits]
    return rows["patient"].to_numpy(), rows["visit"].map(visits.index).to_numpy(), rows["value"].to_numpy()


def test_too_few_patients_measured_twice(many: Cohort, cohort: Cohort) -> None:
    (series,) = mixed_course(many, KL6).series
    assert (series.patients, series.repeated, series.reason) == (24, 18, Reason.TOO_FEW_REPEATED)
    assert {value.reason for value in series.means} == {Reason.TOO_FEW_REPEATED}
    assert mixed_course(cohort, KL6).series[0].reason is Reason.TOO_FEW_REPEATED


def test_means_are_those_of_the_model(many: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.courses.mixed_course.FEWEST", 18)
    (series,) = mixed_course(many, KL6).series
    who, visit, value = values(many)
    fit = random_intercept(who, visit, value, 7)
    assert [mean.value for mean in series.means] == [None if np.isnan(m) else pytest.approx(m) for m in fit.mean]
    assert series.means[1].reason is Reason.NOT_MEASURED
    assert series.means[0].upper == pytest.approx(fit.mean[0] + 1.959963984540054 * fit.std_err[0])


def test_a_logarithm_gives_geometric_means(many: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.courses.mixed_course.FEWEST", 18)
    (series,) = mixed_course(many, KL6, logarithmic=True).series
    who, visit, value = values(many)
    fit = random_intercept(who, visit, np.log(value), 7)
    assert series.means[3].value == pytest.approx(np.exp(fit.mean[3]))
    assert series.means[3].lower == pytest.approx(np.exp(fit.mean[3] - 1.959963984540054 * fit.std_err[3]))


def test_changes_leave_out_the_start_and_groups_have_their_own_model(
    many: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.courses.mixed_course.FEWEST", 3)
    result = mixed_course(many, KL6, DICTIONARY.factor["sex"], "change")
    assert [(series.label, series.patients, series.repeated) for series in result.series] == [
        ("Male", 9, 3),
        ("Female", 9, 3),
    ]
    assert all(series.means[0].reason is Reason.NOT_MEASURED for series in result.series)
    assert all(series.means[3].value is not None for series in result.series)


def test_a_fit_that_fails_is_said(many: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise NotConvergedError

    monkeypatch.setattr("components.courses.mixed_course.FEWEST", 18)
    monkeypatch.setattr("components.courses.mixed_course.random_intercept", failing)
    (series,) = mixed_course(many, KL6).series
    assert (series.patients, series.reason) == (24, Reason.NOT_CONVERGED)
    assert {value.reason for value in series.means} == {Reason.NOT_CONVERGED}


def test_nobody(empty: Cohort) -> None:
    assert mixed_course(empty, KL6).series == ()
