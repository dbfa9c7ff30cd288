"""Ages, weights, durations and oxygen saturations: numbers inside each patient's group that meet printed summaries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.moments import Moments, with_moments
from components.reconstruct.targets import Floats, Targets, members
from data.entries import Factor
from data.variables import DICTIONARY


@dataclass(frozen=True)
class Shape:
    """How a number is drawn inside its group: between ``least`` and ``most``, in multiples of ``step``.

    Around ``centre`` with the standard deviation ``sd`` (more for men by ``men``), or evenly on the log scale when
    ``sd`` is 0; as long as the number ``like``, give or take, where the group allows it. In a relapse not below
    ``relapse``. In the second version of what is assumed a number that is drawn later is taken to lie anywhere in its
    group, and one that has to be longer than ``like`` is hardly longer.
    """

    key: str
    least: float
    most: float
    step: float
    centre: float = 0.0
    sd: float = 0.0
    men: float = 0.0
    like: str = ""
    relapse: float = 0.0


SHAPES = (
    Shape("age", 15, 88, 1, centre=59, sd=13),
    Shape("weight", 34, 96, 0.1, centre=52, sd=9, men=11),
    Shape("disease_duration", 5, 7300, 1, like="ip_duration", relapse=90),
    Shape("ip_duration", 3, 5500, 1, like="disease_duration", relapse=90),
    Shape("sao2", 80, 99, 1, centre=97, sd=2),
)
"""Clinical ranges; the paper prints groups of each and summaries of age and disease duration."""
TRIES = 200
ALIKE = 0.3
"""How far two durations of one patient differ, as the standard deviation of the logarithm of their ratio."""


def with_numbers(
    patients: pd.DataFrame, targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE
) -> pd.DataFrame:
    """``patients`` with a column for every number; blank where its group is.

    Printed means and standard deviations, and printed medians, come back in every group of patients for which they are
    printed. Raises UnreachableMomentsError or ValueError when the groups do not allow it.
    """
    found = patients.copy()
    groups = {factor.source: factor for factor in DICTIONARY.factors if factor.source in DICTIONARY.number}
    for shape in SHAPES:
        group = groups[shape.key]
        known = found[group.key].notna().to_numpy()
        people = found[known].reset_index(drop=True)
        low, high = _bounds(people, group, shape)
        values = _drawn(people, low, high, shape, rng)
        if shape.like in people or (shape.like and assumed.second):
            values = _alike(people, values, (low, high), shape, groups[shape.like], rng, assumed)
        values = _with_medians(people, values, low, high, shape, targets, rng)
        constraints = _moments(people, shape.key, targets)
        if constraints:
            values = with_moments(values, low, high, shape.step, constraints)
        column = np.full(len(found), np.nan)
        column[known] = values
        found[shape.key] = column
    return found


def _bounds(people: pd.DataFrame, group: Factor, shape: Shape) -> tuple[Floats, Floats]:
    """The least and the greatest value (inclusive) of each patient's level."""
    code = pd.Categorical(people[group.key], categories=group.words).codes.astype(np.int64)
    low = np.array([shape.least, *group.cuts])[code]
    high = np.array([*(cut - shape.step for cut in group.cuts), shape.most])[code]
    relapsed = (people["presentation"] == "Relapse").to_numpy()
    return np.where(relapsed, np.minimum(np.maximum(low, shape.relapse), high), low), high


def _drawn(people: pd.DataFrame, low: Floats, high: Floats, shape: Shape, rng: np.random.Generator) -> Floats:
    if not shape.sd:
        return np.clip(np.rint(np.exp(rng.uniform(np.log(low), np.log(high + 0.5)))), low, high)
    centre = shape.centre + shape.men * (people["sex"] == "Male").to_numpy()
    values = rng.normal(centre, shape.sd)
    for _ in range(TRIES):
        outside = (values < low) | (values > high)
        values[outside] = rng.normal(centre[outside], shape.sd)
    outside = (values < low) | (values > high)
    values[outside] = rng.uniform(low[outside], high[outside])
    decimals = max(0, int(np.ceil(-np.log10(shape.step))))
    return np.clip(np.round(np.rint(values / shape.step) * shape.step, decimals), low, high)


def _alike(
    people: pd.DataFrame,
    values: Floats,
    limits: tuple[Floats, Floats],
    shape: Shape,
    group: Factor,
    rng: np.random.Generator,
    assumed: Assumptions,
) -> Floats:
    """The values (n,) as long as the other number of the same patients, whose ``group`` is given, where they can be."""
    low, high = limits
    ratio = np.exp(ALIKE * rng.normal(size=len(people)))
    if shape.like in people:
        other = people[shape.like].to_numpy(dtype=np.float64)
    else:
        known = people[group.key].notna().to_numpy()
        other = np.full(len(people), np.nan)
        within = _bounds(people[known], group, next(other for other in SHAPES if other.key == shape.like))
        other[known] = np.exp(rng.uniform(*np.log(within)))
    if shape.like in people and assumed.second:
        hardly_longer = np.minimum(np.rint(low * np.maximum(ratio, 1.0 / ratio)), high)
        values = np.where(other * ratio < low, hardly_longer, values)
    alike = other * ratio
    return np.where((alike >= low) & (alike <= high), np.rint(alike), values)


def _moments(people: pd.DataFrame, key: str, targets: Targets) -> list[Moments]:
    """Every printed mean with its standard deviation, for the patients it is about."""
    found: list[Moments] = []
    for number in targets.chosen(variable=key, statistic="mean", population="safety", visit=""):
        mean, sd = (targets.printed(key, statistic, group=number.group) for statistic in ("mean", "sd"))
        moments = Moments(members(people, number.group), mean.value, mean.digits, sd.value, sd.digits)
        if not any(np.array_equal(moments.members, other.members) for other in found):
            found.append(moments)
    return found


def _with_medians(
    people: pd.DataFrame,
    values: Floats,
    low: Floats,
    high: Floats,
    shape: Shape,
    targets: Targets,
    rng: np.random.Generator,
) -> Floats:
    """Values redrawn around each printed median, so that it lies in the middle. Raises ValueError if it cannot."""
    values = values.copy()
    for number in targets.chosen(variable=shape.key, statistic="median", population="safety", visit=""):
        median = float(number.printed)
        inside = np.flatnonzero(members(people, number.group))
        free = inside[(low[inside] <= median) & (high[inside] >= median)]
        below = int((high[inside] < median).sum())
        first, last = (len(inside) - 1) // 2 - below, len(inside) // 2 - below
        if not 0 <= first <= last < len(free):
            raise ValueError(f"{shape.key}: the median {median:g} of {number.group!r} is out of reach")
        free = free[np.argsort(values[free] + rng.random(len(free)), kind="stable")]
        lower, middle, upper = free[:first], free[first : last + 1], free[last + 1 :]
        values[lower] = _redrawn(values[lower], low[lower], np.full(len(lower), median), shape, rng)
        values[middle] = median
        values[upper] = _redrawn(values[upper], np.full(len(upper), median), high[upper], shape, rng)
    return values


def _redrawn(values: Floats, low: Floats, high: Floats, shape: Shape, rng: np.random.Generator) -> Floats:
    """The values that lie within the bounds, new ones for the others."""
    new = np.exp(rng.uniform(np.log(np.maximum(low, shape.step)), np.log(high)))
    new = np.clip(np.rint(new / shape.step) * shape.step, low, high)
    return np.where((values < low) | (values > high), new, values)
