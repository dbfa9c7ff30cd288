"""The result strip: what is read of a survival figure at once, a line a group, wherever the figure stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import counted
from components.core.estimate import Estimate
from components.core.numbers import EN_DASH, bare_p, count, p_value, with_interval
from components.core.table import Table
from components.survival.table_words import WITH_CI, events_column
from components.survival.words import incidence_of, incidence_title, when
from data.language import say

if TYPE_CHECKING:
    from components.survival.analysis import Survival

TWO_YEARS = 730
"""The time of which survival is in the strip where it is printed at all; else the last one printed."""

MONTH = 12 / 365.25


def strip(result: Survival, *, incidence: bool = False) -> Table:
    """A line a group: patients, events, survival at two years; with a reference the hazard ratio and its p-values.

    The p-values of more than one ratio stand beside those that Holm's correction makes of them. Of one group alone the
    median stands there. Of ``incidence`` the share with the event stands in place of survival.
    """
    d = strip_time(result)
    at = [] if d is None else [_at(result, result.at_days[d], incidence=incidence)]
    heads = [say("Patients"), events_column(result), *at]
    rows = [
        [
            curve.label,
            count(curve.n),
            count(curve.events),
            *([] if d is None else [_share(curve.at[d], incidence=incidence)]),
        ]
        for curve in result.curves
    ]
    if len(result.curves) < 2:
        cells = [(*row, with_interval(one.median, 1, MONTH)) for row, one in zip(rows, result.curves, strict=True)]
        return Table((say("Group"), *heads, say("Median, months")), tuple(cells))
    compared = result.comparison
    several = any(p is not None for p in compared.holm)
    heads += [WITH_CI, say("p (Wald)"), *([say("p (Holm)")] if several else [])]
    cells = [
        (
            *row,
            say("1, reference") if level.reference else with_interval(level.ratio, 2),
            bare_p(level.p),
            *([bare_p(holm)] if several else []),
        )
        for row, level, holm in zip(rows, compared.levels, compared.holm, strict=True)
    ]
    return Table((compared.title or say("Group"), *heads), tuple(cells), _tested(result), light=True)


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
    return with_interval(incidence_of(share) if incidence else share, 1, 100, "%")


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
