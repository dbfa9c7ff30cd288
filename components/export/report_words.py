"""Words of a report: its sections, the methods of the code that ran, and the reporting items it answers."""

from __future__ import annotations

from dataclasses import dataclass

from components.core.analysis_set import AnalysisSet, FollowUp
from components.core.analysis_set_words import events_until
from components.core.estimate import Estimate
from components.core.numbers import count, inside, patients, with_interval
from components.core.reason_words import LONG
from data.dictionary import Endpoint

QUESTION, PATIENTS, RESULT, METHODS, ITEMS, SOURCE = (
    "Question", "Patients", "Result", "Methods", "Reporting items answered here", "Source of the data",
)  # fmt: skip
ITEM_COLUMNS = ("Guideline", "Item", "What it asks for", "Where it stands in this report")
TABLES = "Tables"
CENSORING = "A patient without the event is censored on the last day of follow-up."
MISSING = (
    "Missing values are not replaced: a patient whose level is not known is left out of the comparison and counted."
)
EXPLORATORY = "Comparisons of groups are unadjusted and exploratory."
README = """{title}

report.html       the report: figure, tables, methods, reporting items
figure.png        the figure at 300 dots an inch
numbers.csv       the plotted numbers at full precision
patients.csv      the patients of the filter, one a row
measurements.csv  what was measured of them; reactions.csv and treatments.csv likewise
reproduce.py      gives the numbers back from patients.csv (Python)
reproduce.R       the same in R

Not every file is in every archive: without patients.csv only what is aggregated is handed on.

{stamp}
"""


@dataclass(frozen=True)
class Item:
    """An item of a reporting guideline, and the section of the report that answers it."""

    guideline: str
    number: str
    asks: str
    where: str


def days_sentence(follow_up: FollowUp) -> str:
    """Where the clock starts."""
    if follow_up.start:
        return (
            f"Times count from the landmark, day {count(follow_up.start)} after the start of tacrolimus; the days of "
            "measurements count from that start."
        )
    return "Days count from the start of tacrolimus."


def patients_sentence(analysed: AnalysisSet, of: int, events: int, endpoint: Endpoint, follow_up: Estimate) -> str:
    """Who is counted, with how many events in which time, and how many there would be without a filter (``of``)."""
    happened = endpoint.event if events == 1 else endpoint.events
    kept = f" The filter keeps {count(analysed.of)} of {patients(of)}." if analysed.of != of else ""
    had = f"{count(events)} {happened} {events_until(analysed)}"
    return f"{patients(analysed.n)}, {had}. {follow_up_sentence(follow_up)}{kept}"


def follow_up_sentence(follow_up: Estimate) -> str:
    """The median time of follow-up with its limits, and its method."""
    if follow_up.value is None:
        return f"Median follow-up: {LONG[follow_up.reason] if follow_up.reason else 'not estimable.'}"
    return f"Median follow-up {with_interval(follow_up, 1, 12 / 365.25)} months (reverse Kaplan-Meier)."


def endpoint_sentence(endpoint: Endpoint) -> str:
    """What the time runs to."""
    return f"Endpoint: {inside(endpoint.label)}, the time to {endpoint.event}."


def computed_with(version: str, python: str, packages: tuple[tuple[str, str], ...]) -> str:
    """The versions of what ran."""
    listed = ", ".join(f"{name} {number}" for name, number in packages)
    return f"Computed with Myoscope {version} (Python {python}, {listed})."


def items(kind: str, *, grouped: bool) -> tuple[Item, ...]:
    """The items that a report of a panel of this kind answers; only those that something in the report stands for."""
    found = [
        Item("STROBE", "12a", "the statistical methods", METHODS),
        Item("STROBE", "12c", "how missing data were dealt with", METHODS),
        Item("STROBE", "13a", "numbers of patients at each stage", PATIENTS),
        Item("STROBE", "14c", "follow-up time", PATIENTS),
        Item("STROBE", "15", "numbers of outcome events", PATIENTS),
        Item("REMARK", "10", "the statistical methods", METHODS),
    ]
    if kind in {"survival", "prognosis"}:
        found.append(Item("REMARK", "6", "the time of follow-up and its median", PATIENTS))
    if kind == "prognosis" or (kind == "survival" and grouped):
        found += [
            Item("STROBE", "16a", "unadjusted estimates with their precision", RESULT),
            Item("REMARK", "12", "patients and events in every subgroup", RESULT),
            Item("REMARK", "15", "the univariable relation of each finding to the outcome", RESULT),
        ]
    if kind == "survival":
        found.append(Item("STROBE", "16c", "absolute risk in a meaningful period", RESULT))
    if kind == "baseline":
        found.append(Item("STROBE", "14a/b", "characteristics of the patients, and missing values", RESULT))
    order = {"STROBE": 0, "REMARK": 1}
    return tuple(sorted(found, key=lambda item: (order[item.guideline], float(item.number.rstrip("abc/")))))
