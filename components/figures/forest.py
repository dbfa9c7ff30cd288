"""The forest plot: counts at the left, hazard ratios on a log axis, their text at the right, one row a level."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

from components.figures.theme import ACCENT, FAINT, FAINTER, INK, QUIET, Figure, axis, layout, pale
from components.wording.forest import COLUMNS, FAVOURS, Row, forest_rows
from components.wording.marks import bold

if TYPE_CHECKING:
    from components.analysis.hazard_ratios import Prognosis

ROW, HEADING = 23, 72
SHOWN = (0.05, 100.0)
TICKS = (0.1, 0.3, 1, 3, 10, 30)
LEFT, RIGHT = 0.44, 0.70
"""Where the axis begins and ends: beside it the text has room on a small screen, too."""

PLACES = (0.0, 0.76, 0.95)
"""Where the label, patients and events columns stand within the left part."""


def forest_figure(result: Prognosis, marked: str = "") -> Figure:
    """All levels of all comparisons; ``marked`` names the factor whose rows are set off.

    Every point and label carries its factor's key, so that a click can open the factor's curves.
    """
    rows = forest_rows(result)
    y = [-i for i in range(len(rows))]
    height = ROW * len(rows) + HEADING + 46
    data = [*_text(rows, y), _intervals(rows, y), _squares(rows, y), _arrows(rows, y)]
    top, bottom = 0.9, -len(rows) + 0.4
    stripe = [_stripe(i) for i, row in enumerate(rows) if row.heading]
    marks = [_stripe(i) | {"fillcolor": pale(ACCENT, FAINT)} for i, row in enumerate(rows) if row.key == marked]
    one = {"type": "line", "xref": "x", "yref": "y", "x0": 1, "x1": 1, "y0": bottom, "y1": top - 0.3}
    low, high = (log10(edge) for edge in SHOWN)
    return {
        "data": data,
        "layout": layout(
            height,
            margin={"l": 12, "r": 12, "t": 62, "b": 46},
            xaxis=axis("", type="log", range=[low, high], domain=[LEFT + 0.01, RIGHT], tickvals=list(TICKS),
                       ticktext=[f"{tick:g}" for tick in TICKS], tickangle=0, fixedrange=True, showgrid=True),
            xaxis2={"domain": [0, LEFT], "range": [0, 1], "visible": False, "fixedrange": True},
            xaxis3={"domain": [RIGHT, 1], "range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [bottom, top], "visible": False, "fixedrange": True},
            shapes=[*stripe, *marks, one | {"line": {"color": INK, "width": 1}}],
            annotations=_headings(),
        ),
    }  # fmt: skip


def _stripe(i: int) -> dict[str, Any]:
    return {
        "type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": -i - 0.5, "y1": -i + 0.5,
        "fillcolor": pale(QUIET, FAINTER), "line": {"width": 0}, "layer": "below",
    }  # fmt: skip


def _headings() -> list[dict[str, Any]]:
    spots = (
        (PLACES[0] * LEFT, "left", COLUMNS[0]), (PLACES[1] * LEFT, "right", COLUMNS[1]),
        (PLACES[2] * LEFT, "right", COLUMNS[2]), ((LEFT + RIGHT) / 2, "center", COLUMNS[3]),
        (RIGHT + 0.012, "left", COLUMNS[4]), (1.0, "right", COLUMNS[5]),
    )  # fmt: skip
    shared = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8, "showarrow": False}
    heads = [{**shared, "x": x, "xanchor": side, "text": bold(text)} for x, side, text in spots]
    below = {**shared, "y": 0, "yanchor": "top", "yshift": -24, "font": {"size": 12, "color": QUIET}}
    middle = LEFT + 0.01 + (RIGHT - LEFT - 0.01) * (0 - log10(SHOWN[0])) / (log10(SHOWN[1]) - log10(SHOWN[0]))
    sides = [
        {**below, "x": middle, "xanchor": "right", "xshift": -12, "text": FAVOURS[0]},
        {**below, "x": middle, "xanchor": "left", "xshift": 12, "text": FAVOURS[1]},
    ]
    return heads + sides


def _text(rows: tuple[Row, ...], y: list[int]) -> list[dict[str, Any]]:
    shared = {"mode": "text", "y": y, "yaxis": "y", "cliponaxis": False, "hoverinfo": "skip"}
    keys = [row.key for row in rows]
    names = [bold(row.label) if row.heading else f"   {row.label}" for row in rows]
    columns = (
        ("labels", "x2", PLACES[0], "middle right", names),
        ("patients", "x2", PLACES[1], "middle left", [row.n for row in rows]),
        ("events", "x2", PLACES[2], "middle left", [row.events for row in rows]),
        ("ratios", "x3", 0.06, "middle right", [row.ratio for row in rows]),
        ("p", "x3", 1.0, "middle left", [row.p for row in rows]),
    )
    return [
        {**shared, "uid": uid, "xaxis": where, "x": [x] * len(rows), "text": text, "textposition": side,
         "customdata": keys, "textfont": {"size": 13.5}}
        for uid, where, x, side, text in columns
    ]  # fmt: skip


def _shown(rows: tuple[Row, ...], y: list[int]) -> list[tuple[Row, int]]:
    return [(row, at) for row, at in zip(rows, y, strict=True) if row.value is not None]


def _intervals(rows: tuple[Row, ...], y: list[int]) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, at in _shown(rows, y):
        if row.lower is not None and row.upper is not None:
            xs += [max(row.lower, SHOWN[0]), min(row.upper, SHOWN[1]), None]
            ys += [at, at, None]
    return {"uid": "intervals", "mode": "lines", "x": xs, "y": ys, "line": {"color": ACCENT, "width": 1.8},
            "hoverinfo": "skip"}  # fmt: skip


def _squares(rows: tuple[Row, ...], y: list[int]) -> dict[str, Any]:
    shown = [(row, at) for row, at in _shown(rows, y) if SHOWN[0] <= (row.value or 0) <= SHOWN[1]]
    sizes = [8 if row.is_reference else 6 + 2.6 * row.event_count**0.5 for row, _ in shown]
    symbols = ["diamond-open" if row.is_reference else "square" for row, _ in shown]
    return {
        "uid": "squares", "mode": "markers", "x": [row.value for row, _ in shown], "y": [at for _, at in shown],
        "marker": {"symbol": symbols, "size": sizes, "color": ACCENT, "line": {"width": 1.4, "color": ACCENT}},
        "customdata": [row.key for row, _ in shown], "text": [row.hover for row, _ in shown], "hoverinfo": "text",
    }  # fmt: skip


def _arrows(rows: tuple[Row, ...], y: list[int]) -> dict[str, Any]:
    xs, ys, symbols = [], [], []
    for row, at in _shown(rows, y):
        for limit, edge, symbol in ((row.lower, SHOWN[0], "triangle-left"), (row.upper, SHOWN[1], "triangle-right")):
            outside = limit is not None and (limit < edge if symbol == "triangle-left" else limit > edge)
            if outside:
                xs.append(edge)
                ys.append(at)
                symbols.append(symbol)
    return {"uid": "arrows", "mode": "markers", "x": xs, "y": ys, "hoverinfo": "skip", "cliponaxis": False,
            "marker": {"symbol": symbols, "size": 10, "color": ACCENT}}  # fmt: skip
