"""A baseline value as a predictor: areas over time, hazard by value, the statistic of every cut-point tried."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

from components.figures.cells import Cell, Grid, Stroke, cells_figure, log_ticks
from components.figures.theme import ACCENT, FAINT, INK, QUIET, Figure, axis, colour, layout, pale
from components.wording import biomarker as words
from components.wording.survival import when

if TYPE_CHECKING:
    from components.analysis.biomarker import CutPoint, Discrimination
    from components.analysis.hazard_by_value import HazardByValue

HEIGHT = 400
EVENT = 1
"""Palette place of the patients with the event."""


def ranking_figure(result: Discrimination) -> Figure:
    """The area under the curve at each day, with its interval, against chance."""
    known = [(i, area) for i, area in enumerate(result.auc) if area.value is not None]
    stroke = Stroke(
        name="AUC",
        place=0,
        x=[i for i, _ in known],
        y=[area.value for _, area in known],
        above=[(area.upper or area.value or 0) - (area.value or 0) for _, area in known],
        below=[(area.value or 0) - (area.lower if area.lower is not None else area.value or 0) for _, area in known],
        text=[words.ranking_hover(result, i) for i, _ in known],
    )
    cell = Cell(words.AUC, (stroke,), (), (0.0, 1.02), limits=((0.5, words.CHANCE),))
    last = len(result.days) - 0.6
    labels = tuple(when(day) for day in result.days)
    return cells_figure((cell,), Grid(tuple(range(len(labels))), labels, "", -0.4, last, height=320, names=False))


def hazard_figure(result: HazardByValue) -> Figure:
    """The hazard ratio against the median with its band; every patient a mark below, those with the event above."""
    line = colour(0)
    rows = [tuple(row) for row in result.curve.tolist()]
    x = [row[0] for row in rows]
    low, high = min(0.2, *(max(row[2], 0.01) for row in rows)), max(5.0, *(min(row[3], 100) for row in rows))
    edge = {"mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    data = [
        {**edge, "uid": "lower", "y": [max(row[2], low) for row in rows]},
        {**edge, "uid": "upper", "y": [min(row[3], high) for row in rows], "fill": "tonexty",
         "fillcolor": pale(line, FAINT)},
        {"uid": "curve", "mode": "lines", "x": x, "y": [row[1] for row in rows], "line": {"color": line, "width": 2.6},
         "text": [words.hazard_hover(result, row) for row in rows], "hoverinfo": "text"},
        _rug(result, had=False, x=(min(x), max(x))),
        _rug(result, had=True, x=(min(x), max(x))),
    ]  # fmt: skip
    edges = [log10(min(x)), log10(max(x))] if result.doubling else [min(x), max(x)]
    room = 0.02 * (edges[1] - edges[0])
    kind = {"type": "log", **log_ticks(min(x), max(x))} if result.doubling else {}
    one = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 1, "y1": 1}
    return {
        "data": data,
        "layout": layout(
            HEIGHT,
            margin={"l": 72, "r": 20, "t": 12, "b": 50},
            xaxis=axis(words.label(result.entry), range=[edges[0] - room, edges[1] + room], anchor="y2",
                       fixedrange=True, showgrid=False, **kind),
            yaxis=axis(words.RATIO, type="log", range=[log10(low) - 0.05, log10(high) + 0.05], domain=[0.14, 1],
                       fixedrange=True, **log_ticks(low, high)),
            yaxis2={"domain": [0, 0.1], "range": [-0.6, 1.6], "visible": False, "fixedrange": True},
            shapes=[one | {"line": {"color": INK, "width": 1}}],
        ),
    }  # fmt: skip


def _rug(result: HazardByValue, *, had: bool, x: tuple[float, float]) -> dict[str, Any]:
    values = result.values[(result.event == had) & (result.values >= x[0]) & (result.values <= x[1])]
    return {
        "uid": f"patients {had}", "mode": "markers", "x": values.tolist(), "y": [float(had)] * len(values),
        "yaxis": "y2", "hoverinfo": "skip",
        "marker": {"symbol": "line-ns", "size": 10, "line": {"width": 1.4, "color": colour(EVENT) if had else QUIET}},
    }  # fmt: skip


def search_figure(result: CutPoint) -> Figure:
    """The statistic of every cut tried; the interval of the best one behind it."""
    x, y = [cut for cut, _ in result.curve], [statistic for _, statistic in result.curve]
    shapes = []
    if result.cut.lower is not None and result.cut.upper is not None and result.cut.value is not None:
        shared = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        shapes = [
            {**shared, "type": "rect", "x0": result.cut.lower, "x1": result.cut.upper, "line": {"width": 0},
             "fillcolor": pale(ACCENT, FAINT)},
            {**shared, "type": "line", "x0": result.cut.value, "x1": result.cut.value,
             "line": {"color": ACCENT, "width": 1.6, "dash": "dash"}},
        ]  # fmt: skip
    return {
        "data": [
            {"uid": "cuts", "mode": "lines+markers", "x": x, "y": y, "line": {"color": colour(0), "width": 1.6,
             "shape": "hv"}, "marker": {"size": 5, "color": colour(0)}, "hoverinfo": "text",
             "text": [words.search_hover(result, *pair) for pair in result.curve]}
        ],
        "layout": layout(
            320,
            margin={"l": 64, "r": 20, "t": 12, "b": 50},
            xaxis=axis(words.label(result.entry), showgrid=False, fixedrange=True),
            yaxis=axis(words.STATISTIC, range=[0, max(4.0, 1.1 * max(y))], fixedrange=True),
            shapes=shapes,
        ),
    }  # fmt: skip
