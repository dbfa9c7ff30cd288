"""How often the limits hold that the dashboard shows, and how often its tests reject what is true.

`python -m bench.cover` prints the tables of docs/methods.md. Every sample is a level of one event table, so that the
very functions behind the pages compute thousands of samples at once. Days stand in months; patients die at a constant
rate and are censored between half of the horizon and twice it, or, "all followed", not before its end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.core.method import Interval, Method
from components.engine.cox import cox_models
from components.engine.event_table import EventTable
from components.engine.firth import firth_models
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.engine.limits import normal_quantile
from components.engine.logrank import logrank
from components.engine.profile_limits import profile_limits
from components.engine.proportional_hazards import proportional_hazards
from components.engine.restricted_mean import restricted_mean, restricted_mean_difference

HORIZON, END = 24, 48
"""Months: survival is read, and means are restricted, at the horizon; nobody is followed beyond the end."""

SIZES, TRUE = (6, 12, 28, 61), (0.9, 1.0)
INTERVALS: tuple[Interval, ...] = (Method().interval, "beta product", "log-log", "log", "plain")
SAMPLES, TESTED = 4000, 2000
SEED = 20_220_101
UNEQUAL, NEARLY_EQUAL = (28, 141), (61, 108)
"""Sizes of two groups of the 169 patients: those with anti-MDA5 antibodies, and those with CADM, against the others."""

TRIED = ((UNEQUAL, 0.92), (UNEQUAL, 0.94), (NEARLY_EQUAL, 0.92))
"""The groups on which tests are tried, with the survival at the horizon that is true of both."""

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Cover:
    """Of samples with ``n`` patients and true survival ``true``: how many limits hold, and how far down they reach.

    ``held`` is the share of samples whose interval is given and contains the truth, ``given`` the share with one;
    ``lower`` is the median lower limit of those given.
    """

    n: int
    true: float
    held: float
    given: float
    lower: float


def sample(generator: np.random.Generator, shape: tuple[int, ...], survival: float, *, followed: bool) -> EventTable:
    """An event table with one level for each of ``shape[0]`` samples of ``shape[1]`` patients."""
    rate = -np.log(survival) / HORIZON
    death = np.ceil(generator.exponential(1 / rate, shape)) if rate > 0 else np.full(shape, 10.0 * END)
    first = HORIZON + 1 if followed else HORIZON // 2
    lost = generator.integers(first, END + 1, shape)
    return counted(np.minimum(death, lost).astype(np.int64), death <= lost)


def counted(days: Days, event: NDArray[np.bool_]) -> EventTable:
    """The event table of ``days`` and ``event`` (samples, n), a level a sample, on every month to the end."""
    events, censored = (np.zeros((END + 1, len(days)), dtype=np.int64) for _ in range(2))
    row = np.broadcast_to(np.arange(len(days))[:, None], days.shape)
    np.add.at(events, (days[event], row[event]), 1)
    np.add.at(censored, (days[~event], row[~event]), 1)
    return EventTable(np.arange(END + 1), events, censored)


def cover_of_survival(
    n: int, true: float, interval: Interval, *, followed: bool = False, samples: int = SAMPLES
) -> Cover:
    """How often the limits of survival at the horizon hold, read as the estimates of the Survival page are."""
    table = sample(np.random.default_rng((SEED, n)), (samples, n), true, followed=followed)
    at = survival_at(kaplan_meier(table, interval), HORIZON)
    known = ~np.isnan(at.survival[0])
    lower, upper = at.lower[0, known], at.upper[0, known]
    return _cover(n, true, true, lower, upper)


def cover_of_mean(n: int, true: float, *, wald: bool = False, samples: int = SAMPLES) -> Cover:
    """How often the limits of the restricted mean hold: the shown ones, or ``wald``'s, normal on the mean itself."""
    table = sample(np.random.default_rng((SEED, n)), (samples, n), true, followed=False)
    found = restricted_mean(table, HORIZON)
    lower, upper = found.lower, found.upper
    if wald:
        half = normal_quantile(found.level) * np.where(found.std_err > 0, found.std_err, np.nan)
        lower, upper = found.mean - half, found.mean + half
    known = ~np.isnan(found.mean)
    area = float(np.sum(true ** (np.arange(HORIZON) / HORIZON)))
    return _cover(n, true, area, lower[known], upper[known])


