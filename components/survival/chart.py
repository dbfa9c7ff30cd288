"""Kaplan-Meier curves with bands, censor ticks and the at-risk table on the same axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from components.chart.chart import (
    Chart,
    End,
    Entry,
    Key,
    Margins,
    Place,
    Plot,
    Row,
    Scale,
    even_ticks,
    numbered_ticks,
    stepped_ticks,
)
from components.chart.colours import FAINT, QUIET, colour, dash, places
from components.chart.marks import Band, Line, Mark, Points, Stroke
from components.core.envelope_words import LEAST, MOST, in_key
from components.core.markup import bold, coloured, plain
from components.core.numbers import count, number_printed
from components.core.pale_words import pale_of
from components.core.short_names import short_names
from components.survival.before_after_words import kept
from components.survival.words import CENSORED, FEW, LIMITS, RISK_ROWS, axis_title, hover, incidence_title
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from components.survival.analysis import Curve, RiskTable, Survival
    from components.survival.before_after import BeforeAfter
    from components.survival.reconstructions import Across, GroupAcross
    from components.survival.ticks import Unit
    from data.levels import Level


ROW_HEIGHT, HEADING = 20, 74
HIGHEST, EACH_GROUP, LOWEST = 335, 28, 200
"""Pixels of the curves: less for each group, so that they stand on a laptop's screen together with the strip over them
and the patients at risk under them."""

TOP, FOOT = 24, 10
"""Margins; the upper one keeps the names of curves that stay at 100% clear of the camera button."""

MOST_BANDS = 3
"""Bands and outlines of more curves than this would hide each other."""

CHARACTER, NAME = 7.2, 8
"""Mean width of a character of the axis type, in pixels: what the margins are measured with; and the characters of the
name of a row of numbers for which there is room anyway."""

MOST_KEYS = 4
"""A key of more curves than this would lie over them; their names stand at their ends and beside their numbers."""

BEHIND, RECONSTRUCTIONS = "behind", "reconstructions"
"""The series of the pale curve behind the others, and of the dotted lines in the key."""

UNNAMED = frozenset({BEHIND, RECONSTRUCTIONS})
"""What no name stands beside: the key alone says what it is."""


@dataclass(frozen=True)
class View:
    """How the curves are drawn: until which day, ticks on which days and with what numbers, with a band, a full table.

    ``at_days`` are the days at which survival is printed under them, ``horizon`` is the day since the start of
    treatment up to which events count, None for all follow-up. Time is shown from day ``begin`` on, and the shares
    between the two ``shares``; of ``incidence`` the share with the event is drawn. ``quartiles`` are printed too.
    """

    until: int
    ticks: tuple[int, ...]
    tick_numbers: tuple[float, ...]
    at_days: tuple[int, ...]
    band: bool = True
    full_table: bool = True
    horizon: int | None = None
    begin: int = 0
    shares: tuple[float, float] = (0.0, 1.0)
    incidence: bool = False
    unit: Unit = "months"
    quartiles: bool = False

    @property
    def zoom(self) -> str:
        """Under which a reader's own zoom is kept: not where another part of the curves is asked for."""
        whole = not self.begin and self.shares == (0.0, 1.0) and not self.incidence
        return "kept" if whole else f"{self.begin} {self.until} {self.shares} {self.incidence}"


def survival_chart(
    result: Survival, view: View, change: BeforeAfter | None = None, found: Across | None = None
) -> Chart:
    """The curves of every group, the counts under them aligned with the ticks, the group names at the curves' ends.

    With ``change`` the curve of everybody lies pale behind them; with ``found`` dotted lines show the least and most
    of other reconstructions, which no band does, unless there are too many curves.
    """
    place = places(result.groups.levels)
    marks = [mark for curve in result.curves
             for mark in curve_marks(curve, place[curve.group.id], band=banded(len(result.curves), view),
                                     begin=view.begin, incidence=view.incidence)]  # fmt: skip
    before = change.before if change else None
    entries = key_entries(result.groups.present, place)
    if change is not None and before is not None:
        marks.insert(0, pale_curve(before, view.begin, incidence=view.incidence))
        own = entries if len(entries) > 1 else tuple(replace(one, name=kept(result.n)) for one in entries)
        entries = (*own, Entry(BEHIND, pale_of(change.pale, before.n), QUIET))
    if found is not None and len(result.curves) <= MOST_BANDS:
        marks += [mark for group in found.groups for mark in _outline(group, place[group.group.id], view)]
        entries = (*entries, outline_entry(found.members))
    y = _shares_scale(view, incidence_title(result.endpoint) if view.incidence else result.endpoint.curve)
    rows = count_rows(result.risk_table, result.groups.present, place,
                      RISK_ROWS if view.full_table else RISK_ROWS[:1])  # fmt: skip
    at_end = [1 - end if view.incidence else end for end in ends_of(result, view.until)]
    low, top = view.shares
    ends = end_names(result.groups.present, [min(max(end, low), top) for end in at_end], place)
    scales = (days_scale(view, axis_title(result.start, result.analysed.day_0, view.unit)), y)
    high = max(HIGHEST - EACH_GROUP * len(result.curves), LOWEST)
    return curves_chart(tuple(marks), scales, rows, ends, high, entries, view.zoom, rising=view.incidence)


