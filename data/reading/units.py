"""Other units in which a value may have been written, offered as the reason why it looks implausible."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.language import say
from data.reading import messages
from data.reading.cells import distinct, folded, folded_name, lines, texts, which
from data.reading.issue import Issue

OTHER_UNITS: dict[str, tuple[tuple[str, float], ...]] = {
    "%": ((say("a fraction (0.85 for 85 %)"), 100.0),),
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


UNIT_COLUMNS = ("unit", "units", "単位")
"""Names of a column of measurements that gives the unit of each value."""

_SAME = {"ug/l": "ng/ml", "ku/l": "u/ml", "iu/ml": "u/ml", "mg/d": "mg/day", "mg/日": "mg/day", "torr": "mmhg"}


def unit_column(measurements: pd.DataFrame) -> str:
    """The column that gives the unit of each value; the empty text where there is none."""
    return next((str(name) for name in measurements.columns if folded_name(str(name)) in UNIT_COLUMNS), "")


def unit_issues(measurements: pd.DataFrame, dictionary: Dictionary) -> Iterator[Issue]:
    """Values in another unit than the dictionary's, and variables of the file in several units; or that all agree."""
    column = unit_column(measurements)
    if not column or "variable" not in measurements:
        return
    row, variable, written = lines(measurements), texts(measurements["variable"]), texts(measurements[column])
    units = np.array([_same(str(unit)) for unit in written], dtype=object)
    wrong = False
    for name in distinct(variable):
        own = (variable == name) & (units != "")
        measure = dictionary.measure.get(name)
        found = distinct(written[own])
        if measure is not None and measure.unit:
            other = own & (units != _same(measure.unit))
            if other.any():
                wrong = True
                yield messages.other_unit(column, row[other].tolist(), measure, distinct(written[other]))
        elif len(set(units[own])) > 1:
            wrong = True
            yield messages.several_units(column, row[own].tolist(), name, found)
    untold = (units == "") & which(
        variable, lambda name: name in dictionary.measure and bool(dictionary.measure[name].unit)
    )
    if not wrong:
        yield messages.units_agree(column, int((units != "").sum()), int(untold.sum()))


def _same(unit: str) -> str:
    plain = folded(unit).replace("µ", "u").replace("μ", "u")
    return _SAME.get(plain, plain)
