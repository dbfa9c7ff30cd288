"""Words and tables of the survival page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, by_then, counted, month, unbroken, until
from components.core.estimate import Reason, estimate
from components.core.markup import LINE, bold
from components.core.method import FEW_EVENTS
from components.core.numbers import (
    any_of,
    bare_p,
    count,
    decimal,
    happened,
    inside,
    joined,
    months,
    p_value,
    patients,
    percent,
    with_interval,
)
from components.core.reason_words import LONG, NA, SHORT
from components.core.table import Table
from components.survival.detectable_words import COLUMN, detectable, no_evidence_of_equality
from components.survival.sensitivity_words import second_look

if TYPE_CHECKING:
    from components.core.analysis_set import FollowUp
    from components.core.method import Method
    from components.survival.analysis import Curve, Survival
    from data.dictionary import Endpoint

FEWEST_EVENTS = 10
BANDS_LEFT_OUT = "Bands are left out where more than three curves share the plot; the table has their limits."
SENSITIVITY_TITLE = "Sensitivity of the hazard ratios"

LIMITS, FEW, CENSORED = "95% limits", "few at risk", "censored"
RISK_ROWS = (("at_risk", "at risk"), ("censored", "censored"), ("events", "events"))


def axis_title(start: int) -> str:
    """The title of the time axis, which says where the clock starts."""
    return f"Months since the landmark (day {start})" if start else "Months since start of tacrolimus"


def hover(curve: Curve, i: int) -> str:
    """What a curve says under the pointer at its step ``i``."""
    day = int(curve.days[i])
    few = f"{LINE}few patients at risk from here on" if day >= curve.few_from else ""
    survival_, lower, upper = (float(part[i]) for part in (curve.survival, curve.lower, curve.upper))
    share = with_limits(survival_, lower, upper, bool(curve.beta_product[i]))
    return f"{bold(curve.label)}{LINE}month {months(day)} (day {day}): {share}{few}"


def with_limits(share: float, lower: float, upper: float, beta_product: bool) -> str:  # noqa: FBT001
    """A share with its limits in percent and, where they are the beta product's, their name; alone without limits."""
    return with_interval(estimate(share, lower, upper, limits="beta product" if beta_product else ""), 1, 100, "%")


def when(day: int) -> str:
    """A chosen day in words: ``1 year``, ``2 years``, ``6 months`` or ``day 100``."""
    if day % 365 == 0 and day:
        return f"{day // 365} year{'s' if day > 365 else ''}"
    named = {91: "3 months", 183: "6 months", 182: "6 months", 548: "18 months", 547: "18 months"}
    return named.get(day, f"day {day}")


def estimates_table(result: Survival) -> Table:
    """One row a group: patients, events, median, survival at the chosen days, restricted mean."""
    since = " after the landmark" if result.start else ""
    at = [f"{when(day).capitalize()}{since}" if since else f"At {when(day)}" for day in result.at_days]
    columns = ("Group", "Patients", events_column(result), "Median, months", *at,
               f"Restricted mean to {when(result.tau)}{since}, months")  # fmt: skip
    month = 12 / 365.25
    rows = [
        (
            curve.label,
            count(curve.n),
            count(curve.events),
            with_interval(curve.median, 1, month),
            *(with_interval(share, 1, 100, "%") for share in curve.at),
            with_interval(curve.restricted_mean, 1, month),
        )
        for curve in result.curves
    ]
    return Table(columns, tuple(rows))


def ratio_table(result: Survival) -> Table:
    """The test of the groups, and one row a level: patients, events, hazard ratio with interval and p-value."""
    comparison = result.comparison
    heads = ("Patients", events_column(result), "Hazard ratio (95% CI)", "p (Wald)", COLUMN)
    columns = (comparison.title or "Group", *heads)
    rows = []
    for level in comparison.levels:
        ratio = "reference" if level.reference else with_interval(level.ratio, 2)
        shown = "" if level.reference else detectable(level.detectable)
        rows.append((level.label, count(level.n), count(level.events), ratio, bare_p(level.p), shown))
    return Table(columns, tuple(rows), test_sentence(result), light=result.events < FEWEST_EVENTS)


def events_column(result: Survival) -> str:
    """The head of a column of events, which says until when they count: ``Deaths to month 47``."""
    return f"{result.endpoint.events.capitalize()} {unbroken(until(result.analysed.follow_up))}"


