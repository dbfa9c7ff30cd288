"""Words and table of what a filter changes in a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import EN_DASH, count, inside, with_interval
from components.core.table import Table
from components.courses.words import mean_sd, measure_title, places_of
from components.survival.before_after_words import SHOWN
from data.language import say

if TYPE_CHECKING:
    from components.core.estimate import Estimate
    from components.core.pale import Pale
    from components.courses.analysis import Series
    from components.courses.before_after import CourseBeforeAfter


def changes_note(pale: Pale) -> str:
    """What the pale lines and the tables are."""
    return say("Pale: {name}. {not_tested}", name=inside(pale.name), not_tested=pale.not_tested)


def change_table(change: CourseBeforeAfter) -> Table:
    """At each visit at which anybody has a value: patients measured and mean ± SD without the filter, shown, left out.

    Under them the difference of the means of those shown and left out, with its limits.
    """
    planned, pale = () if change.before is None else change.before.points, change.pale
    at = [v for v, point in enumerate(planned) if point.measured]
    places = places_of(change.everybody.measure, change.everybody.scale)
    rows = [
        (name, *(_cell(series, v, places) for v in at))
        for name, series in ((pale.name, change.before), (SHOWN, change.shown), (pale.others, change.left_out))
    ]
    rows.append((say("{apart}, means", apart=pale.apart), *(_apart(change.differences[v], places) for v in at)))
    head = say("{changed} (n: mean ± SD)", changed=pale.changed)
    title = measure_title(change.everybody.measure, change.everybody.scale)
    return Table((head, *(planned[v].visit.label for v in at)), tuple(rows), title, light=True)


def change_strip(change: CourseBeforeAfter) -> Table:
    """What is read at once of it: patients measured, shown and left out, and the difference of their means."""
    planned = () if change.before is None else change.before.points
    at = [v for v, point in enumerate(planned) if point.measured]
    places = places_of(change.everybody.measure, change.everybody.scale)
    measured = [say(" v ").join(_measured(one, v) for one in (change.shown, change.left_out)) for v in at]
    rows = (
        (say("Measured"), *measured),
        (say("Difference of means"), *(_apart(change.differences[v], places) for v in at)),
    )
    return Table((change.pale.versus, *(planned[v].visit.label for v in at)), rows)


def _measured(series: Series | None, visit: int) -> str:
    return EN_DASH if series is None else count(series.points[visit].measured)


def _cell(series: Series | None, visit: int, places: int) -> str:
    if series is None or not series.points[visit].measured:
        return EN_DASH
    values = series.points[visit].values
    return say("{n}: {mean_sd}", n=count(values.n), mean_sd=mean_sd(values, places))


def _apart(difference: Estimate, places: int) -> str:
    return with_interval(difference, places) if difference.known else EN_DASH
