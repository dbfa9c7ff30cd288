"""What a report and the small type under a figure say of the procedures that ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import decimal
from components.core.procedure import DESCRIBED, Procedure
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable


P = Procedure

SURVIVAL_TIME = frozenset(
    {
        P.KAPLAN_MEIER, P.LOG_RANK, P.TREND, P.PERMUTATION_LOG_RANK, P.COX_BRESLOW, P.COX_EFRON, P.TIME_VARYING_COX,
        P.HAZARD_BY_VALUE, P.AUC, P.CONCORDANCE, P.CUT_POINT, P.CUMULATIVE_INCIDENCE,
    }
)  # fmt: skip
"""Procedures on times that may be censored."""

COMPARING = frozenset(
    {
        P.LOG_RANK, P.TREND, P.PERMUTATION_LOG_RANK, P.COX_BRESLOW, P.COX_EFRON, P.RESTRICTED_MEAN_DIFFERENCE,
        P.RESTRICTED_MEAN_TEST, P.RISK_DIFFERENCE, P.STANDARDIZED_DIFFERENCE, P.TIME_VARYING_COX, P.HAZARD_BY_VALUE,
    }
)  # fmt: skip
"""Procedures that compare groups of patients."""


def _level(level: float) -> str:
    return f"{decimal(100 * level)}%"


def sentence(procedure: Procedure, level: float) -> str:
    """What was done, in a sentence."""
    return DESCRIBED[procedure].sentence.format(level=_level(level))


def sentences(procedures: Iterable[Procedure], level: float) -> tuple[str, ...]:
    """What a report says of ``procedures``, in their order, each with its source."""
    return tuple(f"{sentence(one, level).removesuffix('.')} ({DESCRIBED[one].source})." for one in procedures)


def brief(procedures: Iterable[Procedure], level: float) -> str:
    """The conventions behind the numbers of a figure, for the small type under it; blank where there are none."""
    ran = set(procedures)
    parts = [DESCRIBED[procedure].brief.format(level=_level(level)) for procedure in Procedure if procedure in ran]
    said = "; ".join(part for part in parts if part)
    if not said:
        return ""
    said = say("Kaplan-Meier with {said}", said=said) if P.KAPLAN_MEIER in ran else said
    return f"{said[0].upper()}{said[1:]}."
