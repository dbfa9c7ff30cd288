"""Results as they are shown where small counts are hidden: counts rounded down, numbers of fewer than five left out.

Each value here is of the kind it is made of, so that words, charts and files print it as they print any other.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import ceil, floor, log10, nan
from typing import TYPE_CHECKING

import numpy as np

from components.core.analysis_set import AnalysisSet, LeftOut
from components.core.columns import Columns, Share
from components.core.estimate import Estimate, Reason, missing
from components.core.small_counts import few, rounded_down
from components.core.summary import Summary
from components.engine.descriptive import Distribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.core.tally import LabelCount, LabelCounts

DIGITS, P_DIGITS = 3, 2
"""Digits kept of a number, and of a p-value: a mean at full precision is a fraction that says out of how many."""

MONTH, HALF_YEAR = 365.25 / 12, 6
WITHHELD = missing(Reason.WITHHELD)


def significant(value: float, digits: int = DIGITS) -> float:
    """``value`` with so many digits."""
    if not np.isfinite(value) or value == 0:
        return value
    return round(value, digits - 1 - floor(log10(abs(value))))


def whole_months(days: float) -> int:
    """A day moved to the end of the month it lies nearest to."""
    return round(round(days / MONTH) * MONTH)


def half_years_over(days: float) -> int:
    """A day moved on to the next half-year: the longest follow-up is that of one patient."""
    return ceil(ceil(days / MONTH) / HALF_YEAR) * round(HALF_YEAR * MONTH)


def rounded_p(p: float | None) -> float | None:
    """A p-value with two digits."""
    return None if p is None else significant(p, P_DIGITS)


def rounded_estimate(found: Estimate) -> Estimate:
    """An estimate and its limits with three digits each."""
    ends = (None if one is None else significant(one) for one in (found.value, found.lower, found.upper))
    value, lower, upper = ends
    return replace(found, value=value, lower=lower, upper=upper)


def rounded_share(share: Share) -> Share:
    """Patients out of patients, both rounded down, so that the percentage is that of the rounded."""
    return Share(rounded_down(share.n), rounded_down(share.of))


def rounded_shares(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Each of them rounded."""
    return tuple(map(rounded_share, shares))


@dataclass(frozen=True)
class RoundedSummary(Summary):
    """A summary of at least five values with three digits, without the least and the greatest; of fewer, none."""

    @property
    def _absent(self) -> Reason:
        return Reason.WITHHELD

    @property
    def _alone(self) -> Reason:
        return Reason.WITHHELD


def withheld_parts(sizes: Sequence[int], apart: int = 0) -> tuple[bool, ...]:
    """Which parts of a total are withheld: those of fewer than five, and the next smallest where these are too few.

    ``apart`` belong to the total and to none of the parts. A total less the parts shown then speaks of nobody, or of at
    least five.
    """
    hidden = [few(size) for size in sizes]
    while not all(hidden):
        rest = apart + sum(size for size, one in zip(sizes, hidden, strict=True) if one)
        if not rest or not few(rest):
            break
        hidden[min((i for i, one in enumerate(hidden) if not one), key=lambda i: sizes[i])] = True
    return tuple(hidden)


def withheld_columns(levels: Sequence[tuple[int, ...] | None], sizes: Sequence[int]) -> tuple[bool, ...]:
    """The same of columns as a table has them: the first of everybody, groups, and groups of groups.

    A group of groups is withheld as well where it leaves one to four over for everybody else, or for its own groups.
    """
    own = [c for c, level in enumerate(levels) if level is not None and len(level) == 1]
    hidden = {0: few(sizes[0])}
    parts = withheld_parts([sizes[c] for c in own], sizes[0] - sum(sizes[c] for c in own))
    hidden |= dict(zip(own, parts, strict=True))
    for c, level in enumerate(levels):
        if level is not None and c not in hidden:
            inside = sum(sizes[k] for k in own if not hidden[k] and set(levels[k] or ()) <= set(level))
            hidden[c] = few(sizes[c]) or any(left and few(left) for left in (sizes[0] - sizes[c], sizes[c] - inside))
    return tuple(hidden[c] for c in range(len(levels)))


