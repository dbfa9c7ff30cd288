"""Every sentence that the check of a cohort's files can say, one function a finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from data.dictionary import Measure
from data.reading.cells import MISSING_CODES
from data.reading.issue import SHOWN, Issue, counted, every, issue, listing, number

Rows = Sequence[int]
Near = Mapping[str, str]
"""Words of the file, each with the known word most like it."""

SINCE_START = "Write the number of days since the first day of tacrolimus; that day is 0."


def _meant(near: Near) -> str:
    pairs = [f"“{meant}” for “{written}”" for written, meant in list(near.items())[:SHOWN]]
    return f" Perhaps {', '.join(pairs)}?" if pairs else ""


def missing_column(table: str, column: str, near: str) -> Issue:
    """A required column is not there."""
    remedy = f"Rename the column “{near}” to “{column}”, if it holds this." if near else f"Add a column “{column}”."
    return issue("error", table, column, (), f"The column “{column}” is missing.", remedy)


def unknown_column(table: str, column: str, near: str, *, numeric: bool = False) -> Issue:
    """A column that nothing reads; ``numeric`` where it holds numbers."""
    remedy = f"Rename it to “{near}”, if it holds this." if near else "It can stay in the file; it is not shown."
    if numeric and not near:
        remedy = "If it is a laboratory value, bring it in as a table measurements (patient, day, variable, value)."
    return issue(
        "warning", table, column, (), f"The column “{column}” is not in the dictionary and is left out.", remedy
    )


def unknown_columns(table: str, columns: Sequence[str], *, numeric: bool) -> Issue:
    """Many columns that nothing reads, in one finding; ``numeric`` where they hold numbers."""
    remedy = "They can stay in the file; they are not shown."
    if numeric:
        remedy = "Bring laboratory values in as a table measurements (patient, day, variable, value)."
    wrong = (
        f"{counted(len(columns), 'column is', 'columns are')} not in the dictionary and left out: {listing(columns)}."
    )
    return issue("warning", table, "", (), wrong, remedy)


def summary_rows(table: str, rows: Rows, names: Collection[str]) -> Issue:
    """Lines of sums or means that stand among the patients."""
    wrong = f"{listing(names)} in the place of a patient reads like a line of sums or means."
    return issue("error", table, "patient", rows, wrong, "Remove the line, or give the patient another code.")


def computed_column(table: str, column: str, source: str) -> Issue:
    """A column of levels that are cut from a number."""
    wrong = f"“{column}” is worked out from {source}; the column of the file is left out."
    return issue("warning", table, column, (), wrong, f"Give {source}.")


def measured_column(table: str, column: str, values: int, measure: Measure, example: str) -> Issue:
    """A laboratory value that stands as a column of patients, where none is read."""
    n = counted(values, "value stands", "values stand")
    left = "is" if values == 1 else "are"
    wrong = f"“{column}” ({measure.label}): {n} in the table of patients and {left} left out."
    unit = f" in {measure.unit}" if measure.unit else ""
    remedy = (
        "Bring it in as a table measurements with the columns patient, day, variable, value: one row a value, day 0 "
        f"for the baseline{unit}, for example {example}."
    )
    return issue("warning", table, column, (), wrong, remedy)


def time_and_status(table: str, time: str, status: str, codes: Mapping[str, int]) -> Issue:
    """A time and a code for what ended it, of which nothing tells which code is death."""
    shown = listing([f"{code} ({n})" for code, n in codes.items()], quotes=False)
    wrong = f"“{time}” and “{status}” tell the outcome, but not in which unit nor which code is death: {shown}."
    remedy = (
        "Choose both above. Or put it into the file: last_day holds the days of follow-up of everybody, death_day "
        "repeats them for those who died and is empty for all others."
    )
    return issue("error", table, f"{time}, {status}", (), wrong, remedy)


def death_without_day(table: str, column: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """A death of which only the cause or a fatal reaction is told."""
    what = "a cause of death" if column == "cause_of_death" else "a fatal reaction"
    wrong = f"{counted(len(patients), 'patient has', 'patients have')} {what} and no day of death: {listing(patients)}."
    remedy = "Write the day of death (death_day) in patients"
    other = "the cause" if column == "cause_of_death" else "the outcome"
    return issue("error", table, column, rows, wrong, f"{remedy}, or correct {other} if the patient is alive.")


def identifying_column(table: str, column: str, what: str) -> Issue:
    """A column whose name says that it identifies a person."""
    wrong = f"The column “{column}” looks like {what}. It is left out, and was not kept."
    return issue("warning", table, column, (), wrong, "Remove it from the file before you pass the file on.")


def identifying_cells(table: str, column: str, rows: Rows) -> Issue:
    """Cells that hold an e-mail address."""
    return issue(
        "warning", table, column, rows, "Cells hold an e-mail address.", "Remove them: patients stay anonymous."
    )


def dated_column(table: str, column: str, rows: Rows) -> Issue:
    """A column that nothing reads and that holds calendar dates."""
    wrong = "Calendar dates can identify a patient; the column is left out."
    return issue(
        "warning", table, column, rows, wrong, "Remove it, or turn it into days since the start of tacrolimus."
    )


def formula_text(table: str, column: str, rows: Rows) -> Issue:
    """Text that a spreadsheet would compute."""
    wrong = "Cells begin like a spreadsheet formula; they are shown as text."
    return issue("warning", table, column, rows, wrong, "Paste them as values, if a formula slipped in.")


def no_patients(table: str) -> Issue:
    """The table of patients has no row."""
    return issue("error", table, "", (), "There is no patient in the table.", "Add one row a patient under the header.")


def empty_cells(table: str, column: str, rows: Rows) -> Issue:
    """Cells that must be filled."""
    return issue("error", table, column, rows, "Cells are empty.", "Fill them in or remove the rows.")


def empty_values(table: str, column: str, rows: Rows) -> Issue:
    """Measurements without a value."""
    wrong = "Measurements have no value and are left out."
    return issue("warning", table, column, rows, wrong, "Remove the rows, or fill in what was measured.")


def repeated_patients(table: str, rows: Rows, patients: Collection[str]) -> Issue:
    """Patients that stand in more than one row."""
    wrong = f"Patients stand in more than one row: {listing(patients)}."
    return issue(
        "error", table, "patient", rows, wrong, "Keep one row a patient, or give different patients different names."
    )


def unknown_patients(table: str, rows: Rows, patients: Collection[str], near: Near) -> Issue:
    """Patients who are not in the table of patients."""
    wrong = f"Patients are not in the table patients: {listing(patients)}."
    return issue("error", table, "patient", rows, wrong, f"Add them to patients, or correct the name.{_meant(near)}")


def dates_for_days(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Calendar dates where days are expected."""
    wrong = f"There are calendar dates where days are expected: {listing(found)}."
    remedy = f"{SINCE_START} In a spreadsheet: the date minus the date of the first dose, shown as a number."
    return issue("error", table, column, rows, wrong, remedy)


