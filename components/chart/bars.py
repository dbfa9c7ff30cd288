"""Thin level bars with their name and number written above them: they fit a small card as well as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.chart.chart import Chart, Entry, Key, Margins, Place, Plot, Scale, named_ticks
from components.chart.colours import INK, ON_COLOUR
from components.chart.marks import Bar, Bars, Intervals, Part, Stroke
from components.core.markup import plain

ROW, THICKNESS, ABOVE = 46, 0.34, 0.42
GAP = 0.003
"""The space between two parts of a bar, as a share of the width."""

BELOW = 0.25
"""How far under the middle of its bar a range is drawn."""

EDGE = 8
KEY_ROOM = 24
"""Pixels above the bars for the key to their colours."""


def part(
    size: float, group: str, colour: str, *, inside: str = "", hover: str = "", answer: str = "", edge: str = ""
) -> Part:
    """A stretch of a bar; an outlined one is pale and has dark type in it."""
    return Part(size, group, colour, edge, inside, INK if edge else ON_COLOUR, hover, answer)


def entry(group: str, name: str, colour: str) -> Entry:
    """What a colour of the bars stands for, by the id of its group."""
    return Entry(group, name, colour, symbol="square", line=False)


def bar(name: str, number: str, parts: Sequence[Part]) -> Bar:
    """A bar that is given its place by the chart."""
    return Bar(0.0, name, number, tuple(parts))


def bars_chart(
    bars: Sequence[Bar], whole: float, quantity: str, unit: str = "", rows: int = 0, size: float = 13,
    height: float | None = None, entries: Sequence[Entry] = (),
) -> Chart:  # fmt: skip
    """Bars of which ``whole`` fills the width; as high as ``rows`` bars, if there are fewer, or as ``height``.

    ``size`` is that of the type above the bars; ``entries`` say over them what their colours are.
    """
    top = EDGE + (KEY_ROOM if entries else 0)
    shown = max(rows, len(bars), 1)
    placed = tuple(Bar(-i, one.name, one.number, one.parts) for i, one in enumerate(bars))
    x = Scale(0, whole or 1, quantity, unit, shown=False)
    y = Scale(-shown + 0.62, 0.74, "", shown=False,
              ticks=named_ticks([one.at for one in placed], [plain(one.name) for one in placed]))  # fmt: skip
    high = height or ROW * shown + top + EDGE
    marks = (Bars("parts", placed, THICKNESS, named_above=ABOVE, size=size, gap=GAP),)
    plot = Plot("bars", x, y, marks, Place(0, 1, 0, high - top - EDGE))
    return Chart(high, Margins(0, 0, top, EDGE), (plot,), Key(tuple(entries), size=size - 1) if entries else None)


def with_ranges_under(chart: Chart, ranges: Sequence[tuple[float, float] | None], what: str) -> Chart:
    """The bars of ``chart``, under each a dotted line from the least to the most of its range; None draws nothing.

    ``what`` the ranges are is named in lists of numbers.
    """
    drawn = [(-i - BELOW, *ends) for i, ends in enumerate(ranges) if ends is not None]
    if not drawn:
        return chart
    at, least, most = zip(*drawn, strict=True)
    (plot,) = chart.plots
    line = Intervals("reconstructions", at, least, most, Stroke(INK, 2.2, "dot", 0.8), what=what)
    return replace(chart, plots=(replace(plot, marks=(*plot.marks, line)),))