def rounded_summary(found: Summary, *, withheld: bool = False) -> Summary:
    """``found`` as it may be shown, without its numbers where they are ``withheld``."""
    known = found.distribution
    shown = nan if withheld or few(found.n) else 1.0
    rounded = Distribution(
        rounded_down(known.n),
        rounded_down(known.missing),
        mean=shown * significant(known.mean),
        sd=shown * significant(known.sd),
        minimum=nan,
        q1=shown * significant(known.q1),
        median=shown * significant(known.median),
        q3=shown * significant(known.q3),
        maximum=nan,
    )
    return RoundedSummary(rounded, found.level)


@dataclass(frozen=True, eq=False)
class RoundedSet(AnalysisSet):
    """An analysis set that says its counts rounded down."""

    @property
    def rounded(self) -> bool:
        """Its counts are rounded down."""
        return True

    @property
    def of(self) -> int:
        """Patients of the population whom the filter keeps, rounded down."""
        return rounded_down(super().of)

    @property
    def n(self) -> int:
        """Patients analysed, rounded down."""
        return rounded_down(super().n)

    @property
    def last_day(self) -> int:
        """The half-year that the last day on which an analysed patient was followed lies in, by its end."""
        return half_years_over(super().last_day)

    @property
    def deaths(self) -> int:
        """Deaths among them, rounded down."""
        return rounded_down(super().deaths)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Patients left out by reason, rounded down."""
        return tuple(replace(one, n=rounded_down(one.n)) for one in super().left_out)


def rounded_set(found: AnalysisSet) -> RoundedSet:
    """``found`` with its counts rounded, its days as whole months, and the end of follow-up as a half-year."""
    own = {field.name: getattr(found, field.name) for field in fields(AnalysisSet)}
    follow_up, apart = found.follow_up, found.ungrouped
    months = np.round(np.round(found.days / MONTH) * MONTH).astype(np.int64)
    end = replace(follow_up, end=follow_up.start + half_years_over(follow_up.length))
    left = None if apart is None else replace(apart, n=rounded_down(apart.n))
    return RoundedSet(**(own | {"days": months, "follow_up": end if follow_up.whole else follow_up, "ungrouped": left}))


def shown_set(found: AnalysisSet, *, hides: bool) -> AnalysisSet:
    """``found`` as it is printed, rounded once where small counts are hidden."""
    return rounded_set(found) if hides and not found.rounded else found


@dataclass(frozen=True, eq=False)
class RoundedColumns(Columns):
    """Columns that say how many patients they have rounded down."""

    @property
    def n(self) -> tuple[int, ...]:
        """Patients in each column, rounded down."""
        return tuple(map(rounded_down, super().n))


def rounded_columns(found: Columns) -> RoundedColumns:
    """``found`` with its counts rounded."""
    own = {field.name: getattr(found, field.name) for field in fields(Columns)}
    changed = {"unknown": rounded_down(found.unknown), "analysed": rounded_set(found.analysed)}
    return RoundedColumns(**(own | changed))


def rounded_summaries(columns: Columns, summaries: Sequence[Summary]) -> tuple[Summary, ...]:
    """What each of the columns is like, without those that would tell of fewer than five by subtraction."""
    hidden = withheld_columns(columns.levels, [one.n for one in summaries])
    return tuple(rounded_summary(one, withheld=gone) for one, gone in zip(summaries, hidden, strict=True))


def rounded_labels(found: LabelCounts) -> LabelCounts:
    """What is named, its counts rounded; labels that fewer than five have are left out."""
    kept = tuple(_rounded_label(one) for one in found.labels if not few(one.shares[0].n))
    counts = {name: tuple(map(rounded_down, getattr(found, name))) for name in ("concerned", "unnamed", "several")}
    return replace(found, labels=kept, **counts)


def _rounded_label(one: LabelCount) -> LabelCount:
    return replace(one, shares=rounded_shares(one.shares))
