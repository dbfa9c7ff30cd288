"""Every published number as a square: a block of lines for each place of the paper, filled when it is reproduced."""

from __future__ import annotations

from typing import Any

from components.analysis.fidelity import Fidelity, Place
from components.figures.theme import ACCENT, PALETTE, QUIET, Figure, layout, pale
from components.wording import evidence as words

PER_LINE = 50
LINE, MARGIN = 13, 34
COLOURS = (ACCENT, PALETTE[-1], pale(QUIET, 0.45))
"""Reproduced, not reproduced, and what no cohort can answer: the order of ``words.KEY``."""

REPRODUCED, MISSED, UNANSWERABLE = range(3)
Cell = tuple[int, str]
"""The place of a square in ``COLOURS``, and what it says under the pointer."""


def fidelity_figure(result: Fidelity) -> Figure:
    """Squares in the paper's order, fifty a line, each place's counts at the right; a cross on what is missed."""
    lines: list[list[Cell]] = []
    tops = []
    for place in result.places:
        tops.append(-len(lines))
        cells = _cells(result, place)
        lines += [cells[i : i + PER_LINE] for i in range(0, len(cells), PER_LINE)]
        lines.append([])
    shown = [kind for kind in range(len(COLOURS)) if any(cell[0] == kind for line in lines for cell in line)]
    return {
        "data": [_squares(lines), _crosses(lines), *(_key(kind) for kind in shown), _counts(result, tops)],
        "layout": layout(
            LINE * len(lines) + MARGIN,
            margin={"l": 8, "r": 8, "t": MARGIN, "b": 0},
            xaxis={"range": [-0.6, PER_LINE + 6], "visible": False, "fixedrange": True},
            yaxis={
                "range": [-len(lines) + 0.5, 0.6], "fixedrange": True, "automargin": True, "showgrid": False,
                "zeroline": False, "showline": False, "ticks": "", "tickvals": tops, "tickfont": {"size": 13},
                "ticktext": [words.place_name(place.name) for place in result.places],
            },
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1.015, "yanchor": "bottom", "itemclick": False,
                    "itemdoubleclick": False, "font": {"size": 13}},
        ),
    }  # fmt: skip


def _cells(result: Fidelity, place: Place) -> list[Cell]:
    rows = (row for row in result.rows if place.holds(row.number))
    asked = [(REPRODUCED if row.reproduced else MISSED, words.hover(row)) for row in rows]
    others = (number for number in result.unanswerable if place.holds(number))
    return asked + [(UNANSWERABLE, words.hover_unanswerable(number)) for number in others]


def _squares(lines: list[list[Cell]]) -> dict[str, Any]:
    filled = [line + [(None, "")] * (PER_LINE - len(line)) for line in lines]
    steps = [(at, colour) for i, colour in enumerate(COLOURS) for at in (i / len(COLOURS), (i + 1) / len(COLOURS))]
    return {
        "uid": "squares", "type": "heatmap", "x": list(range(PER_LINE)), "y": [-i for i in range(len(lines))],
        "z": [[cell[0] for cell in line] for line in filled], "text": [[cell[1] for cell in line] for line in filled],
        "zmin": -0.5, "zmax": len(COLOURS) - 0.5, "colorscale": steps, "showscale": False, "xgap": 2, "ygap": 2,
        "hoverinfo": "text", "hoverongaps": False,
    }  # fmt: skip


def _crosses(lines: list[list[Cell]]) -> dict[str, Any]:
    spots = [(i, -j) for j, line in enumerate(lines) for i, cell in enumerate(line) if cell[0] == MISSED]
    return {
        "uid": "crosses", "mode": "markers", "x": [x for x, _ in spots], "y": [y for _, y in spots],
        "hoverinfo": "skip", "showlegend": False,
        "marker": {"symbol": "x", "size": 5, "color": "#ffffff"},
    }  # fmt: skip


def _key(kind: int) -> dict[str, Any]:
    """An entry of the legend; the squares themselves have none."""
    marker = {"symbol": "square", "size": 10, "color": COLOURS[kind]}
    return {"uid": words.KEY[kind], "name": words.KEY[kind], "mode": "markers", "x": [None], "y": [None],
            "marker": marker, "hoverinfo": "skip"}  # fmt: skip


def _counts(result: Fidelity, tops: list[int]) -> dict[str, Any]:
    return {
        "uid": "counts", "mode": "text", "x": [PER_LINE] * len(tops), "y": tops, "textposition": "middle right",
        "text": [words.place_counts(place) for place in result.places], "hoverinfo": "skip", "cliponaxis": False,
        "showlegend": False,
    }  # fmt: skip
