"""Every sentence that applying a mapping can say, one function a finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number
from data.reading.mapping import Role

Rows = Sequence[int]


def unsettled_status(table: str, column: str, codes: Mapping[str, int]) -> Issue:
    """A status of which the visitor has not said what it means."""
    shown = listing([f"{code} ({n})" for code, n in codes.items()], quotes=False)
    wrong = say(
        "It is not settled which code of “{column}” is the event, or which event: {shown}.", column=column, shown=shown
    )
    return issue("error", table, column, (), wrong, say("Choose both under “What every column is”."))


def unsettled_unit(table: str, column: str) -> Issue:
    """A time whose unit is not stated."""
    wrong = say("The unit of “{column}” is not stated: its numbers are not whole, so they are no days.", column=column)
    return issue("error", table, column, (), wrong, say("Choose the unit under “What every column is”."))


def blank_status(table: str, column: str, rows: Rows) -> Issue:
    """Patients with a time and no status."""
    wrong = say("The status is empty: nothing shows whether the event happened or follow-up ended.")
    return issue("error", table, column, rows, wrong, say("Fill it in, or leave these patients out of the file."))


def status_without_time(table: str, column: str) -> Issue:
    """A status with no time beside it."""
    wrong = say("“{column}” shows whether the event happened, and no column shows when.", column=column)
    return issue("error", table, column, (), wrong, say("Choose the column with its time."))


def no_follow_up(table: str) -> Issue:
    """Nothing shows how long patients were followed."""
    wrong = say("No column shows how long the patients were followed.")
    remedy = say("Choose the column with the time to the event, or with the last day or date.")
    return issue("error", table, "", (), wrong, remedy)


def no_endpoint() -> Issue:
    """Nothing shows what happened to any patient."""
    wrong = say("No column shows what happened to the patients: there is no event to count.")
    remedy = say(
        "Choose “Status: event or censored” for the column that says it, or the column with the day of the event."
    )
    return issue("error", "patients", "", (), wrong, remedy)


def several_columns(table: str, what: str, columns: Collection[str]) -> Issue:
    """More columns than one for one thing."""
    wrong = say("{columns} are each chosen as “{what}”.", columns=listing(columns), what=what)
    return issue("error", table, "", (), wrong, say("Choose one, and leave the others out."))


def rows_numbered(table: str, n: int) -> Issue:
    """Patients without a code."""
    wrong = say_counted(
        n,
        "No column holds a code of the patient: the row is patient 1.",
        "No column holds a code of the patients: each of the {n} rows is one patient, numbered from 1.",
        n=number(n),
    )
    return issue("understood", table, "", (), wrong)


def start_missing(table: str, column: str, rows: Rows) -> Issue:
    """Dates of patients without a date of day 0."""
    wrong = say("There is a date, and no date of day 0 for the patient.")
    return issue("error", table, column, rows, wrong, say("Fill in the date of day 0."))


def twofold_dates(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Dates of which the order of day and month is unknown."""
    wrong = say("The day cannot be distinguished from the month in {found}.", found=listing(found))
    return issue(
        "error", table, column, rows, wrong, say("Choose which of them stands first, or write dates as 2024-03-31.")
    )


def order_chosen(table: str, column: str, rows: Rows, order: str) -> Issue:
    """Dates of which the visitor said whether the day or the month stands first."""
    n = number(len(rows))
    wrong = (
        say("The day stands first in {n} dates that could be read in two ways.", n=n)
        if order == "day first"
        else say("The month stands first in {n} dates that could be read in two ways.", n=n)
    )
    return issue("understood", table, column, rows, wrong)


