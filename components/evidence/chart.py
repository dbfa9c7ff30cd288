"""Every published number as a square: a block of lines for each place of the paper, filled when it is reproduced."""

from __future__ import annotations

from components.chart.chart import FONT_SIZE, Chart, Entry, Key, Margins, Plot, Scale, named_ticks
from components.chart.chart import Place as Spot
from components.chart.colours import ACCENT, PALETTE, QUIET, pale
from components.chart.lettering import width
from components.chart.marks import Squares, Texts
from components.evidence import words
from components.evidence.fidelity import Fidelity, Place

PER_LINE = 50
LINE, TOP = 13, 34
COLOURS = (ACCENT, PALETTE[-1], pale(QUIET, 0.45))
"""Reproduced, not reproduced, and what no cohort can answer: the order of ``words.KEY``."""

REPRODUCED, MISSED, UNANSWERABLE = range(3)
CHARACTER = 7.2
NARROW = 380
"""The squares and the counts beside them in a small window, in pixels."""

Cell = tuple[int, str]
"""The place of a square in ``COLOURS``, and what it says under the pointer."""


def fidelity_chart(result: Fidelity) -> Chart:
    """Squares in the paper's order, fifty a line, each place's counts at the right; a cross on what is missed."""
    lines: list[list[Cell]] = []
    tops = []
    for place in result.places:
        tops.append(-len(lines))
        cells = _cells(result, place)
        lines += [cells[i : i + PER_LINE] for i in range(0, len(cells), PER_LINE)]
        lines.append([])
    kinds = [[kind for kind, _ in line] for line in lines]
    crossed = frozenset((i, j) for j, line in enumerate(kinds) for i, kind in enumerate(line) if kind == MISSED)
    squares = Squares("squares", kinds, COLOURS, [[said for _, said in line] for line in lines], crossed)
    counts = Texts("counts", [PER_LINE] * len(tops), tops, [words.place_counts(place) for place in result.places],
                   "right")  # fmt: skip
    names = [words.place_name(place.name) for place in result.places]
    beside = max((width(text, FONT_SIZE) for text in counts.texts), default=0.0) + 12
    x = Scale(-0.6, PER_LINE * NARROW / (NARROW - beside), words.NUMBERS, shown=False)
    y = Scale(-len(lines) + 0.5, 0.6, words.PLACE, ticks=named_ticks(tops, names), line=False)
    high = LINE * len(lines)
    left = 12 + CHARACTER * max((len(name) for name in names), default=0)
    shown = [kind for kind in range(len(COLOURS)) if any(kind in line for line in kinds)]
    key = Key(tuple(Entry(words.KEY[k], words.KEY[k], COLOURS[k], symbol="square", line=False) for k in shown))
    plot = Plot("numbers", x, y, (squares, counts), Spot(0, 1, 0, high))
    return Chart(high + TOP, Margins(left, 8, TOP, 0), (plot,), key)


def _cells(result: Fidelity, place: Place) -> list[Cell]:
    rows = (row for row in result.rows if place.holds(row.number))
    asked = [(REPRODUCED if row.reproduced else MISSED, words.hover(row)) for row in rows]
    others = (number for number in result.unanswerable if place.holds(number))
    return asked + [(UNANSWERABLE, words.hover_unanswerable(number)) for number in others]
