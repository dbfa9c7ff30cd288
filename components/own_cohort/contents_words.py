"""Words of what a cohort holds: the preview before it is opened, and the line that says which one is open."""

from __future__ import annotations

from components.core.missing_words import each_missing
from components.core.numbers import count, decimal, joined, months, patients, told
from components.core.reason_words import SHORT
from components.core.table import Table
from components.own_cohort.contents import Contents, Recorded
from data.entries import Endpoint, Factor, Measure, Number
from data.language import say, say_counted
from data.reading.mapped_variables import SECTION as OWN

PATIENTS, FOLLOW_UP, CHARACTERISTICS, MEASURED, REACTIONS = (
    say("Patients"),
    say("Median follow-up"),
    say("Characteristics"),
    say("Measured variables"),
    say("Adverse reactions"),
)
EVERYTHING = say("Everything found, with the number of patients")
NOTHING_OF = say("Nothing is recorded of")
LEFT_OUT = say("Columns that are left out")
DRUGS = say("Drugs")
CHARACTERISTIC_COLUMNS = (say("Characteristic at the start"), say("Patients"))
MEASURED_COLUMNS = (say("Measured variable"), say("Patients"), say("Values"))
MANY = 12
"""More names than this are not listed but counted."""


def in_short(held: Contents) -> tuple[tuple[str, str, str], ...]:
    """The numbers at the top: label, number, and what belongs to it."""
    event, happened = _leading(held)
    progressed = [_with_events(entry, n) for entry, n in held.events if entry.role == "progression"]
    followed = held.populations[-1][1]
    middle = (
        SHORT[held.follow_up.reason]
        if held.follow_up.reason
        else say("{months} months", months=months(held.follow_up.value or 0))
    )
    found = held.of(Factor, Number)
    measured = held.of(Measure)
    values = sum(one.values for one in measured)
    return (
        (PATIENTS, count(held.n), say("{followed} followed", followed=count(followed))),
        (event.events.capitalize(), count(happened), ", ".join(progressed)),
        (FOLLOW_UP, middle, say("reverse Kaplan-Meier")),
        (
            CHARACTERISTICS,
            decimal(len(found)),
            say("of {found}", found=decimal(len(found) + len(held.of(Factor, Number, found=False)))),
        ),
        (
            MEASURED,
            decimal(len(measured)),
            say_counted(values, "{values} value", "{values} values", values=count(values)),
        ),
        (REACTIONS, count(held.reactions), say("in {patients}", patients=patients(held.reacting))),
    )


def _leading(held: Contents) -> tuple[Endpoint, int]:
    """Deaths and their number, or where none are recorded the first endpoint that is."""
    return next(((entry, n) for entry, n in held.events if entry.role == "death"), held.events[0])


def one_line(held: Contents) -> str:
    """``149 patients, 10 deaths``, those followed for outcomes."""
    return f"{patients(held.n)}, {_with_events(*_leading(held))}"


def _with_events(entry: Endpoint, n: int) -> str:
    return f"{count(n)} {entry.event if told(n) == 1 else entry.events}"


def absent(held: Contents) -> str:
    """What the dictionary knows and nobody has; blank where there is nothing of the kind.

    Where nothing is recorded that always stands beside the pages, another disease is studied, and nothing is missed.
    """
    ours = [one.entry for one in held.of(Factor) if isinstance(one.entry, Factor) and one.entry.section != OWN]
    if held.of(Factor) and not any(entry.always for entry in ours):
        return ""
    names = [one.entry.label for one in held.of(Factor, Number, Measure, found=False)]
    if len(names) > MANY:
        return joined([*names[:MANY], say("{names} more", names=count(len(names) - MANY))])
    return joined(names)


def not_offered(held: Contents) -> str:
    """Which endpoints the cohort will not show, and what would bring them; blank where all are there."""
    return each_missing(held.missing)


def characteristics_table(held: Contents) -> Table:
    """One row a characteristic that is recorded of anybody."""
    rows = tuple(
        (one.entry.label, say("{patients} of {n}", patients=count(one.patients), n=count(held.n)))
        for one in held.of(Factor, Number)
    )
    return Table(CHARACTERISTIC_COLUMNS, rows)


def measured_table(held: Contents) -> Table:
    """One row a measured variable that has any value."""
    rows = tuple((_with_unit(one), count(one.patients), count(one.values)) for one in held.of(Measure))
    return Table(MEASURED_COLUMNS, rows)


def _with_unit(one: Recorded) -> str:
    unit = "" if isinstance(one.entry, Factor) else one.entry.unit
    return f"{one.entry.label}, {unit}" if unit else one.entry.label


def drugs(held: Contents) -> str:
    """``tacrolimus (141 patients), ...``; blank without any."""
    return joined([f"{drug.label} ({patients(n)})" for drug, n in held.drugs])
