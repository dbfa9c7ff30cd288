"""Reachable percentages against every way in which a small group can progress, each with its Kaplan-Meier estimate."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.reconstruct.reachable import reachable
from components.reconstruct.targets import Printed, SurvivalTarget
from data.variables import DICTIONARY

NEVER = 10_000
FRACTIONS = {round(100.0 * top / bottom, 2) for bottom in range(1, 61) for top in range(1, bottom + 1)}
"""Every percentage that up to five patients can give, and many that they cannot."""


def curve(percent: float, digits: int = 1) -> SurvivalTarget:
    return SurvivalTarget(DICTIONARY.endpoint["progression_free"], "", 730, Printed(percent, digits))


@pytest.mark.parametrize(
    ("lost", "percent", "possible"),
    [
        ([], 42.9, True),  # 12 of 28
        ([], 44.3, False),  # between 12 and 13 of 28
        ([10], 44.4, True),  # 12 of the 27 left after the first, lost before anybody can progress
        ([10], 42.9, False),
        ([20], 42.9, True),  # may have progressed first
        ([100, 300], 44.3, True),  # in places for two losses
    ],
)
def test_few_losses_leave_few_percentages(lost: list[int], percent: float, possible: bool) -> None:  # noqa: FBT001
    last = np.array(lost + [1000] * (28 - len(lost)))
    assert reachable(curve(percent), last, np.zeros(28, dtype=bool), 14) is possible


def test_no_fewer_events_than_deaths() -> None:
    last, died = np.array([50, 60, 1000, 1000]), np.array([True, True, False, False])
    assert not reachable(curve(75.0), last, died, 14)
    assert reachable(curve(50.0), last, died, 14)
    assert reachable(curve(25.0), last, died, 14)


def test_with_many_lost_everything_is_taken_to_be_possible() -> None:
    assert reachable(curve(12.3), np.array([100, 200, 300, 400, 500, 1000]), np.zeros(6, dtype=bool), 14)


@pytest.mark.parametrize(
    ("last", "died"),
    [
        ([1000] * 4, [False] * 4),
        ([200, 1000, 1000, 1000], [False] * 4),
        ([200, 400, 1000, 1000, 1000], [False] * 5),
        ([100, 250, 400, 1000, 1000], [True, False, False, False, False]),
        ([10, 300, 500, 1000], [False, False, True, False]),
    ],
)
def test_exactly_what_some_days_of_progression_give(last: list[int], died: list[bool]) -> None:
    """Every patient progresses never or on one of a few days, spread so that any order with the losses occurs."""
    days = (NEVER, 20, 150, 220, 260, 350, 450, 600)
    ends, dead = np.array(last), np.array(died)
    found = set()
    for chosen in product(days, repeat=len(last)):
        progressed = np.array(chosen)
        if (progressed[progressed != NEVER] >= ends[progressed != NEVER]).any():
            continue
        table = event_table(np.minimum(progressed, ends), (progressed != NEVER) | dead)
        found.add(round(100.0 * float(survival_at(kaplan_meier(table), [730]).survival[0, 0]), 2))
    kept = {percent for percent in found if percent > 0}  # nobody left: not a percentage that is printed
    assert {percent for percent in FRACTIONS if reachable(curve(percent, 2), ends, dead, 14)} == kept
