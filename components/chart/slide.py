"""A chart on slides: native charts and tables of PowerPoint, made from the chart itself, so that all can be edited.

Curves and courses become XY charts with the numbers of patients in a table under them, stacked bars become bar charts,
a plot with columns of texts beside it becomes one table with an XY chart in its gap. Only squares stay a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Pt

from components.chart.chart import Chart, Plot, Row, Scale
from components.chart.label_positions import beside
from components.chart.lettering import inches, lines
from components.chart.marks import Bars, Intervals, Mark, Points, Rule, Squares
from components.chart.native import INCH, SIZE, TEXT, Axis, BarSeries, Frame, Series, bar_chart, xy_chart
from components.chart.native_table import SIDE, Grid, native_table, on_one_line
from components.chart.slide_series import LIMITS, POINTS, each, line_at, series_of
from components.core.markup import bold, coloured, plain

MOST_ROWS = 9
"""More rows of numbers than this leave no room for the curves: then each group keeps its first."""

FIRST = 0.42
"""Inches from the outer ticks to the edges of the table's first and last column of numbers, or more for long labels."""

MOST_NAME = 3.4
"""Inches for the longest name at either side; longer ones are set in smaller type."""

UNEVEN = 1e-6
"""By how much the steps between ticks may differ, as a share of a step, on an axis with numbers of its own."""

ABREAST, LINES = 2, 2
BETWEEN, TITLE, TITLE_SIZE = 0.25, 0.3, 14
ROW, FOOT = 0.235, 0.4


@dataclass(frozen=True)
class Look:
    """Sizes: of ``text`` and group ``names`` in points; a ``row`` of numbers, and the axis' ``foot``, in inches."""

    text: float = SIZE
    names: float = 14
    row: float = ROW
    foot: float = 0.72


LARGE, SMALL = Look(), Look(text=10, names=11, row=0.2, foot=0.36)


@dataclass(frozen=True)
class Words:
    """What screen readers say about a chart: the summary, and what a table under or around it holds."""

    alt: str
    counts: str
    columns: str


@dataclass(frozen=True, eq=False)
class Part:
    """What one slide shows of a chart: some of its plots, or some of the rows of a plot with columns."""

    plots: tuple[Plot, ...]
    rows: tuple[int, ...] = ()


def native(chart: Chart) -> bool:
    """Whether all of the chart can be native; squares cannot, nor marks of many lanes."""
    return bool(chart.plots) and not any(isinstance(mark, Squares) for plot in chart.plots for mark in plot.marks)


def parts_of(chart: Chart, high: float) -> tuple[Part, ...]:
    """What goes on each slide that has ``high`` inches for it.

    One plot fills a slide, several stand four on one; the rows of a plot with columns are divided where a block ends,
    about equally full.
    """
    first = chart.plots[0]
    if first.columns:
        return tuple(Part((plot,), rows) for plot in chart.plots for rows in _pages(plot, high))
    stacked = [plot for plot in chart.plots if not plot.follows]
    if len(stacked) < len(chart.plots):
        return (Part(chart.plots),)
    most = ABREAST * LINES
    return tuple(Part(chart.plots[i : i + most]) for i in range(0, len(chart.plots), most))


def draw(slide: Slide, chart: Chart, part: Part, frame: Frame, words: Words) -> None:
    """The part of the chart inside ``frame``."""
    if part.rows:
        _draw_columns(slide, part.plots[0], part.rows, frame, words)
    elif len(part.plots) == 1:
        _draw_plot(slide, chart, part.plots[0], frame, words)
    elif part.plots[1].follows:
        _draw_stack(slide, chart, part.plots, frame, words)
    else:
        _draw_grid(slide, chart, part.plots, frame, words)


# Several plots


