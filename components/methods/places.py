"""Where procedures can be run: each page declares its panels, and what those can be made with.

A test computes every panel of every page under many choices and holds what they declare to what came out, in both
directions.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.core.procedure import AT_RISK, COX, LIMITS, Procedure

P = Procedure


@dataclass(frozen=True)
class Place:
    """Panels of one ``kind`` on a page: ``label`` says where on it they stand, the rest what they can be made with."""

    kind: str
    label: str
    procedures: tuple[Procedure, ...]


CURVES = (
    P.KAPLAN_MEIER,
    *LIMITS.values(),
    P.MEDIAN,
    P.RESTRICTED_MEAN,
    P.RESTRICTED_MEAN_DIFFERENCE,
    P.RESTRICTED_MEAN_TEST,
    P.LOG_RANK,
    *COX.values(),
    P.WALD,
    *AT_RISK.values(),
    P.PROFILE,
    P.FIRTH,
    P.PROPORTIONAL_HAZARDS,
    P.DETECTABLE_RATIO,
)
"""What curves with the comparison of their groups can be made with."""

EVERYWHERE = (P.REVERSE_KAPLAN_MEIER,)
"""What stands in the bar above every page and in every report."""
