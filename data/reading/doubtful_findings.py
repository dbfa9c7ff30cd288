"""What is said of values that can be read, but often mean something else than they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.reading.issue import SHOWN, Issue, counted, issue, listing, number
from data.reading.time_status import DAYS_IN

Rows = Sequence[int]


def unit_of_column(table: str, column: str, rows: Rows, unit: str, read: str, pairs: Mapping[str, str]) -> Issue:
    """A column whose name tells another unit of time."""
    shown = ", ".join(f"{written} is {meant}" for written, meant in list(pairs.items())[:3])
    one = f" (a {unit.removesuffix('s')} is {DAYS_IN[unit]:g} days)" if read == "days" else ""
    wrong = f"The name tells {unit}; {counted(len(rows), 'number', 'numbers')} became {read}{one}: {shown}."
    return issue("understood", table, column, rows, wrong)


def short_follow_up(longest: int) -> Issue:
    """Days of follow-up so few that they may be months."""
    wrong = f"The longest follow-up is {counted(longest, 'day', 'days')}. Are these months?"
    remedy = "If so, call the column “last_day (months)”, every other column of days likewise, and add the file again."
    return issue("understood", "patients", "last_day", (), wrong, remedy)


def early_days(table: str, latest: int, followed: int) -> Issue:
    """Records on so few days, while patients are followed for so long, that they may be months."""
    wrong = (
        f"Nothing is recorded after day {latest}, while patients are followed to day {number(followed)}. "
        "Are these weeks or months?"
    )
    remedy = "If so, call the column “day (weeks)” or “day (months)” and add the file again."
    return issue("understood", table, "day", (), wrong, remedy)


def missing_codes(table: str, column: str, rows: Rows, code: str, of: str, unit: str) -> Issue:
    """A number that files write where nothing was recorded, and that stands apart from all others."""
    value = f"{code} {unit}".strip()
    wrong = f"{of}: {counted(len(rows), 'cell is', 'cells are')} taken as {value}, well above all others."
    remedy = f"Files often write {code} for “not recorded”: if this one does, leave the cells empty."
    return issue("understood", table, column, rows, wrong, remedy)


def similar_patients(table: str, rows: Rows, pairs: Sequence[tuple[str, ...]]) -> Issue:
    """Patients whose codes differ by capitals, leading zeros or signs only."""
    shown = "; ".join(listing(names) for names in pairs[:SHOWN])
    more = f"; and {number(len(pairs) - SHOWN)} more" if len(pairs) > SHOWN else ""
    several = len(pairs) != 1
    wrong = f"{'These codes' if several else 'The codes'} may be those of the same patient: {shown}{more}."
    remedy = (
        "They are counted as different patients. If they are not, put them into one row, under one code everywhere."
    )
    return issue("warning", table, "patient", rows, wrong, remedy)