def _draw_grid(slide: Slide, chart: Chart, plots: Sequence[Plot], frame: Frame, words: Words) -> None:
    wide = (frame.wide - BETWEEN * (ABREAST - 1)) / ABREAST
    lines = ceil(len(plots) / ABREAST)
    high = (frame.high - BETWEEN * (lines - 1)) / lines
    for i, plot in enumerate(plots):
        line, column = divmod(i, ABREAST)
        left, top = frame.left + column * (wide + BETWEEN), frame.top + line * (high + BETWEEN)
        title = plot.title or plot.y.title
        _text(slide, Frame(left, top, wide, TITLE), title, TITLE_SIZE, bold=True)
        own = Words(f"{plain(title)}. {words.alt}", words.counts, words.columns)
        _draw_plot(slide, chart, plot, Frame(left, top + TITLE, wide, high - TITLE), own, SMALL)


def _draw_stack(slide: Slide, chart: Chart, plots: Sequence[Plot], frame: Frame, words: Words) -> None:
    """Plots over one axis of time, one under the other, as high as on the screen."""
    whole = max(plot.place.bottom for plot in plots)
    names = [inches(plot.title or plot.y.title, SMALL.text) for plot in plots]
    ticks = [inches(tick.text, SMALL.text) for plot in plots for tick in plot.y.ticks if tick.text]
    left = min(max([*names, *ticks, 0.6]), MOST_NAME) + 0.7
    high = frame.high - SMALL.foot
    for plot in plots:
        top = frame.top + high * plot.place.top / whole
        body = Frame(
            frame.left + left, top, frame.wide - left - 0.3, high * (plot.place.bottom - plot.place.top) / whole
        )
        last = plot.place.bottom == whole
        foot = SMALL.foot if last else 0.0
        room = Frame(frame.left + left - 0.75, top - 0.05, frame.wide - left + 0.45, body.high + 0.05 + foot)
        factor, x = _x_axis(plot.x)
        x = x if last else Axis(x.low, x.high, x.step, "", shown=False)
        y = _y_axis(plot.y)
        if not plot.y.line:
            y = Axis(plot.y.low, plot.y.high, 1, "", shown=False)
            for tick in plot.y.ticks:
                middle = body.top + body.high * (1 - plot.y.share(tick.at))
                _text(slide, Frame(frame.left, middle - 0.1, left - 0.1, 0.2), tick.text, SMALL.text, right=True)
        elif plot.title:
            middle = body.top + body.high / 2
            _text(slide, Frame(frame.left, middle - 0.15, left - 0.75, 0.3), plot.title, SMALL.text, right=True)
        xy_chart(slide, room, body, series_of(chart, plot, factor), (x, y), words.alt, SMALL.text)


# One plot


def _draw_plot(slide: Slide, chart: Chart, plot: Plot, frame: Frame, words: Words, look: Look = LARGE) -> None:
    bars = [mark for mark in plot.marks if isinstance(mark, Bars)]
    if bars:
        _draw_bars(slide, plot, bars[0], frame, words, look)
        return
    rows = plot.rows if len(plot.rows) <= MOST_ROWS else _first_rows(plot)
    factor, x = _x_axis(plot.x)
    heads = [] if x.form else [bold(plain(tick.text)) for tick in plot.x.ticks]
    outer = max([FIRST, *((inches(text, look.text) + 2 * SIDE) / 2 for text in heads)])
    names = [_row_name(row.owner, row.name, row.group, row.colour, named=plot.row_names) for row in rows]
    left = outer + 0.2 + min(max((inches(name, look.text) for name in names), default=0.6), MOST_NAME)
    named = max((inches(end.name, look.names) for end in plot.ends), default=0.0)
    right = max(outer, min(named, MOST_NAME) + 0.2)
    high = frame.high - look.foot - look.row * len(rows)
    body = Frame(frame.left + left, frame.top + 0.08, frame.wide - left - right, high - 0.08)
    room = Frame(frame.left, frame.top, frame.wide, high + look.foot)
    xy_chart(slide, room, body, series_of(chart, plot, factor), (x, _y_axis(plot.y)), words.alt, look.text)
    if plot.ends:
        _name_ends(slide, plot, body, look.names * min(1.0, MOST_NAME / named))
    cells = [(name, *row.texts) for name, row in zip(names, rows, strict=True)]
    if heads:
        cells.insert(0, ("", *heads))
    if cells:
        _draw_numbers(slide, cells, body, room, (plot.x, outer, look), words.counts)


