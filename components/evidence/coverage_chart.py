"""Left-out numbers: what the reconstructions gave without each as a dotted line, and what is printed as a point."""

from __future__ import annotations

from math import floor

from components.chart.chart import (
    Chart,
    Column,
    Entry,
    Key,
    Margins,
    Place,
    Plot,
    Scale,
    even_ticks,
    named_ticks,
    numbered_ticks,
)
from components.chart.colours import ACCENT, FAINTER, INK, PALETTE
from components.chart.marks import Background, Intervals, Points, Region, Rule, Stroke, Symbol
from components.core.envelope_words import in_key
from components.core.markup import bold
from components.core.numbers import NO_DIFFERENCE
from components.evidence import coverage_words as words
from components.evidence.coverage import Coverage, LeftOutNumber

ROW, HEADING, AXIS, TOP = 22, 32, 34, 40
LEFT, RIGHT = 0.5, 0.8
PLACES = (0.0, 0.94)
RATIOS, TICKS = (0.05, 20.0), (0.1, 0.3, 1, 3, 10)
STEP = 10.0
BEYOND = 1.01
"""By how much an end that has no place on the scale is put beyond it, so that it is drawn as cut."""
INSIDE, OUTSIDE = ACCENT, PALETTE[-1]


def coverage_chart(result: Coverage) -> Chart:
    """Hazard ratios over percentages, each from the greatest printed number down."""
    groups = [sorted((one for one in result.numbers if one.is_ratio == ratio), key=lambda one: -one.printed)
              for ratio in (True, False)]  # fmt: skip
    plots, top = [], 0.0
    for i, rows in enumerate(groups):
        if rows:
            below = top + HEADING + ROW * len(rows)
            plots.append(_plot(i, rows, Place(LEFT, RIGHT, top + HEADING, below)))
            top = below + AXIS
    entries = [
        Entry("inside", words.PRINTED, INSIDE, symbol="circle", line=False),
        Entry("outside", words.PRINTED_OUTSIDE, OUTSIDE, symbol="diamond", line=False),
    ]
    shown = [entry for entry, covered in zip(entries, (True, False), strict=True)
             if any(one.covered == covered for one in result.numbers)]  # fmt: skip
    line = Entry("ranges", in_key(result.reconstructions), INK, "dot")
    return Chart(top + TOP, Margins(12, 12, TOP, 0), tuple(plots), Key((*shown, line)))


def _plot(kind: int, rows: list[LeftOutNumber], place: Place) -> Plot:
    title = words.KINDS[kind]
    x = _ratios(title) if kind == 0 else _percentages(title, rows)
    n = len(rows)
    names = [words.label(one) for one in rows]
    y = Scale(-n + 0.4, 0.6, words.HEADINGS[0], shown=False, ticks=named_ticks([-i for i in range(n)], names))
    marks = [
        Intervals(f"ranges {kind}", [-i for i in range(n)], [_on(one.least, x) for one in rows],
                  [_on(one.most, x) for one in rows], Stroke(INK, 2.2, "dot", 0.8), "ranges", arrows=True)
    ]  # fmt: skip
    looks: tuple[tuple[str, bool, str, Symbol], ...] = (
        ("inside", True, INSIDE, "circle"),
        ("outside", False, OUTSIDE, "diamond"),
    )
    points = [
        Points(f"{series} {kind}", [rows[i].printed for i in chosen], [-i for i in chosen], (colour,), (symbol,),
               (9.0,), series, edge=1.4, hover=[words.hover(rows[i]) for i in chosen])
        for series, covered, colour, symbol in looks
        if (chosen := [i for i, one in enumerate(rows) if one.covered == covered])
    ]  # fmt: skip
    ground = tuple(Region(f"missed {kind} {i}", (None, None), (-i - 0.5, -i + 0.5), OUTSIDE, FAINTER, whole=True)
                   for i, one in enumerate(rows) if not one.covered)  # fmt: skip
    one = Rule(f"no difference {kind}", 1.0, upright=True, stroke=Stroke(INK, 1), before=True, what=NO_DIFFERENCE)
    behind: tuple[Background, ...] = (*ground, one) if kind == 0 else ground
    columns = (
        Column(f"labels {kind}", bold(title), "left", PLACES[0], "left", tuple(names)),
        Column(f"n {kind}", bold(words.HEADINGS[1]), "left", PLACES[1], "right", tuple(map(words.patients, rows))),
        Column(f"printed {kind}", bold(words.HEADINGS[2]), "right", 0.36, "right",
               tuple(one.number.printed for one in rows)),
        Column(f"range {kind}", bold(words.HEADINGS[3]), "right", 1.0, "right", tuple(map(words.reach, rows))),
    )  # fmt: skip
    return Plot(f"left out {kind}", x, y, (*marks, *points), place, behind, columns=columns)


def _ratios(title: str) -> Scale:
    return Scale(*RATIOS, title, ticks=numbered_ticks(TICKS, TICKS), logarithmic=True, grid=True)


def _percentages(title: str, rows: list[LeftOutNumber]) -> Scale:
    low = STEP * floor(min(min(one.least, one.printed) for one in rows) / STEP)
    return Scale(low, 102.0, title, "%", ticks=even_ticks(low, 100.0, 7), grid=True)


def _on(end: float, x: Scale) -> float:
    """An end of a range on the scale, or just beyond it."""
    return min(max(end, x.low / BEYOND), x.high * BEYOND)