def _shares_scale(view: View, title: str) -> Scale:
    low, high = view.shares
    wide = high - low
    ticks = stepped_ticks(0, 1, 0.2, percent=True) if wide == 1 else even_ticks(low, high, percent=True)
    return Scale(low - 0.01 * wide, high + 0.02 * wide, title, "%", title, ticks, form="percent", grid=True)


def days_scale(view: View, title: str) -> Scale:
    """The axis of time, in days, labelled in the unit asked for; a reader may zoom into it."""
    wide = view.until - view.begin
    return Scale(view.begin - 0.03 * wide, view.until + 0.015 * wide, say("Day"), say("days"), title,
                 numbered_ticks(view.ticks, view.tick_numbers), zoomable=True, padded=True)  # fmt: skip


def curves_chart(
    marks: tuple[Mark, ...], scales: tuple[Scale, Scale], rows: tuple[Row, ...], ends: tuple[End, ...], high: float,
    entries: tuple[Entry, ...], zoom: str = "kept", *, rising: bool = False,
) -> Chart:  # fmt: skip
    """Curves ``high`` pixels in all, and under them ``rows``; several groups have their names at the ``ends``.

    The key of ``rising`` curves stands over them. One that would lie over the curves keeps to what has no name there.
    """
    named = max((len(plain(row.name)) for row in rows), default=0)
    longest = max((len(plain(row.owner)) for row in rows), default=0)
    beside = longest + max(named - NAME, 0)
    several = len(ends) > 1
    right = 24 + CHARACTER * longest if several else 24
    below = HEADING + ROW_HEIGHT * len(rows)
    plot = Plot(
        "curves", *scales, marks, Place(0, 1, 0, high - TOP), ends=ends if several else (), rows=rows, rows_from=58,
        row_height=ROW_HEIGHT,
    )  # fmt: skip
    corner: Literal["lower left", "upper left"] = "upper left" if rising else "lower left"
    shown = entries if len(entries) <= MOST_KEYS else tuple(one for one in entries if one.series in UNNAMED)
    key = Key(shown, corner, hides=True) if shown and len(entries) > 1 else None
    margins = Margins(84 + CHARACTER * beside, right, TOP, FOOT)
    return Chart(
        high + below + FOOT, margins, (plot,), key, zoom, names=tuple((one.series, one.name) for one in entries)
    )


def key_entries(groups: Sequence[Level], place: dict[str, int]) -> tuple[Entry, ...]:
    """The entry of each group in the key of its curves."""
    return tuple(Entry(one.id, one.label, colour(place[one.id]), dash(place[one.id])) for one in groups)


def outline_entry(members: int) -> Entry:
    """The dotted lines in the key."""
    return Entry(RECONSTRUCTIONS, in_key(members), QUIET, "dot")


def banded(curves: int, view: View) -> bool:
    """Whether the 95% limits are drawn as bands."""
    return view.band and curves <= MOST_BANDS


def curve_marks(
    curve: Curve, place: int, *, band: bool, censored: bool = True, begin: int = 0, incidence: bool = False
) -> list[Mark]:
    """One group's band, steps, the pale tail from where few are at risk, and censor ticks.

    They begin on the day ``begin``, and nothing is drawn of a group followed less long; of ``incidence`` the share with
    the event is drawn.
    """
    if begin > curve.last_day:
        return []
    shade, name = colour(place), curve.group.id
    first = _first(curve, begin)
    days = curve.days[first:]
    x, y = _from(days, begin), _drawn(curve.survival, incidence=incidence)[first:].tolist()
    sure = int(np.searchsorted(days, curve.few_from, side="right"))
    marks: list[Mark] = []
    if band:
        low, high = _edge(curve, curve.lower_between), _edge(curve, curve.upper)
        lower, upper = (1 - high, 1 - low) if incidence else (low, high)
        bare = np.flatnonzero(np.isnan(curve.lower_between[first:]) | np.isnan(curve.upper[first:]))
        marks.append(Band(f"{name} limits", x, lower[first:].tolist(), upper[first:].tolist(), shade, name, step=True,
                          opacity=FAINT, what=LIMITS, bridged=frozenset(bare.tolist())))  # fmt: skip
    said = [hover(curve, i, incidence=incidence) for i in range(first, len(curve.days))]
    stroke = Stroke(shade, 2.6, dash(place))
    marks.append(Line(f"{name} curve", x[:sure], y[:sure], stroke, name, step=True, hover=said[:sure]))
    if sure < len(x):
        start = max(sure - 1, 0)
        pale_stroke = Stroke(shade, 2.6, dash(place), 0.4)
        marks.append(Line(f"{name} tail", x[start:], y[start:], pale_stroke, name, step=True, hover=said[start:],
                          what=FEW))  # fmt: skip
    if censored:
        left = curve.censor_days >= begin
        at = _drawn(curve.censor_survival, incidence=incidence)[left].tolist()
        marks.append(Points(f"{name} censored", curve.censor_days[left].tolist(), at, (shade,),
                            ("tick",), (9.0,), name, edge=1.4, what=CENSORED))  # fmt: skip
    return marks


