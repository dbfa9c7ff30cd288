"""Every sentence that the check of a cohort's files can say, one function a finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from data.entries import Measure
from data.language import say, say_counted
from data.reading.cells import MISSING_CODES
from data.reading.issue import SHOWN, Issue, every, issue, listing, number

Rows = Sequence[int]
Near = Mapping[str, str]
"""Words of the file, each with the known word most like it."""

SINCE_START = say("Write the number of days since day 0, the first day of the drug that is studied.")


def _meant(near: Near) -> str:
    pairs = [
        say("“{meant}” for “{written}”", meant=meant, written=written) for written, meant in list(near.items())[:SHOWN]
    ]
    return (" " + say("Perhaps {pairs}?", pairs=", ".join(pairs))) if pairs else ""


def bare_rows(table: str, rows: Rows, names: Collection[str]) -> Issue:
    """Rows that hold nothing but the patient: often remarks under the table."""
    wrong = say_counted(
        len(rows),
        "The row holds nothing but {names} in the place of a patient.",
        "The rows hold nothing but {names} in the place of a patient.",
        names=listing(names),
    )
    remedy = say("If this is a remark, remove the line; if it is a patient, fill the row in.")
    return issue("error", table, "patient", rows, wrong, remedy)


def summary_rows(table: str, rows: Rows, names: Collection[str]) -> Issue:
    """Lines of sums or means that stand among the patients."""
    wrong = say("{names} in the place of a patient reads like a line of sums or means.", names=listing(names))
    return issue("error", table, "patient", rows, wrong, say("Remove the line, or give the patient another code."))


def time_and_status(table: str, time: str, status: str, codes: Mapping[str, int]) -> Issue:
    """A time and a code for what ended it, of which nothing shows which code is death."""
    shown = listing([f"{code} ({n})" for code, n in codes.items()], quotes=False)
    wrong = say(
        "“{time}” and “{status}” give the outcome, but neither the unit nor which code is death: {shown}.",
        time=time,
        status=status,
        shown=shown,
    )
    remedy = say(
        "Choose both under “What every column is”. Or put it into the file: last_day holds the days of follow-up "
        "of everybody, death_day repeats them for those who died and is empty for all others."
    )
    return issue("error", table, f"{time}, {status}", (), wrong, remedy)


def death_without_day(table: str, column: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """A death of which only the cause, a fatal reaction or a word in a column that nothing else reads is given."""
    if table == "patients" and column != "cause_of_death":
        wrong = say_counted(
            len(patients),
            "By the column “{column}” {n} patient is dead and has no day of death: {patients}.",
            "By the column “{column}” {n} patients are dead and have no day of death: {patients}.",
            column=column,
            n=number(len(patients)),
            patients=listing(patients),
        )
        other = f"“{column}”"
    else:
        caused = table == "patients"
        wrong = say_counted(
            len(patients),
            "{n} patient has {what} and no day of death: {patients}.",
            "{n} patients have {what} and no day of death: {patients}.",
            n=number(len(patients)),
            what=say("a cause of death") if caused else say("a fatal reaction"),
            patients=listing(patients),
        )
        other = say("the cause") if caused else say("the outcome")
    remedy = say(
        "Write the day of death (death_day) in patients, or correct {other} if the patient is alive.", other=other
    )
    return issue("error", table, column, rows, wrong, remedy)


def dead_by_characteristic(key: str, column: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Deaths in a column that is chosen as a characteristic; ``key`` is its key."""
    wrong = say_counted(
        len(patients),
        "By the column “{column}” {n} patient is dead and has no day of death: {patients}.",
        "By the column “{column}” {n} patients are dead and have no day of death: {patients}.",
        column=column,
        n=number(len(patients)),
        patients=listing(patients),
    )
    remedy = say(
        "Choose “Status: event or censored” for it and remove any other column of death, or fill in the days of death. "
        "Leave the column out if it is about something else."
    )
    return issue("error", "patients", key, rows, wrong, remedy)