def _first_rows(plot: Plot) -> tuple[Row, ...]:
    """The first row of each group."""
    first: dict[str, Row] = {}
    for row in plot.rows:
        first.setdefault(row.group, row)
    return tuple(first.values())


def _row_name(owner: str, name: str, group: str, colour: str, *, named: bool) -> str:
    if named:
        return f"{owner}   {name}" if owner else name
    return bold(coloured(group, colour))


def _x_axis(scale: Scale) -> tuple[float, Axis]:
    """Evenly spaced numbers at the ticks, such as months or years, become the axis' own; else it stays unlabelled."""
    ticks = scale.ticks
    if scale.logarithmic:
        return 1.0, Axis(10.0 ** floor(log10(scale.low)), scale.high, 10, "General", scale.title, base=10)
    numbers = [tick.number for tick in ticks if tick.number is not None]
    gaps = [b - a for a, b in pairwise(numbers)]
    if not gaps or len(numbers) < len(ticks) or max(gaps) - min(gaps) > UNEVEN * abs(gaps[0]):
        return 1.0, Axis(scale.low, scale.high, scale.high - scale.low, "", scale.title)
    factor = (numbers[-1] - numbers[0]) / (ticks[-1].at - ticks[0].at)
    low = numbers[0] if scale.padded else _beginning(numbers[0], gaps[0], factor * scale.low)
    return factor, Axis(low, scale.high * factor, gaps[0], _number_form(scale), scale.title)


def _beginning(first: float, step: float, low: float) -> float:
    """Where an axis begins whose first tick is at ``first``: there, or a step before it to hold ``low``."""
    return first - step if first - low > step / 10 else first


def _number_form(scale: Scale) -> str:
    return "0%" if scale.form == "percent" else f'General"{scale.suffix}"' if scale.suffix else "General"


def _y_axis(scale: Scale) -> Axis:
    if not scale.shown:
        return Axis(scale.low, scale.high, 1, shown=False)
    if scale.logarithmic:
        return Axis(10.0 ** floor(log10(scale.low)), scale.high, 10, "General", scale.title, base=10, grid=True)
    at = [tick.at for tick in scale.ticks]
    step = at[1] - at[0] if len(at) > 1 else scale.high - scale.low
    start = _beginning(at[0], step, scale.low) if at else scale.low
    return Axis(start, scale.high, step, _number_form(scale), scale.title, grid=scale.grid)


def _name_ends(slide: Slide, plot: Plot, body: Frame, size: float) -> None:
    """The groups' names at the right, near the ends of their curves and clear of each other."""
    axis = _y_axis(plot.y)
    scale = Scale(axis.low, axis.high, "", logarithmic=bool(axis.base))
    wanted = [scale.share(end.y) for end in plot.ends]
    fits, spots = beside(wanted, size, 72 * body.high)
    for end, at in zip(plot.ends, spots, strict=True):
        middle = body.top + body.high * (1 - at)
        frame = Frame(body.left + body.wide + 0.05, middle - 0.16, MOST_NAME, 0.32)
        _text(slide, frame, coloured(end.name, end.colour), round(fits, 1))


