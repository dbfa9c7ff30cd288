"""Cumulative incidence of a first reaction, with the numbers at risk on the same axis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from components.analysis.first_reaction import CumulativeIncidence, IncidenceCurve
from components.figures.survival import (
    CHARACTER,
    FOOT,
    ROW_HEIGHT,
    TOP,
    View,
    banded,
    counts_trace,
    end_labels,
    table_axis,
)
from components.figures.theme import FAINT, Figure, axis, colour, dash, layout, pale, places
from components.wording.first_reaction import AXIS, RISK_ROWS, axis_label, hover

CURVE_HEIGHT, HEADING = 314, 74
TOPS = (0.1, 0.25, 0.5, 1.0)
"""Where the upright axis may end."""


def incidence_figure(result: CumulativeIncidence, view: View) -> Figure:
    """The curve of every group from 0 upwards; the group names stand at the curves' ends."""
    place = places(result.groups.levels)
    table_height = ROW_HEIGHT * len(RISK_ROWS) * len(result.curves) + HEADING
    height = CURVE_HEIGHT + table_height
    split = table_height / (height - TOP - FOOT)
    highest = max((float(np.nanmax([curve.incidence, curve.upper])) for curve in result.curves), default=0.0)
    top = next((end for end in TOPS if highest <= end), 1.0)
    drawn = replace(view, band=banded(result, view))
    traces = [trace for curve in result.curves for trace in _curve(curve, place[curve.label], drawn)]
    longest = max((len(curve.label) for curve in result.curves), default=0)
    several = len(result.curves) > 1
    ends = [_end(curve, view.until) / top for curve in result.curves]
    names = end_labels(result.groups.labels, ends, place) if several else []
    return {
        "data": [*traces, counts_trace(result, RISK_ROWS)],
        "layout": layout(
            height,
            margin={
                "l": 84 + CHARACTER * longest,
                "r": min(24 + CHARACTER * longest, 200) if several else 24,
                "t": TOP,
                "b": FOOT,
            },
            uirevision=f"{result.category} {result.term}",
            xaxis=axis(AXIS, range=[-0.03 * view.until, 1.015 * view.until], tickvals=list(view.ticks),
                       ticktext=list(view.tick_labels), anchor="y", showgrid=False, position=split),
            yaxis=axis(axis_label(result), range=[-0.01 * top, 1.02 * top], domain=[split + 0.02, 1],
                       tickformat=".0%", dtick=top / 5, fixedrange=True),
            yaxis2=table_axis(result, RISK_ROWS, place, split),
            annotations=[{**name, "y": name["y"] * top} for name in names],
        ),
    }  # fmt: skip


def _end(curve: IncidenceCurve, until: int) -> float:
    return float(curve.incidence[np.searchsorted(curve.days, until, side="right") - 1])


def _curve(curve: IncidenceCurve, place: int, view: View) -> list[dict[str, Any]]:
    x, line = curve.days.tolist(), colour(place)
    shared = {"legendgroup": curve.label, "name": curve.label, "xaxis": "x", "yaxis": "y", "x": x, "mode": "lines"}
    edge = {**shared, "hoverinfo": "skip", "line": {"width": 0, "shape": "hv"}}
    lower, upper = (
        np.where(np.isnan(limit), curve.incidence, limit).tolist() for limit in (curve.lower, curve.upper_between)
    )
    band = [
        {**edge, "uid": f"{curve.label} lower", "y": lower},
        {**edge, "uid": f"{curve.label} upper", "y": upper, "fill": "tonexty", "fillcolor": pale(line, FAINT)},
    ]
    steps = {
        **shared, "uid": f"{curve.label} curve", "y": curve.incidence.tolist(), "hoverinfo": "text",
        "text": [hover(curve, i) for i in range(len(x))],
        "line": {"color": line, "width": 2.6, "dash": dash(place), "shape": "hv"},
    }  # fmt: skip
    return [*(band if view.band else []), steps]
