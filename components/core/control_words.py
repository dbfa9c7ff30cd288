"""Names of the controls and of their options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from components.core.method import FEW_EVENTS, AtRisk, Interval, Ties
from data.language import say

ENDPOINT, COMPARE, NOTHING = say("Endpoint"), say("Compare by"), say("All patients together")
LANDMARK = say("Landmark, day of treatment")
LANDMARK_HELP = say(
    "This grouping becomes known only during treatment. Patients are compared from the landmark on, "
    "so that nobody is credited with the time he had to survive to be measured."
)
UNTIL, COUNTED, COUNTED_TO = say("Time shown"), say("Events counted"), say("Events counted")
UNTIL_OPTIONS = {"two_years": say("2 years"), "whole": say("All follow-up")}
COUNTED_OPTIONS = {"whole": say("All follow-up"), "shown": say("Time shown")}
COUNTED_TO_OPTIONS = {"whole": say("All follow-up"), "two_years": say("2 years")}
DISPLAY, BAND, FULL_TABLE = say("Display"), say("95% band"), say("Censored and events under the curve")
AT = say("Survival printed at")
UNIT = say("Unit of time")
UNITS: Mapping[Literal["days", "months", "years"], str] = {
    "months": say("Months"),
    "days": say("Days"),
    "years": say("Years"),
}
INCIDENCE = say("Share with the event (1 − S)")
QUARTILES = say("Quartiles in the table")
TIME_RANGE, TIME_RANGE_HELP = (
    say("Part of the time, months"),
    say("The curves from one month to another. At both ends, the time shown above holds."),
)
SHARE_RANGE = say("Upright axis, %")
AT_DAY, AT_DAY_HELP = (
    say("and on the day"),
    say("Survival and its differences are printed for this day too; 0 for none."),
)
CONVENTIONS = say("Statistical conventions")
CONVENTIONS_HELP = say(
    "The options marked (SAS) are the usual ones of SAS 9.4. The first of each holds unless another is chosen; it is "
    "that of SAS but for the limits of survival, because log-log limits do not hold with few events. The choice "
    "holds on every page but Evidence; only the Cox models of a value on Biomarker, and of one that changes on "
    "Survival, keep to Efron's ties, because the package that fits them has no others."
)
INTERVAL, TIES, AT_RISK = (
    say("Kaplan-Meier limits"),
    say("Tied event times in Cox models"),
    say("Patients at risk at a time"),
)
INTERVALS: Mapping[Interval, str] = {
    "by events": say("log-log, beta product below {few_events} events", few_events=FEW_EVENTS),
    "log-log": say("log-log (SAS)"),
    "log": say("log"),
    "plain": say("plain"),
    "beta product": say("beta product"),
}
TIES_OPTIONS: Mapping[Ties, str] = {"breslow": say("Breslow (SAS)"), "efron": say("Efron")}
AT_RISK_OPTIONS: Mapping[AtRisk, str] = {
    "R": say("followed to the time or later"),
    "KMunicate": say("still followed after it"),
}


def month(day: int) -> int:
    """A day of the time axis in whole months."""
    return round(day * 12 / 365.25)


SECTION, EVERYTHING = say("Factors shown"), say("All factors")


def compare_help(later: str) -> str:
    """Which factors are offered, where those known only after the start, such as ``later``, are not."""
    return say(
        "Patients are divided here by what is known at the start. What becomes known later, such as {factor}, is "
        "compared on Survival and Baseline; chosen there, it stays chosen and counts as no comparison here.",
        factor=later,
    )