def _draw_numbers(
    slide: Slide, cells: list[tuple[str, ...]], body: Frame, room: Frame, under: tuple[Scale, float, Look], alt: str
) -> None:
    """The table: inner columns end half way between ticks, and margins keep the outer ones centred on theirs."""
    scale, outer, look = under
    factor, axis = _x_axis(scale)
    at = [body.left + body.wide * (tick.at * factor - axis.low) / (axis.high - axis.low) for tick in scale.ticks]
    middles = [(one + two) / 2 for one, two in pairwise(at)]
    edges = [at[0] - outer, *middles, at[-1] + outer]
    columns = (edges[0] - room.left, *(b - a for a, b in pairwise(edges)))
    sides = [(tick - left, right - tick) for tick, (left, right) in zip(at, pairwise(edges), strict=True)]
    free = (columns[0], *(2 * min(pair) + 2 * SIDE for pair in sides))
    size = on_one_line(cells, free, look.text)
    top = room.top + room.high - (0.0 if axis.form else look.foot - 0.12)
    aligns = ("right", *("centre" for _ in at))
    shape = native_table(slide, Grid(room.left, top, columns, look.row), cells, aligns, size, alt)
    for row in shape.table.rows:
        for c, (before, after) in enumerate(sides):
            row.cells[c + 1].margin_left = Emu(round(max(before - after, 0) * INCH))
            row.cells[c + 1].margin_right = Emu(round(max(after - before, 0) * INCH))


def _draw_bars(slide: Slide, plot: Plot, mark: Bars, frame: Frame, words: Words, look: Look) -> None:
    """Bars with their names on the axis, the number that stands beside each in its name; a colour a group."""
    groups: dict[tuple[str, str, str], list[float | None]] = {}
    for i, bar in enumerate(mark.bars):
        for part in bar.parts:
            own = groups.setdefault((part.group, part.colour, part.edge), [None] * len(mark.bars))
            own[i] = (own[i] or 0.0) + part.size
    series = [BarSeries(group, tuple(values), colour, edge) for (group, colour, edge), values in groups.items()]
    names = [f"{plain(bar.name)}  {plain(bar.number)}".strip() for bar in mark.bars]
    scale = plot.y if mark.upright else plot.x
    shown = scale.ticks if scale.shown else ()
    form = _number_form(scale)
    step = shown[1].at - shown[0].at if len(shown) > 1 else scale.high
    axis = Axis(0, scale.high, step, form, scale.title, grid=scale.grid, shown=scale.shown)
    bar_chart(slide, frame, names, series, axis, words.alt, upright=mark.upright, size=look.text)


# A plot with columns of texts beside it


def _pages(plot: Plot, high: float) -> list[tuple[int, ...]]:
    """The rows of each slide; a block, which begins with a heading, stays together where there are any."""
    most = int((high - FOOT) / ROW) - 1
    n = len(plot.columns[0].texts)
    starts = sorted({0, *plot.headings}) if plot.headings else [*range(n)]
    blocks = [tuple(range(start, end)) for start, end in pairwise([*starts, n])]
    fewest = len(_filled(blocks, most))
    return next(pages for limit in range(1, most + 1) if len(pages := _filled(blocks, limit)) == fewest)


