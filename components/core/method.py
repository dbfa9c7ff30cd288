"""The statistical conventions in force: one value for the whole application, printed under every result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from components.engine.kaplan_meier import FEW_EVENTS as FEW_EVENTS  # noqa: PLC0414 - part of the convention

Ties = Literal["breslow", "efron"]
Interval = Literal["by events", "log-log", "log", "plain", "beta product"]
AtRisk = Literal["R", "KMunicate"]


@dataclass(frozen=True)
class Method:
    """The paper's conventions, that is SAS 9.4's, but for limits of survival and incidence where events are few.

    ``interval``: "by events" takes log-log limits as the paper does, but those of the beta product as long as fewer
    than five events have happened and where survival is 0 or 1; every other one is taken everywhere. Hazard ratios
    have Wald's limits.
    ``at_risk``: "R" counts patients followed to the time or later (R, SAS); "KMunicate" those still followed after it,
    so that at risk, censored and events add up to the group.
    """

    ties: Ties = "breslow"
    interval: Interval = "by events"
    at_risk: AtRisk = "R"
    level: float = 0.95


PAPER = Method(interval="log-log")
"""The conventions that give the published numbers back: log-log limits everywhere."""
