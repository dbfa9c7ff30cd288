"""A figure made larger for a room: the same figure with larger type, thicker lines and the height there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.figures.theme import FONT_SIZE, Figure

READABLE = 18
"""The smallest type, in pixels, that is read from the back of a room."""

NARROWEST = 900
"""Width in pixels, at its own scale, below which a figure is not squeezed to gain height."""

PIXELS = frozenset(
    {"size", "l", "r", "t", "b", "pad", "xshift", "yshift", "ax", "ay", "standoff", "ticklen", "itemwidth", "height"}
    | {"labelstandoff", "thickness"}
)
"""Keys whose numbers are pixels wherever they stand; `width` is one only within a line or an error bar."""

DATA = frozenset({"x", "y", "z", "text", "customdata", "base", "domain", "range", "tickvals", "ticktext", "dtick"})


def fitting(figure: Figure, width: int, height: int) -> Figure:
    """The figure for a window's free ``width`` and ``height``: all type readable, and as high as there is room.

    A figure that is readable only when it is higher than that stays higher, to be scrolled.
    """
    own = float(figure["layout"]["height"])
    factor = max(READABLE / smallest_type(figure), min(height / own, width / NARROWEST))
    larger = enlarged(figure, factor)
    larger["layout"]["height"] = max(round(own * factor), height)
    return larger


def smallest_type(figure: Figure) -> float:
    """The size of the smallest type the figure sets, in pixels."""
    return min(_types(figure), default=float(FONT_SIZE))


def enlarged(figure: Figure, factor: float) -> Figure:
    """The figure with everything that is measured in pixels ``factor`` times as large."""
    return {
        "data": [_scaled(trace, factor) for trace in figure["data"]],
        "layout": _scaled(figure["layout"], factor),
    }


def _types(part: Any) -> Iterator[float]:
    if isinstance(part, dict):
        for key, inner in part.items():
            if "font" in key and isinstance(inner, dict) and isinstance(inner.get("size"), int | float):
                yield float(inner["size"])
            elif key not in DATA:
                yield from _types(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _types(inner)


def _scaled(part: Any, factor: float, within: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _larger(key, inner, factor, within) for key, inner in part.items()}
    if isinstance(part, list | tuple):
        return [_scaled(inner, factor, within) for inner in part]
    return part


def _larger(key: str, value: Any, factor: float, within: str) -> Any:
    if key in DATA:
        return value
    if key in PIXELS or (key == "width" and (within == "line" or within.startswith("error"))):
        return _times(value, factor)
    return _scaled(value, factor, key)


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value * factor
    return [_times(entry, factor) for entry in value] if isinstance(value, list | tuple) else value
