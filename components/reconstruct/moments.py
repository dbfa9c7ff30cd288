"""Numbers on a grid, each within its own bounds, that give back printed means and standard deviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.reconstruct.targets import HALF, SETTLED, Floats

CLEAN = 6
"""Decimals to which multiples of a step are cleared of binary remainders; steps like 2.5 keep their half."""
ROUNDS = 60
REPAIRS = 4000
PAIRS = 3000
SCALES = (1, 2, 5, 10, 25, 100, 1000)


class UnreachableMomentsError(ValueError):
    """No numbers within the bounds were found that have the wanted means and standard deviations."""


@dataclass(frozen=True)
class Moments:
    """The wanted mean (and standard deviation, n - 1 in the denominator) of the values at ``members``.

    ``members`` are positions or a mask; ``digits`` are the decimals printed; ``sd`` None leaves the spread free.
    """

    members: NDArray[np.int64] | NDArray[np.bool_]
    mean: float
    mean_digits: int
    sd: float | None = None
    sd_digits: int = 0


def with_moments(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike, step: float, constraints: Sequence[Moments]
) -> Floats:
    """``values`` (n,) moved as little as needed to meet every constraint, as multiples of ``step`` within the bounds.

    ``lower`` and ``upper`` (inclusive) are one number or (n,). First all values of a constraint are shifted and
    stretched together (never more than halfway to a bound at once, so that they do not pile up there), then single
    values and pairs are moved by a few steps until the rounded moments are the printed ones. Deterministic.

    Raises UnreachableMomentsError when bounds cross, when a mean lies outside what bounds or grid allow, or when
    the repair ends without meeting every constraint (the message says which and how far it came).
    """
    start = np.asarray(values, dtype=np.float64)
    low = np.ceil(np.broadcast_to(np.asarray(lower, dtype=np.float64), start.shape) / step - 1e-9)
    high = np.floor(np.broadcast_to(np.asarray(upper, dtype=np.float64), start.shape) / step + 1e-9)
    if (low > high).any():
        raise UnreachableMomentsError(f"no multiple of {step} between the bounds of value {int((low > high).argmax())}")
    member = np.zeros((len(constraints), len(start)))
    for c, wanted in enumerate(constraints):
        member[c, wanted.members] = 1.0
        _check(wanted, member[c] > 0, low, high, step)
    moved = _stretched(np.clip(start / step, low, high), low, high, step, constraints, member > 0)
    units = np.clip(np.rint(moved), low, high)
    return np.round(_repaired(units, low, high, _Aims(constraints, member, step)) * step, CLEAN)


def _check(wanted: Moments, member: NDArray[np.bool_], low: Floats, high: Floats, step: float) -> None:
    n = int(member.sum())
    if n == 0 or (wanted.sd is not None and n == 1):
        raise UnreachableMomentsError(f"{n} values cannot have the mean {wanted.mean} and the spread {wanted.sd}")
    half = HALF * 10.0**-wanted.mean_digits
    least = max(low[member].sum(), np.ceil((wanted.mean - half) * n / step))
    most = min(high[member].sum(), np.floor((wanted.mean + half) * n / step))
    if least > most:
        raise UnreachableMomentsError(f"no {n} multiples of {step} within their bounds have the mean {wanted.mean}")


def _stretched(
    units: Floats, low: Floats, high: Floats, step: float, constraints: Sequence[Moments], member: NDArray[np.bool_]
) -> Floats:
    for _ in range(ROUNDS):
        for wanted, inside in zip(constraints, member, strict=True):
            old = units[inside]
            spread = old.std(ddof=1) if len(old) > 1 else 0.0
            stretch = wanted.sd / step / spread if wanted.sd is not None and spread > 0 else 1.0
            new = wanted.mean / step + (old - old.mean()) * stretch
            new = np.maximum(new, (old + low[inside]) / 2)
            units[inside] = np.minimum(new, (old + high[inside]) / 2)
    return units


class _Aims:
    """How far sums and sums of squares are from what the constraints allow, for many candidate moves at once."""

    def __init__(self, constraints: Sequence[Moments], member: Floats, step: float) -> None:
        self.constraints = constraints
        self.member = member
        self.n = member.sum(axis=1)
        self.mean = np.array([c.mean for c in constraints]) / step
        self.mean_half = np.array([HALF * 10.0**-c.mean_digits for c in constraints]) / step
        self.spread = np.array([c.sd is not None for c in constraints])
        self.sd = np.array([0.0 if c.sd is None else c.sd for c in constraints]) / step
        self.sd_half = np.array([HALF * 10.0**-c.sd_digits for c in constraints]) / step

    def moments(self, sums: Floats, squares: Floats) -> tuple[Floats, Floats]:
        """Means and standard deviations of sums and sums of squares about the wanted mean, (..., C)."""
        shift = sums / self.n
        variance = (squares - sums * shift) / np.maximum(self.n - 1, 1)
        return self.mean + shift, np.sqrt(np.maximum(variance, 0.0))

    def missed(self, sums: Floats, squares: Floats) -> Floats:
        """Total excess over half a printed unit, in such halves, (...); 0 when every constraint is met."""
        mean, sd = self.moments(sums, squares)
        off = np.maximum(np.abs(mean - self.mean) / self.mean_half - 1.0, 0.0)
        off_sd = np.where(self.spread, np.maximum(np.abs(sd - self.sd) / self.sd_half - 1.0, 0.0), 0.0)
        total: Floats = (off + off_sd).sum(axis=-1).round(SETTLED)
        return total

    def sums(self, units: Floats) -> tuple[Floats, Floats]:
        """Sums and sums of squares of each constraint's values about its wanted mean, (C,) each."""
        about = (units - self.mean[:, None]) * self.member
        return about.sum(axis=1), (about**2).sum(axis=1)

    def changes(self, units: Floats, index: NDArray[np.int64], delta: Floats) -> tuple[Floats, Floats]:
        """What moving the values ``index`` by ``delta`` adds to sums and sums of squares, (moves, C) each."""
        inside = self.member[:, index].T
        about = units[index][:, None] - self.mean
        return inside * delta[:, None], inside * (2.0 * about * delta[:, None] + delta[:, None] ** 2)


