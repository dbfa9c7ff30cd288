"""Finding what the renderers have drawn."""

from __future__ import annotations

from typing import Any

from components.chart.chart import Chart
from components.chart.picture import Drawing
from components.chart.screen import figure


def traces(chart: Chart) -> dict[str, dict[str, Any]]:
    """What the browser draws, by its key."""
    return {trace["uid"]: trace for trace in figure(chart)["data"]}


def artists(sheet: Drawing, key: str) -> list[Any]:
    """What was drawn of the mark with this key."""
    return [artist for axes in sheet.sheet.axes for artist in axes.get_children() if artist.get_gid() == key]


def written(sheet: Drawing) -> list[str]:
    """Every text on the sheet."""
    return [text.get_text() for axes in sheet.sheet.axes for text in axes.texts]


def patches(sheet: Drawing) -> list[Any]:
    """The areas of the only plot."""
    return list(sheet.axes["plot"].patches)
