"""What no printed number fixes and a cohort must nevertheless have: drawn again for every seed, from stated ranges.

Were these the same for every seed, several cohorts would agree on them, and their agreement would look like knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

STREAM = 1_000
"""Which stream of a seed the assumptions are drawn from; the searches use small numbers."""


@dataclass(frozen=True)
class Range:
    """The least and the greatest value of one assumption, and where they come from."""

    least: float
    most: float
    source: str


RANGES = {
    "deaths_month_1": Range(0.35, 0.55, "Assumed: rapidly progressive disease kills within weeks to few months."),
    "deaths_month_3": Range(0.15, 0.3, "Assumed, as above."),
    "deaths_month_6": Range(0.08, 0.2, "Assumed, as above."),
    "early_mda5": Range(1.0, 3.0, "Assumed: with anti-MDA5 antibody death comes early, mostly within six months."),
    "together": Range(0.7, 1.3, "The paper reports a general correlation of prognostic factors without its size."),
    "common": Range(0.45, 0.75, "Assumed: laboratory values of one patient go together, moderately."),
    "persistence": Range(0.75, 0.92, "Assumed: courses keep their rank from visit to visit."),
    "carried": Range(0.3, 0.7, "Assumed: means change partly because of who is still measured."),
    "habit": Range(0.6, 1.4, "Assumed: places differ in how much they measure."),
    "late_reactions": Range(0.25, 0.5, "Assumed: reactions that depend on how long, not on when the drug was begun."),
    "weekday": Range(0.6, 0.9, "Assumed: share of visits on a patient's own weekday."),
    "apart": Range(0.3, 0.6, "Assumed: share of visits whose lung function or imaging is done on another day."),
}
"""Each assumption by name: a factor, a share or a log weight, as the module that uses it says."""


FIRST, SECOND = 1, 2
"""Versions of what is assumed. The committed cohorts are of the first.

In the second, how strongly unprinted levels go with death and how equally plausible deaths divide are drawn as well
(``unprinted``), bounds are those of the diseased, and of several fillings of a skeleton the most believable is taken.
"""


@dataclass(frozen=True)
class Assumptions:
    """One value of each assumption, named as in ``RANGES``, and the version of what is assumed beside them."""

    deaths_month_1: float
    deaths_month_3: float
    deaths_month_6: float
    early_mda5: float
    together: float
    common: float
    persistence: float
    carried: float
    habit: float
    late_reactions: float
    weekday: float
    apart: float
    version: int = FIRST

    @property
    def named(self) -> dict[str, float]:
        """The values by name, in the order of ``RANGES``."""
        return {name: float(getattr(self, name)) for name in RANGES}

    @property
    def second(self) -> bool:
        """Whether they are of the second version."""
        return self.version == SECOND


def _of(drawn: dict[str, Any], version: int) -> Assumptions:
    return Assumptions(**drawn, version=version)


MIDDLE = _of({name: (range_.least + range_.most) / 2 for name, range_ in RANGES.items()}, FIRST)
"""The middle of every range."""


def assumptions(seed: int, version: int = FIRST) -> Assumptions:
    """The assumptions of a seed: each drawn evenly from its range, to three decimals; the same in every version."""
    rng = np.random.default_rng([seed, STREAM])
    drawn = {name: round(float(rng.uniform(range_.least, range_.most)), 3) for name, range_ in RANGES.items()}
    return _of(drawn, version)