def horizon_sentence(result: Survival, shown: int) -> str:
    """Over which follow-up the numbers are, beside curves drawn to day ``shown``; blank where these show it all."""
    follow_up, grouped = result.analysed.follow_up, len(result.curves) > 1
    if not follow_up.whole:
        counted = "Events, tests, hazard ratios and medians" if grouped else "Events and medians"
        paper = " The paper's hazard ratios count all follow-up." if grouped else ""
        return (
            f"{counted} count {until(follow_up)} only, the time shown: whoever was "
            f"followed longer is censored then.{paper}"
        )
    if follow_up.length <= shown:
        return ""
    counted = "Events, tests and hazard ratios" if grouped else "Events"
    paper = ", as the paper's hazard ratios are" if grouped else ""
    return f"{counted} are over all follow-up, {until(follow_up)}{paper}; the curves are drawn to {month(shown)}."


def difference_table(result: Survival) -> Table:
    """Differences of restricted means against the reference group, in months."""
    month = 12 / 365.25
    since = " after the landmark" if result.start else ""
    lived = inside(result.endpoint.curve)
    columns = ("Group", f"Months {lived} to {when(result.tau)}{since}, difference", "p (pooled variance)")
    rows = tuple(
        (
            f"{d.label} minus {d.reference}",
            with_interval(d.days, 1, month),
            SHORT[d.reason] if d.reason else bare_p(d.p),
        )
        for d in result.differences
    )
    return Table(columns, rows)


def untested_sentence(result: Survival) -> str:
    """Why a difference of restricted means has limits but no p-value; blank where each has one."""
    found: dict[Reason, list[str]] = {}
    for d in result.differences:
        if d.reason:
            found.setdefault(d.reason, []).append(d.label)
    return " ".join(
        f"No p-value for the difference of restricted means ({joined(names)}): {inside(LONG[reason])}"
        for reason, names in found.items()
    )


def sensitivity_table(result: Survival) -> Table:
    """The second look at every hazard ratio of the groups; without rows where there is none."""
    if (look := result.sensitivity) is None:
        return Table((), ())
    return second_look("Group", ((f"{level.label} against {look.reference}", level) for level in look.levels))


def proportional_sentence(result: Survival) -> str:
    """Whether one hazard ratio describes the whole time; blank where it cannot be tested."""
    look = result.sensitivity
    if look is None or look.proportional_p is None:
        return ""
    if look.proportional:
        return (
            f"Test of proportional hazards: {p_value(look.proportional_p)}. This does not show that the hazard ratio "
            f"is constant: the test has low power, here with {happened(result.endpoint, result.events)}."
        )
    return (
        f"The hazard ratio changes over time (test of proportional hazards: {p_value(look.proportional_p)}): read the "
        "difference of restricted means rather than the hazard ratio."
    )


def test_sentence(result: Survival) -> str:
    """The log-rank test in a sentence, or why there is none."""
    test = result.log_rank
    if test.p is None:
        return because(test.reason, result.analysed.follow_up) if test.reason else ""
    chi = f"χ² {decimal(test.statistic or 0, 2)}, {test.df} degree{'s' if test.df > 1 else ''} of freedom"
    over = counted(result.analysed.follow_up)
    groups = len(result.curves)
    unproven = no_evidence_of_equality(test.p, result.comparison.detectable, groups)
    return f"Log-rank test over {groups} groups: {p_value(test.p)} ({chi}); {over}.{unproven}"


def summary(result: Survival) -> str:
    """The figure in one paragraph, for readers who cannot see it."""
    if not result.curves:
        return f"{result.endpoint.label}: no patients are left to show."
    groups = []
    for curve in result.curves:
        at = [
            f"{SHORT[share.reason] if share.reason else percent(share.value or 0)} at {when(day)}"
            for day, share in zip(result.at_days, curve.at, strict=True)
        ]
        groups.append(f"{curve.label}: {patients(curve.n)}, {happened(result.endpoint, curve.events)}, {joined(at)}")
    over = counted(result.analysed.follow_up)
    return f"{result.endpoint.label}, {over}. {'; '.join(groups)}. {test_sentence(result)}"


