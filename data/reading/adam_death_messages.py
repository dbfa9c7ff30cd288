"""What is said of deaths in ADaM data sets: without a date, and where ADSL and a parameter contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]


def dead_undated(file: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Subjects that died and have no day of death."""
    wrong = say_counted(
        len(patients),
        "{n} subject has DTHFL = Y and no day of death: {patients}.",
        "{n} subjects have DTHFL = Y and no day of death: {patients}.",
        n=number(len(patients)),
        patients=listing(patients),
    )
    return issue("error", file, "DTHDT", rows, wrong, say("Give DTHDT as YYYY-MM-DD, or correct DTHFL."))


def dead_censored(file: str, rows: Rows, patients: Sequence[str], code: str) -> Issue:
    """Subjects that died by ADSL and are censored in the parameter that was taken for death."""
    wrong = say_counted(
        len(patients),
        "{n} subject died by ADSL (DTHFL, DTHDT) and are censored in {code}, which counts: {patients}.",
        "{n} subjects died by ADSL (DTHFL, DTHDT) and are censored in {code}, which counts: {patients}.",
        code=code,
        patients=listing(patients),
        n=number(len(patients)),
    )
    return issue(
        "warning", file, "DTHFL", rows, wrong, say("Look these subjects up; the dates of ADSL can be chosen instead.")
    )


def alive_with_event(file: str, rows: Rows, patients: Sequence[str], code: str) -> Issue:
    """Subjects that ADSL does not know to be dead, with an event of the parameter that was taken for death."""
    wrong = say_counted(
        len(patients),
        "{n} subject has an event of {code}, which counts as death, and no death in ADSL (DTHFL, DTHDT): {patients}.",
        "{n} subjects have an event of {code}, which counts as death, and no death in ADSL (DTHFL, DTHDT): {patients}.",
        n=number(len(patients)),
        code=code,
        patients=listing(patients),
    )
    remedy = say(
        "Is {code} the time to death? Another parameter, or the dates of ADSL, can be chosen instead.", code=code
    )
    return issue("warning", file, "DTHFL", rows, wrong, remedy)


def other_day_of_death(file: str, rows: Rows, patients: Sequence[str], code: str) -> Issue:
    """Subjects whose day of death is another one in the parameter that was taken for death."""
    wrong = say_counted(
        len(patients),
        "DTHDT of {n} subject is not the day of {code}, which counts: {patients}.",
        "DTHDT of {n} subjects is not the day of {code}, which counts: {patients}.",
        n=number(len(patients)),
        code=code,
        patients=listing(patients),
    )
    remedy = say("Look these subjects up; the dates of ADSL can be chosen instead.")
    return issue("warning", file, "DTHDT", rows, wrong, remedy)


def dated_unflagged(file: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Subjects with a date of death and a flag that says they did not die."""
    wrong = say_counted(
        len(patients),
        "{n} subject has a date of death (DTHDT) and DTHFL = N: {patients}.",
        "{n} subjects have a date of death (DTHDT) and DTHFL = N: {patients}.",
        n=number(len(patients)),
        patients=listing(patients),
    )
    return issue("warning", file, "DTHFL", rows, wrong, say("The date counts as a death. Correct DTHFL or DTHDT."))


def alive_after_death(file: str, column: str, rows: Rows) -> Issue:
    """Subjects with a date on which they were alive after that of their death."""
    wrong = say_counted(
        len(rows),
        "{rows} date lies after the day of death, which ends the follow-up.",
        "{rows} dates lie after the day of death, which ends the follow-up.",
        rows=number(len(rows)),
    )
    return issue("warning", file, column, rows, wrong, say("Look {column} and DTHDT up.", column=column))


def death_elsewhere(file: str, rows: Rows, code: str) -> Issue:
    """Deaths of an endpoint that the parameter of death puts on another day, or does not know."""
    wrong = say_counted(
        len(rows),
        (
            "{rows} death counted by {code} are not on the day of death; they count as events of {code} "
            "on the day that it gives."
        ),
        (
            "{rows} deaths counted by {code} are not on the day of death; they count as events of {code} "
            "on the day that it gives."
        ),
        rows=number(len(rows)),
        code=code,
    )
    return issue("warning", file, "PARAMCD", rows, wrong, say("Look these rows up."))
