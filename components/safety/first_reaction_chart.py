"""Cumulative incidence of a first reaction, with the numbers at risk on the same axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from components.chart.chart import Chart, Scale, stepped_ticks
from components.chart.colours import FAINT, colour, dash, places
from components.chart.marks import Band, Line, Mark, Stroke
from components.safety.first_reaction import CumulativeIncidence, IncidenceCurve
from components.safety.first_reaction_words import RISK_ROWS, axis_label, hover
from components.survival.chart import (
    MOST_BANDS,
    View,
    banded,
    count_rows,
    curves_chart,
    days_scale,
    end_names,
    key_entries,
    outline,
    outline_entry,
)
from components.survival.words import LIMITS, axis_title

if TYPE_CHECKING:
    from components.safety.reconstructions import IncidenceAcross

CURVE_HEIGHT = 314
TOPS = (0.1, 0.25, 0.5, 1.0)
"""Where the upright axis may end."""


def incidence_chart(result: CumulativeIncidence, view: View, found: IncidenceAcross | None = None) -> Chart:
    """The curve of every group from 0 upwards; the group names stand at the curves' ends.

    With ``found`` dotted lines show the least and most of other reconstructions, unless there are too many curves.
    """
    place = places(result.groups.levels)
    outlined = found.groups if found is not None and len(result.curves) <= MOST_BANDS else ()
    highest = max((float(np.nanmax([curve.incidence, curve.upper])) for curve in result.curves), default=0.0)
    highest = max([highest, *(float(np.nanmax(group.most)) for group in outlined if group.n.most)])
    top = next((end for end in TOPS if highest <= end), 1.0)
    marks = tuple(mark for curve in result.curves
                  for mark in _marks(curve, place[curve.group.id], band=banded(len(result.curves), view)))  # fmt: skip
    for group in outlined:
        marks += tuple(outline(group.group, (group.days, group.least, group.most), place[group.group.id]))
    ends = end_names(result.groups.present, [_end(curve, view.until) for curve in result.curves], place)
    y = Scale(-0.01 * top, 1.02 * top, axis_label(result), "%", axis_label(result),
              stepped_ticks(0, top, top / 5, percent=True), form="percent", grid=True)  # fmt: skip
    rows = count_rows(result.risk_table, result.groups.present, place, RISK_ROWS if view.full_table else RISK_ROWS[:1])
    zoom = f"{result.category} {result.term}"
    days = days_scale(view, axis_title(0, result.analysed.day_0))
    entries = key_entries(result.groups.present, place)
    if found is not None and outlined:
        entries = (*entries, outline_entry(found.members))
    return curves_chart(marks, (days, y), rows, ends, CURVE_HEIGHT, entries, zoom, rising=True)


def _end(curve: IncidenceCurve, until: int) -> float:
    return float(curve.incidence[np.searchsorted(curve.days, until, side="right") - 1])


def _marks(curve: IncidenceCurve, place: int, *, band: bool) -> list[Mark]:
    x, shade, name = curve.days.tolist(), colour(place), curve.group.id
    lower, upper = (
        np.where(np.isnan(limit), curve.incidence, limit).tolist() for limit in (curve.lower, curve.upper_between)
    )
    limits: list[Mark] = [
        Band(f"{name} limits", x, lower, upper, shade, name, step=True, opacity=FAINT, what=LIMITS,
             bridged=frozenset(np.flatnonzero(np.isnan(curve.lower) | np.isnan(curve.upper_between)).tolist()))
    ] if band else []  # fmt: skip
    said = [hover(curve, i) for i in range(len(x))]
    stroke = Stroke(shade, 2.6, dash(place))
    return [*limits, Line(f"{name} curve", x, curve.incidence.tolist(), stroke, name, step=True, hover=said)]
