"""Curves and courses on slides: a native chart, and under it the numbers of patients in a native table.

The chart is made of the figure's own traces, so that a slide shows what the screen shows. Columns of the table are
centred on the ticks of the chart's axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide
from pptx.util import Emu, Pt

from components.export.charts import INCH, Frame, Points, Scale, Series, steps, xy_chart
from components.export.rich_text import plain, width
from components.export.scales import ticks_of
from components.export.slide_tables import Grid, native_table
from components.figures.theme import QUIET, Figure, spread
from components.wording.numbers import DAYS_PER_MONTH
from components.wording.slides import COUNTS

Trace = dict[str, Any]

MOST_ROWS = 9
"""More rows of numbers than this leave no room for the curves: then each group keeps its first."""

MOST_LIMITS = 3
"""Limits of more groups than this cannot be told apart as lines."""

ROW, FOOT, NUMBER_SIZE, LABEL_SIZE, LABEL_GAP = 0.235, 0.72, 12, 14, 0.24
FIRST = 0.42
"""Inches from the outer ticks to the edges of the table's first and last column of numbers."""

PER_INCH = 68
"""Pixels, measured for type of so many pixels, in an inch of a slide with type of as many points."""


@dataclass(frozen=True)
class Count:
    """A row of numbers: its name with its marks, and the number at each tick."""

    name: str
    texts: tuple[str, ...]
    first: bool


def native(figure: Figure | None) -> bool:
    """Whether the figure is one plot of lines and points over chosen ticks, with at most numbers under it."""
    if figure is None:
        return False
    layout = figure["layout"]
    axes = {key for key in layout if key[:5] in {"xaxis", "yaxis"}}
    single = axes <= {"xaxis", "yaxis", "yaxis2"} and layout.get("xaxis", {}).get("visible", True)
    plotted = [trace for trace in figure["data"] if not _counts(trace)]
    drawn = all(trace.get("type", "scatter") == "scatter" and "text" not in trace.get("mode", "") for trace in plotted)
    return bool(single and drawn and plotted and {"tickvals", "range"} <= layout["xaxis"].keys())


def draw_native(slide: Slide, figure: Figure, frame: Frame, alt: str) -> None:
    """The figure inside ``frame``: chart, names of the groups at the ends of their curves, numbers under it.

    Raises KeyError for a figure that is not ``native``.
    """
    layout = figure["layout"]
    counts = _kept(count_rows(figure))
    names = [note for note in layout.get("annotations", ()) if _at_end(note)]
    left = FIRST + 0.2 + max((width(count.name, 12) for count in counts), default=40) / PER_INCH
    right = FIRST + max((width(plain(note["text"]), 14) for note in names), default=20) / PER_INCH
    high = frame.high - FOOT - ROW * len(counts)
    plot = Frame(frame.left + left, frame.top + 0.08, frame.wide - left - right, high - 0.08)
    factor, x = _x_scale(layout["xaxis"])
    y = _y_scale(layout["yaxis"])
    room = Frame(frame.left, frame.top, frame.wide, high + FOOT)
    xy_chart(slide, room, plot, series_of(figure, factor), (x, y), alt)
    _name_all(slide, names, plot, layout["yaxis"])
    if counts:
        _numbers(slide, counts, plot, room, layout["xaxis"])


def series_of(figure: Figure, factor: float = 1.0) -> list[Series]:
    """The figure's lines, limits and points as series; days times ``factor`` are the months of the axis."""
    until = figure["layout"]["xaxis"]["range"][1]
    plotted = [trace for trace in figure["data"] if not _counts(trace) and trace.get("visible", True) is True]
    filled = {id(pair[part]) for pair in pairwise(plotted) for part in (0, 1) if "fill" in pair[1]}
    many = len(filled) > 2 * MOST_LIMITS
    found: list[Series] = []
    for trace in plotted:
        if id(trace) in filled and many:
            continue
        found += _limits(trace, plotted, until, factor) if id(trace) in filled else _drawn(trace, until, factor)
    return found + _marks(figure["layout"])


