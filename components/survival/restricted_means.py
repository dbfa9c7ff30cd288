"""Restricted means of groups and their differences from the reference, as estimates."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from components.core.estimate import Estimate, Limits, Reason, estimate
from components.core.groups import OfGroup
from components.engine.restricted_mean import RestrictedMean, restricted_mean_difference

if TYPE_CHECKING:
    from components.core.groups import Groups
    from components.engine.event_table import EventTable
    from data.levels import Level


@dataclass(frozen=True)
class Difference(OfGroup):
    """Restricted mean of one group minus that of the reference, in days, with its p-value.

    ``reason`` says why there is none although there is a difference.
    """

    reference: Level
    days: Estimate
    p: float | None
    reason: Reason | None = None


def mean_of(means: RestrictedMean, k: int) -> Estimate:
    """The restricted mean of group ``k``, in days."""
    limits: Limits = "beta product" if means.beta_product[k] else ""
    return estimate(means.mean[k], means.lower[k], means.upper[k], Reason.BEYOND_FOLLOW_UP, limits)


def differences(table: EventTable, means: RestrictedMean, own: Groups) -> tuple[Difference, ...]:
    """Every group but the reference against it."""
    return tuple(
        _difference(table, means, k, own.reference, own.present) for k in range(len(own.present)) if k != own.reference
    )


def _difference(table: EventTable, means: RestrictedMean, k: int, base: int, present: tuple[Level, ...]) -> Difference:
    found = restricted_mean_difference(table, means, k, base)
    limits: Limits = "beta product" if means.beta_product[[k, base]].any() else ""
    days = estimate(found.estimate, found.lower, found.upper, Reason.BEYOND_FOLLOW_UP, limits)
    if days.value is None or not isnan(found.p):
        return Difference(present[k], present[base], days, None if isnan(found.p) else found.p)
    before = table.events[:, [k, base]][table.times < means.tau].any()
    return Difference(
        present[k], present[base], days, None, Reason.NOTHING_TO_COMPARE if before else Reason.NO_EVENT_BEFORE
    )