def unread_dates(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Cells among dates that are none, or without the day."""
    wrong = say("Among dates stands {found}, which is not the date of a day.", found=listing(found))
    return issue("error", table, column, rows, wrong, say("Write dates as 2024-03-31, or leave the cell empty."))


def dates_read(table: str, column: str, rows: Rows, start: str) -> Issue:
    """Dates that became days."""
    wrong = say_counted(
        len(rows),
        "{n} date is taken as days since “{start}”; the date itself is not kept.",
        "{n} dates are taken as days since “{start}”; the dates themselves are not kept.",
        n=number(len(rows)),
        start=start,
    )
    return issue("understood", table, column, rows, wrong)


def missing_codes(table: str, column: str, rows: Rows, codes: Collection[str]) -> Issue:
    """Codes taken as nothing recorded."""
    wrong = say("{codes}: not recorded ({n}).", codes=listing(codes), n=number(len(rows)))
    return issue("understood", table, column, rows, wrong)


def limits_read(table: str, column: str, rows: Rows, taken: str, pairs: Mapping[str, str]) -> Issue:
    """Values such as ``<0.5``, and as what they are taken."""
    shown = listing([f"{written} → {read}" for written, read in pairs.items()], quotes=False)
    wrong = {
        "half": say("Limits are taken as half the limit ({n}): {shown}.", n=number(len(rows)), shown=shown),
        "limit": say("Limits are taken as the limit ({n}): {shown}.", n=number(len(rows)), shown=shown),
        "missing": say("Limits are taken as not recorded ({n}): {shown}.", n=number(len(rows)), shown=shown),
    }[taken]
    return issue("understood", table, column, rows, wrong)


def times_converted(table: str, column: str, rows: Rows, unit: str, pairs: Mapping[str, str]) -> Issue:
    """A time in another unit than days."""
    shown = listing([say("{time} is {day}", time=one, day=day) for one, day in pairs.items()], quotes=False)
    wrong = {
        "weeks": say("Weeks, taken as days (a week is 7): {shown}.", shown=shown),
        "months": say("Months, taken as days (a month is 30.4375): {shown}.", shown=shown),
        "years": say("Years, taken as days (a year is 365.25): {shown}.", shown=shown),
    }[unit]
    return issue("understood", table, column, rows, wrong)


def converted_values(table: str, column: str, rows: Rows, unit: str, shown: str, factor: str) -> Issue:
    """Values converted into another unit."""
    wrong = say("{unit} is converted to {shown}: times {factor}.", unit=unit, shown=shown, factor=factor)
    return issue("understood", table, column, rows, wrong)


def unknown_conversion(table: str, column: str, unit: str, shown: str) -> Issue:
    """Values in a unit of which nobody here knows what it is in the other."""
    wrong = say("The values are in {unit}; how they are converted to {shown} is not known.", unit=unit, shown=shown)
    remedy = say("Convert them in the file, or give the value a name of its own.")
    return issue("error", table, column, (), wrong, remedy)


def outcome_read(table: str, column: str, endpoint: str, codes: Collection[str], n: int, of: int) -> Issue:
    """Which codes of a status are the event, with the counts that they give."""
    wrong = say(
        "{codes} is the event ({endpoint}): {n} of {of} patients; all others are censored.",
        codes=listing(codes),
        endpoint=endpoint,
        n=number(n),
        of=number(of),
    )
    return issue("understood", table, column, (), wrong)


def no_numbers(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Words in a column that is chosen as a number."""
    wrong = say("{found} is no number.", found=listing(found))
    remedy = say("Name it as a code of a missing value, or choose “Characteristic” for the column.")
    return issue("error", table, column, rows, wrong, remedy)


def no_cuts(table: str, column: str) -> Issue:
    """A number to be divided where nobody or everybody is on one side."""
    wrong = say("The groups of this number cannot be formed: no cut-point lies between its values.")
    return issue("error", table, column, (), wrong, say("Give another cut-point, or no groups."))


def too_many_levels(table: str, column: str, n: int) -> Issue:
    """A characteristic with more levels than a figure can tell apart."""
    wrong = say("“{column}” has {n} different values as a characteristic.", column=column, n=number(n))
    return issue("error", table, column, (), wrong, say("Choose “Number”, or leave it out."))


def lacking(table: str, column: str, role: Role | None) -> Issue:
    """What a saved mapping names and the files lack: without a characteristic or a value the cohort can be opened."""
    if not column:
        return issue(
            "error",
            table,
            "",
            (),
            say("The saved mapping names this table, and no file holds it."),
            say("Add the file."),
        )
    wrong = say("The saved mapping names the column “{column}”, which this file does not have.", column=column)
    remedy = say("If another column holds it now, choose for that one what this one was.")
    free = role in ("factor", "number", "laboratory")
    return issue("warning" if free else "error", table, column, (), wrong, remedy)