def alive_with_day(column: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Patients with a day of death whom a column that nothing else reads reports alive."""
    wrong = say_counted(
        len(patients),
        "By the column “{column}” {n} patient with a day of death is alive: {patients}. The day counts.",
        "By the column “{column}” {n} patients with a day of death are alive: {patients}. The day counts.",
        column=column,
        n=number(len(patients)),
        patients=listing(patients),
    )
    return issue("warning", "patients", column, rows, wrong, say("Correct death_day, or “{column}”.", column=column))


def status_and_days(column: str, patients: Mapping[str, int], dead: Mapping[str, int]) -> Issue:
    """A column of two codes that may show who is dead, but not as the days of death do; patients and dead by code."""
    shown = [
        say("{dead} of {n} with “{code}”", dead=number(dead[code]), n=number(n), code=code)
        for code, n in patients.items()
    ]
    wrong = say(
        "“{column}” does not agree with death_day, which counts: {shown} have a day of death.",
        column=column,
        shown=listing(shown, quotes=False),
    )
    remedy = say("If it shows who is dead, correct it or death_day.")
    return issue("understood", "patients", column, (), wrong, remedy)


def identifying_column(table: str, column: str, what: str) -> Issue:
    """A column whose name says that it identifies a person."""
    wrong = say("The column “{column}” looks like {what}. It is left out, and was not kept.", column=column, what=what)
    return issue("warning", table, column, (), wrong, say("Remove it from the file before you pass the file on."))


def identifying_cells(table: str, column: str, rows: Rows) -> Issue:
    """Cells that hold an e-mail address."""
    return issue(
        "warning",
        table,
        column,
        rows,
        say("Cells hold an e-mail address."),
        say("Remove them: patients stay anonymous."),
    )


def dated_column(table: str, column: str, rows: Rows) -> Issue:
    """A column that nothing reads and that holds calendar dates."""
    wrong = say("Calendar dates can identify a patient; the column is left out.")
    return issue("warning", table, column, rows, wrong, say("Remove it, or turn it into days since day 0."))


def formula_text(table: str, column: str, rows: Rows) -> Issue:
    """Text that a spreadsheet would compute."""
    wrong = say("Cells begin like a spreadsheet formula; they are shown as text.")
    return issue("warning", table, column, rows, wrong, say("Paste them as values, if a formula slipped in."))


def no_patients(table: str) -> Issue:
    """The table of patients has no row."""
    return issue(
        "error", table, "", (), say("There is no patient in the table."), say("Add one row a patient under the header.")
    )


def empty_cells(table: str, column: str, rows: Rows) -> Issue:
    """Cells that must be filled."""
    return issue("error", table, column, rows, say("Cells are empty."), say("Fill them in or remove the rows."))


def empty_values(table: str, column: str, rows: Rows) -> Issue:
    """Measurements without a value."""
    wrong = say("Measurements have no value and are left out.")
    return issue("warning", table, column, rows, wrong, say("Remove the rows, or fill in what was measured."))


def repeated_patients(table: str, rows: Rows, patients: Collection[str]) -> Issue:
    """Patients that stand in more than one row."""
    wrong = say("Patients stand in more than one row: {patients}.", patients=listing(patients))
    return issue(
        "error",
        table,
        "patient",
        rows,
        wrong,
        say("Keep one row a patient, or give different patients different names."),
    )


def unknown_patients(table: str, rows: Rows, patients: Collection[str], near: Near) -> Issue:
    """Patients who are not in the table of patients."""
    wrong = say("Patients are not in the table patients: {patients}.", patients=listing(patients))
    return issue(
        "error",
        table,
        "patient",
        rows,
        wrong,
        say("Add them to patients, or correct the name.{meant}", meant=_meant(near)),
    )


def dates_for_days(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Calendar dates where days are expected."""
    wrong = say("There are calendar dates where days are expected: {found}.", found=listing(found))
    remedy = say(
        "{since_start} In a spreadsheet: the date minus the date of the first dose, shown as a number.",
        since_start=SINCE_START,
    )
    return issue("error", table, column, rows, wrong, remedy)


def serial_dates(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Numbers so large that they are dates as a spreadsheet counts them."""
    wrong = say(
        "Days of more than 50 years look like spreadsheet dates shown as numbers: {found}.", found=listing(found)
    )
    return issue(
        "error",
        table,
        column,
        rows,
        wrong,
        say("Subtract the date of the first dose. {since_start}", since_start=SINCE_START),
    )


def fractional_days(table: str, column: str, rows: Rows, found: Collection[str]) -> Issue:
    """Days that are not whole numbers."""
    wrong = say("Days are not whole numbers: {found}.", found=listing(found))
    return issue("error", table, column, rows, wrong, say("Days count as whole numbers; are these months or years?"))


def negative_days(table: str, column: str, rows: Rows, *, allowed: bool, first: int = 0) -> Issue:
    """Days before the start of tacrolimus; allowed where something can have happened before.

    ``first`` is the first day whose values can be the baseline.
    """
    if not allowed:
        return issue("error", table, column, rows, say("Days lie before day 0."), SINCE_START)
    wrong = say_counted(
        len(rows),
        "{rows} day lies before day 0.",
        "{rows} days lie before day 0.",
        rows=number(len(rows)),
    )
    if table == "measurements" and first:
        wrong += " " + say(
            "The last value from day −{first} to day 0 is the baseline; earlier ones belong to no visit.", first=-first
        )
    elif table == "measurements":
        wrong += " " + say("The value of day 0 alone is the baseline; earlier ones belong to no visit.")
    return issue("understood", table, column, rows, wrong)


def after(table: str, column: str, rows: Rows, limit: str, *, severe: bool) -> Issue:
    """Something recorded after ``limit``, the day of death or the last day."""
    if limit == "progression_last_day":
        wrong = say("A progression lies after the last day on which progression was looked for (progression_last_day).")
        remedy = say("Correct one of the two days.")
    elif limit == "death_day":
        wrong, remedy = (
            say("Days lie after the patient's death."),
            say("Correct the day, or the day of death in patients."),
        )
    else:
        wrong = say("Days lie after the last day on which the patient was followed.")
        remedy = say("The last day (last_day) should be the latest day on which anything is known about the patient.")
    return issue("error" if severe else "warning", table, column, rows, wrong, remedy)


def missing_last_day(table: str, rows: Rows, *, severe: bool) -> Issue:
    """Patients for whom it is not known how long they were followed."""
    if severe:
        remedy = say("Write the last day on which the patient was known to be alive, or the day of death.")
        return issue("error", table, "last_day", rows, say("The last day of follow-up is missing."), remedy)
    wrong = say("The last day of follow-up is missing for patients outside the outcome population.")
    return issue(
        "warning", table, "last_day", rows, wrong, say("They are counted, and end on day 0 in survival curves.")
    )


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
    wrong = say_counted(
        len(found),
        "{found} is not among the words this column knows.",
        "{found} are not among the words this column knows.",
        found=listing(found),
    )
    words = every(allowed)
    remedy = (
        say(
            "Allowed are {allowed}; leave the cell empty where it is not known.{meant}",
            allowed=words,
            meant=_meant(near),
        )
        if optional
        else say("Allowed are {allowed}.{meant}", allowed=words, meant=_meant(near))
    )
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
    wrong = say(
        "{label} outside {low} to {high}: {found}.",
        label=label,
        low=low,
        high=f"{high} {unit}".rstrip(),
        found=listing(found, quotes=False),
    )
    expected = (" " + say("The unit here is {unit}.", unit=unit)) if unit else ""
    remedy = (
        say("Perhaps these were written in {hint}?{expected}", hint=hint, expected=expected)
        if hint
        else say("Look these values up.{expected}", expected=expected)
    )
    codes = [value for value in found if MISSING_CODES.fullmatch(value)]
    if codes:
        remedy += " " + say(
            "If {codes} stands for “not recorded”, leave the cell empty.", codes=listing(codes, quotes=False)
        )
    return issue("warning", table, column, rows, wrong, remedy)


def other_unit(column: str, rows: Rows, measure: Measure, found: Collection[str]) -> Issue:
    """Values in another unit than the one that is read."""
    wrong = say_counted(
        len(rows),
        "{label}: {rows} value is in {found}; {unit} is read here.",
        "{label}: {rows} values are in {found}; {unit} is read here.",
        label=measure.label,
        found=listing(found),
        unit=measure.unit,
        rows=number(len(rows)),
    )
    return issue("error", "measurements", column, rows, wrong, say("Convert them to {unit}.", unit=measure.unit))


def several_units(column: str, rows: Rows, variable: str, found: Collection[str]) -> Issue:
    """One variable in several units."""
    wrong = say("“{variable}” comes in several units: {found}.", variable=variable, found=listing(found))
    remedy = say("Convert them to one unit, or give the values in another unit another name of variable.")
    return issue("error", "measurements", column, rows, wrong, remedy)


def units_agree(column: str, values: int, untold: int) -> Issue:
    """A column of units that says what is read anyway; of ``untold`` values it says nothing."""
    wrong = say_counted(
        values,
        "The units of {values} value were compared with those of the dictionary and agree.",
        "The units of {values} values were compared with those of the dictionary and agree.",
        values=number(values),
    )
    if untold:
        wrong += " " + say_counted(
            untold,
            "{untold} value has no unit and is read in that of the dictionary.",
            "{untold} values have no unit and are read in that of the dictionary.",
            untold=number(untold),
        )
    return issue("understood", "measurements", column, (), wrong)


def birth_years(table: str, column: str, rows: Rows, label: str) -> Issue:
    """Years of birth where an age is expected; they are not repeated."""
    wrong = say("{label}: values look like a year of birth.", label=label)
    return issue("error", table, column, rows, wrong, say("Write the age in whole years on day 0."))


def unknown_variables(table: str, rows: Rows, found: Collection[str], near: Near) -> Issue:
    """Measured variables that the dictionary does not list."""
    wrong = say("Measured variables are not in the dictionary: {found}.", found=listing(found))
    return issue(
        "warning",
        table,
        "variable",
        rows,
        wrong,
        say("They can be added as they are, or left out.{meant}", meant=_meant(near)),
    )


def too_many_variables(table: str, number_found: int, found: Sequence[str]) -> Issue:
    """So many measured variables that they can be none."""
    wrong = say(
        "There are {n} different measured variables that are not in the dictionary: {found}.",
        n=number(number_found),
        found=listing(found),
    )
    remedy = say(
        "The column variable holds the name of what was measured, the column value the result; are they exchanged?"
    )
    return issue("error", table, "variable", (), wrong, remedy)


def patient_level_variables(table: str, rows: Rows, found: Collection[str]) -> Issue:
    """Names in the column variable that belong to patients or are computed."""
    wrong = say(
        "{found} cannot be measured repeatedly here, or is worked out from other values; it is left out.",
        found=listing(found),
    )
    return issue(
        "warning", table, "variable", rows, wrong, say("Give it as a column of patients, or under another name.")
    )


def repeated_measurements(table: str, rows: Rows) -> Issue:
    """More than one value of one variable on one day."""
    wrong = say("Patients have more than one value of the same variable on the same day.")
    return issue("warning", table, "value", rows, wrong, say("The first one counts; keep the one that should."))
