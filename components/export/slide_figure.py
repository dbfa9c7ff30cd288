"""Curves and courses on slides: a native chart, and under it the numbers of patients in a native table.

The chart is made of the figure's own traces, so that a slide shows what the screen shows. Columns of the table are
centred on the ticks of the chart's axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide
from pptx.util import Emu, Pt

from components.export.charts import INCH, SIZE, Frame, Scale, xy_chart
from components.export.rich_text import inches
from components.export.scales import ticks_of
from components.export.slide_series import Count, Trace, count_rows, series_of
from components.export.slide_tables import SIDE, Grid, native_table, on_one_line
from components.figures.theme import Figure, spread
from components.wording.marks import bold, plain
from components.wording.numbers import DAYS_PER_MONTH
from components.wording.slides import COUNTS

MOST_ROWS = 9
"""More rows of numbers than this leave no room for the curves: then each group keeps its first."""

FIRST = 0.42
"""Inches from the outer ticks to the edges of the table's first and last column of numbers, or more for long labels."""

MOST_NAME = 3.4
"""Inches for the longest name at either side; longer ones are set in smaller type."""


@dataclass(frozen=True)
class Look:
    """Sizes: of ``text`` and group ``names`` in points; a ``row`` of numbers, and the axis' ``foot``, in inches."""

    text: float = SIZE
    names: float = 14
    row: float = 0.235
    foot: float = 0.72


LARGE = Look()


def draw_native(slide: Slide, figure: Figure, frame: Frame, alt: str, look: Look = LARGE) -> None:
    """The figure inside ``frame``: chart, names of the groups at the ends of their curves, numbers under it.

    Raises KeyError for a figure that is not ``native``.
    """
    layout = figure["layout"]
    counts = _kept(count_rows(figure))
    names = [note for note in layout.get("annotations", ()) if _at_end(note)]
    factor, x = _x_scale(layout["xaxis"])
    heads = [] if x.form else [bold(text) for text in layout["xaxis"]["ticktext"]]
    outer = max([FIRST, *((inches(text, look.text) + 2 * SIDE) / 2 for text in heads)])
    left = outer + 0.2 + min(max((inches(count.name, look.text) for count in counts), default=0.6), MOST_NAME)
    named = max((inches(bold(note["text"]), look.names) for note in names), default=0.0)
    right = max(outer, min(named, MOST_NAME) + 0.2)
    high = frame.high - look.foot - look.row * len(counts)
    plot = Frame(frame.left + left, frame.top + 0.08, frame.wide - left - right, high - 0.08)
    room = Frame(frame.left, frame.top, frame.wide, high + look.foot)
    xy_chart(slide, room, plot, series_of(figure, factor), (x, _y_scale(layout["yaxis"])), alt, look.text)
    if names:
        _name_all(slide, names, plot, layout["yaxis"], look.names * min(1.0, MOST_NAME / named))
    rows = [(count.name, *count.texts) for count in counts]
    if heads:
        rows.insert(0, ("", *heads))
    if rows:
        _numbers(slide, rows, plot, room, (layout["xaxis"], outer, look))


def _at_end(note: Trace) -> bool:
    return note.get("xref") == "paper" and note.get("xanchor") == "left" and bool(note["x"] >= 1)


def _kept(rows: tuple[Count, ...]) -> tuple[Count, ...]:
    return rows if len(rows) <= MOST_ROWS else tuple(row for row in rows if row.first)


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


def _name_all(slide: Slide, names: list[Trace], plot: Frame, axis: Trace, size: float) -> None:
    """The groups' names at the right, near the ends of their curves and clear of each other."""
    scale = _y_scale(axis)
    low, high = (log10(scale.low), log10(scale.high)) if scale.base else (scale.low, scale.high)
    wanted = [(note["y"] - low) / (high - low) for note in names]
    apart = size * 1.25 / 72
    for note, at in zip(names, spread(wanted, apart / plot.high, 0.0, 1.0), strict=True):
        middle = plot.top + plot.high * (1 - at)
        box = slide.shapes.add_textbox(*Frame(plot.left + plot.wide + 0.05, middle - 0.16, MOST_NAME, 0.32).emu)
        frame = box.text_frame
        frame.margin_top = frame.margin_bottom = frame.margin_left = frame.margin_right = 0
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        run = frame.paragraphs[0].add_run()
        run.text = plain(note["text"])
        run.font.size, run.font.bold = Pt(round(size, 1)), True
        run.font.color.rgb = RGBColor.from_string(note["font"]["color"].removeprefix("#").upper())


def _numbers(
    slide: Slide, rows: list[tuple[str, ...]], plot: Frame, room: Frame, under: tuple[Trace, float, Look]
) -> None:
    """The table: inner columns end half way between ticks, and margins keep the outer ones centred on theirs."""
    axis, outer, look = under
    months, scale = _x_scale(axis)
    at = [plot.left + plot.wide * (tick * months - scale.low) / (scale.high - scale.low) for tick in axis["tickvals"]]
    middles = [(one + two) / 2 for one, two in pairwise(at)]
    edges = [at[0] - outer, *middles, at[-1] + outer]
    columns = (edges[0] - room.left, *(b - a for a, b in pairwise(edges)))
    sides = [(tick - left, right - tick) for tick, (left, right) in zip(at, pairwise(edges), strict=True)]
    free = (columns[0], *(2 * min(pair) + 2 * SIDE for pair in sides))
    size = on_one_line(rows, free, look.text)
    top = room.top + room.high - (0.0 if scale.form else look.foot - 0.12)
    aligned = ("right", *("center" for _ in at))
    shape = native_table(slide, Grid(room.left, top, columns, look.row), rows, aligned, size, COUNTS)
    for row in shape.table.rows:
        for c, (before, after) in enumerate(sides):
            row.cells[c + 1].margin_left = Emu(round(max(before - after, 0) * INCH))
            row.cells[c + 1].margin_right = Emu(round(max(after - before, 0) * INCH))
