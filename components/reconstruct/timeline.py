"""When every patient was last seen and who died: a draw that leaves the printed numbers of patients at every visit.

A timeline says nothing about who the patients are; their subtypes and antibodies are found for it (``diagnoses``), and
then when they stopped tacrolimus (``stopping``).
"""

from __future__ import annotations

import numpy as np

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.labels import Deaths
from components.reconstruct.targets import Floats, Ints, Targets
from data.variables import DICTIONARY

DRAWS = 20_000
PLANNED_END, REPORTED_3_YEARS = 1095, 0.65
"""The planned follow-up of three years, and the share of those never lost who have a report of it."""
LATE_DEATHS = 1
"""One death lies after two years: more are printed than the two-year survival leaves room for."""
MARGINS = (0, 1, 1, 6, 18)
"""How many more than those seen at a visit are still followed when its window opens: visits are missed, later more."""
FIRST_DEATH = 12


def timeline(targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE) -> Deaths:
    """Last days and deaths of the outcome population, with the printed overall survival; deaths on distinct days.

    Raises NotFoundError when no draw gives it.
    """
    overall = next(t for t in targets.survival() if t.endpoint.key == "overall_survival" and not t.group)
    for _ in range(DRAWS):
        drawn = _drawn(targets, assumed, rng)
        days = drawn.last[drawn.died]
        if len(set(days.tolist())) < len(days):
            continue
        at_risk = (drawn.last[:, None] >= days[days <= overall.day][None, :]).sum(axis=0)
        survival = 100.0 * float(np.prod(1.0 - 1.0 / at_risk))
        if abs(survival - overall.percent.value) < 0.49 * 10.0**-overall.percent.digits:
            return drawn
    raise NotFoundError("timeline: the printed overall survival was not drawn")


def _drawn(targets: Targets, assumed: Assumptions, rng: np.random.Generator) -> Deaths:
    n, deaths = targets.count("patients", population="outcome"), targets.count("death", population="safety")
    early = deaths - LATE_DEATHS
    visits = [DICTIONARY.visit[number.visit] for number in targets.chosen(variable="seen", statistic="n", group="")]
    seen = np.array([int(number.printed) for number in targets.chosen(variable="seen", statistic="n", group="")])
    opens = [visit.first for visit in visits[1:]]
    followed = seen[1:] + [m if m < 2 else int(rng.integers(m // 2, m + 1)) for m in MARGINS]
    leaving = -np.diff(np.append(n, followed))
    died = _split(early, _shares(assumed), leaving, rng)
    edges = [1, *opens]
    gone: list[int] = []
    ends: list[int] = []
    for first, after, leave, die in zip(edges[:-1], edges[1:], leaving, died, strict=True):
        ends += rng.integers(max(first, FIRST_DEATH), after, die).tolist() if die else []
        gone += rng.integers(max(first, 2), after, leave - die).tolist()
    last_window = (opens[-1], visits[-1].day - 10)
    ends += rng.integers(*last_window, early - len(ends)).tolist()
    ends += rng.integers(visits[-1].last - 70, visits[-1].last + 80, LATE_DEATHS).tolist()
    gone += rng.integers(opens[-1], visits[-1].day, int(rng.integers(4, 8))).tolist()
    completed = n - len(gone) - len(ends)
    whole = rng.integers(PLANNED_END - 14, PLANNED_END + 22, completed)
    short = rng.integers(visits[-1].day + 1, PLANNED_END - 14, completed)
    gone += np.where(rng.random(completed) < REPORTED_3_YEARS, whole, short).tolist()
    last = np.array([*ends, *gone], dtype=np.int64)
    return Deaths(last, np.arange(n) < len(ends))


def _shares(assumed: Assumptions) -> tuple[float, ...]:
    """Shares of the deaths within two years before the window of month 1, in it, and in those of months 3, 6 and 12."""
    known = (0.0, assumed.deaths_month_1, assumed.deaths_month_3, assumed.deaths_month_6)
    return (*known, max(1.0 - sum(known), 0.0))


def _split(deaths: int, shares: tuple[float, ...], room: Ints, rng: np.random.Generator) -> Ints:
    weights: Floats = np.array(shares) / sum(shares)
    drawn = rng.multinomial(deaths, weights)
    died: Ints = np.minimum(drawn, np.maximum(room - 1, 0))
    return died
