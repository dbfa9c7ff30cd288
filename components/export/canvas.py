"""The sheet a figure is drawn on: its plots where the layout puts them, and every way the layout names a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.transforms import Transform, blended_transform_factory

from components.export.rich_text import width
from components.figures.theme import FONT_SIZE, Figure
from components.wording.marks import plain

INCH = 96
"""Pixels in an inch."""

EDGE = 14
"""Pixels kept free at the edges of a picture."""

LABEL_ROOM = 14
FREE = "free"


@dataclass(frozen=True)
class Margins:
    """Pixels left free around the plots."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(eq=False)
class Canvas:
    """A sheet with axes for every pair such as (x, y2).

    ``paper`` covers the plotting area (0..1 each way) in front of them, ``ground`` behind them; ``foot`` pixels are
    free below the figure.
    """

    sheet: Sheet
    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    area: tuple[float, float, float, float]
    foot: float
    paper: Axes
    ground: Axes
    plots: dict[tuple[str, str], Axes] = field(default_factory=dict)

    def spec(self, name: str) -> dict[str, Any]:
        """What the layout says of axis ``name`` (x, y2, ...)."""
        found: dict[str, Any] = self.layout.get(f"{name[0]}axis{name[1:]}", {})
        return found

    def plot(self, x: str, y: str) -> Axes:
        """The axes of a pair, made where both domains cross when first asked for."""
        if (x, y) not in self.plots:
            left, bottom, wide, high = self.area
            (x0, x1), (y0, y1) = (self.spec(name).get("domain", (0, 1)) for name in (x, y))
            place = (left + x0 * wide, bottom + y0 * high, (x1 - x0) * wide, (y1 - y0) * high)
            axes = self.sheet.add_axes(place, label=f"{x} {y}", frameon=False, xticks=[], yticks=[])
            axes.set_zorder(1)
            self.plots[x, y] = axes
        return self.plots[x, y]

    def owner(self, name: str) -> Axes:
        """The axes at whose edge axis ``name`` stands."""
        other = self.spec(name).get("anchor", "y" if name[0] == "x" else "x")
        if other == "free":
            return self._free(name)
        return self.plot(name, other) if name[0] == "x" else self.plot(other, name)

    def _free(self, name: str) -> Axes:
        """Axes that reach from the ``position`` of an axis that is anchored to no other."""
        pair = (name, FREE) if name[0] == "x" else (FREE, name)
        if pair not in self.plots:
            axes = self.plot(*pair)
            left, bottom, wide, high = axes.get_position().bounds
            at = self.spec(name).get("position", 0)
            down, across = (at * high, 0.0) if name[0] == "x" else (0.0, at * wide)
            axes.set_position((left + across, bottom + down, wide - across, high - down))
        return self.plots[pair]

    def whole(self) -> Transform:
        """From inches, counted from the sheet's lower left corner, to the sheet."""
        return self.sheet.dpi_scale_trans

    def of_height(self) -> Transform:
        """Across the plotting area (0..1), and up the whole sheet (0..1)."""
        return blended_transform_factory(self.paper.transAxes, self.sheet.transFigure)

    def transform(self, xref: str, yref: str) -> Transform:
        """From the places that shapes and annotations name to the sheet."""
        return blended_transform_factory(self._reference(xref), self._reference(yref))

    def _reference(self, ref: str) -> Transform:
        if ref == "paper":
            return self.paper.transAxes
        name = ref.removesuffix(" domain")
        axes = next((axes for pair, axes in self.plots.items() if name in pair), None) or self.owner(name)
        return axes.transAxes if name != ref else axes.transData


def canvas(figure: Figure, wide: float, head: float, foot: float) -> Canvas:
    """A sheet ``wide`` pixels across for the figure, with ``head`` and ``foot`` pixels above and below it."""
    layout = figure["layout"]
    margins = _margins(figure)
    high = layout["height"] + head + foot
    sheet = Sheet(figsize=(wide / INCH, high / INCH), dpi=INCH, facecolor="white")
    area = (
        margins.left / wide,
        (margins.bottom + foot) / high,
        (wide - margins.left - margins.right) / wide,
        (layout["height"] - margins.top - margins.bottom) / high,
    )
    ground, paper = (
        sheet.add_axes(area, label=name, frameon=False, xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1), zorder=order)
        for name, order in (("ground", 0), ("paper", 2))
    )
    found = Canvas(sheet, figure["data"], layout, area, foot, paper, ground)
    for trace in figure["data"]:
        found.plot(trace.get("xaxis", "x"), trace.get("yaxis", "y"))
    return found


def _margins(figure: Figure) -> Margins:
    """The layout's margins, wider where the labels at the left and right need it."""
    layout = figure["layout"]
    given = {"l": 80, "r": 80, "t": 100, "b": 80} | layout.get("margin", {})
    left = max((_labels(spec) for key, spec in layout.items() if _at_left(key, spec)), default=0)
    right = max((_overhang(note) for note in layout.get("annotations", ())), default=0)
    return Margins(max(given["l"], left, EDGE), max(given["r"], right, EDGE), given["t"], given["b"])


def _at_left(key: str, spec: Any) -> bool:
    return key.startswith("yaxis") and spec.get("visible", True) and spec.get("anchor", "x") == "x"


def _labels(spec: dict[str, Any]) -> float:
    size = spec.get("tickfont", {}).get("size", 12)
    longest = max((width(str(text), size) for text in spec.get("ticktext", ()) if plain(str(text))), default=0)
    return longest + LABEL_ROOM if longest else 0


def _overhang(note: dict[str, Any]) -> float:
    if note.get("xref") != "paper" or note.get("xanchor") != "left" or note["x"] < 1:
        return 0
    return width(note["text"], note.get("font", {}).get("size", FONT_SIZE)) + float(note.get("xshift", 0)) + 8
