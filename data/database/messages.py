"""What keeps a study in a database from opening: sentences that repeat no value of it."""

from __future__ import annotations

from data.language import say


def _number(n: int) -> str:
    """A count, or that it is so small that the database keeps it."""
    return str(n) if n > 0 else say("a few")


def no_table(table: str) -> str:
    """A table that the mapping names and the database lacks."""
    return say("The database has no table {table}, of which the mapping speaks.", table=table)


def no_column(table: str, column: str) -> str:
    """A column that the mapping names and the table lacks."""
    return say("{table} has no column {column}, of which the mapping speaks.", table=table, column=column)


def no_number(table: str, column: str) -> str:
    """A number that the database holds as something else."""
    return say(
        "{table}, {column}: the database does not hold this column as numbers. Offer it as numbers, by a view.",
        table=table,
        column=column,
    )


def unit_column(table: str) -> str:
    """Measurements with a unit in every row."""
    return say(
        "{table} has a column of units. Offer one unit for each value, by a view without that column.", table=table
    )


def too_many_words(table: str, column: str) -> str:
    """A characteristic with so many levels that it is none."""
    return say(
        "{table}, {column}: there are too many different words for a characteristic.", table=table, column=column
    )


def unsupported(table: str, column: str) -> str:
    """A conversion that needs another column of the patient."""
    return say(
        "{table}, {column}: a value per kilogram cannot be converted in a database. Offer it converted, by a view.",
        table=table,
        column=column,
    )


def patients_twice(table: str, n: int) -> str:
    """More rows than patients."""
    return say(
        "{table}: {n} rows have no code of a patient, or one that another row has. There must be one row a patient.",
        table=table,
        n=_number(n),
    )


def no_whole_days(table: str, column: str, n: int) -> str:
    """Days that are not whole."""
    return say("{table}, {column}: {n} days are not whole numbers.", table=table, column=column, n=_number(n))


def before_start(table: str, column: str, n: int) -> str:
    """Days before day 0."""
    return say("{table}, {column}: {n} days lie before day 0.", table=table, column=column, n=_number(n))


def after_last_day(table: str, column: str, n: int) -> str:
    """Events after the last day of follow-up."""
    return say(
        "{table}, {column}: {n} patients have this event after their last day of follow-up.",
        table=table,
        column=column,
        n=_number(n),
    )


def no_last_day(table: str, n: int) -> str:
    """Patients of whom no follow-up is known."""
    return say("{table}: {n} patients have neither a last day nor a day of death.", table=table, n=_number(n))
