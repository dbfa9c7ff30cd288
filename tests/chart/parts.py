"""Finding the parts of a chart."""

from __future__ import annotations

from typing import Any, TypeVar

from components.chart.chart import Chart, Plot

Kind = TypeVar("Kind")


def mark(chart: Chart, key: str) -> Any:
    """The mark called ``key``, whatever plot it is in."""
    return next(one for plot in chart.plots for one in plot.marks if one.key == key)


def only_mark(plot: Plot, kind: type[Kind]) -> Kind:
    """The only mark of its kind in a plot."""
    (found,) = (one for one in plot.marks if isinstance(one, kind))
    return found


def keys(chart: Chart) -> list[str]:
    return [one.key for plot in chart.plots for one in plot.marks]


def plot(chart: Chart, key: str) -> Plot:
    return next(one for one in chart.plots if one.key == key)
