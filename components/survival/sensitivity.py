"""How far the hazard ratios rest on Wald's approximation and on proportional hazards: a second look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.core.estimate import Estimate, Reason, missing
from components.core.groups import Groups, OfGroup
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.engine.cox import cox_model
from components.engine.event_table import EventTable
from components.engine.firth import FirthModel, firth_model
from components.engine.logrank import comparable
from components.engine.profile_limits import ProfileLimits, profile_limits
from components.engine.proportional_hazards import proportional_hazards
from components.engine.schoenfeld import detectable_ratio
from components.survival.procedures import DETECTABLE_RATIO, FIRTH, PROFILE, PROPORTIONAL_HAZARDS
from data.levels import Level

PROPORTIONAL_P = 0.05
"""Below this p-value the page says that one hazard ratio does not describe the whole time."""


@dataclass(frozen=True)
class LevelSensitivity(OfGroup):
    """One level against the reference: profile-likelihood limits with their p, and Firth's ratio with its own.

    The value of ``profile`` may be 0 or infinite, as for a level without events; so may its limits. With few events
    its p is anti-conservative. ``detectable`` is the hazard ratio that could have been shown with 80% power.
    """

    profile: Estimate
    profile_p: float | None
    firth: Estimate
    firth_p: float | None
    detectable: float | None = None


@dataclass(frozen=True)
class Sensitivity:
    """The second look at every level but the reference; ``proportional_p`` is None where it cannot be tested."""

    reference: Level
    levels: tuple[LevelSensitivity, ...]
    proportional_p: float | None

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the second look was made with."""
        return listed(
            (PROFILE, any(level.profile.known for level in self.levels)),
            (FIRTH, any(level.firth.known for level in self.levels)),
            (PROPORTIONAL_HAZARDS, self.proportional_p is not None),
            (DETECTABLE_RATIO, any(level.detectable is not None for level in self.levels)),
        )

    @property
    def proportional(self) -> bool:
        """Whether the data speak against one ratio for the whole time."""
        return self.proportional_p is None or self.proportional_p >= PROPORTIONAL_P


def sensitivity(table: EventTable, grouped: Groups, method: Method = PAPER) -> Sensitivity:
    """Profile-likelihood limits, Firth's penalised ratios and the test of proportional hazards for the groups."""
    base = grouped.reference
    ratios = cox_model(table, base, method.ties).hazard_ratio
    profile = profile_limits((table,), base, method.ties, method.level)[0]
    firth = firth_model(table, base, method.ties, method.level)
    together, had = comparable(table), table.events.sum(axis=0)
    levels = tuple(
        level_sensitivity(
            group,
            k,
            float(ratios[k]),
            profile,
            firth,
            compared=bool(together[k, base]),
            detectable=detectable_ratio(
                int(had[k] + had[base]), int(table.n[k]), int(table.n[base]), level=method.level
            )
            if together[k, base]
            else None,
        )
        for k, group in enumerate(grouped.present)
        if k != base
    )
    test = proportional_hazards((table,), base, method.ties)[0] if together.sum() > len(together) else None
    return Sensitivity(grouped.present[base], levels, _known(test.p) if test else None)


def level_sensitivity(
    group: Level,
    k: int,
    ratio: float,
    profile: ProfileLimits,
    firth: FirthModel,
    *,
    compared: bool,
    detectable: float | None = None,
) -> LevelSensitivity:
    """The second look at level ``k`` of a model; ``compared`` says whether it ever competes with the reference."""
    return LevelSensitivity(
        group,
        *_estimate(ratio, profile.lower[k], profile.upper[k], profile.p[k], compared=compared),
        *_estimate(firth.hazard_ratio[k], firth.lower[k], firth.upper[k], firth.p[k], compared=compared),
        detectable,
    )


def _estimate(value: float, lower: float, upper: float, p: float, *, compared: bool) -> tuple[Estimate, float | None]:
    """The ratio and its p; neither without a comparison, or where both levels are without events."""
    if not compared:
        return missing(Reason.NOTHING_TO_COMPARE), None
    if np.isnan(value):
        return missing(Reason.NO_EVENTS_IN_LEVEL), None
    return Estimate(float(value), float(lower), float(upper)), _known(p)


def _known(p: float) -> float | None:
    return None if np.isnan(p) else float(p)
