"""How times are printed in the tables: in the unit of the axis over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.numbers import with_interval
from components.survival.ticks import YEAR, Unit
from data.language import say

if TYPE_CHECKING:
    from components.core.estimate import Estimate


@dataclass(frozen=True)
class TimeUnit:
    """What is printed of days in a unit called ``name``: as many ``per_day``, with so many decimal ``places``."""

    name: str
    per_day: float
    places: int

    def printed(self, days: Estimate) -> str:
        """A time or a difference of times with its limits, in this unit."""
        return with_interval(days, self.places, self.per_day)

    @property
    def title(self) -> str:
        """Its name at the beginning of a heading."""
        return f"{self.name[0].upper()}{self.name[1:]}"


TIME_UNITS: Mapping[Unit, TimeUnit] = {
    "days": TimeUnit(say("days"), 1.0, 0),
    "months": TimeUnit(say("months"), 12 / YEAR, 1),
    "years": TimeUnit(say("years"), 1 / YEAR, 2),
}
"""The units of the axis; a difference of means in days needs no decimals, one in years two."""
