"""Words and table of what a filter changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from components.core.made_factors import INNER
from components.core.numbers import count, share_percent, with_interval
from components.core.table import Table
from components.survival.table_words import events_column
from components.survival.unit_words import TIME_UNITS
from components.survival.words import when
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.survival.analysis import Curve, Survival
    from components.survival.before_after import BeforeAfter
    from components.survival.ticks import Unit

GHOST, GHOST_HELP = (
    say("Before and after"),
    say(
        "Draws the patients without the filter pale, as a curve behind, as the rest of a bar or as a column beside, "
        "and says what the filter changes."
    ),
)
BEHIND, BEHIND_HELP, EVERYBODY = (
    say("Pale"),
    say("Whom the patients shown are set before: all patients of the page, or those of a kept cohort."),
    say("All patients"),
)
SHOWN = say("Patients shown")


def kept(n: int) -> str:
    """The curve of the patients shown in the key."""
    return say("Patients shown (n = {n})", n=count(n))


def without_group(change: BeforeAfter, result: Survival) -> str:
    """How many of those shown are in none of the groups drawn, as what is said of a change counts them; blank for none.

    A patient of whom the factor is not known has no group, and one whose follow-up ends before a landmark neither.
    """
    shown = change.shown.n if change.shown is not None else 0
    outside = shown - sum(curve.n for curve in result.curves)
    if outside <= 0:
        return ""
    return say_counted(
        outside,
        "{outside} of the {shown} patients shown is in no group of this figure; “{name}” and “{apart}” count that "
        "patient as well.",
        "{outside} of the {shown} patients shown are in no group of this figure; “{name}” and “{apart}” count them "
        "as well.",
        outside=count(outside),
        shown=count(shown),
        name=change.pale.name,
        apart=change.pale.apart,
    )


def before_after_table(change: BeforeAfter, unit: Unit = "months") -> Table:
    """What the filter changes: without it, with it, those it leaves out, and the difference of these two."""
    times = TIME_UNITS[unit]
    cohorts = (change.before, change.shown, change.left_out)
    means = [(d.group.id == INNER.id, d.days) for d in change.parted.differences]
    shares = change.shares_apart

    def cells(cell: Callable[[Curve], str]) -> tuple[str, ...]:
        return tuple(cell(curve) if curve is not None else "–" for curve in cohorts)

    rows = [
        (say("Patients"), *cells(lambda curve: count(curve.n)), "–"),
        (events_column(change.everybody), *cells(lambda curve: count(curve.events)), "–"),
    ]
    for d, day in enumerate(change.everybody.at_days):
        apart = with_interval(shares[d], 1, 100) if shares else "–"
        at = cells(lambda curve, d=d: share_percent(curve.at[d]))  # type: ignore[misc]
        rows.append((say("At {when}", when=when(day)), *at, apart))
    apart = times.printed(means[0][1]) if means and means[0][0] else "–"
    title = say("Restricted mean to {when}, {units}", when=when(change.everybody.tau), units=times.name)
    rows.append((title, *cells(lambda curve: times.printed(curve.restricted_mean)), apart))
    pale = change.pale
    return Table((pale.changed, pale.name, SHOWN, pale.others, pale.apart), tuple(rows), pale.not_tested)
