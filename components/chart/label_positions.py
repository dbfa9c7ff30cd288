"""Places of texts that must not touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.chart.chart import Plot

LINE = 1.25
"""The height of a line of type, as a share of its size."""


def end_spots(plot: Plot) -> tuple[float, list[float]]:
    """The size of the names at the right of a plot, and where each stands: 0 at its bottom, 1 at its top."""
    return beside([plot.y.share(end.y) for end in plot.ends], plot.end_size, plot.place.bottom - plot.place.top)


def beside(wanted: list[float], size: float, high: float) -> tuple[float, list[float]]:
    """The size of names beside a plot ``high`` units high, at most ``size`` units, and their places near ``wanted``.

    Where the names have no room at all they are set smaller: no two touch, and several stand wholly beside the plot.
    """
    if not wanted:
        return size, []
    size = min(size, high / (LINE * len(wanted)))
    edge = LINE * size / high / 2 if len(wanted) > 1 else 0.0
    return size, spread([min(max(at, 0.0), 1.0) for at in wanted], LINE * size / high, edge, 1.0 - edge)


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels near ``wanted``, at least ``gap`` apart and within ``low`` and ``high`` where they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [0.0] * len(wanted)
    floor = low
    for i in order:
        placed[i] = max(wanted[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