def _repaired(units: Floats, low: Floats, high: Floats, aims: _Aims) -> Floats:
    rng = np.random.default_rng(len(units))
    scale = 1
    for _ in range(REPAIRS):
        sums, squares = aims.sums(units)
        missed = float(aims.missed(sums, squares))
        if missed <= 0.0:
            return units
        better = _best_single(units, low, high, aims, SCALES[:scale], missed)
        if better is None:
            better = _best_pair(units, low, high, aims, rng, missed)
        if better is None:
            if scale == len(SCALES):
                break
            scale += 1
            continue
        units = better
    mean, sd = aims.moments(*aims.sums(units))
    unit = aims.mean_half[0] * 10.0 ** aims.constraints[0].mean_digits / HALF
    found = ", ".join(
        f"{m / unit:.4g} ({s / unit:.4g}) for {c.mean} ({c.sd})"
        for m, s, c in zip(mean, sd, aims.constraints, strict=True)
    )
    raise UnreachableMomentsError(f"means and standard deviations came no nearer than {found}")


def _best_single(
    units: Floats, low: Floats, high: Floats, aims: _Aims, scales: Sequence[int], missed: float
) -> Floats | None:
    index = np.repeat(np.arange(len(units)), 2 * len(scales))
    delta = np.tile(np.array([sign * s for s in scales for sign in (1.0, -1.0)]), len(units))
    return _best(units, low, high, aims, (index,), (delta,), missed)


def _best_pair(
    units: Floats, low: Floats, high: Floats, aims: _Aims, rng: np.random.Generator, missed: float
) -> Floats | None:
    one, other = rng.integers(0, len(units), (2, PAIRS))
    apart = one != other
    one, other = one[apart], other[apart]
    sizes = np.array(SCALES[:4], dtype=np.float64)
    up, down = rng.choice(sizes, len(one)) * rng.choice([1.0, -1.0], len(one)), rng.choice(sizes, len(one))
    return _best(units, low, high, aims, (one, other), (up, -np.sign(up) * down), missed)


def _best(
    units: Floats,
    low: Floats,
    high: Floats,
    aims: _Aims,
    indices: Sequence[NDArray[np.int64]],
    deltas: Sequence[Floats],
    missed: float,
) -> Floats | None:
    """The units after the best of the moves (each shifts ``indices[k]`` by ``deltas[k]``); None if none helps."""
    sums, squares = aims.sums(units)
    total = np.zeros((len(indices[0]), len(sums)))
    total_squares = total.copy()
    allowed = np.ones(len(total), dtype=np.bool_)
    for index, delta in zip(indices, deltas, strict=True):
        after = units[index] + delta
        allowed &= (after >= low[index]) & (after <= high[index])
        more, more_squares = aims.changes(units, index, delta)
        total += more
        total_squares += more_squares
    score = np.where(allowed, aims.missed(sums + total, squares + total_squares), np.inf)
    best = int(score.argmin()) if len(score) else -1
    if best < 0 or score[best] >= missed - 1e-12:
        return None
    moved = units.copy()
    for index, delta in zip(indices, deltas, strict=True):
        moved[index[best]] += delta[best]
    return moved