def _marks(layout: Trace) -> list[Series]:
    """Lines across the plot, such as the upper limit of normal, and the edges of a range that is aimed at."""
    (low, high), found = layout["xaxis"]["range"], []
    for shape in layout.get("shapes", ()):
        if shape.get("xref", "x") == "x" and shape.get("yref", "y") == "y":
            ends = {"line": (shape["y0"],), "rect": (shape["y0"], shape["y1"])}[shape["type"]]
            found += [Series(f"Line at {end:g}", ((low, end), (high, end)), QUIET, 1.0, "dash") for end in ends]
    return found


def count_rows(figure: Figure) -> tuple[Count, ...]:
    """The rows of numbers under the plot, in order from the top; a name in colour begins a new group."""
    spec = figure["layout"].get("yaxis2", {})
    ticks = figure["layout"]["xaxis"]["tickvals"]
    texts = {
        (x, y): text
        for trace in figure["data"] if _counts(trace)
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }  # fmt: skip
    return tuple(
        Count(name, tuple(texts.get((tick, at), "") for tick in ticks), "<b>" in name)
        for at, name in zip(spec.get("tickvals", ()), spec.get("ticktext", ()), strict=True)
    )


def _at_end(note: Trace) -> bool:
    return note.get("xref") == "paper" and note.get("xanchor") == "left" and bool(note["x"] >= 1)


def _counts(trace: Trace) -> bool:
    return trace.get("mode") == "text" and trace.get("yaxis") == "y2"


def _kept(rows: tuple[Count, ...]) -> tuple[Count, ...]:
    return rows if len(rows) <= MOST_ROWS else tuple(row for row in rows if row.first)


def _points(trace: Trace, until: float, factor: float) -> tuple[Points, ...]:
    pairs = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]
    if trace.get("line", {}).get("shape") == "hv":
        parts = steps(pairs, until)
    else:
        parts = tuple(part for part in _unbroken(pairs, until) if part)
    return tuple(tuple((x * factor, y) for x, y in part) for part in parts)


def _unbroken(pairs: list[tuple[float, float | None]], until: float) -> list[Points]:
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in pairs:
        if y is None:
            parts.append([])
        elif x <= until:
            parts[-1].append((x, y))
    return [tuple(part) for part in parts]


def _limits(trace: Trace, plotted: list[Trace], until: float, factor: float) -> list[Series]:
    """The edge of a band as a thin pale line in the colour of its group: a chart cannot fill between two curves."""
    group = [other for other in plotted if other.get("legendgroup") == trace.get("legendgroup")]
    colour = next(t["line"]["color"] for t in group if t.get("line", {}).get("width") and "color" in t["line"])
    parts = _points(trace, until, factor)
    return [Series(_named(trace, i), part, colour, 1.0, opacity=0.45) for i, part in enumerate(parts) if len(part) > 1]


def _drawn(trace: Trace, until: float, factor: float) -> list[Series]:
    line, marker, mode = trace.get("line", {}), trace.get("marker", {}), trace.get("mode", "lines")
    colour = line.get("color") if "lines" in mode else None
    shade = colour or marker.get("line", {}).get("color") or marker.get("color")
    symbol = marker.get("symbol", "circle") if "markers" in mode else ""
    wide = max(line.get("width", 2), 1) if "lines" in mode else 0.0
    opacity = trace.get("opacity", 1.0)
    found = [
        Series(_named(trace, i), part, shade, wide, line.get("dash", "solid"), symbol, opacity=opacity)
        for i, part in enumerate(_points(trace, until, factor))
    ]
    return [*_bars(trace, until, factor, shade), *found]


def _bars(trace: Trace, until: float, factor: float, shade: str) -> list[Series]:
    """Each error bar as a line of two points: not every program draws the bars of a chart itself."""
    bars = trace.get("error_y", {})
    if not bars.get("visible", True) or "array" not in bars:
        return []
    ends = zip(trace["x"], trace["y"], bars["arrayminus"], bars["array"], strict=True)
    return [
        Series(f"{_named(trace, 0)}, bar {i + 1}", ((x * factor, y - below), (x * factor, y + above)), shade, 1.25)
        for i, (x, y, below, above) in enumerate(ends)
        if x is not None and y is not None and x <= until
    ]


