"""Sentences of the survival page: what is shown, over which follow-up, what it cannot show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from components.core.analysis_set_words import because, by_then, counted, month, until
from components.core.estimate import Estimate, Reason, estimate
from components.core.markup import LINE, bold
from components.core.method import FEW_EVENTS
from components.core.numbers import (
    any_of,
    count,
    decimal,
    happened,
    joined,
    months,
    p_value,
    patients,
    share_percent,
)
from components.core.reason_words import LONG
from components.core.small_counts import FEWEST, hiding
from components.survival.detectable_words import no_evidence_of_equality
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.core.analysis_set import FollowUp
    from components.core.method import Method
    from components.survival.analysis import Curve, Survival
    from components.survival.landmark import Landmark
    from components.survival.ticks import Unit
    from data.entries import Endpoint

FEWEST_EVENTS = 10
BANDS_LEFT_OUT = say("Bands are left out where more than three curves share the plot; the table has their limits.")
RANGES = say(
    "Shares at a time are the range in which the true one lies, as wide as five patients of the group, and the curve "
    "is drawn at the upper end of it. Medians, tests, restricted means and hazard ratios are of the true days, and "
    "need not agree with what is drawn."
)
SENSITIVITY_TITLE = say("Sensitivity of the hazard ratios")

LIMITS, FEW, CENSORED = say("95% limits"), say("few at risk"), say("censored")
RISK_ROWS = (("at_risk", say("at risk")), ("censored", say("censored")), ("events", say("events")))


def axis_title(start: int, day_0: str, unit: Unit = "months") -> str:
    """The title of the time axis, which says where the clock starts."""
    if start:
        return {
            "days": say("Days since the landmark (day {start})", start=start),
            "months": say("Months since the landmark (day {start})", start=start),
            "years": say("Years since the landmark (day {start})", start=start),
        }[unit]
    return {
        "days": say("Days since {day_0}", day_0=day_0),
        "months": say("Months since {day_0}", day_0=day_0),
        "years": say("Years since {day_0}", day_0=day_0),
    }[unit]


def incidence_of(share: Estimate) -> Estimate:
    """The share with the event by a time, 1 - S, from the share free of it; its limits change sides."""
    value, lower, upper = (None if one is None else 1 - one for one in (share.value, share.lower, share.upper))
    return replace(share, value=value, lower=upper, upper=lower)


def hover(curve: Curve, i: int, *, incidence: bool = False) -> str:
    """What a curve says under the pointer at its step ``i``; of ``incidence`` the share with the event."""
    day = int(curve.days[i])
    few = say("{line}few patients at risk from here on", line=LINE) if day >= curve.few_from else ""
    survival_, lower, upper = (float(part[i]) for part in (curve.survival, curve.lower, curve.upper))
    if incidence:
        survival_, lower, upper = 1 - survival_, 1 - upper, 1 - lower
    share = with_limits(survival_, lower, upper, bool(curve.beta_product[i]))
    return say(
        "{label}{line}month {months} (day {day}): {share}{few}",
        label=bold(curve.label),
        line=LINE,
        months=months(day),
        day=day,
        share=share,
        few=few,
    )


def with_limits(share: float, lower: float, upper: float, beta_product: bool) -> str:  # noqa: FBT001
    """A share with its limits in percent and, where they are the beta product's, their name; alone without limits."""
    return share_percent(estimate(share, lower, upper, limits="beta product" if beta_product else ""))


def when_on(clock: int, day: int) -> str:
    """A chosen day in words, on the clock that starts on day ``clock``: ``1 year after the landmark``."""
    return say("{when} after the landmark", when=when(day)) if clock else when(day)


