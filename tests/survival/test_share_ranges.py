"""Shares where small counts are hidden: ranges as wide as five patients, in which the true share lies."""

from __future__ import annotations

import numpy as np
import pytest

from components.core.estimate import Reason
from components.core.numbers import share_percent
from components.core.rounded import whole_months
from components.core.small_counts import hidden
from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier
from components.survival.rounded import without_event
from components.survival.share_ranges import enough_left, fives, in_fives, incidence_range


def test_a_curve_steps_by_fives_in_whole_months() -> None:
    """Twelve events of 23, nobody censored before them: two fives, on the months of the fifth and the tenth."""
    had = np.array([10, 20, 62, 80, 90, 100, 110, 150, 160, 170, 400, 410])
    days, least, most = in_fives(had, np.arange(1, 13) / 23, 23)
    assert days.tolist() == [0, whole_months(90), whole_months(170)]
    assert least.tolist() == pytest.approx([0, 5 / 24, 10 / 24])
    assert most.tolist() == pytest.approx([5 / 20, 10 / 20, 15 / 20])


@pytest.mark.parametrize("events", [10, 11, 12, 13, 14])
def test_an_event_more_or_less_within_the_five_changes_nothing(events: int) -> None:
    """A range says no more than the counts beside it: of 60 to 64 patients, 10 to 14 had the event."""
    for n in range(60, 65):
        found = incidence_range(events / n, n, n - events)
        assert (found.lower, found.upper) == pytest.approx((10 / 64, 15 / 60))


def test_a_share_is_said_as_its_range_in_whole_percent_outwards() -> None:
    survived = without_event(incidence_range(12 / 63, 63, 51))
    with hidden():
        assert share_percent(survived) == share_percent(survived, alone=True) == "75–85%"
    assert without_event(incidence_range(0.1, 19, 15)).reason is Reason.WITHHELD


@pytest.mark.parametrize(("incidence", "at_risk", "enough"), [
    (0.4, 20, True), (0.4, 19, False), (0.98, 4, False), (0.0, 34, True), (0.0, 33, False),
])  # fmt: skip
def test_a_curve_ends_where_one_stands_for_more_than_three(incidence: float, at_risk: int, enough: bool) -> None:  # noqa: FBT001
    assert enough_left(incidence, 100, at_risk) is enough


def test_the_true_share_lies_in_the_range() -> None:
    draw = np.random.default_rng(5)
    told = 0
    for _ in range(60):
        n = int(draw.integers(20, 200))
        event, left = draw.exponential(900, n), draw.uniform(1, 1500, n)
        days = np.maximum(np.minimum(event, left), 1).astype(np.int64)
        table = event_table(days, event <= left)
        incidence = 1 - kaplan_meier(table).survival[:, 0]
        for share, at_risk in zip(incidence.tolist(), table.at_risk[:, 0].tolist(), strict=True):
            found = incidence_range(share, n, at_risk)
            if found.lower is not None and found.upper is not None:
                assert found.lower <= share + 1e-12
                assert share < found.upper
                told += 1
    assert told > 1000


def test_whole_fives_are_counted_whole() -> None:
    assert [fives(k / 60, 60) for k in (0, 4, 5, 9, 10, 15, 60)] == [0, 0, 1, 1, 2, 3, 12]
