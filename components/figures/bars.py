"""Thin horizontal bars with their name and number written above them: they fit a small card as well as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from components.figures.theme import INK, ON_COLOUR, QUIET, Figure, layout

ROW, THICKNESS, ABOVE = 46, 0.34, 0.42
KEY_ROOM = 24
"""Pixels above the bars for the key to their colours."""

GAP = 0.003
"""The space between two parts of a bar, as a share of the width."""


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: its size, its colour, what stands in it and what it says under the pointer.

    ``key`` is the answer to a click; ``edge`` the colour of the outline, without one that of the part.
    """

    size: float
    colour: str
    inside: str
    hover: str
    key: str = ""
    edge: str = ""


@dataclass(frozen=True)
class Line:
    """One bar: the name at its left, the number at its right, and its parts in order."""

    name: str
    number: str
    parts: tuple[Part, ...]


def bars_figure(lines: tuple[Line, ...], whole: float, rows: int = 0, size: float = 13, key: str = "") -> Figure:
    """Bars of which ``whole`` fills the width; the height is that of ``rows`` bars, if there are fewer.

    ``size`` is that of the type above the bars; ``key`` stands over them all and says what their colours are.
    """
    top = KEY_ROOM if key else 0
    shown = max(rows, len(lines), 1)
    flat = [(i, part, start) for i, line in enumerate(lines) for part, start in _placed(line, whole)]
    data = [
        {
            "uid": "parts", "type": "bar", "orientation": "h", "y": [-i for i, _, _ in flat],
            "x": [max(part.size - GAP * whole, 0) for _, part, _ in flat], "base": [start for _, _, start in flat],
            "width": THICKNESS, "marker": {
                "color": [part.colour for _, part, _ in flat],
                "line": {"width": 1, "color": [part.edge or part.colour for _, part, _ in flat]},
            },
            "text": [part.inside for _, part, _ in flat], "textposition": "inside", "insidetextanchor": "middle",
            "textangle": 0, "constraintext": "none", "hovertext": [part.hover for _, part, _ in flat],
            "hoverinfo": "text", "customdata": [part.key for _, part, _ in flat], "insidetextfont": {
                "size": 11.5,
                "color": [INK if part.edge else ON_COLOUR for _, part, _ in flat],
            },
        },
        _texts("names", lines, 0, "middle right", [line.name for line in lines], size),
        _texts("numbers", lines, whole, "middle left", [line.number for line in lines], size),
    ]  # fmt: skip
    return {
        "data": data,
        "layout": layout(
            ROW * shown + 16 + top,
            margin={"l": 0, "r": 0, "t": 8 + top, "b": 8},
            xaxis={"range": [0, whole], "visible": False, "fixedrange": True},
            yaxis={"range": [-shown + 0.62, 0.74], "visible": False, "fixedrange": True},
            bargap=0,
            annotations=[_key(key, size)] if key else [],
        ),
    }


def _key(text: str, size: float) -> dict[str, Any]:
    return {
        "text": text, "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom",
        "showarrow": False, "align": "left", "font": {"size": size - 1, "color": QUIET},
    }  # fmt: skip


def _placed(line: Line, whole: float) -> list[tuple[Part, float]]:
    placed, start = [], 0.0
    for part in line.parts:
        if part.size:
            placed.append((part, start))
            start += part.size
    return placed if whole else []


def _texts(uid: str, lines: tuple[Line, ...], x: float, side: str, texts: list[str], size: float) -> dict[str, Any]:
    keys = [line.parts[0].key if line.parts else "" for line in lines]
    return {
        "uid": uid, "mode": "text", "x": [x] * len(lines), "y": [ABOVE - i for i in range(len(lines))], "text": texts,
        "textposition": side, "cliponaxis": False, "hoverinfo": "skip", "customdata": keys,
        "textfont": {"size": size} | ({"color": QUIET} if uid == "numbers" else {}),
    }  # fmt: skip