def when(day: int) -> str:
    """A chosen day in words: ``1 year``, ``2 years``, ``6 months`` or ``day 100``."""
    if day % 365 == 0 and day:
        return say_counted(day // 365, "{years} year", "{years} years", years=day // 365)
    named = {
        91: say("3 months"),
        183: say("6 months"),
        182: say("6 months"),
        548: say("18 months"),
        547: say("18 months"),
    }
    return named.get(day, say("day {day}", day=day))


def incidence_title(endpoint: Endpoint) -> str:
    """The title of the upright axis where the share with the event is drawn."""
    return say("With the event ({event})", event=endpoint.event)


def incidence_sentence(endpoint: Endpoint) -> str:
    """What 1 - S is, and what it takes for censored."""
    return say(
        "Shown is 1 − S, the share with the event ({event}) by each time; whoever left before, or died where death is "
        "not the event, counts as censored.",
        event=endpoint.event,
    )


def horizon_sentence(result: Survival, shown: int) -> str:
    """Over which follow-up the numbers are, beside curves drawn to day ``shown``; blank where these show it all."""
    follow_up, grouped = result.analysed.follow_up, len(result.curves) > 1
    if not follow_up.whole:
        counted = say("Events, tests, hazard ratios and medians") if grouped else say("Events and medians")
        return say(
            "{counted} count {until} only, the time shown: patients followed longer are censored then.",
            counted=counted,
            until=until(follow_up),
        )
    if follow_up.length <= shown:
        return ""
    counted = say("Events, tests and hazard ratios") if grouped else say("Events")
    over = until(follow_up)
    return say(
        "{counted} are over all follow-up, {until}; the curves are drawn to {month}.",
        counted=counted,
        until=over,
        month=month(shown),
    )


def proportional_sentence(result: Survival) -> str:
    """Whether one hazard ratio describes the whole time; blank where it cannot be tested."""
    look = result.sensitivity
    if look is None or look.proportional_p is None:
        return ""
    if look.proportional:
        return say(
            "Test of proportional hazards: {p_value}. This does not show that the hazard ratio is "
            "constant: the test has low power, here with {happened}.",
            p_value=p_value(look.proportional_p),
            happened=happened(result.endpoint, result.events),
        )
    return say(
        "The hazard ratio changes over time (test of proportional hazards: {p_value}): read the "
        "difference of restricted means rather than the hazard ratio.",
        p_value=p_value(look.proportional_p),
    )


def test_sentence(result: Survival) -> str:
    """The log-rank test in a sentence, or why there is none."""
    test = result.log_rank
    if test.p is None:
        return because(test.reason, result.analysed.follow_up) if test.reason else ""
    over = counted(result.analysed.follow_up)
    groups = len(result.curves)
    unproven = no_evidence_of_equality(test.p, result.comparison.detectable, groups)
    return say_counted(
        test.df,
        "Log-rank test over {groups} groups: {p_value} (χ² {statistic}, {df} degree of freedom); {over}.{unproven}",
        "Log-rank test over {groups} groups: {p_value} (χ² {statistic}, {df} degrees of freedom); {over}.{unproven}",
        groups=groups,
        p_value=p_value(test.p),
        over=over,
        unproven=unproven,
        statistic=decimal(test.statistic or 0, 2),
        df=test.df,
    )


def summary(result: Survival) -> str:
    """The figure in one paragraph, for readers who cannot see it."""
    if not result.curves:
        return say("{label}: no patients are left to show.", label=result.endpoint.label)
    groups = []
    for curve in result.curves:
        at = [
            say(
                "{short} at {when}",
                short=share_percent(share, alone=True),
                when=when(day),
            )
            for day, share in zip(result.at_days, curve.at, strict=True)
        ]
        groups.append(f"{curve.label}: {patients(curve.n)}, {happened(result.endpoint, curve.events)}, {joined(at)}")
    over = counted(result.analysed.follow_up)
    return f"{result.endpoint.label}, {over}. {'; '.join(groups)}. {test_sentence(result)}"


def landmark_sentence(result: Survival) -> str:
    """Who was left out by the landmark, and why; blank without one."""
    return landmark_text(result.landmark, result.groups.title) if result.landmark else ""


def landmark_text(mark: Landmark[Any], title: str) -> str:
    """Who was left out by a landmark that grouping by ``title`` asks for, and why."""
    had, late, missed = mark.excluded_event, mark.excluded_follow_up, mark.excluded_unmeasured
    reasons = (
        say("{n} had the event by then", n=count(had)) if had else "",
        say_counted(late, "{n} was not followed beyond it", "{n} were not followed beyond it", n=count(late))
        if late
        else "",
        say_counted(missed, "{n} was not measured", "{n} were not measured", n=count(missed)) if missed else "",
    )
    said = joined([reason for reason in reasons if reason])
    out = f": {said}" if said else ""
    return say_counted(
        mark.cohort.n,
        "{title} becomes known only during treatment, so the clock starts on day {day} (landmark): "
        "{n} of {patients} is compared{out}.",
        "{title} becomes known only during treatment, so the clock starts on day {day} (landmark): "
        "{n} of {patients} are compared{out}.",
        title=title,
        day=mark.day,
        n=count(mark.cohort.n),
        patients=patients(mark.n_before),
        out=out,
    )


def groups_sentence(result: Survival) -> str:
    """Levels without patients; blank when there are none."""
    groups = result.groups
    return (
        say("No patients: {empty}.", empty=joined([level.label for level in groups.empty]))
        if groups.title and groups.empty and groups.present
        else ""
    )


def limits_sentence(method: Method) -> str:
    """The limits of survival and of incidence."""
    level = say("{level}% limits", level=decimal(100 * method.level))
    if method.interval == "beta product":
        return say("beta product {level}", level=level)
    if method.interval == "by events":
        return say(
            "log-log {level} (Greenwood), or beta product limits, named beside the number, below {few_events} events",
            level=level,
            few_events=FEW_EVENTS,
        )
    return say("{interval} {level} (Greenwood)", interval=method.interval, level=level)


def method_sentence(method: Method) -> str:
    """The conventions behind the numbers."""
    level = decimal(100 * method.level)
    risk = say("followed to the day or later") if method.at_risk == "R" else say("still followed after the day")
    return say(
        "Kaplan-Meier with {limits_sentence}; hazard ratios from univariate Cox models, {ties} ties, "
        "Wald {level}% limits; at risk = {risk}; censored and events are cumulative.",
        limits_sentence=limits_sentence(method),
        ties=method.ties.capitalize(),
        level=level,
        risk=risk,
    )


def nobody_left() -> str:
    """What an empty cohort says, with a way on."""
    return say(
        "No patient counted on this page meets all conditions of the filter. Remove one of the "
        "conditions above to go on."
    )


def nobody(result: Survival) -> str:
    """Why there is no curve at all."""
    if result.landmark and result.landmark.n_before:
        return say("{landmark_sentence} Nobody is left to compare.", landmark_sentence=landmark_sentence(result))
    if result.groups.title and result.groups.unknown:
        return say(
            "{title} is not known for {unknown}.", title=result.groups.title, unknown=any_of(result.groups.unknown)
        )
    return nobody_left()


def none_had(endpoint: Endpoint, n: int, follow_up: FollowUp) -> str:
    """The beginning of a sentence: ``None of these 3 patients had the event (death) by month 24``."""
    by = by_then(follow_up)
    if n == 1:
        alone = say("This patient did not have the event ({event})", event=endpoint.event)
        return say("{nobody_had} {by}", nobody_had=alone, by=by) if by else alone
    nobody = say("None of these {patients} had the event ({event})", patients=patients(n), event=endpoint.event)
    return say("{nobody_had} {by}", nobody_had=nobody, by=by) if by else nobody


def few_events(result: Survival) -> str:
    """What so few patients or events cannot show; blank when there are enough."""
    if hiding() and result.events < FEWEST:
        return LONG[Reason.WITHHELD]
    if not result.events:
        nobody_had = none_had(result.endpoint, result.n, result.analysed.follow_up)
        if by_then(result.analysed.follow_up):
            return say("{nobody_had}: the curve stays at 100% until then.", nobody_had=nobody_had)
        return say("{nobody_had}: the curve stays at 100%.", nobody_had=nobody_had)
    if len(result.curves) > 1 and result.events < FEWEST_EVENTS:
        tested = result.log_rank.p is not None
        decides = (" " + say("Its p-values are printed for completeness and decide nothing.")) if tested else ""
        few = say("{happened} in {n}", happened=happened(result.endpoint, result.events), n=patients(result.n))
        if by := by_then(result.analysed.follow_up):
            few = say("{few} {by}", few=few, by=by)
        return say("Only {few}: the comparison of the groups is a description.{decides}", few=few, decides=decides)
    if result.n == 1:
        return say("A single patient: the steps are one person's history.")
    return ""
