"""Words about numbers that were left out of the search: how many the ranges cover, which not, and what that means."""

from __future__ import annotations

from components.core.numbers import count, decimal, interval, joined
from components.core.table import Table
from components.evidence.coverage import Coverage, LeftOutNumber
from components.evidence.words import what
from data.filters import filter_from_query
from data.language import say, say_counted
from data.variables import DICTIONARY

QUESTION = say("How well do the ranges cover what was left out?")
KINDS = say("Hazard ratio of death"), say("Percent free of the event at two years")
PRINTED, PRINTED_OUTSIDE = say("Printed, inside the range"), say("Printed, outside the range")
HEADINGS = say("Left out"), say("Patients"), say("Printed"), say("Range"), say("Covered")
COLUMNS = (
    say("Left out"),
    say("Statistic"),
    say("Patients"),
    say("Printed"),
    say("Least"),
    say("Most"),
    say("Reconstructions"),
    say("Covered"),
)
YES, NO = say("Yes"), say("No")


def title(result: Coverage) -> str:
    """``28 of 37 numbers left out lie in the range of 11 reconstructions``."""
    return say(
        "{covered} of {n} numbers left out lie in the range of {reconstructions} reconstructions",
        covered=count(result.covered),
        n=count(result.n),
        reconstructions=count(result.reconstructions),
    )


def label(one: LeftOutNumber) -> str:
    """Whose number it is: ``Ferritin at baseline: 500 to < 1500 ng/mL``, or the endpoint with its group."""
    number = one.number
    if not number.group:
        return what(number)
    return say(
        "{endpoint}, {group}",
        endpoint=DICTIONARY.endpoint[number.variable].label,
        group=filter_from_query(number.group).filter.sentence,
    )


def patients(one: LeftOutNumber) -> str:
    """How many patients it is about; blank where no count is printed."""
    return "" if one.patients is None else count(one.patients)


def reach(one: LeftOutNumber) -> str:
    """The least and the most in the digits of print: ``0.57–5.39``; ``∞`` where the reference has no death."""
    digits = one.number.digits or 0
    return interval(one.least, one.most, digits) if one.least != one.most else interval_end(one.least, digits)


def interval_end(value: float, digits: int) -> str:
    """One end in the digits of print."""
    return "∞" if value == float("inf") else decimal(value, digits)


def hover(one: LeftOutNumber) -> str:
    """What a point says under the pointer."""
    return say(
        "{label}: printed {printed}, without it {range} in {n} reconstructions",
        label=label(one),
        printed=one.number.printed,
        range=reach(one),
        n=count(len(one.values)),
    )


def meaning(result: Coverage) -> str:
    """What the count says of the ranges on every other page, and which numbers were missed."""
    expected = round(result.expected)
    head = say(
        "{covered} of {n} printed numbers lie in the range that {m} reconstructions gave without them; {expected} "
        "would be expected if print were one more reconstruction.",
        covered=count(result.covered),
        n=count(result.n),
        m=count(result.reconstructions),
        expected=count(expected),
    )
    if result.covered >= expected:
        return say("{head} So the ranges are about as wide as they should be.", head=head)
    weak = sum(one.too_weak for one in result.missed)
    ratios = sum(one.is_ratio for one in result.missed)
    narrow = say("{head} So the ranges are too narrow: a number called open can be wider still.", head=head)
    if 2 * weak <= ratios:
        return narrow
    return say(
        "{narrow} {weak} of {ratios} hazard ratios that were missed are stronger in print than in any reconstruction: "
        "where nothing printed says how strongly a finding goes with death, it comes out too weak.",
        narrow=narrow,
        weak=count(weak),
        ratios=count(ratios),
    )


def missed(result: Coverage) -> str:
    """Which numbers were missed; blank where none was."""
    if not result.missed:
        return ""
    listed = [
        say(
            "{label} (printed {printed}, range {range})", label=label(one), printed=one.number.printed, range=reach(one)
        )
        for one in result.missed
    ]
    return say_counted(len(listed), "Missed was {listed}.", "Missed were {listed}.", listed=joined(listed))


def note(result: Coverage) -> str:
    """How it was done."""
    return say(
        "One number at a time was treated as if it were not printed, with its limits and wherever else it stands; what "
        "carries it was searched anew in {m} reconstructions, whose days of death stayed. The dotted line goes from "
        "the least to the most that they gave; it is no confidence interval. 0 or ∞: no death among these patients, "
        "or in the reference. Subtypes are not asked: their deaths are printed.",
        m=count(result.reconstructions),
    )


def with_strengths_drawn(made: Coverage, drawn: Coverage) -> str:
    """What drawing how strongly a finding goes with death changes of the numbers that rest on days of death."""
    return say(
        "A trial drew, for each number and reconstruction, how strongly the finding goes with death: of the {n} "
        "numbers that rest on deaths {drawn} lay in the range of {m} reconstructions then, {made} as the "
        "reconstructions shown were made, and {expected} would be expected. The reconstructions shown are not those of "
        "the trial.",
        n=count(drawn.n),
        drawn=count(drawn.covered),
        m=count(drawn.reconstructions),
        made=count(made.covered),
        expected=count(round(drawn.expected)),
    )


def table(result: Coverage) -> Table:
    """One row a number that was left out."""
    rows = tuple(
        (
            label(one),
            KINDS[0] if one.is_ratio else KINDS[1],
            patients(one),
            one.number.printed,
            interval_end(one.least, one.number.digits or 0),
            interval_end(one.most, one.number.digits or 0),
            count(len(one.values)),
            YES if one.covered else NO,
        )
        for one in result.numbers
    )
    return Table(COLUMNS, rows, title(result), texts=frozenset({1, 7}), light=True)
