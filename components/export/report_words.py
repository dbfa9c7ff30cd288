"""Words of a report: its sections, the methods of the code that ran, and the reporting items it answers."""

from __future__ import annotations

from dataclasses import dataclass

from components.core.analysis_set import AnalysisSet
from components.core.analysis_set_words import events_until
from components.core.estimate import Estimate
from components.core.numbers import count, decimal, inside, patients, with_interval
from components.core.reason_words import LONG
from components.core.small_counts import hidden
from data.entries import Endpoint
from data.language import say

QUESTION, PATIENTS, RESULT, METHODS, ITEMS, SOURCE = (
    say("Question"),
    say("Patients"),
    say("Result"),
    say("Methods"),
    say("Reporting items answered here"),
    say("Source of the data"),
)
ITEM_COLUMNS = (say("Guideline"), say("Item"), say("What it asks for"), say("Where it stands in this report"))
TABLES = say("Tables")
CENSORING = say("A patient without the event is censored on the last day of follow-up.")
MISSING = say(
    "Missing values are not replaced: a patient whose level is not known is left out of the comparison and counted."
)
EXPLORATORY = say("Comparisons of groups are unadjusted and exploratory.")
README = say(
    "{title}\n\nreport.html       the report: figure, tables, methods, reporting items\nfigure.png        "
    "the figure at 300 dots an inch\nnumbers.csv       the plotted numbers at full precision\n"
    "patients.csv      the patients of the filter, one a row\nmeasurements.csv  what was measured of "
    "them; reactions.csv and treatments.csv likewise\nreproduce.py      gives the numbers back from "
    "patients.csv (Python)\nreproduce.R       the same in R\n\nNot every file is in every archive: without "
    "patients.csv only what is aggregated is handed on.\n\n{stamp}\n"
)


@dataclass(frozen=True)
class Item:
    """An item of a reporting guideline, and the section of the report that answers it."""

    guideline: str
    number: str
    asks: str
    where: str


def page_number(number: int, of: int) -> str:
    """Which page of a file it is, of how many."""
    return say("page {number} of {pages}", number=number, pages=of)


def days_sentence(analysed: AnalysisSet) -> str:
    """Where the clock starts."""
    if analysed.follow_up.start:
        return say(
            "Times count from the landmark, day {start} after the {day_0}; the days of "
            "measurements count from that start.",
            start=decimal(analysed.follow_up.start),
            day_0=analysed.day_0,
        )
    return say("Days count from the {day_0}.", day_0=analysed.day_0)


def patients_sentence(analysed: AnalysisSet, of: int, events: int, endpoint: Endpoint, follow_up: Estimate) -> str:
    """Who is counted, with how many events in which time, and how many there would be without a filter (``of``)."""
    with hidden(hides=analysed.rounded):
        return _patients_sentence(analysed, of, events, endpoint, follow_up)


def _patients_sentence(analysed: AnalysisSet, of: int, events: int, endpoint: Endpoint, follow_up: Estimate) -> str:
    happened = endpoint.event if events == 1 else endpoint.events
    kept = (
        (" " + say("The filter keeps {of} of {patients}.", of=count(analysed.of), patients=patients(of)))
        if analysed.of != of
        else ""
    )
    had = f"{count(events)} {happened} {events_until(analysed)}"
    return f"{patients(analysed.n)}, {had}. {follow_up_sentence(follow_up)}{kept}"


def follow_up_sentence(follow_up: Estimate) -> str:
    """The median time of follow-up with its limits, and its method."""
    if follow_up.value is None:
        return say(
            "Median follow-up: {long}", long=LONG[follow_up.reason] if follow_up.reason else say("not estimable.")
        )
    return say(
        "Median follow-up {with_interval} months (reverse Kaplan-Meier).",
        with_interval=with_interval(follow_up, 1, 12 / 365.25),
    )


def endpoint_sentence(endpoint: Endpoint) -> str:
    """What the time runs to."""
    return say("Endpoint: {label}, the time to {event}.", label=inside(endpoint.label), event=endpoint.event)


def computed_with(version: str, python: str, packages: tuple[tuple[str, str], ...]) -> str:
    """The versions of what ran."""
    listed = ", ".join(f"{name} {number}" for name, number in packages)
    return say(
        "Computed with Myoscope {version} (Python {python}, {listed}).", version=version, python=python, listed=listed
    )


def items(kind: str, *, grouped: bool) -> tuple[Item, ...]:
    """The items that a report of a panel of this kind answers; only those that something in the report stands for."""
    found = [
        Item("STROBE", "12a", say("the statistical methods"), METHODS),
        Item("STROBE", "12c", say("how missing data were addressed"), METHODS),
        Item("STROBE", "13a", say("numbers of patients at each stage"), PATIENTS),
        Item("STROBE", "14c", say("follow-up time"), PATIENTS),
        Item("STROBE", "15", say("numbers of outcome events"), PATIENTS),
        Item("REMARK", "10", say("the statistical methods"), METHODS),
    ]
    if kind in {"survival", "prognosis"}:
        found.append(Item("REMARK", "6", say("the time of follow-up and its median"), PATIENTS))
    if kind == "prognosis" or (kind == "survival" and grouped):
        found += [
            Item("STROBE", "16a", say("unadjusted estimates with their precision"), RESULT),
            Item("REMARK", "12", say("patients and events in every subgroup"), RESULT),
            Item("REMARK", "15", say("the univariable relation of each finding to the outcome"), RESULT),
        ]
    if kind == "survival":
        found.append(Item("STROBE", "16c", say("absolute risk in a meaningful period"), RESULT))
    if kind == "baseline":
        found.append(Item("STROBE", "14a/b", say("characteristics of the patients, and missing values"), RESULT))
    order = {"STROBE": 0, "REMARK": 1}
    return tuple(sorted(found, key=lambda item: (order[item.guideline], float(item.number.rstrip("abc/")))))