def _first(curve: Curve, begin: int) -> int:
    """The step that holds on the day ``begin``."""
    return max(int(np.searchsorted(curve.days, begin, side="right")) - 1, 0)


def _from(days: NDArray[np.int64], begin: int) -> list[int]:
    """The days of the steps, the first moved to the day ``begin``."""
    found: list[int] = np.maximum(days, begin).tolist()
    return found


def _drawn(survival: NDArray[np.float64], *, incidence: bool) -> NDArray[np.float64]:
    return 1 - survival if incidence else survival


def pale_curve(curve: Curve, begin: int = 0, *, incidence: bool = False) -> Line:
    """The curve of everybody, pale, without limits or ticks, from the day ``begin`` on."""
    first = _first(curve, begin)
    said = [hover(curve, i, incidence=incidence) for i in range(first, len(curve.days))]
    stroke = Stroke(QUIET, 1.6, "solid", 0.6)
    y = _drawn(curve.survival, incidence=incidence)[first:].tolist()
    return Line(f"{BEHIND} curve", _from(curve.days[first:], begin), y, stroke, BEHIND, step=True, hover=said)


def _outline(group: GroupAcross, place: int, view: View) -> list[Mark]:
    low, high = (1 - group.most, 1 - group.least) if view.incidence else (group.least, group.most)
    return outline(group.group, (group.days, low, high), place, view.begin)


def outline(
    group: Level, edges: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]], place: int, begin: int = 0
) -> list[Mark]:
    """Two dotted lines: the least and the most of all reconstructions, from the days on which one of them changes.

    ``edges`` are the days, the least and the most from each on; they begin on the day ``begin``.
    """
    days, low, high = edges
    first = max(int(np.searchsorted(days, begin, side="right")) - 1, 0)
    days, low, high = days[first:], low[first:], high[first:]
    turns = np.ones(len(days), dtype=bool)
    turns[1:-1] = (np.diff(low)[:-1] != 0) | (np.diff(high)[:-1] != 0)
    turns &= ~np.isnan(low)
    stroke, x = Stroke(colour(place), 1.5, "dot", 0.9), _from(days[turns], begin)
    lines = (("least", low, LEAST), ("most", high, MOST))
    return [Line(f"{group.id} {name}", x, edge[turns].tolist(), stroke, group.id, step=True, what=what)
            for name, edge, what in lines]  # fmt: skip


def _edge(curve: Curve, limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """The edge of the band; on the curve where the Method has no limit, so that the band is not torn apart."""
    return np.where(np.isnan(limit), curve.survival, limit)


def count_rows(
    table: RiskTable, groups: Sequence[Level], place: dict[str, int], named: Sequence[tuple[str, str]]
) -> tuple[Row, ...]:
    """The numbers under the curves: of each thing that ``named`` lists of ``table`` a row for each group."""
    rows, names = [], short_names([group.label for group in groups])
    for attribute, row in named:
        for k, group in enumerate(groups):
            shade = colour(place[group.id])
            numbers = [int(number) for number in getattr(table, attribute)[:, k]]
            texts, values = tuple(map(count, numbers)), tuple(map(number_printed, numbers))
            owner = bold(coloured(names[k], shade))
            rows.append(Row(f"{group.id} {attribute}", row, texts, values, group.label, owner, shade))
    return tuple(rows)


def end_names(groups: Sequence[Level], ends: Sequence[float], place: dict[str, int]) -> tuple[End, ...]:
    """The groups' names, each at the end of its curve."""
    names = short_names([one.label for one in groups])
    return tuple(End(at, bold(name), colour(place[one.id])) for one, name, at in zip(groups, names, ends, strict=True))


def ends_of(result: Survival, until: int) -> list[float]:
    """Where each curve is on the last day shown."""
    return [float(c.survival[np.searchsorted(c.days, until, side="right") - 1]) for c in result.curves]
