"""What is said of the columns of a table: those that are missing, and those that nothing reads."""

from __future__ import annotations

from collections.abc import Sequence

from data.entries import Measure
from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number


def missing_column(table: str, column: str, near: str) -> Issue:
    """A required column is not there."""
    remedy = (
        say("Rename the column “{near}” to “{column}”, if it holds this.", near=near, column=column)
        if near
        else say("Add a column “{column}”.", column=column)
    )
    return issue("error", table, column, (), say("The column “{column}” is missing.", column=column), remedy)


def value_with_unit(column: str, unit: str) -> Issue:
    """The column of values, with a unit behind its name."""
    remedy = say(
        "Rename the column “{column}” to “value”, and add a column “unit” that says “{unit}” in every row: units are "
        "compared.",
        column=column,
        unit=unit,
    )
    return issue("error", "measurements", "value", (), say("The column “value” is missing."), remedy)


def day_in_unit(table: str, column: str, unit: str) -> Issue:
    """A column of weeks, months or years in the place of the days."""
    remedy = say(
        "If “{column}” counts from day 0, call it “day ({unit})”: it is converted.",
        column=column,
        unit=unit,
    )
    return issue("error", table, "day", (), say("The column “day” is missing."), remedy)


def wide_measurements(columns: Sequence[str]) -> Issue:
    """Laboratory values side by side, where one row a value is read."""
    wrong = say_counted(
        len(columns),
        "{columns} is a column of its own; here every value has a row of its own.",
        "{columns} are columns of their own; here every value has a row of its own.",
        columns=listing(columns),
    )
    remedy = say(
        "Write the columns patient, day, variable, value: “{first}” under variable, its result under value, and as "
        "many rows a day as there are values.",
        first=columns[0],
    )
    return issue("error", "measurements", "", (), wrong, remedy)


def unknown_column(table: str, column: str, near: str, *, numeric: bool = False, unit: str = "") -> Issue:
    """A column that nothing reads; ``numeric`` where it holds numbers, ``unit`` the one read, if its name gives one."""
    remedy = (
        say("Rename it to “{near}”, if it holds this.", near=near)
        if near
        else say("It can stay in the file; it is not shown.")
    )
    if near and unit:
        remedy = say("If it holds this, convert it to {unit} and rename it to “{near}”.", near=near, unit=unit)
    if numeric and not near:
        remedy = say(
            "If it is a laboratory value, bring it in as a table measurements (patient, day, variable, value)."
        )
    return issue(
        "warning",
        table,
        column,
        (),
        say("The column “{column}” is not in the dictionary and is left out.", column=column),
        remedy,
    )


def unknown_columns(table: str, columns: Sequence[str], *, numeric: bool) -> Issue:
    """Many columns that nothing reads, in one finding; ``numeric`` where they hold numbers."""
    remedy = say("They can stay in the file; they are not shown.")
    if numeric:
        remedy = say("Bring laboratory values in as a table measurements (patient, day, variable, value).")
    wrong = say_counted(
        len(columns),
        "{n} column is not in the dictionary and left out: {columns}.",
        "{n} columns are not in the dictionary and left out: {columns}.",
        n=number(len(columns)),
        columns=listing(columns),
    )
    return issue("warning", table, "", (), wrong, remedy)


def computed_column(table: str, column: str, source: str) -> Issue:
    """A column of levels that are cut from a number."""
    wrong = say(
        "“{column}” is worked out from {source}; the column of the file is left out.", column=column, source=source
    )
    return issue("warning", table, column, (), wrong, say("Give {source}.", source=source))


def measured_column(table: str, column: str, values: int, measure: Measure, example: str) -> Issue:
    """A laboratory value that stands as a column of patients, where none is read."""
    wrong = say_counted(
        values,
        "“{column}” ({label}): {values} value stands in the table of patients and is left out.",
        "“{column}” ({label}): {values} values stand in the table of patients and are left out.",
        column=column,
        label=measure.label,
        values=number(values),
    )
    remedy = (
        say(
            "Bring it in as a table measurements with the columns patient, day, variable, value: one row "
            "a value, day 0 for the baseline in {unit}, for example {example}.",
            unit=measure.unit,
            example=example,
        )
        if measure.unit
        else say(
            "Bring it in as a table measurements with the columns patient, day, variable, value: one row "
            "a value, day 0 for the baseline, for example {example}.",
            example=example,
        )
    )
    return issue("warning", table, column, (), wrong, remedy)
