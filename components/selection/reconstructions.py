"""What each condition of a filter leaves in every cohort of an ensemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import Across, group_cells
from components.core.envelope import Envelope, envelope
from components.core.groups import EVERYBODY
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
    cells = (group_cells(ensemble, Filter(chosen.parts[:i]), None, (EVERYBODY,))[0] for i in _each(chosen))
    counts = (np.bincount(own[own >= 0], minlength=ensemble.n).astype(np.float64) for own in cells)
    return AttritionAcross(ensemble.n, tuple(map(envelope, counts)))


def _each(chosen: Filter) -> range:
    """How many conditions count, from none to all."""
    return range(len(chosen.parts) + 1)