def _filled(blocks: Sequence[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    pages: list[tuple[int, ...]] = []
    for rows in blocks:
        if pages and len(pages[-1]) + len(rows) <= most:
            pages[-1] += rows
        else:
            pages.append(rows)
    return pages


def _draw_columns(slide: Slide, plot: Plot, rows: tuple[int, ...], frame: Frame, words: Words) -> None:
    """One table over the frame's width, an XY chart in the gap between the columns at its left and at its right."""
    left = [column for column in plot.columns if column.side == "left"]
    right = [column for column in plot.columns if column.side == "right"]
    needed = [max(inches(text, SIZE) for text in (column.heading, *(column.texts[i] for i in rows))) + 0.3
              for column in (*left, *right)]  # fmt: skip
    gap = max(frame.wide - sum(needed), 2.6)
    scale = (frame.wide - gap) / sum(needed)
    wides = [wide * scale for wide in needed]
    columns = (*wides[: len(left)], gap, *wides[len(left) :])
    aligns = (*(column.align for column in left), "centre", *(column.align for column in right))
    heads = (*(column.heading for column in left), plot.title, *(c.heading for c in right))
    cells = [(*(c.texts[i] for c in left), "", *(c.texts[i] for c in right)) for i in rows]
    striped = frozenset(r + 1 for r, i in enumerate(rows) if i in plot.headings)
    plain_rows = [row for r, row in enumerate(cells) if r + 1 not in striped]
    size = min(on_one_line([heads, *plain_rows], columns, SIZE),
               on_one_line([row[:1] for row in cells], (sum(columns[: len(left)]),), SIZE))  # fmt: skip
    native_table(slide, Grid(frame.left, frame.top, columns, ROW, len(left)), [heads, *cells], aligns, size,
                 words.columns, striped, frozenset({0}))  # fmt: skip
    start = frame.left + sum(wides[: len(left)]) + 0.25
    body = Frame(start, frame.top + ROW, gap - 0.5, ROW * len(rows))
    room = Frame(start - 0.35, body.top - 0.05, body.wide + 0.7, body.high + 0.05 + FOOT)
    low, high = (10.0 ** floor(log10(plot.x.low)), 10.0 ** ceil(log10(plot.x.high))) if plot.x.logarithmic else (
        plot.x.low, plot.x.high)  # fmt: skip
    x = Axis(low, high, 10 if plot.x.logarithmic else _y_axis(plot.x).step, "General",
             base=10 if plot.x.logarithmic else 0, grid=True)  # fmt: skip
    y = Axis(-len(rows) + 0.5, 0.5, 1, shown=False)
    moved = _Moved({i: -float(r) for r, i in enumerate(rows)}, plot.y.names)
    series = [moved_series for mark in plot.marks for moved_series in moved.series(mark)]
    upright = [rule for rule in plot.ground if isinstance(rule, Rule) and rule.upright]
    rules = [Series(plain(rule.text) or rule.what or line_at(rule.at), ((rule.at, 0.5), (rule.at, 0.5 - len(rows))),
                    rule.stroke.colour, 1.0) for rule in upright]  # fmt: skip
    xy_chart(slide, room, body, [*rules, *series], (x, y), words.alt)


@dataclass(frozen=True)
class _Moved:
    """Intervals and points of the chosen rows, each a series with the name of its row.

    ``heights`` are those of the rows on the slide by their numbers, ``names`` what stands at the places of the chart.
    """

    heights: dict[int, float]
    names: dict[float, str]

    def series(self, mark: Mark) -> Iterator[Series]:
        """The series of a mark, as far as it reaches: the axis of the chart hides what lies beyond it."""
        if isinstance(mark, Intervals):
            what = mark.what or LIMITS
            for at, a, b in zip(mark.y, mark.low, mark.high, strict=True):
                if (row := self._row(at)) is not None and a is not None and b is not None:
                    name, y = f"{self._name(row)}, {what}", self._height(row, at)
                    yield Series(name, ((a, y), (b, y)), mark.stroke.colour, 1.75, mark.stroke.dash)
        elif isinstance(mark, Points):
            n = len(mark.x)
            looks = zip(mark.x, mark.y, each(mark.symbols, n), each(mark.sizes, n), each(mark.colours, n), strict=True)
            for x, at, symbol, size, colour in looks:
                if (row := self._row(at)) is not None and x is not None:
                    yield Series(self._name(row), ((x, self._height(row, at)),), colour, marker=symbol,
                                 mark=min(round(size * POINTS), 15))  # fmt: skip

    def _row(self, at: float | None) -> int | None:
        """The number of the row that ``at`` is of, where the slide has it."""
        row = None if at is None else round(-at)
        return row if row in self.heights else None

    def _name(self, row: int) -> str:
        return self.names.get(-float(row), "")

    def _height(self, row: int, at: float | None) -> float:
        return self.heights[row] + ((at or 0.0) + row)


def _text(slide: Slide, frame: Frame, text: str, size: float, *, bold: bool = False, right: bool = False) -> None:
    box = slide.shapes.add_textbox(*frame.emu).text_frame
    box.margin_top = box.margin_bottom = box.margin_left = box.margin_right = 0
    box.word_wrap, box.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    paragraph = box.paragraphs[0]
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT
    for run in lines(text)[0]:
        added = paragraph.add_run()
        added.text = run.text
        added.font.size, added.font.bold = Pt(size), run.bold or bold
        added.font.color.rgb = RGBColor.from_string((run.colour or TEXT).removeprefix("#").upper())
