"""A number with its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import isnan
from typing import Literal

Limits = Literal["", "beta product", "beta product and log-log", "Firth"]


class Reason(Enum):
    """Why a number cannot be given; the sentences stand in ``components/core/reason_words.py``."""

    NO_PATIENTS = "no patients"
    NO_EVENTS = "no events"
    NO_EVENTS_IN_LEVEL = "no events in this level"
    NO_EVENTS_IN_REFERENCE = "no events in the reference level"
    ALL_EVENTS_IN_ONE_LEVEL = "all events in one level"
    ONE_LEVEL = "only one level has patients"
    NOTHING_TO_COMPARE = "never at risk together when an event left anybody over"
    MONOTONE = "monotone likelihood"
    NO_EVENT_BEFORE = "no event before that time"
    NO_EVENT_BY_THEN = "no event by then"
    NOBODY_EVENT_FREE = "nobody free of the event after that day"
    NO_PAIR = "no two patients of whom it is known who had the event first"
    NO_CUT = "no cut leaves enough patients on both sides"
    NOT_REACHED = "not reached"
    NOT_REACHED_ALIVE = "too few left alive"
    ENDS_ON_HALF = "the curve ends at one half"
    ENDS_ON_QUARTILE = "the curve ends at that quarter"
    BEYOND_FOLLOW_UP = "beyond follow-up"
    BEYOND_HORIZON = "beyond the follow-up counted"
    NO_FOLLOW_UP = "no follow-up"
    ONE_PATIENT = "only one patient"
    NOT_MEASURED = "not measured"
    TOO_FEW_EVENTS = "too few events"
    TOO_FEW_PER_COEFFICIENT = "too few events for each coefficient"
    COLLINEAR = "follows from the rest of the model"
    NO_VARIATION = "no variation"
    TOO_FEW_PATIENTS = "too few patients"
    NOT_CONVERGED = "did not converge"
    TOO_FEW_REPEATED = "too few patients measured repeatedly"
    ROWS_ELSEWHERE = "rows stay in the database"
    WITHHELD = "fewer than five behind it, and small counts hidden"


NOT_REACHED = frozenset({Reason.NOT_REACHED, Reason.NOT_REACHED_ALIVE})
"""Reasons of a median to which its curve does not come down."""


@dataclass(frozen=True)
class Estimate:
    """A value with its limits, at full precision; ``value`` is None exactly when ``reason`` says why.

    A limit of None is not estimable. A value that is not known may have limits, as the lower one of a median that is
    not reached. ``limits`` names their procedure where it is, or is in part, the beta product for few events, and where
    the value itself is a hazard ratio with Firth's penalty.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    reason: Reason | None = None
    limits: Limits = ""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.value is not None


def missing(reason: Reason) -> Estimate:
    """An estimate that cannot be given."""
    return Estimate(None, reason=reason)


def estimate(
    value: float,
    lower: float = float("nan"),
    upper: float = float("nan"),
    otherwise: Reason = Reason.NO_PATIENTS,
    limits: Limits = "",
) -> Estimate:
    """The engine's numbers as an estimate: not-a-number limits become None, a not-a-number value ``otherwise``."""
    low, high = None if isnan(lower) else lower, None if isnan(upper) else upper
    named = "" if low is None and high is None else limits
    return Estimate(None, low, high, otherwise, named) if isnan(value) else Estimate(value, low, high, None, named)
