"""The result strip: what is read of a survival figure at once, a line a group, wherever the figure stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.analysis_set_words import counted
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import heading, spread
from components.core.estimate import Estimate
from components.core.ledger import PLANNED
from components.core.numbers import EN_DASH, bare_p, count, decimal, p_value, share_percent, with_interval
from components.core.table import Table
from components.survival.table_words import WITH_CI, events_column
from components.survival.unit_words import TIME_UNITS
from components.survival.words import incidence_of, incidence_title, when
from data.language import say

if TYPE_CHECKING:
    from components.survival.analysis import Survival
    from components.survival.before_after import BeforeAfter
    from components.survival.reconstructions import Across
    from components.survival.ticks import Unit

TWO_YEARS = 730
"""The time of which survival is in the strip where it is printed at all; else the last one printed."""

AMONG_PLANNED = say("p (one of {planned})", planned=decimal(PLANNED))
AMONG_PLANNED_NOTE = say(
    "p (one of {planned}): of the log-rank test, judged as one of {planned} comparisons, as the list of comparisons "
    "looked at judges a first one.",
    planned=decimal(PLANNED),
)


def strip(
    result: Survival,
    change: BeforeAfter | None = None,
    found: Across | None = None,
    *,
    incidence: bool = False,
    unit: Unit = "months",
) -> Table:
    """A line a group: patients, events, survival at two years; with a reference the hazard ratio and its p-values.

    The p-values of more than one ratio stand beside those that Holm's correction makes of them; that of one alone
    beside what is left of the log-rank p as one of many comparisons. Of one group alone the median stands there. Of
    ``incidence`` the share with the event stands in place of survival. Of a ``change`` the patients without the filter
    have a line, and what sets those shown apart from those left out. Behind survival of one group stands its range over
    other reconstructions where they are ``found`` and differ; of more groups p-values take the room that the stage has.
    """
    d, times = strip_time(result), TIME_UNITS[unit]
    at = [] if d is None else [_at(result, result.at_days[d], incidence=incidence)]
    ranged = d is not None and found is not None and len(result.curves) < 2
    ranges = _ranges(found, d, incidence=incidence) if ranged and found is not None and d is not None else {}
    across = [heading(found.members)] if ranges and found is not None else []
    heads = [say("Patients"), events_column(result), *at, *across]
    rows = [
        [
            curve.label,
            count(curve.n),
            count(curve.events),
            *([] if d is None else [_share(curve.at[d], incidence=incidence)]),
            *([ranges.get(curve.group.id, "")] if across else []),
        ]
        for curve in result.curves
    ]
    changed = [] if change is None else [
        [*row, *("" for _ in across)] for row in _changed(change, d, incidence=incidence)
    ]  # fmt: skip
    if len(result.curves) < 2:
        cells = [(*row, times.printed(one.median)) for row, one in zip(rows, result.curves, strict=True)]
        medians = ("" if change is None or change.before is None else times.printed(change.before.median), "")
        with_change = tuple((*row, median) for row, median in zip(changed, medians, strict=False))
        return Table((say("Group"), *heads, say("Median, {units}", units=times.name)), (*cells, *with_change))
    compared = result.comparison
    several = any(p is not None for p in compared.holm)
    companion = [AMONG_PLANNED] if result.among_planned is not None else [say("p (Holm)")] if several else []
    heads += [WITH_CI, say("p (Wald)"), *companion]
    cells = [
        (
            *row,
            say("1, reference") if level.reference else with_interval(ratio, 2),
            bare_p(level.p),
            *([bare_p(None if level.reference else result.among_planned or holm)] if companion else []),
        )
        for row, level, ratio, holm in zip(rows, compared.levels, result.ratios, compared.holm, strict=True)
    ]
    rest = ("",) * (len(heads) - len(rows[0]) + 1)
    return Table(
        (compared.title or say("Group"), *heads),
        (*cells, *((*row, *rest) for row in changed)),
        _tested(result),
        light=True,
    )


def _ranges(found: Across, d: int, *, incidence: bool) -> dict[str, str]:
    """The range of each group's share by its id; none where all reconstructions agree in every group."""
    shares = {group.group.id: group.at[d] for group in found.groups}
    if incidence:
        shares = {id_: replace(one, least=1 - one.most, most=1 - one.least) for id_, one in shares.items()}
    numbers = {id_: Ranged("", one, 1, 100, "%") for id_, one in shares.items()}
    if all(one.openness is Openness.FIXED for one in numbers.values()):
        return {}
    return {id_: spread(one) for id_, one in numbers.items()}


def _changed(change: BeforeAfter, d: int | None, *, incidence: bool) -> list[list[str]]:
    """Patients, events and survival without the filter, and survival of those shown minus that of those left out."""
    if change.before is None:
        return []
    share = [] if d is None else [_share(change.before.at[d], incidence=incidence)]
    rows = [[change.pale.name, count(change.before.n), count(change.before.events), *share]]
    apart = change.shares_apart
    if d is not None and apart is not None:
        difference = _opposite(apart[d]) if incidence else apart[d]
        points = with_interval(difference, 1, 100)
        cell = say("{points} points", points=points) if difference.known else points
        rows.append([change.pale.apart, *_counts_apart(change), cell])
    return rows


def _counts_apart(change: BeforeAfter) -> tuple[str, str]:
    """Patients and events of those shown and of those left out, for example ``61 v 108``."""
    two = [one for one in (change.shown, change.left_out) if one is not None]
    return (
        say(" v ").join(count(curve.n) for curve in two),
        say(" v ").join(count(curve.events) for curve in two),
    )


def strip_time(result: Survival) -> int | None:
    """Which of the days at which survival is printed stands in the strip; None where it is printed at none."""
    if TWO_YEARS in result.at_days:
        return result.at_days.index(TWO_YEARS)
    return len(result.at_days) - 1 if result.at_days else None


def _at(result: Survival, day: int, *, incidence: bool) -> str:
    lived = incidence_title(result.endpoint) if incidence else result.endpoint.curve
    time = when(day)
    if result.start:
        return say("{lived} {time} after the landmark", lived=lived, time=time)
    return say("{lived} at {time}", lived=lived, time=time)


def _share(share: Estimate, *, incidence: bool) -> str:
    return share_percent(incidence_of(share) if incidence else share)


def _opposite(difference: Estimate) -> Estimate:
    """The difference of the shares with the event, from that of the shares free of it."""
    value, lower, upper = (
        None if one is None else -one for one in (difference.value, difference.lower, difference.upper)
    )
    return replace(difference, value=value, lower=upper, upper=lower)


def _tested(result: Survival) -> str:
    """The log-rank test and the follow-up that everything counts over, in a few words."""
    over = counted(result.analysed.follow_up)
    p = result.log_rank.p
    return say(
        "Log-rank test over {groups} groups: {p}; {over}.",
        groups=len(result.curves),
        p=EN_DASH if p is None else p_value(p),
        over=over,
    )
