"""What is said of further variables of ADSL, further endpoints of ADTTE, and dates that stand in for others."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]

LEFT_OUT = {
    "after": say("known only after the first dose"),
    "words": say("many different words"),
    "more": say("too many variables"),
}


def variables(file: str, columns: Sequence[str]) -> Issue:
    """The variables that became characteristics and numbers of the patients."""
    wrong = say_counted(
        len(columns),
        "{n} further variable was taken over as it stands: {columns}.",
        "{n} further variables were taken over as they stand: {columns}.",
        n=number(len(columns)),
        columns=say(", ").join(columns),
    )
    return issue("understood", file, "", (), wrong)


def left_out(file: str, why: str, columns: Sequence[str]) -> Issue:
    """Variables that were not taken over; ``why`` is a key of ``LEFT_OUT``."""
    wrong = say_counted(
        len(columns),
        "{n} variable was left out ({why}): {columns}.",
        "{n} variables were left out ({why}): {columns}.",
        n=number(len(columns)),
        why=LEFT_OUT[why],
        columns=say(", ").join(columns),
    )
    return issue("understood", file, "", (), wrong)


def own_endpoint(file: str, code: str, label: str, events: int, patients: int) -> Issue:
    """A parameter that became an endpoint of its own, with its own censoring."""
    wrong = say(
        "{code} ({label}) is an endpoint of its own: {events} in {patients}, each followed to its own last day.",
        code=code,
        label=label,
        events=say_counted(events, "{n} event (CNSR 0)", "{n} events (CNSR 0)", n=number(events)),
        patients=say_counted(patients, "{n} patient", "{n} patients", n=number(patients)),
    )
    return issue("understood", file, "PARAMCD", (), wrong)


def few_rows(file: str, code: str, patients: int, treated: int) -> Issue:
    """A parameter that many treated subjects have no row of: they would count as censored."""
    wrong = say(
        "“{code}” is left out: it has rows for {patients} of {treated} treated subjects.",
        code=code,
        patients=number(patients),
        treated=number(treated),
    )
    return issue("understood", file, "PARAMCD", (), wrong)


def death_on_leaving(file: str, column: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Subjects who died, by their flag and their disposition, without a day of death: the day of leaving stands in."""
    wrong = say_counted(
        len(rows),
        "{n} subject left the study by death and has no DTHDT; the day of leaving ({column}) counts: {patients}.",
        "{n} subjects left the study by death and have no DTHDT; the day of leaving ({column}) counts: {patients}.",
        n=number(len(rows)),
        column=column,
        patients=listing(patients),
    )
    return issue("understood", file, "DTHDT", rows, wrong, say("Give DTHDT, if the day of death is another one."))


def end_of_reference(file: str, column: str, patients: int) -> Issue:
    """Subjects whose last day is the end of the reference period, for there is no other date."""
    wrong = say_counted(
        patients,
        "{n} subject has neither EOSDT nor LSTALVDT; follow-up ends on {column}.",
        "{n} subjects have neither EOSDT nor LSTALVDT; follow-up ends on {column}.",
        n=number(patients),
        column=column,
    )
    return issue("understood", file, column, (), wrong)


def no_deaths(file: str) -> Issue:
    """Data sets that hold no deaths: overall survival is not offered."""
    wrong = say("No death is recorded; overall survival is not offered.")
    return issue("understood", file, "DTHDT, DTHFL", (), wrong)
