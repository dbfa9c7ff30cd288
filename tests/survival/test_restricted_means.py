"""Restricted means of groups: what is taken from what, and whose limits they have."""

from __future__ import annotations

import numpy as np
import pytest

from components.core.estimate import Reason
from components.core.groups import Groups
from components.engine.event_table import EventTable, event_table
from components.engine.restricted_mean import restricted_mean
from components.survival.restricted_means import differences, mean_of
from data.levels import levels

TAU = 100

TWO = Groups("group", "Group", levels({"a": "A", "b": "B"}), np.zeros(0, dtype=np.int64), reference=0)


@pytest.fixture(scope="module")
def table() -> EventTable:
    """Ten patients of each of three groups, followed for 200 days: five, four and none die on day 50."""
    codes = [k for k in range(3) for _ in range(10)]
    died = [i < deaths for deaths in (5, 4, 0) for i in range(10)]
    return event_table([50 if dead else 200 for dead in died], died, codes, 3)


def test_below_five_events_the_limits_are_the_beta_products(table: EventTable) -> None:
    means = restricted_mean(table, TAU)
    found = [mean_of(means, k) for k in range(3)]
    assert [mean.value for mean in found] == pytest.approx([75, 80, 100])
    assert [mean.limits for mean in found] == ["", "beta product", "beta product"]


def test_a_difference_is_the_group_minus_the_reference_and_names_the_limits_of_either(table: EventTable) -> None:
    present = levels({"five": "Five", "four": "Four", "none": "None"})
    own = Groups("group", "Group", present, table.times, reference=0)
    four, none = differences(table, restricted_mean(table, TAU), own)
    assert [(one.group.id, one.reference.id, one.days.limits) for one in (four, none)] == [
        ("four", "five", "beta product"),
        ("none", "five", "beta product"),
    ]
    assert [one.days.value for one in (four, none)] == pytest.approx([5, 25])
    assert none.days.lower is not None
    assert none.days.upper is not None
    assert none.days.lower < 25 < none.days.upper <= TAU


@pytest.mark.parametrize(
    ("days", "died", "reason"),
    [
        ([100] * 8, [True] * 8, Reason.NOTHING_TO_COMPARE),  # everybody at once: nobody is spared
        ([200] * 8, [False] * 8, Reason.NO_EVENT_BEFORE),
        ([TAU * 2] * 8, [True] * 8, Reason.NO_EVENT_BEFORE),  # an event after the end of the time
        ([50] * 4 + [200] * 4, [True] * 4 + [False] * 4, None),
    ],
)
def test_a_difference_without_a_p_value_says_why(days: list[int], died: list[bool], reason: Reason | None) -> None:
    table = event_table(days, died, [0, 1] * 4, 2)
    tau = 150 if reason is Reason.NOTHING_TO_COMPARE else TAU
    (found,) = differences(table, restricted_mean(table, tau), TWO)
    assert found.days.value is not None
    assert found.reason is reason
    assert (found.p is None) == (reason is not None)


def test_an_event_on_the_last_day_takes_nothing_from_the_mean() -> None:
    table = event_table([TAU] * 8, [True] * 8, [0, 1] * 4, 2)
    (found,) = differences(table, restricted_mean(table, TAU), TWO)
    assert (found.days.value, found.p, found.reason) == (0, None, Reason.NO_EVENT_BEFORE)


def test_without_a_difference_there_is_nothing_to_test() -> None:
    table = event_table([50] * 8, [False] * 8, [0, 1] * 4, 2)
    (found,) = differences(table, restricted_mean(table, TAU), TWO)
    assert (found.days.value, found.days.reason, found.p, found.reason) == (None, Reason.BEYOND_FOLLOW_UP, None, None)
