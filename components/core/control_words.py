"""Names of the controls and of their options."""

from __future__ import annotations

from components.core.method import FEW_EVENTS, AtRisk, Interval, Ties

ENDPOINT, COMPARE, NOTHING = "Endpoint", "Compare by", "All patients together"
LANDMARK = "Landmark, day of treatment"
LANDMARK_HELP = (
    "This grouping becomes known only during treatment. Patients are compared from the landmark on, so that nobody is "
    "credited with the time he had to survive to be measured."
)
UNTIL, UNTIL_OPTIONS = "Time shown", ("2 years", "All follow-up")
COUNTED, COUNTED_OPTIONS = "Events counted", ("All follow-up", "Time shown")
COUNTED_TO, COUNTED_TO_OPTIONS = "Events counted", ("All follow-up", "2 years")
DISPLAY, BAND, FULL_TABLE = "Display", "95% band", "Censored and events under the curve"
AT = "Survival printed at"
CONVENTIONS = "Statistical conventions"
CONVENTIONS_HELP = (
    "The options marked (paper) are those of the paper (SAS 9.4). The first of each holds unless another is chosen; it "
    "is the paper's but for the limits of survival, because log-log limits do not hold with few events. The choice "
    "holds on every page but Evidence; only the Cox models of a value on Biomarker, and of one that changes on "
    "Survival, keep to Efron's ties, because the package that fits them has no others."
)
INTERVAL, TIES, AT_RISK = "Kaplan-Meier limits", "Tied event times in Cox models", "Patients at risk at a time"
INTERVALS: tuple[tuple[Interval, str], ...] = (
    ("by events", f"log-log, beta product below {FEW_EVENTS} events"),
    ("log-log", "log-log (paper)"),
    ("log", "log"),
    ("plain", "plain"),
    ("beta product", "beta product"),
)
TIES_OPTIONS: tuple[tuple[Ties, str], ...] = (("breslow", "Breslow (paper)"), ("efron", "Efron"))
AT_RISK_OPTIONS: tuple[tuple[AtRisk, str], ...] = (
    ("R", "followed to the time or later"),
    ("KMunicate", "still followed after it"),
)


def month(day: int) -> str:
    """A tick of the time axis: whole months."""
    return str(round(day * 12 / 365.25))


SECTION, EVERYTHING = "Factors shown", "All factors"