def _named(trace: Trace, part: int) -> str:
    name = str(trace.get("uid") or trace.get("name", ""))
    return f"{name}, part {part + 1}" if part else name


def _x_scale(spec: Trace) -> tuple[float, Scale]:
    """Days become months where the ticks are whole months; else the axis keeps its numbers and stays unlabelled."""
    low, high = spec["range"]
    ticks, texts = spec["tickvals"], spec["ticktext"]
    title = plain(spec.get("title", {}).get("text", ""))
    months = [str(round(tick / DAYS_PER_MONTH)) for tick in ticks]
    step = (ticks[-1] - ticks[0]) / max(len(ticks) - 1, 1) or 1.0
    if list(texts) != months or len(ticks) < 2:
        return 1.0, Scale(low, high, step, "", title)
    factor = 1 / DAYS_PER_MONTH
    return factor, Scale(0, high * factor, round(step * factor), "0", title)


def _y_scale(spec: Trace) -> Scale:
    low, high = spec["range"]
    title = plain(spec.get("title", {}).get("text", ""))
    if spec.get("type") == "log":
        return Scale(10.0 ** floor(low), 10**high, 10, "General", title, base=10, grid=True)
    shown = [tick for tick, _ in ticks_of(spec, low, high)]
    step = shown[1] - shown[0] if len(shown) > 1 else high - low
    start = shown[0] if shown else low
    start -= step if start - low > step / 10 else 0.0
    share = str(spec.get("tickformat", "")).endswith("%")
    form = "0%" if share else f'General"{spec["ticksuffix"]}"' if spec.get("ticksuffix") else "General"
    return Scale(start, high, step, form, title, grid=True)


def _name_all(slide: Slide, names: list[Trace], plot: Frame, axis: Trace) -> None:
    """The groups' names at the right, near the ends of their curves and clear of each other."""
    scale = _y_scale(axis)
    low, high = (log10(scale.low), log10(scale.high)) if scale.base else (scale.low, scale.high)
    wanted = [(note["y"] - low) / (high - low) for note in names]
    for note, at in zip(names, spread(wanted, LABEL_GAP / plot.high, 0.0, 1.0), strict=True):
        middle = plot.top + plot.high * (1 - at)
        box = slide.shapes.add_textbox(*Frame(plot.left + plot.wide + 0.05, middle - 0.16, 2.4, 0.32).emu)
        frame = box.text_frame
        frame.margin_top = frame.margin_bottom = frame.margin_left = 0
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        run = frame.paragraphs[0].add_run()
        run.text = plain(note["text"])
        run.font.size, run.font.bold = Pt(LABEL_SIZE), True
        run.font.color.rgb = RGBColor.from_string(note["font"]["color"].removeprefix("#").upper())


def _numbers(slide: Slide, counts: tuple[Count, ...], plot: Frame, room: Frame, axis: Trace) -> None:
    """The table: inner columns end half way between ticks, and margins keep the outer ones centred on theirs."""
    months, scale = _x_scale(axis)
    at = [plot.left + plot.wide * (tick * months - scale.low) / (scale.high - scale.low) for tick in axis["tickvals"]]
    middles = [(one + two) / 2 for one, two in pairwise(at)]
    edges = [at[0] - FIRST, *middles, at[-1] + FIRST]
    columns = (edges[0] - room.left, *(b - a for a, b in pairwise(edges)))
    rows = [(count.name, *count.texts) for count in counts]
    if not scale.form:
        rows.insert(0, ("", *(f"<b>{text}</b>" for text in axis["ticktext"])))
    top = room.top + room.high - (0.0 if scale.form else FOOT - 0.12)
    sides = ("right", *("center" for _ in at))
    shape = native_table(slide, Grid(room.left, top, columns, ROW), rows, sides, NUMBER_SIZE, COUNTS)
    for row in shape.table.rows:
        for c, tick in enumerate(at):
            before, after = tick - edges[c], edges[c + 1] - tick
            row.cells[c + 1].margin_left = Emu(round(max(before - after, 0) * INCH))
            row.cells[c + 1].margin_right = Emu(round(max(after - before, 0) * INCH))
