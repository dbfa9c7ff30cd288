"""Outcomes given by a time and a code for what ended it, which the mapping of the columns says the meaning of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.dictionary import Dictionary
from data.reading.cells import folded_name, texts
from data.reading.layout import columns_of

TIMES = ("time", "times", "os", "ostime", "survivaltime", "survtime", "followuptime", "followup", "timetoevent",
         "survivaldays", "survivalmonths", "survivalyears", "overallsurvival", "survival", "futime", "tte", "duration",
         "生存期間",
         "追跡期間")  # fmt: skip
STATUSES = ("status", "event", "dead", "death", "died", "censor", "censored", "cens", "cnsr", "fustat", "osstatus",
            "osevent", "vitalstatus", "転帰", "死亡", "生死")  # fmt: skip
MOST_CODES = 4

DAYS_IN: Mapping[str, float] = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
"""The units in which a time can be, and what one of them is in days."""


@dataclass(frozen=True)
class TimeStatus:
    """The columns of a time and of a code for what ended it; ``codes`` maps every code to its number of patients.

    ``unit`` is the unit that the name of the time gives, or empty.
    """

    time: str
    status: str
    codes: Mapping[str, int]
    unit: str = ""


def time_and_status(patients: pd.DataFrame, dictionary: Dictionary) -> TimeStatus | None:
    """The columns of a time and a status, where the day columns of the outcome are not there; None without both."""
    if "last_day" in patients or "death_day" in patients:
        return None
    free = [str(column) for column in patients.columns if column not in columns_of("patients", dictionary)]
    time = next((column for column in free if _named(column, TIMES)), "")
    status = next((column for column in free if column != time and _named(column, STATUSES)), "")
    if not time or not status:
        return None
    counts = pd.Series(texts(patients[status])).value_counts(sort=False)
    codes = {str(code): int(n) for code, n in sorted(counts.items(), key=lambda pair: str(pair[0])) if str(code)}
    unit = next((unit for unit in DAYS_IN if folded_name(time).endswith(unit)), "")
    return TimeStatus(time, status, codes, unit) if 0 < len(codes) <= MOST_CODES else None


def _named(column: str, names: tuple[str, ...]) -> bool:
    name = folded_name(column)
    return name in names or any(name == f"{known}{unit}" for known in names for unit in DAYS_IN)