def _cover(n: int, true: float, value: float, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> Cover:
    given = ~np.isnan(lower) & ~np.isnan(upper)
    held = given & (lower <= value) & (value <= upper)
    middle = float(np.median(lower[given])) if given.any() else float("nan")
    return Cover(n, true, float(held.mean()), float(given.mean()), middle)


def two_groups(sizes: tuple[int, int], survival: float, samples: int) -> list[EventTable]:
    """Tables of two levels with the same survival."""
    generator = np.random.default_rng((SEED, *sizes))
    one, other = (sample(generator, (samples, n), survival, followed=False) for n in sizes)
    return [
        EventTable(one.times, np.column_stack([one.events[:, i], other.events[:, i]]),
                   np.column_stack([one.censored[:, i], other.censored[:, i]]))
        for i in range(samples)
    ]  # fmt: skip


def sizes_of_tests(sizes: tuple[int, int], survival: float, samples: int = TESTED) -> dict[str, float]:
    """How often each test of two groups rejects at 5% although they do not differ."""
    tables = [table for table in two_groups(sizes, survival, samples) if table.events.sum()]
    p: dict[str, list[float]] = {name: [] for name in ("log-rank", "Wald", "profile likelihood", "Firth",
                                                        "proportional hazards", "restricted mean",
                                                        "restricted mean, Wald's test")}  # fmt: skip
    p["Wald"] = [float(model.p[0]) for model in cox_models(tables, 1)]
    p["profile likelihood"] = [float(found.p[0]) for found in profile_limits(tables, 1)]
    p["Firth"] = [float(found.p[0]) for found in firth_models(tables, 1)]
    p["proportional hazards"] = [found.p for found in proportional_hazards(tables, 1)]
    for table in tables:
        p["log-rank"].append(float(logrank(table).p))
        means = restricted_mean(table, HORIZON)
        p["restricted mean"].append(restricted_mean_difference(table, means, 0, 1).p)
        error = np.hypot(*means.std_err)
        z = abs(means.mean[0] - means.mean[1]) / error if error > 0 else 0.0
        p["restricted mean, Wald's test"].append(0.0 if z > normal_quantile(0.95) else 1.0)
    return {name: float(np.mean(np.nan_to_num(values, nan=1.0) < 0.05)) for name, values in p.items()}


def main() -> None:
    """Prints the tables."""
    for followed in (True, False):
        print(f"\nSurvival at the horizon, {'all followed' if followed else 'censored from half of the horizon on'}\n")
        print("| n | S | " + " | ".join(INTERVALS) + " | lower limit shown |")
        print("|" + "---|" * (len(INTERVALS) + 3))
        for n in SIZES:
            for true in TRUE:
                found = [cover_of_survival(n, true, interval, followed=followed) for interval in INTERVALS]
                cells = [f"{one.held:.3f}" if one.given > 0 else "none" for one in found]
                print(f"| {n} | {true} | {' | '.join(cells)} | {100 * found[0].lower:.1f}% |")
    print("\nRestricted mean\n\n| n | S | shown | normal on the mean |\n|---|---|---|---|")
    for n in SIZES:
        for true in (0.75, 0.9):
            print(
                f"| {n} | {true} | {cover_of_mean(n, true).held:.3f} | {cover_of_mean(n, true, wald=True).held:.3f} |"
            )
    print_tests()


def print_tests() -> None:
    """Prints how often each test rejects two groups that do not differ."""
    named = [sizes_of_tests(sizes, survival) for sizes, survival in TRIED]
    deaths = [np.mean([table.events.sum() for table in two_groups(*tried, TESTED)]) for tried in TRIED]
    heads = (f"{a} v {b}, {many:.0f} deaths" for ((a, b), _), many in zip(TRIED, deaths, strict=True))
    print(f"\nTests of two groups that do not differ\n\n| Test | {' | '.join(heads)} |\n{'|---' * (1 + len(TRIED))}|")
    for name in named[0]:
        print(f"| {name} | {' | '.join(f'{found[name]:.3f}' for found in named)} |")


if __name__ == "__main__":
    main()
