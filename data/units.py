"""Other units in which a value may have been written, offered as the reason why it looks implausible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OTHER_UNITS: dict[str, tuple[tuple[str, float], ...]] = {
    "%": (("a fraction (0.85 for 85 %)", 100.0),),
    "mmHg": (("kPa", 7.50062),),
    "ng/mL": (("pg/mL", 0.001), ("µg/mL (mg/L)", 1000.0), ("ng/L", 0.001), ("ng/dL", 0.01)),
    "U/mL": (("kU/mL", 1000.0), ("U/L", 0.001)),
    "U/L": (("U/mL", 1000.0), ("µkat/L", 60.0)),
    "mg/day": (("µg/day", 0.001), ("g/day", 1000.0)),
    "kg": (("g", 0.001), ("lb", 0.453592)),
    "years": (("months", 1 / 12), ("days", 1 / 365.25)),
}
"""For every unit of the dictionary: other units, and what one of them is in the dictionary's unit.

Units that mean the same, such as ng/mL and µg/L, explain nothing and are not here.
"""


def written_in(values: NDArray[np.float64], unit: str, plausible: tuple[float, float]) -> str:
    """The other unit that would make every one of ``values`` plausible; the empty text when there is none."""
    low, high = plausible
    if not len(values):
        return ""
    for other, factor in OTHER_UNITS.get(unit, ()):
        converted = values * factor
        if ((converted >= low) & (converted <= high)).all():
            return other
    return ""
