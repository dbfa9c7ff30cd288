"""The statistical procedures that a result can be made with: the one register that words, pages and document follow."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.core.method import AtRisk, Interval, Ties


class Procedure(Enum):
    """A procedure by its stable id; its name, sentence, source and call in R stand in ``procedure_words.py``.

    Every result with a statistic lists its own as ``procedures``: those that gave it a number, and no other.
    """

    KAPLAN_MEIER = "kaplan-meier"
    CUMULATIVE_INCIDENCE = "cumulative-incidence"
    LIMITS_BY_EVENTS = "limits-by-events"
    LIMITS_LOG_LOG = "limits-log-log"
    LIMITS_LOG = "limits-log"
    LIMITS_PLAIN = "limits-plain"
    LIMITS_BETA_PRODUCT = "limits-beta-product"
    MEDIAN = "median-survival"
    RESTRICTED_MEAN = "restricted-mean"
    RESTRICTED_MEAN_DIFFERENCE = "restricted-mean-difference"
    LANDMARK = "landmark"
    LOG_RANK = "log-rank"
    TREND = "trend"
    HOLM = "holm"
    PERMUTATION_LOG_RANK = "permutation-log-rank"
    REVERSE_KAPLAN_MEIER = "reverse-kaplan-meier"
    COX_BRESLOW = "cox-breslow"
    COX_EFRON = "cox-efron"
    WALD = "wald"
    AT_RISK_TO = "at-risk-followed-to"
    AT_RISK_AFTER = "at-risk-followed-after"
    SCORE_TEST = "score-test"
    PROFILE = "profile-limits"
    FIRTH = "firth"
    PROPORTIONAL_HAZARDS = "proportional-hazards"
    DETECTABLE_RATIO = "detectable-ratio"
    TIME_VARYING_COX = "time-varying-cox"
    HAZARD_BY_VALUE = "hazard-by-value"
    SPLINE = "spline"
    AUC = "auc"
    CONCORDANCE = "concordance"
    CUT_POINT = "cut-point"
    DESCRIPTION = "description"
    STANDARDIZED_DIFFERENCE = "standardized-difference"
    INCIDENCE_RATE = "incidence-rate"
    RISK_DIFFERENCE = "risk-difference"
    MIXED_MODEL = "mixed-model"
    TIME_IN_RANGE = "time-in-range"


LIMITS: dict[Interval, Procedure] = {
    "by events": Procedure.LIMITS_BY_EVENTS,
    "log-log": Procedure.LIMITS_LOG_LOG,
    "log": Procedure.LIMITS_LOG,
    "plain": Procedure.LIMITS_PLAIN,
    "beta product": Procedure.LIMITS_BETA_PRODUCT,
}
COX: dict[Ties, Procedure] = {"breslow": Procedure.COX_BRESLOW, "efron": Procedure.COX_EFRON}
AT_RISK: dict[AtRisk, Procedure] = {"R": Procedure.AT_RISK_TO, "KMunicate": Procedure.AT_RISK_AFTER}


def listed(*given: tuple[Procedure, object]) -> tuple[Procedure, ...]:
    """The procedures whose condition holds, each once, in the order of the register."""
    ran = {procedure for procedure, gave in given if gave}
    return tuple(procedure for procedure in Procedure if procedure in ran)


def procedures_of(result: object) -> tuple[Procedure, ...]:
    """What ``result``, or each of several, was made with; nothing for one that only counts."""
    parts: Iterable[object] = result if isinstance(result, tuple) else (result,)
    return listed(*((procedure, True) for part in parts for procedure in getattr(part, "procedures", ())))
