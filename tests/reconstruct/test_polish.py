"""The search for the last digits, on labellings whose hazard ratios are known because they were computed from them."""

from __future__ import annotations

import numpy as np
import pytest

from components.engine.cox import cox_model
from components.engine.event_table import event_table
from components.reconstruct.labels import Deaths, Question
from components.reconstruct.polish import polished
from components.reconstruct.targets import FactorTarget, Ints, Printed, Ratio
from data.variables import DICTIONARY

N, DIED = 80, 12
FACTOR = DICTIONARY.factor["smoking"]


def followed(rng: np.random.Generator) -> Deaths:
    last = rng.permutation(np.arange(10, 1000, 10))[:N]
    died = np.zeros(N, dtype=bool)
    died[np.argsort(last)[5 : 5 + 3 * DIED : 3]] = True
    return Deaths(last, died)


def ratios(deaths: Deaths, codes: Ints) -> np.ndarray:
    """Hazard ratio of the second level and its limits, by the engine's own model from the patients."""
    known = codes < 2
    model = cox_model(event_table(deaths.last[known], deaths.died[known], codes[known], 2))
    lower, upper = model.wald_limits()
    return np.array([model.hazard_ratio[1], lower[1], upper[1]])


def question_of(deaths: Deaths, codes: Ints, within: Ints) -> Question:
    """What the labelling ``codes`` would have printed, with two decimals."""
    printed = (Printed(float(f"{number:.2f}"), 2) for number in ratios(deaths, codes))
    target = FactorTarget(FACTOR, {}, {}, (Ratio(1, *printed),), ())
    quotas = np.array([[(codes[within == s] == k).sum() for k in range(3)] for s in (0, 1)])
    return Question(target, (), within, quotas, np.ones((N, 3), dtype=bool))


@pytest.mark.parametrize("seed", range(5))
def test_finds_a_labelling_that_prints_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    deaths, within = followed(rng), rng.integers(0, 2, N)
    hidden = rng.choice(3, N, p=(0.55, 0.4, 0.05))
    question = question_of(deaths, hidden, within)
    start = hidden.copy()
    for stratum in (0, 1):  # the living in another order, so that nothing is left of the answer
        living = np.flatnonzero((within == stratum) & ~deaths.died)
        start[living] = rng.permutation(start[living])
    found, far = polished(question, deaths, start, rng)
    assert far == 0.0
    assert [f"{number:.2f}" for number in ratios(deaths, found)] == [
        f"{number:.2f}" for number in ratios(deaths, hidden)
    ]
    for stratum in (0, 1):
        inside = within == stratum
        assert np.bincount(found[inside], minlength=3).tolist() == np.bincount(hidden[inside], minlength=3).tolist()
    assert (
        np.bincount(found[deaths.died], minlength=3).tolist() == np.bincount(hidden[deaths.died], minlength=3).tolist()
    )


def test_nobody_gets_a_level_that_is_not_allowed() -> None:
    rng = np.random.default_rng(7)
    deaths, within = followed(rng), np.zeros(N, dtype=np.int64)
    hidden = rng.choice(2, N)
    question = question_of(deaths, hidden, within)
    barred = np.flatnonzero((hidden == 0) & ~deaths.died)[:12]
    question.allowed[barred, 1] = False
    start = hidden.copy()
    living = np.setdiff1d(np.flatnonzero(~deaths.died), barred)
    start[living] = rng.permutation(start[living])
    found, far = polished(question, deaths, start, rng)
    assert far == 0.0
    assert (found[barred] == 0).all()


def test_the_same_stream_gives_the_same_answer() -> None:
    rng = np.random.default_rng(3)
    deaths, within = followed(rng), rng.integers(0, 2, N)
    hidden = rng.choice(3, N, p=(0.5, 0.4, 0.1))
    question = question_of(deaths, hidden, within)
    start = rng.permutation(hidden)
    answers = [polished(question, deaths, start, np.random.default_rng(11))[0].tolist() for _ in range(2)]
    assert answers[0] == answers[1]
