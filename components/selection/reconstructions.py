"""What each condition of a filter leaves in every cohort of an ensemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import Across
from components.core.envelope import Envelope, envelope
from data.filters import Filter

if TYPE_CHECKING:
    from components.selection.attrition import Attrition
    from data.ensemble import Ensemble
    from data.entries import Factor


@dataclass(frozen=True)
class AttritionAcross(Across):
    """All patients, then of each condition in turn those ``left`` by it and those before it."""

    left: tuple[Envelope, ...]


def attrition_across(ensemble: Ensemble, chosen: Filter, _by: Factor | None, _shown: Attrition) -> AttritionAcross:
    """What the conditions of ``chosen``, one after the other, leave in every cohort of ``ensemble``."""
    kept = (Filter(chosen.parts[:i]).kept(ensemble.stack) for i in range(len(chosen.parts) + 1))
    counts = (np.bincount(ensemble.member[one], minlength=ensemble.n).astype(np.float64) for one in kept)
    return AttritionAcross(ensemble.n, tuple(map(envelope, counts)))
