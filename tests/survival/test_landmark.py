"""Who can be compared from a landmark on, and why the others cannot."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from components.survival.analysis import survival
from components.survival.landmark import earliest_landmark, landmark
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoints[0]
TAPERED = DICTIONARY.factor["steroid_tapered"]


@pytest.fixture(scope="module")
def seen_at_month_three(written: Tables) -> Cohort:
    """P1 5 mg, P4 20 mg, P5 8 mg at month 3; P2 (followed to 100) and P6 not measured, P3 dead on day 50."""
    rows = pd.DataFrame(
        {"patient": ["P1", "P4", "P5"], "day": 91, "variable": "prednisolone", "value": [5.0, 20.0, 8.0]}
    )
    tables = replace(written, measurements=pd.concat([written.measurements, rows], ignore_index=True))
    return cohort_from(tables, Provenance("imported", "tiny", "0")).of_population("outcome")


def test_everyone_is_counted_once(seen_at_month_three: Cohort) -> None:
    mark = landmark(seen_at_month_three, DEATH, TAPERED, 136)
    assert mark.cohort.patients["patient"].tolist() == ["P1", "P4", "P5"]
    assert (mark.n_before, mark.excluded_event, mark.excluded_follow_up, mark.excluded_unmeasured) == (6, 1, 1, 1)


def test_the_clock_restarts(seen_at_month_three: Cohort) -> None:
    result = survival(seen_at_month_three, DEATH, TAPERED, landmark_day=140)
    assert result.start == 140
    assert [curve.label for curve in result.curves] == ["< 10 mg/day", "≥ 10 mg/day"]
    assert result.curves[0].days.tolist() == [0, 610, 660]
    assert result.curves[0].events == 1


def test_a_patient_who_ends_on_the_landmark_is_excluded(seen_at_month_three: Cohort) -> None:
    assert landmark(seen_at_month_three, DEATH, TAPERED, 740).cohort.n == 2
    assert landmark(seen_at_month_three, DEATH, TAPERED, 739).cohort.n == 3


def test_not_before_the_factor_is_known(seen_at_month_three: Cohort) -> None:
    assert earliest_landmark(seen_at_month_three, TAPERED) == 136
    with pytest.raises(ValueError, match="known from day 136"):
        landmark(seen_at_month_three, DEATH, TAPERED, 135)
