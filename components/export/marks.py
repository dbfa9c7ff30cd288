"""What stands beside the traces of a picture: annotations, rectangles and lines, the legend."""

from __future__ import annotations

from typing import Any

from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from components.export.canvas import INCH, Canvas
from components.export.rich_text import PIXEL, Run, Style, placed
from components.export.traces import MARKERS, dashes, line_of, rgba
from components.figures.theme import ACCENT, FONT_SIZE, INK
from components.wording.marks import plain

THIRD = 1 / 3
CLEAR = "rgba(0,0,0,0)"
CORNERS: dict[tuple[str, str], Any] = {
    ("left", "bottom"): "lower left", ("left", "middle"): "center left", ("left", "top"): "upper left",
    ("center", "bottom"): "lower center", ("center", "middle"): "center", ("center", "top"): "upper center",
    ("right", "bottom"): "lower right", ("right", "middle"): "center right", ("right", "top"): "upper right",
}  # fmt: skip


def draw_annotations(sheet: Canvas) -> None:
    """The layout's annotations; on a log axis their places are logarithms, as on the screen."""
    for note in sheet.layout.get("annotations", ()):
        xref, yref = note.get("xref", "x"), note.get("yref", "y")
        at = (_unlogged(sheet, xref, note["x"]), _unlogged(sheet, yref, note["y"]))
        align = (
            _side(note.get("xanchor", "auto"), note["x"], ("left", "center", "right"), paper=xref == "paper"),
            _side(note.get("yanchor", "auto"), note["y"], ("bottom", "middle", "top"), paper=yref == "paper"),
        )
        font = note.get("font", {})
        shift = [note.get("xshift", 0), note.get("yshift", 0)]
        if note.get("showarrow", True):
            shift = [shift[0] + note.get("ax", -10), shift[1] - note.get("ay", -30)]
            sheet.paper.annotate(
                "", at, xytext=(shift[0] * PIXEL, shift[1] * PIXEL), xycoords=sheet.transform(xref, yref),
                textcoords="offset points", annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": note.get("arrowcolor", INK), "linewidth": PIXEL},
            )  # fmt: skip
        size, colour, angle = font.get("size", FONT_SIZE), font.get("color"), -note.get("textangle", 0)
        style = Style(size, colour, align, (shift[0], shift[1]), angle)
        placed(sheet.paper, note["text"], at, sheet.transform(xref, yref), style)


def _unlogged(sheet: Canvas, ref: str, value: float) -> float:
    return float(10**value) if ref != "paper" and sheet.spec(ref).get("type") == "log" else value


def _side(anchor: str, value: Any, sides: tuple[str, str, str], *, paper: bool) -> str:
    if anchor != "auto":
        return anchor
    if not paper or THIRD <= value <= 1 - THIRD:
        return sides[1]
    return sides[0] if value < THIRD else sides[2]


def draw_shapes(sheet: Canvas) -> None:
    """The layout's rectangles and lines, behind or before the traces."""
    for shape in sheet.layout.get("shapes", ()):
        transform = sheet.transform(shape.get("xref", "x"), shape.get("yref", "y"))
        line, below = shape.get("line", {}), shape.get("layer") == "below"
        order = 0 if below else 6
        axes = sheet.ground if below else sheet.paper
        x0, x1, y0, y1 = (shape[key] for key in ("x0", "x1", "y0", "y1"))
        if shape["type"] == "rect":
            edge = rgba(line["color"]) if line.get("width", 2) and "color" in line else "none"
            axes.add_patch(
                Rectangle(
                    (x0, y0), x1 - x0, y1 - y0, transform=transform, clip_on=False, zorder=order, edgecolor=edge,
                    facecolor=rgba(shape.get("fillcolor", CLEAR), shape.get("opacity", 1)),
                    linewidth=line.get("width", 2) * PIXEL,
                )
            )  # fmt: skip
        elif shape["type"] == "line":
            axes.add_line(Line2D([x0, x1], [y0, y1], transform=transform, color=rgba(line.get("color", INK)),
                                 linewidth=line.get("width", 2) * PIXEL, linestyle=dashes(line), clip_on=False,
                                 zorder=order))  # fmt: skip
        else:
            raise ValueError(f"no picture of a shape of type {shape['type']!r}")


def draw_legend(sheet: Canvas) -> None:
    """The legend, without the groups whose names stand beside their curves."""
    if not sheet.layout.get("showlegend"):
        return
    direct = {plain(note["text"]) for note in sheet.layout.get("annotations", ())}
    named = {
        trace["name"]: trace
        for trace in reversed(sheet.traces)
        if trace.get("showlegend", True) and trace.get("name") and trace["name"] not in direct
    }
    if not named:
        return
    entries = list(reversed(named.values()))
    spec = sheet.layout.get("legend", {})
    x, y = spec.get("x", 1.02), spec.get("y", 1.0)
    transform = sheet.paper.transAxes
    if spec.get("yref") == "container":
        y = (y * sheet.layout["height"] + sheet.foot) / (sheet.sheet.get_figheight() * INCH)
        transform = sheet.of_height()
    start = "bottom" if y <= THIRD else "top"
    corner = CORNERS[spec.get("xanchor", "left"), spec.get("yanchor", start)]
    size = spec.get("font", {}).get("size", 12)
    legend = Legend(
        sheet.paper, [_likeness(trace) for trace in entries], [trace["name"] for trace in entries], loc=corner,
        bbox_to_anchor=(x, y), bbox_transform=transform, frameon=False, prop=Run("").font(size), borderpad=0,
        borderaxespad=0, handlelength=2.2, columnspacing=1.6,
        ncols=len(entries) if spec.get("orientation") == "h" else 1, labelcolor=INK,
    )  # fmt: skip
    legend.set_zorder(7)
    sheet.paper.add_artist(legend)


def _likeness(trace: dict[str, Any]) -> Line2D:
    marker = trace.get("marker", {})
    mode = trace.get("mode", "lines")
    if trace.get("type") == "bar" or "lines" not in mode:
        symbol = marker.get("symbol", "square" if trace.get("type") == "bar" else "circle")
        shade = marker.get("color", ACCENT)
        first_symbol, first = (part if isinstance(part, str) else part[0] for part in (symbol, shade))
        fill = "none" if first_symbol.endswith("-open") else rgba(first)
        return Line2D([], [], linestyle="none", marker=MARKERS[first_symbol.removesuffix("-open")], markersize=7,
                      markerfacecolor=fill, markeredgecolor=rgba(first))  # fmt: skip
    return line_of(trace, [], [])
