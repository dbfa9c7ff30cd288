"""The tables beside survival curves: estimates, ratios, differences, and what their abbreviations mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, unbroken, until
from components.core.estimate import NOT_REACHED, Reason
from components.core.numbers import (
    bare_p,
    count,
    inside,
    joined,
    share_percent,
    with_interval,
)
from components.core.reason_words import LONG, NA, SHORT
from components.core.table import Table
from components.survival.detectable_words import COLUMN, detectable
from components.survival.sensitivity_words import second_look
from components.survival.unit_words import TIME_UNITS
from components.survival.words import FEWEST_EVENTS, test_sentence, when_on
from data.language import say

if TYPE_CHECKING:
    from components.survival.analysis import Survival
    from components.survival.ticks import Unit

FIRTH = say(
    "Firth: the hazard ratio and its limits with Firth's penalty, because a group without an event has no other; "
    "without a p-value of its own."
)
WITH_CI = say("Hazard ratio (95% CI)")


def events_column(result: Survival) -> str:
    """The head of a column of events, which says until when they count: ``Deaths to month 47``."""
    return f"{result.endpoint.events.capitalize()} {unbroken(until(result.analysed.follow_up))}"


def _head(start: int, day: int) -> str:
    at = when_on(start, day)
    return f"{at[0].upper()}{at[1:]}" if start else say("At {when}", when=at)


def estimates_table(result: Survival, unit: Unit = "months") -> Table:
    """One row a group: patients, events, median, survival at the chosen days, restricted mean."""
    times = TIME_UNITS[unit]
    at = [_head(result.start, day) for day in result.at_days]
    quartered = any(curve.quartiles for curve in result.curves)
    early = [say("25% with the event, {units}", units=times.name)] if quartered else []
    late = [say("75% with the event, {units}", units=times.name)] if quartered else []
    middle = say("Median, {units}", units=times.name)
    columns = (say("Group"), say("Patients"), events_column(result), *early, middle, *late, *at,
               say("Restricted mean to {when}, {units}", when=when_on(result.start, result.tau),
                   units=times.name))  # fmt: skip
    rows = [
        (
            curve.label,
            count(curve.n),
            count(curve.events),
            *(times.printed(quarter) for quarter in curve.quartiles[:1]),
            times.printed(curve.median),
            *(times.printed(quarter) for quarter in curve.quartiles[1:]),
            *(share_percent(share) for share in curve.at),
            times.printed(curve.restricted_mean),
        )
        for curve in result.curves
    ]
    return Table(columns, tuple(rows))


def ratio_table(result: Survival) -> Table:
    """The test of the groups, and one row a level: patients, events, hazard ratio with interval and p-values."""
    comparison = result.comparison
    several = any(p is not None for p in comparison.holm)
    corrected = [say("p (Holm)")] if several else []
    heads = (say("Patients"), events_column(result), WITH_CI, say("p (Wald)"), *corrected, COLUMN)
    columns = (comparison.title or say("Group"), *heads)
    rows = []
    for level, found, holm in zip(comparison.levels, result.ratios, comparison.holm, strict=True):
        ratio = say("reference") if level.reference else with_interval(found, 2)
        shown = "" if level.reference else detectable(level.detectable)
        ps = (bare_p(level.p), *([bare_p(holm)] if several else []))
        rows.append((level.label, count(level.n), count(level.events), ratio, *ps, shown))
    return Table(columns, tuple(rows), test_sentence(result), light=result.events < FEWEST_EVENTS)


def difference_table(result: Survival, unit: Unit = "months") -> Table:
    """Differences of restricted means against the reference group."""
    times = TIME_UNITS[unit]
    lived = inside(result.endpoint.curve)
    columns = (
        say("Group"),
        say(
            "{units} {lived} to {when}, difference",
            units=times.title,
            lived=lived,
            when=when_on(result.start, result.tau),
        ),
        say("p (pooled variance)"),
    )
    rows = tuple(
        (
            say("{label} minus {reference}", label=d.label, reference=d.reference.label),
            times.printed(d.days),
            SHORT[d.reason] if d.reason else bare_p(d.p),
        )
        for d in result.differences
    )
    return Table(columns, rows)


def share_difference_table(result: Survival) -> Table:
    """Differences of survival at the chosen days against the reference group, in percentage points."""
    heads = [
        say(
            "{lived} at {when}, difference in percentage points",
            lived=result.endpoint.curve,
            when=when_on(result.start, day),
        )
        for day in result.at_days
    ]
    rows = tuple(
        (
            say("{label} minus {reference}", label=d.label, reference=d.reference.label),
            *(with_interval(one, 1, 100) for one in d.at),
        )
        for d in result.share_differences
    )
    return Table((say("Group"), *heads), rows)


def sensitivity_table(result: Survival) -> Table:
    """The second look at every hazard ratio of the groups; without rows where there is none."""
    if (look := result.sensitivity) is None:
        return Table((), ())
    return second_look(
        say("Group"),
        (
            (say("{label} against {reference}", label=level.label, reference=look.reference.label), level)
            for level in look.levels
        ),
    )


def abbreviations(result: Survival) -> str:
    """What the tables' NR, NE and NA mean, each where it stands in one; blank where none does."""
    printed = [
        number
        for curve in result.curves
        for number in (curve.median, *curve.quartiles, *curve.at, curve.restricted_mean)
    ]
    cut = any(
        number.reason not in NOT_REACHED and (number.lower is None) != (number.upper is None) for number in printed
    )
    ratios = result.ratios if len(result.curves) > 1 else ()
    absent = dict.fromkeys(ratio.reason for ratio in ratios)
    middles = dict.fromkeys(curve.median.reason for curve in result.curves)
    said = (
        say("NR: not reached.") if any(number.reason in NOT_REACHED for number in printed) else "",
        say("A median is not estimable where the curve ends at exactly one half, without a further event.")
        if Reason.ENDS_ON_HALF in middles
        else "",
        because(Reason.ENDS_ON_QUARTILE, result.analysed.follow_up)
        if any(number.reason is Reason.ENDS_ON_QUARTILE for number in printed)
        else "",
        say("NE: this limit cannot be estimated.") if cut else "",
        because(Reason.BEYOND_FOLLOW_UP, result.analysed.follow_up)
        if any(number.reason is Reason.BEYOND_FOLLOW_UP for number in printed)
        else "",
        *(because(reason, result.analysed.follow_up) for reason in absent if reason and SHORT[reason] == NA),
        FIRTH if any(ratio.limits == "Firth" for ratio in ratios) else "",
        untested_sentence(result),
    )
    return " ".join(part for part in said if part)


def untested_sentence(result: Survival) -> str:
    """Why a difference of restricted means has limits but no p-value; blank where each has one."""
    found: dict[Reason, list[str]] = {}
    for d in result.differences:
        if d.reason:
            found.setdefault(d.reason, []).append(d.label)
    return " ".join(
        say(
            "No p-value for the difference of restricted means ({names}): {long}",
            names=joined(names),
            long=inside(LONG[reason]),
        )
        for reason, names in found.items()
    )