def serial_dates(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Numbers so large that they are dates as a spreadsheet counts them."""
    wrong = f"Days of more than 50 years look like spreadsheet dates shown as numbers: {listing(found)}."
    return issue("error", table, column, rows, wrong, f"Subtract the date of the first dose. {SINCE_START}")


def fractional_days(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Days that are not whole numbers."""
    wrong = f"Days are not whole numbers: {listing(found)}."
    return issue("error", table, column, rows, wrong, "Days count as whole numbers; are these months or years?")


def negative_days(table: str, column: str, rows: Rows, *, allowed: bool, first: int = 0) -> Issue:
    """Days before the start of tacrolimus; allowed where something can have happened before.

    ``first`` is the first day whose values can be the baseline.
    """
    if not allowed:
        return issue("error", table, column, rows, "Days lie before the start of tacrolimus (day 0).", SINCE_START)
    wrong = f"{counted(len(rows), 'day lies', 'days lie')} before the start of tacrolimus (day 0)."
    if table == "measurements":
        wrong += f" The last value from day −{-first} to day 0 is the baseline; earlier ones belong to no visit."
    return issue("understood", table, column, rows, wrong)


def after(table: str, column: str, rows: Rows, limit: str, *, severe: bool) -> Issue:
    """Something recorded after ``limit``, the day of death or the last day."""
    if limit == "progression_last_day":
        wrong = "A progression lies after the last day on which progression was looked for (progression_last_day)."
        remedy = "Correct one of the two days."
    elif limit == "death_day":
        wrong, remedy = "Days lie after the patient's death.", "Correct the day, or the day of death in patients."
    else:
        wrong = "Days lie after the last day on which the patient was followed."
        remedy = "The last day (last_day) should be the latest day on which anything is known about the patient."
    return issue("error" if severe else "warning", table, column, rows, wrong, remedy)


def missing_last_day(table: str, rows: Rows, *, severe: bool) -> Issue:
    """Patients for whom it is not known how long they were followed."""
    if severe:
        remedy = "Write the last day on which the patient was known to be alive, or the day of death."
        return issue("error", table, "last_day", rows, "The last day of follow-up is missing.", remedy)
    wrong = "The last day of follow-up is missing for patients outside the outcome population."
    return issue("warning", table, "last_day", rows, wrong, "They are counted, and end on day 0 in survival curves.")


def unknown_words(
    table: str,
    column: str,
    rows: Rows,
    found: Collection[str],
    allowed: Sequence[str],
    near: Near,
    *,
    severe: bool,
    optional: bool,
) -> Issue:
    """Words that a coded column does not allow."""
    wrong = f"{listing(found)} {'is' if len(found) == 1 else 'are'} not among the words this column knows."
    empty = "; leave the cell empty where it is not known" if optional else ""
    remedy = f"Allowed are {every(allowed)}{empty}.{_meant(near)}"
    return issue("error" if severe else "warning", table, column, rows, wrong, remedy)


def outside_plausible(
    table: str,
    column: str,
    rows: Rows,
    label: str,
    unit: str,
    span: tuple[float, float],
    found: Collection[str],
    hint: str,
) -> Issue:
    """Values that no patient is likely to have; ``hint`` names another unit that would explain all of them."""
    low, high = (f"{bound:g}" for bound in span)
    wrong = f"{label} outside {low} to {high} {unit}".rstrip() + f": {listing(found, quotes=False)}."
    expected = f" The unit here is {unit}." if unit else ""
    remedy = f"Perhaps these were written in {hint}?{expected}" if hint else f"Look these values up.{expected}"
    codes = [value for value in found if MISSING_CODES.fullmatch(value)]
    if codes:
        remedy += f" If {listing(codes, quotes=False)} stands for “not recorded”, leave the cell empty."
    return issue("warning", table, column, rows, wrong, remedy)


def other_unit(column: str, rows: Rows, measure: Measure, found: Collection[str]) -> Issue:
    """Values in another unit than the one that is read."""
    n = counted(len(rows), "value is", "values are")
    wrong = f"{measure.label}: {n} in {listing(found)}; {measure.unit} is read here."
    return issue("error", "measurements", column, rows, wrong, f"Convert them to {measure.unit}.")


def several_units(column: str, rows: Rows, variable: str, found: Collection[str]) -> Issue:
    """One variable in several units."""
    wrong = f"“{variable}” comes in several units: {listing(found)}."
    remedy = "Convert them to one unit, or give the values in another unit another name of variable."
    return issue("error", "measurements", column, rows, wrong, remedy)


def units_agree(column: str, values: int) -> Issue:
    """A column of units that says what is read anyway."""
    wrong = f"The units of {counted(values, 'value', 'values')} were compared with those of the dictionary and agree."
    return issue("understood", "measurements", column, (), wrong)


def birth_years(table: str, column: str, rows: Rows, label: str) -> Issue:
    """Years of birth where an age is expected; they are not repeated."""
    wrong = f"{label}: values look like a year of birth."
    return issue("error", table, column, rows, wrong, "Write the age in whole years at the start of tacrolimus.")


def unknown_variables(table: str, rows: Rows, found: Collection[str], near: Near) -> Issue:
    """Measured variables that the dictionary does not list."""
    wrong = f"Measured variables are not in the dictionary: {listing(found)}."
    return issue(
        "warning", table, "variable", rows, wrong, f"They can be added as they are, or left out.{_meant(near)}"
    )


def too_many_variables(table: str, number_found: int, found: Sequence[str]) -> Issue:
    """So many measured variables that they can be none."""
    wrong = f"There are {number(number_found)} different measured variables that are not in the dictionary: "
    remedy = "The column variable holds the name of what was measured, the column value the result; are they exchanged?"
    return issue("error", table, "variable", (), f"{wrong}{listing(found)}.", remedy)


def patient_level_variables(table: str, rows: Rows, found: Collection[str]) -> Issue:
    """Names in the column variable that belong to patients or are computed."""
    wrong = f"{listing(found)} cannot be measured repeatedly here, or is worked out from other values; it is left out."
    return issue("warning", table, "variable", rows, wrong, "Give it as a column of patients, or under another name.")


def repeated_measurements(table: str, rows: Rows) -> Issue:
    """More than one value of one variable on one day."""
    wrong = "Patients have more than one value of the same variable on the same day."
    return issue("warning", table, "value", rows, wrong, "The first one counts; keep the one that should.")