def abbreviations(result: Survival) -> str:
    """What the tables' NR, NE and NA mean, each where it stands in one; blank where none does."""
    printed = [number for curve in result.curves for number in (curve.median, *curve.at, curve.restricted_mean)]
    cut = any(
        number.reason is not Reason.NOT_REACHED and (number.lower is None) != (number.upper is None)
        for number in printed
    )
    absent = dict.fromkeys(level.ratio.reason for level in result.comparison.levels) if len(result.curves) > 1 else {}
    said = (
        "NR: not reached." if any(number.reason is Reason.NOT_REACHED for number in printed) else "",
        "NE: this limit cannot be estimated." if cut else "",
        *(because(reason, result.analysed.follow_up) for reason in absent if reason and SHORT[reason] == NA),
        untested_sentence(result),
    )
    return " ".join(part for part in said if part)


def landmark_sentence(result: Survival) -> str:
    """Who was left out by the landmark, and why; blank without one."""
    if (mark := result.landmark) is None:
        return ""
    left = ((mark.excluded_event, "had the event by then"),
            (mark.excluded_follow_up, f"{_was(mark.excluded_follow_up)} not followed beyond it"),
            (mark.excluded_unmeasured, f"{_was(mark.excluded_unmeasured)} not measured"))  # fmt: skip
    reasons = joined([f"{count(n)} {why}" for n, why in left if n])
    out = f": {reasons}" if reasons else ""
    return (
        f"{result.groups.title} becomes known only during treatment, so the clock starts on day {mark.day} "
        f"(landmark): {count(mark.cohort.n)} of {patients(mark.n_before)} {_is(mark.cohort.n)} compared{out}."
    )


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def groups_sentence(result: Survival) -> str:
    """Levels without patients; blank when there are none."""
    groups = result.groups
    return f"No patients: {joined(groups.empty)}." if groups.title and groups.empty and groups.labels else ""


def limits_sentence(method: Method) -> str:
    """The limits of survival and of incidence."""
    level = f"{decimal(100 * method.level)}% limits"
    if method.interval == "beta product":
        return f"beta product {level}"
    if method.interval == "by events":
        return (
            f"log-log {level} (Greenwood), or beta product limits, named beside the number, below {FEW_EVENTS} events"
        )
    return f"{method.interval} {level} (Greenwood)"


def method_sentence(method: Method) -> str:
    """The conventions behind the numbers."""
    level = decimal(100 * method.level)
    risk = "followed to the day or later" if method.at_risk == "R" else "still followed after the day"
    return (
        f"Kaplan-Meier with {limits_sentence(method)}; hazard ratios from univariate Cox models, "
        f"{method.ties.capitalize()} ties, Wald {level}% limits; at risk = {risk}; censored and events are cumulative."
    )


def nobody_left() -> str:
    """What an empty cohort says, with a way on."""
    return (
        "No patient counted on this page meets all conditions of the filter. Remove one of the conditions above to go "
        "on."
    )


def nobody(result: Survival) -> str:
    """Why there is no curve at all."""
    if result.landmark and result.landmark.n_before:
        return f"{landmark_sentence(result)} Nobody is left to compare."
    if result.groups.title and result.groups.unknown:
        return f"{result.groups.title} is not known for {any_of(result.groups.unknown)}."
    return nobody_left()


def none_had(endpoint: Endpoint, n: int, follow_up: FollowUp) -> str:
    """The beginning of a sentence: ``None of these 3 patients had the event (death) by month 24``."""
    by = by_then(follow_up)
    if n == 1:
        return f"This patient did not have the event ({endpoint.event}){by}"
    return f"None of these {patients(n)} had the event ({endpoint.event}){by}"


def few_events(result: Survival) -> str:
    """What so few patients or events cannot show; blank when there are enough."""
    if not result.events:
        nobody_had = none_had(result.endpoint, result.n, result.analysed.follow_up)
        return f"{nobody_had}: the curve stays at 100%{by_then(result.analysed.follow_up) and ' until then'}."
    if len(result.curves) > 1 and result.events < FEWEST_EVENTS:
        tested = result.log_rank.p is not None
        decides = " Its p-values are printed for completeness and decide nothing." if tested else ""
        return (
            f"Only {happened(result.endpoint, result.events)} in {patients(result.n)}"
            f"{by_then(result.analysed.follow_up)}: the comparison of the groups is a description.{decides}"
        )
    if result.n == 1:
        return "A single patient: the steps are one person's history."
    return ""
