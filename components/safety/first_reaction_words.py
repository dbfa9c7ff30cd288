"""Words of the first reaction: who had it, and when."""

from __future__ import annotations

from components.core.columns import Share
from components.core.markup import LINE, bold
from components.core.numbers import count, inside, joined, months, patients, percent, with_interval
from components.core.table import Table
from components.safety.first_reaction import CumulativeIncidence, IncidenceCurve
from components.safety.reported import Report
from components.survival.words import BANDS_LEFT_OUT, limits_sentence, when, with_limits

CATEGORY, ANY_CATEGORY, TERM, ANY_TERM, SERIOUS = "Category", "Any category", "Term", "Any term", "Serious only"
RISK_ROWS = (("at_risk", "at risk"), ("events", "with it"))
AXIS = "Months since start of tacrolimus"
LIST_ALLOWED = "List single patients"
LIST_HELP = "Rows of your own cohort stay hidden until you ask for them; they never leave this session."
HIDDEN = "Single patients of an imported cohort are not listed. The switch above shows them in this session only."
MANY_DAYS = 8
"""So many days are named one by one."""
UNKNOWN_DAY, UNKNOWN_OUTCOME = "not recorded", "not recorded"


def asked(category: str, term: str) -> str:
    """What is looked for: ``Pneumonia (Infections)``, ``Infections``, or any reaction."""
    return f"{term} ({category})" if term else category or "any reaction"


def axis_label(result: CumulativeIncidence) -> str:
    """The title of the upright axis."""
    return "With a first serious reaction" if result.serious else "With a first reaction"


def incidence_title(result: CumulativeIncidence) -> str:
    """The title of the figure."""
    by = f", by {inside(result.groups.title)}" if result.groups.title else ""
    kind = "serious reaction" if result.serious else "reaction"
    what = f": {asked(result.category, result.term)}" if result.category else ""
    return f"Time to the first {kind}{what}{by}"


def answer(found: Share, grave: Share, reports: tuple[Report, ...], what: str) -> str:
    """How many patients had it, how often and when; how many of them a serious one, and when."""
    if not found.n:
        whom = "not reported in this patient" if found.of == 1 else f"reported in none of these {patients(found.of)}"
        return f"{what[0].upper()}{what[1:]}: {whom}."
    of = bold(f"{count(found.n)} of {patients(found.of)}")
    head = f"{what[0].upper()}{what[1:]}: {of} ({percent(found.n / found.of)})"
    serious = tuple(report for report in reports if report.serious)
    if len(serious) == len(reports):
        return f"{head}, {_how_often(reports)}, all serious, {_days(reports)}."
    if not serious:
        return f"{head}, {_how_often(reports)}, none serious, {_days(reports)}."
    return (
        f"{head}, {_how_often(reports)}, {_days(reports)}. "
        f"Serious: {bold(patients(grave.n))} ({percent(grave.n / grave.of)}), {_how_often(serious)}, {_days(serious)}."
    )


def _how_often(reports: tuple[Report, ...]) -> str:
    return f"{count(len(reports))} reaction{'' if len(reports) == 1 else 's'}"


def _days(reports: tuple[Report, ...]) -> str:
    days = sorted({report.day for report in reports if report.day is not None})
    if not days:
        return "days not recorded"
    if len(days) > MANY_DAYS:
        return f"from day {count(days[0])} to day {count(days[-1])}"
    return f"on day{'' if len(days) == 1 else 's'} {joined([count(day) for day in days])}"


def hover(curve: IncidenceCurve, i: int) -> str:
    """What a curve says under the pointer at its step ``i``."""
    day = int(curve.days[i])
    incidence, lower, upper = (float(part[i]) for part in (curve.incidence, curve.lower, curve.upper))
    share = with_limits(incidence, lower, upper, bool(curve.beta_product[i]))
    return f"{bold(curve.label)}{LINE}month {months(day)} (day {day}): {share}"


def incidence_table(result: CumulativeIncidence) -> Table:
    """One row a group: patients, with the reaction, dead without it, cumulative incidence at the chosen days."""
    at = [f"At {when(day)}" for day in result.at_days]
    rows = tuple(
        (
            curve.label,
            count(curve.n),
            count(curve.events),
            count(curve.deaths),
            *(with_interval(share, 1, 100, "%") for share in curve.at),
        )
        for curve in result.curves
    )
    return Table((result.groups.title or "Group", "Patients", "With it", "Died without it", *at), rows)


def incidence_note(result: CumulativeIncidence, *, bands_left_out: bool = False) -> str:
    """How the curve is computed."""
    bands = f" {BANDS_LEFT_OUT}" if bands_left_out else ""
    return (
        "Cumulative incidence (Aalen-Johansen): death before a reaction is a competing event, so the "
        f"curve is the share of patients who really had it by then; {limits_sentence(result.method)}. A reaction "
        f"without a day, or after the last visit, is counted above but not in the curve.{bands}"
    )


def incidence_summary(result: CumulativeIncidence) -> str:
    """The figure in a paragraph."""
    title = incidence_title(result)
    groups = [f"{c.label}: {count(c.events)} of {patients(c.n)}, {count(c.deaths)} died without" for c in result.curves]
    return f"{title}. {'; '.join(groups)}." if groups else f"{title}: no patients are left to show."


def reports_table(reports: tuple[Report, ...]) -> Table:
    """One row a reaction, the earliest first."""
    rows = tuple(
        (
            report.patient,
            UNKNOWN_DAY if report.day is None else count(report.day),
            "" if report.day is None else months(report.day),
            report.category,
            report.term,
            "Yes" if report.serious else "No",
            report.outcome or UNKNOWN_OUTCOME,
        )
        for report in reports
    )
    return Table(
        ("Patient", "Day", "Month", "Category", "Term", "Serious", "Outcome"), rows, texts=frozenset({3, 4, 5, 6})
    )
