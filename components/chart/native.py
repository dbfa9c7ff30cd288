"""Native charts of PowerPoint: XY charts and bar charts whose colours, fonts and data can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Pt

INCH = 914400
GRID, LINE, TEXT = "E2E7EB", "8A97A3", "1F2D3A"
SIZE, MARK = 12, 7
DASHES = {
    "solid": MSO_LINE_DASH_STYLE.SOLID, "dash": MSO_LINE_DASH_STYLE.DASH, "dot": MSO_LINE_DASH_STYLE.ROUND_DOT,
    "dashdot": MSO_LINE_DASH_STYLE.DASH_DOT, "longdash": MSO_LINE_DASH_STYLE.LONG_DASH,
    "longdashdot": MSO_LINE_DASH_STYLE.LONG_DASH_DOT, "longdashdotdot": MSO_LINE_DASH_STYLE.DASH_DOT_DOT,
}  # fmt: skip
MARKERS = {
    "tick": XL_MARKER_STYLE.PLUS, "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND, "triangle-left": XL_MARKER_STYLE.TRIANGLE,
    "triangle-right": XL_MARKER_STYLE.TRIANGLE, "triangle-up": XL_MARKER_STYLE.TRIANGLE, "x": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS, "star": XL_MARKER_STYLE.STAR, "pentagon": XL_MARKER_STYLE.DIAMOND,
    "hexagon": XL_MARKER_STYLE.CIRCLE,
}  # fmt: skip

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Series:
    """One series: ``width`` is that of its line in points (0: no line), ``marker`` blank for none.

    ``mark`` is the size of its markers; ``opacity`` is that of line and markers;
    ``labels`` are texts at single points.
    """

    name: str
    points: Points
    colour: str
    width: float = 0.0
    dash: str = "solid"
    marker: str = ""
    mark: int = MARK
    opacity: float = 1.0
    labels: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Axis:
    """An axis: its ends, the step between ticks, the labels' number format (blank: no labels), its title.

    ``base`` is that of a logarithmic axis, 0 for a linear one.
    """

    low: float
    high: float
    step: float
    form: str = "General"
    title: str = ""
    base: int = 0
    grid: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Frame:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float

    def under(self, high: float) -> Frame:
        """What is left of it under the ``high`` inches at its top."""
        return Frame(self.left, self.top + high, self.wide, self.high - high)

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as the file counts them."""
        return Emu(round(self.left * INCH)), Emu(round(self.top * INCH)), Emu(round(self.wide * INCH)), Emu(
            round(self.high * INCH))  # fmt: skip


def xy_chart(
    slide: Slide, frame: Frame, plot: Frame, series: Sequence[Series], axes: tuple[Axis, Axis], alt: str,
    size: float = SIZE,
) -> GraphicFrame:  # fmt: skip
    """A chart in ``frame`` whose plotting area is exactly ``plot``; ``alt`` is read out by screen readers.

    Long series come first: LibreOffice leaves out a series that is shorter than one after it.
    """
    data = XyChartData()
    ordered = sorted(series, key=lambda entry: -len(entry.points))
    for entry in ordered:
        added = data.add_series(entry.name)
        for x, y in entry.points:
            added.add_data_point(x, y)
    shape = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *frame.emu, data)
    chart = shape.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size), RGBColor.from_string(TEXT)
    for drawn, entry in zip(chart.plots[0].series, ordered, strict=True):
        _format(drawn, entry)
    _axis(chart.category_axis, axes[0], size)
    _axis(chart.value_axis, axes[1], size)
    _place(chart, frame, plot)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt)  # noqa: SLF001 - python-pptx has no alternative text
    return shape


