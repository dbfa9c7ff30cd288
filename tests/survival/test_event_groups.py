"""A cohort divided for a comparison: whose days count, from which day on and until when."""

from __future__ import annotations

import pytest

from components.survival.event_groups import grouped_events
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.written import of_patients

DEATH, TAPERED = DICTIONARY.endpoints[0], DICTIONARY.factor["steroid_tapered"]


@pytest.fixture(scope="module")
def tapered() -> Cohort:
    """P1 and P3 have 5 mg at month 3, P2 and P4 20 mg. P2 dies on day 300, P3 on day 500, P4 on day 140."""
    names = ["P1", "P2", "P3", "P4"]
    doses = {"patient": names, "day": 91, "variable": "prednisolone", "value": [5.0, 20.0, 5.0, 20.0]}
    days = {"last_day": [800, 300, 500, 140], "death_day": [None, 300, 500, 140]}
    return of_patients({"patient": names, **days}, measurements=doses)


def test_after_a_landmark_days_count_from_it_and_end_on_the_day_shown(tapered: Cohort) -> None:
    found = grouped_events(tapered, DEATH, TAPERED, 140, until=400)
    assert found.groups.labels == ("< 10 mg/day", "≥ 10 mg/day")
    assert found.table.times.tolist() == [160, 260]
    assert found.table.events.tolist() == [[0, 1], [0, 0]]
    assert found.table.censored.tolist() == [[0, 0], [2, 0]]
    assert found.followed.times.tolist() == [160, 360, 660]
    assert found.followed.events.tolist() == [[0, 1], [1, 0], [0, 0]]


def test_an_event_on_the_last_day_that_counts_is_one(tapered: Cohort) -> None:
    on, before = (grouped_events(tapered, DEATH, until=day).table for day in (300, 299))
    assert (on.times.tolist(), on.events[:, 0].tolist(), on.censored[:, 0].tolist()) == ([140, 300], [1, 1], [0, 2])
    assert (before.times.tolist(), before.events[:, 0].tolist()) == ([140, 299], [1, 0])


def test_follow_up_must_reach_beyond_the_landmark(tapered: Cohort) -> None:
    with pytest.raises(ValueError, match="leaves nothing after day 140"):
        grouped_events(tapered, DEATH, TAPERED, 140, until=140)
    with pytest.raises(ValueError, match="choose a landmark day"):
        grouped_events(tapered, DEATH, TAPERED)
