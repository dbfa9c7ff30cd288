"""Survival of groups at chosen days less that of the reference, as estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.estimate import Estimate, Limits, Reason, estimate
from components.core.groups import OfGroup
from components.core.procedure import Procedure
from components.engine.kaplan_meier import survival_difference
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.core.groups import Groups
    from components.engine.kaplan_meier import SurvivalAt
    from data.levels import Level

SURVIVAL_DIFFERENCE = Procedure(
    "survival-difference",
    say("Difference of survival at a time"),
    say("Survival at a time is compared by its difference; its limits ({level}) are put together from those of both."),
    say("Zou and Donner 2008"),
    formula="square-and-add of both curves' limits",
    section="Survival",
    position=112,
    compares=True,
)


@dataclass(frozen=True)
class ShareDifference(OfGroup):
    """Survival of one group less that of the reference, an estimate a chosen day, each as a share of 1."""

    reference: Level
    at: tuple[Estimate, ...]


def share_differences(at: SurvivalAt, own: Groups, beyond: Sequence[Reason]) -> tuple[ShareDifference, ...]:
    """Every group but the reference against it; ``beyond`` is why a day has no estimate where it has none."""
    return tuple(_difference(at, own, k, beyond) for k in range(len(own.present)) if k != own.reference)


def _difference(at: SurvivalAt, own: Groups, k: int, beyond: Sequence[Reason]) -> ShareDifference:
    value, lower, upper = survival_difference(at, k, own.reference)
    small = at.beta_product[:, k] | at.beta_product[:, own.reference]
    found = []
    for d, why in enumerate(beyond):
        limits: Limits = "beta product" if small[d] else ""
        found.append(estimate(value[d], lower[d], upper[d], why, limits))
    return ShareDifference(own.present[k], own.present[own.reference], tuple(found))
