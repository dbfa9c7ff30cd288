"""Days of progression against the Kaplan-Meier estimate of the pages."""

from __future__ import annotations

import numpy as np
import pytest

from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.follow_up import NEVER
from components.reconstruct.progression import (  # steps of a search that takes a minute
    _days_of,
    _Wanted,
    progression_score,
)
from components.reconstruct.targets import Printed, SurvivalTarget
from data.variables import DICTIONARY

Days = np.ndarray


def curve(percent: float, group: str = "") -> SurvivalTarget:
    return SurvivalTarget(DICTIONARY.endpoint["progression_free"], group, 730, Printed(percent, 1))


def percent(progressed: Days, last: Days, died: Days) -> float:
    had = progressed != NEVER
    table = event_table(np.where(had, progressed, last), had | (died != NEVER))
    return 100.0 * float(survival_at(kaplan_meier(table), [730]).survival[0, 0])


@pytest.mark.parametrize("seed", range(4))
def test_the_score_is_zero_for_exactly_what_is_printed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 60
    last = rng.integers(20, 1000, n)
    died = np.where(rng.random(n) < 0.2, last, NEVER)
    progressed = np.where((rng.random(n) < 0.4) & (last > 100), rng.integers(14, 100, n), NEVER)
    right = percent(progressed, last, died)
    state = np.stack([progressed, last], axis=1)[None]

    def score(printed: float) -> float:
        wanted = _Wanted((curve(printed),), np.ones((n, 1)), last, died, last, last, np.zeros((n, 0)))
        return float(progression_score(state, wanted)[0])

    assert score(float(f"{right:.1f}")) == 0.0
    assert score(float(f"{right:.1f}") + 0.1) > 0.0
    assert score(float(f"{right:.1f}") + 0.3) > score(float(f"{right:.1f}") + 0.2)


@pytest.mark.parametrize("seed", range(4))
def test_a_small_group_without_deaths_gets_its_percentage(seed: int) -> None:
    """62.0 % of 21 patients, three of them lost: the anti-MDA5-negative patients of the paper."""
    last = np.array([150, 300, 500, *([1000] * 18)])
    group = np.arange(21)
    days = _days_of(curve(62.0), last, group, np.random.default_rng(seed))
    assert f"{percent(days, last, np.full(21, NEVER)):.1f}" == "62.0"
    assert (days[days != NEVER] < last[days != NEVER]).all()


def test_a_percentage_out_of_reach_is_said() -> None:
    with pytest.raises(NotFoundError, match="no pattern gives anti_mda5=Negative"):
        _days_of(curve(62.0, "anti_mda5=Negative"), np.full(21, 1000), np.arange(21), np.random.default_rng(1))
