"""What is said of values that can be read, but often mean something else than they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import SHOWN, Issue, issue, listing, number
from data.reading.time_status import DAYS_IN

Rows = Sequence[int]


def unit_of_column(table: str, column: str, rows: Rows, unit: str, read: str, pairs: Mapping[str, str]) -> Issue:
    """A column whose name gives another unit of time."""
    shown = ", ".join(
        say("{written} is {meant}", written=written, meant=meant) for written, meant in list(pairs.items())[:3]
    )
    if read == "days":
        wrong = say_counted(
            len(rows),
            "The name gives {unit}; {rows} number became days (a {one} is {days} days): {shown}.",
            "The name gives {unit}; {rows} numbers became days (a {one} is {days} days): {shown}.",
            unit=unit,
            rows=number(len(rows)),
            one=unit.removesuffix("s"),
            days=f"{DAYS_IN[unit]:g}",
            shown=shown,
        )
    else:
        wrong = say_counted(
            len(rows),
            "The name gives {unit}; {rows} number became {read}: {shown}.",
            "The name gives {unit}; {rows} numbers became {read}: {shown}.",
            unit=unit,
            rows=number(len(rows)),
            read=read,
            shown=shown,
        )
    return issue("understood", table, column, rows, wrong)


def short_follow_up(longest: int) -> Issue:
    """Days of follow-up so few that they may be months."""
    wrong = say_counted(
        longest,
        "The longest follow-up is {longest} day. Are these months?",
        "The longest follow-up is {longest} days. Are these months?",
        longest=number(longest),
    )
    remedy = say(
        "If so, call the column “last_day (months)”, every other column of days likewise, and add the file again."
    )
    return issue("understood", "patients", "last_day", (), wrong, remedy)


def early_days(table: str, latest: int, followed: int) -> Issue:
    """Records on so few days, while patients are followed for so long, that they may be months."""
    wrong = say(
        "Nothing is recorded after day {latest}, while patients are followed to day {followed}. Are "
        "these weeks or months?",
        latest=latest,
        followed=number(followed),
    )
    remedy = say("If so, call the column “day (weeks)” or “day (months)” and add the file again.")
    return issue("understood", table, "day", (), wrong, remedy)


def missing_codes(table: str, column: str, rows: Rows, code: str, of: str, unit: str) -> Issue:
    """A number that files write where nothing was recorded, and that stands apart from all others."""
    value = f"{code} {unit}".strip()
    wrong = say_counted(
        len(rows),
        "{of}: {rows} cell is taken as {value}, well above all others.",
        "{of}: {rows} cells are taken as {value}, well above all others.",
        of=of,
        rows=number(len(rows)),
        value=value,
    )
    remedy = say("Files often write {code} for “not recorded”: if this one does, leave the cells empty.", code=code)
    return issue("understood", table, column, rows, wrong, remedy)


def similar_patients(table: str, rows: Rows, pairs: Sequence[tuple[str, ...]]) -> Issue:
    """Patients whose codes differ by capitals, leading zeros or signs only."""
    shown = "; ".join(listing(names) for names in pairs[:SHOWN])
    if len(pairs) > SHOWN:
        shown = say("{shown}; and {pairs} more", shown=shown, pairs=number(len(pairs) - SHOWN))
    several = len(pairs) != 1
    wrong = (
        say("These codes may be those of the same patient: {shown}.", shown=shown)
        if several
        else say("The codes may be those of the same patient: {shown}.", shown=shown)
    )
    remedy = say(
        "They are counted as different patients. If they are not, put them into one row, under one code everywhere."
    )
    return issue("warning", table, "patient", rows, wrong, remedy)


def start_elsewhere(rows: Rows, patients: Sequence[str], drug: str) -> Issue:
    """Patients whose first start of the study drug is not on day 0."""
    wrong = say_counted(
        len(patients),
        "Day 0 is the first day of {drug}, but {n} patient starts it on another day: {patients}.",
        "Day 0 is the first day of {drug}, but {n} patients start it on another day: {patients}.",
        drug=drug,
        n=number(len(patients)),
        patients=listing(patients),
    )
    remedy = say("Count all days from the first dose, or correct the day of the start. The days count as they stand.")
    return issue("warning", "treatments", "day", rows, wrong, remedy)


def taken_again(rows: Rows, patients: Sequence[str], drug: str) -> Issue:
    """Patients who stop the study drug and later start or stop it again."""
    wrong = say_counted(
        len(patients),
        "{n} patient starts or stops {drug} again after a stop: {patients}. The first stop is the discontinuation.",
        "{n} patients start or stop {drug} again after a stop: {patients}. The first stop is the discontinuation.",
        n=number(len(patients)),
        drug=drug,
        patients=listing(patients),
    )
    return issue("understood", "treatments", "action", rows, wrong, say("If it was a pause, remove that stop."))


def similar_variables(rows: Rows, names: Sequence[str]) -> Issue:
    """Measured variables that capitals, spaces or signs alone tell apart."""
    wrong = say("{names} may be the same measured variable; they are read as different ones.", names=listing(names))
    return issue("warning", "measurements", "variable", rows, wrong, say("If they are one, write one name everywhere."))