@dataclass(frozen=True)
class BarSeries:
    """One colour of stacked bars: its name, a value a category (None: none), and its fill and outline."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    edge: str = ""


def bar_chart(
    slide: Slide, frame: Frame, categories: Sequence[str], series: Sequence[BarSeries], axis: Axis, alt: str,
    *, upright: bool = False, size: float = SIZE,
) -> GraphicFrame:  # fmt: skip
    """Stacked bars, the first category at the top (or at the left), with a key where there is more than one series."""
    data = CategoryChartData()
    data.categories = list(categories)
    for entry in series:
        data.add_series(entry.name, entry.values)
    kind = XL_CHART_TYPE.COLUMN_STACKED if upright else XL_CHART_TYPE.BAR_STACKED
    shape = slide.shapes.add_chart(kind, *frame.emu, data)
    chart = shape.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size), RGBColor.from_string(TEXT)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (12 if upright else 70), 100
    for drawn, entry in zip(plot.series, series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(entry.colour.removeprefix("#").upper())
        if entry.edge:
            drawn.format.line.color.rgb = RGBColor.from_string(entry.edge.removeprefix("#").upper())
    chart.category_axis.reverse_order = not upright
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_labels.font.size = Pt(size)
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(LINE)
    _axis(chart.value_axis, axis, size)
    if not upright:
        chart.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM  # the first bar is at the top, the axis below the last
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt)  # noqa: SLF001 - python-pptx has no alternative text
    return shape


def steps(points: Iterable[tuple[float, float | None]], until: float) -> tuple[Points, ...]:
    """A step function as corners to draw straight through, cut at ``until``; one part for each stretch without gaps."""
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        last = parts[-1]
        if y is None or y != y:  # noqa: PLR0124 - not a number
            if last:
                parts.append([])
            continue
        if last:
            last.append((min(x, until), last[-1][1]))
        if x <= until:
            last.append((x, y))
    ends = [part for part in parts if part]
    return tuple(tuple(dict.fromkeys(part)) for part in ends)


def _format(drawn: Any, entry: Series) -> None:
    drawn.smooth = False
    shade = RGBColor.from_string(entry.colour.removeprefix("#").upper())
    if entry.width:
        drawn.format.line.color.rgb = shade
        drawn.format.line.width = Pt(entry.width)
        drawn.format.line.dash_style = DASHES[entry.dash]
        _faded(drawn.format.line._ln, entry.opacity)  # noqa: SLF001 - python-pptx has no opacity
    else:
        drawn.format.line.fill.background()
    if not entry.marker:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    _mark(drawn.marker, entry.marker, shade, entry.mark)
    _faded(drawn.marker.format._element, entry.opacity)  # noqa: SLF001 - as above
    for i, text in entry.labels:
        frame = drawn.points[i].data_label.text_frame
        frame.text = text
        frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
        drawn.points[i].data_label.position = XL_LABEL_POSITION.RIGHT


def _mark(marker: Any, symbol: str, shade: RGBColor, size: int) -> None:
    shape, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
    marker.style, marker.size = MARKERS[shape], size
    marker.format.line.color.rgb = shade
    if is_open or shape == "tick":
        marker.format.fill.background()
    else:
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = shade


def _faded(line: Any, opacity: float) -> None:
    if opacity < 1:
        for shade in line.iter(qn("a:srgbClr")):
            shade.append(parse_xml(f'<a:alpha {nsdecls("a")} val="{round(opacity * 100000)}"/>'))


def _axis(axis: Any, scale: Axis, size: float) -> None:
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.has_major_gridlines = scale.grid
    if scale.grid:
        axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
        axis.major_gridlines.format.line.width = Pt(0.75)
    if scale.base:
        log = parse_xml(f'<c:logBase {nsdecls("c")} val="{scale.base}"/>')
        axis._element.find(qn("c:scaling")).insert(0, log)  # noqa: SLF001 - python-pptx has no logarithmic axis
    axis.visible = scale.shown
    if not scale.shown:
        return
    axis.major_tick_mark, axis.minor_tick_mark = XL_TICK_MARK.OUTSIDE, XL_TICK_MARK.NONE
    axis.format.line.color.rgb = RGBColor.from_string(LINE)
    if scale.form:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = scale.form, False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.tick_labels.font.size = Pt(size)
    else:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if scale.title:
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = scale.title
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(size), False


def _place(chart: Chart, frame: Frame, plot: Frame) -> None:
    """Fixes the plotting area inside the frame, and lets what lies behind the chart be seen."""
    shares = {
        "x": (plot.left - frame.left) / frame.wide, "y": (plot.top - frame.top) / frame.high,
        "w": plot.wide / frame.wide, "h": plot.high / frame.high,
    }  # fmt: skip
    values = "".join(f'<c:{key} val="{value:.6f}"/>' for key, value in shares.items())
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001 - python-pptx does not place the plotting area
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{values}</c:manualLayout></c:layout>'
    ))  # fmt: skip
    clear = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    if area.find(qn("c:spPr")) is None:
        area.append(parse_xml(clear))
    chart._chartSpace.find(qn("c:chart")).addnext(parse_xml(clear))  # noqa: SLF001 - as above
