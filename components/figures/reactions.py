"""Reactions: bars of patients a category, and the comparison of groups by dots and risk differences."""

from __future__ import annotations

from math import ceil
from typing import Any

from components.analysis.reactions import ReactionRow, Reactions
from components.figures.bars import Line, Part, bars_figure
from components.figures.theme import (
    ACCENT,
    FAINTER,
    INK,
    MILD,
    QUIET,
    Figure,
    axis,
    colour,
    layout,
    pale,
    places,
)
from components.wording import reactions as words
from components.wording.marks import bold

ROW, LEGEND_ROW, FOOT, ABOVE = 52, 26, 66, 0.3
LEFT, RIGHT = 0.46, 0.54
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "pentagon", "hexagon", "star")
NARROW = 620
"""The width, in pixels, that the legend must fit into."""


def reaction_bars(result: Reactions, most: int | None = None, size: float = 13) -> Figure:
    """Patients with a reaction of each category, the serious ones filled; clicking gives the category."""
    lines = tuple(
        Line(
            bar.label,
            bar.text,
            (
                Part(bar.serious, ACCENT, "", bar.hover, bar.category),
                Part(bar.n - bar.serious, MILD, "", bar.hover, bar.category, ACCENT),
            ),
        )
        for bar in words.bars(result, most)
    )
    longest = max((line.parts[0].size + line.parts[1].size for line in lines), default=1)
    return bars_figure(lines, max(longest, 1), most or 0, size, words.severity_key(ACCENT))


def reaction_dots(result: Reactions, levels: tuple[str, ...], *, serious: bool) -> Figure:
    """Each category's share of patients in every group, and the difference from the reference group."""
    columns = result.columns
    shown = [c for c in range(1, len(columns.labels)) if columns.labels[c] in levels]
    rows = [row for row in result.rows if row.serious is serious and not row.term]
    place = places(levels)
    offsets = dict(zip(shown, _offsets(len(shown)), strict=True))
    data: list[dict[str, Any]] = []
    for c in shown:
        style = {"color": colour(place[columns.labels[c]]), "symbol": SYMBOLS[place[columns.labels[c]] % len(SYMBOLS)]}
        data.append(_dots(result, rows, c, style))
        if c != columns.reference:
            data += _differences(result, rows, c, offsets[c], style)
    names = [row.category or bold(words.ANY) for row in rows]
    data.append({"uid": "names", "mode": "text", "x": [0] * len(rows), "y": [ABOVE - i for i in range(len(rows))],
                 "text": names, "textposition": "middle right", "hoverinfo": "skip", "cliponaxis": False,
                 "textfont": {"size": 13}, "showlegend": False})  # fmt: skip
    return {"data": data, "layout": _dots_layout(result, rows, shown)}


def _offsets(n: int) -> list[float]:
    step = min(0.18, 0.5 / max(n, 1))
    return [step * ((n - 1) / 2 - k) - 0.12 for k in range(n)]


def _dots(result: Reactions, rows: list[ReactionRow], c: int, style: dict[str, str]) -> dict[str, Any]:
    label = result.columns.labels[c]
    cells = [row.cells[c] for row in rows]
    return {
        "uid": f"{label} dots", "name": label, "legendgroup": label, "mode": "markers", "xaxis": "x", "yaxis": "y",
        "x": [cell.patients.percent.value for cell in cells], "y": [-i - 0.12 for i in range(len(rows))],
        "marker": {**style, "size": 11}, "hoverinfo": "text", "showlegend": True,
        "text": [words.dot_hover(label, row.category or words.ANY, row.cells[c]) for row in rows],
        "customdata": [row.category for row in rows],
    }  # fmt: skip


def _differences(
    result: Reactions, rows: list[ReactionRow], c: int, offset: float, style: dict[str, str]
) -> list[dict[str, Any]]:
    label, reference = result.columns.labels[c], result.columns.labels[result.columns.reference]
    known = [(i, row, d) for i, row in enumerate(rows) if (d := row.cells[c].difference) is not None and d.known]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, _, d in known:
        xs += [d.lower, d.upper, None]
        ys += [offset - i, offset - i, None]
    shared = {"legendgroup": label, "name": label, "showlegend": False, "xaxis": "x2", "yaxis": "y"}
    line = {**shared, "uid": f"{label} limits", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip",
            "line": {"color": style["color"], "width": 1.8}}  # fmt: skip
    points = {
        **shared, "uid": f"{label} differences", "mode": "markers", "x": [d.value for _, _, d in known],
        "y": [offset - i for i, _, _ in known], "marker": {**style, "size": 8}, "hoverinfo": "text",
        "text": [words.difference_hover(label, reference, row.category or words.ANY, d) for _, row, d in known],
        "customdata": [row.category for _, row, _ in known],
    }  # fmt: skip
    return [line, points]


def _dots_layout(result: Reactions, rows: list[ReactionRow], shown: list[int]) -> dict[str, Any]:
    reference = result.columns.labels[result.columns.reference]
    limits = [
        limit
        for row in rows
        for c in shown
        if (d := row.cells[c].difference) is not None
        for limit in (d.lower, d.upper)
        if limit is not None
    ]
    reach = max(20.0, *(abs(limit) for limit in limits)) * 1.05 if limits else 20.0
    names = sum(48 + 7.5 * len(result.columns.labels[c]) for c in shown)
    top = LEGEND_ROW * ceil(names / NARROW) + 12
    bottom = -len(rows) + 0.5
    stripes = [
        {"type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": 0.5 - i, "y1": -0.5 - i,
         "fillcolor": pale(QUIET, FAINTER), "line": {"width": 0}, "layer": "below"}
        for i in range(0, len(rows), 2)
    ]  # fmt: skip
    zero = {"type": "line", "xref": "x2", "yref": "y", "x0": 0, "x1": 0, "y0": bottom, "y1": 0.5,
            "line": {"color": INK, "width": 1}}  # fmt: skip
    return layout(
        ROW * len(rows) + top + FOOT,
        margin={"l": 8, "r": 8, "t": top, "b": FOOT},
        xaxis=axis(words.DOTS_AXIS, range=[-3, 104], domain=[0, LEFT], dtick=20, ticksuffix="%", fixedrange=True),
        xaxis2=axis(
            words.differences_axis(reference), range=[-reach, reach], domain=[RIGHT, 1], fixedrange=True, nticks=7
        ),
        yaxis={"range": [bottom, 0.5], "visible": False, "fixedrange": True},
        shapes=[*stripes, zero],
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top"},
    )
