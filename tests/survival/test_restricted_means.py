"""Restricted means of groups: what is taken from what, and whose limits they have."""

from __future__ import annotations

import pytest

from components.core.groups import Groups
from components.engine.event_table import EventTable, event_table
from components.engine.restricted_mean import restricted_mean
from components.survival.restricted_means import differences, mean_of

TAU = 100


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
    own = Groups("Group", ("five", "four", "none"), table.times, reference=0)
    four, none = differences(table, restricted_mean(table, TAU), own)
    assert [(one.label, one.reference, one.days.limits) for one in (four, none)] == [
        ("four", "five", "beta product"),
        ("none", "five", "beta product"),
    ]
    assert [one.days.value for one in (four, none)] == pytest.approx([5, 25])
    assert none.days.lower is not None
    assert none.days.upper is not None
    assert none.days.lower < 25 < none.days.upper <= TAU
