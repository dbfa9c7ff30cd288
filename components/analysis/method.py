"""The statistical conventions in force: one value for the whole application, printed under every result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ties = Literal["breslow", "efron"]
Interval = Literal["log-log", "log", "plain"]
AtRisk = Literal["R", "KMunicate"]


@dataclass(frozen=True)
class Method:
    """Defaults reproduce the paper, that is SAS 9.4: log-log Kaplan-Meier limits, Breslow ties, Wald intervals.

    ``at_risk``: "R" counts patients followed to the time or later (R, SAS); "KMunicate" those still followed after it,
    so that at risk, censored and events add up to the group.
    """

    ties: Ties = "breslow"
    interval: Interval = "log-log"
    at_risk: AtRisk = "R"
    level: float = 0.95


PAPER = Method()
