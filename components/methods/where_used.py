"""Where procedures can be run: each page declares its panels, and what those can be made with.

A test computes every panel of every page under many choices and holds what they declare to what came out, in both
directions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from components.core.procedure import Procedure, in_order
from components.survival.procedures import (
    AT_RISK,
    COX,
    DETECTABLE_RATIO,
    FIRTH,
    HOLM,
    KAPLAN_MEIER,
    LIMITS,
    LOG_RANK,
    MEDIAN,
    PROFILE,
    PROPORTIONAL_HAZARDS,
    RESTRICTED_MEAN,
    RESTRICTED_MEAN_DIFFERENCE,
    RESTRICTED_MEAN_TEST,
    REVERSE_KAPLAN_MEIER,
    WALD,
)
from components.survival.share_differences import SURVIVAL_DIFFERENCE


@dataclass(frozen=True)
class Place:
    """Panels of one ``kind`` on a page: ``label`` says where on it they stand, the rest what they can be made with."""

    kind: str
    label: str
    procedures: tuple[Procedure, ...]


CURVES = (
    KAPLAN_MEIER,
    *LIMITS.values(),
    MEDIAN,
    RESTRICTED_MEAN,
    RESTRICTED_MEAN_DIFFERENCE,
    RESTRICTED_MEAN_TEST,
    SURVIVAL_DIFFERENCE,
    LOG_RANK,
    *COX.values(),
    WALD,
    *AT_RISK.values(),
    PROFILE,
    FIRTH,
    PROPORTIONAL_HAZARDS,
    DETECTABLE_RATIO,
    HOLM,
)
"""What curves with the comparison of their groups can be made with."""

EVERYWHERE = (REVERSE_KAPLAN_MEIER,)
"""What stands in the bar above every page and in every report."""


def register(places: Iterable[Place]) -> tuple[Procedure, ...]:
    """Every procedure that something on a page can be made with, by position; ``places`` are those of all pages."""
    return in_order((*EVERYWHERE, *(one for place in places for one in place.procedures)))
