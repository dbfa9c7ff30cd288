"""A baseline value as a predictor: areas over time, hazard by value, the statistic of every cut-point tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.biomarker import words
from components.chart.chart import Chart, Margins, Place, Plot, Scale, even_ticks, log_ticks
from components.chart.colours import ACCENT, FAINT, INK, QUIET, colour, dash
from components.chart.grid import Cell, Grid, Limit, cells_chart
from components.chart.marks import Background, Band, Line, Mark, Points, Region, Rule, Stroke
from components.core.groups import EVERYBODY
from components.core.numbers import NO_DIFFERENCE
from components.core.pale import NO_FILTER, Pale
from components.core.pale_words import pale_of
from components.survival.words import LIMITS, when

if TYPE_CHECKING:
    from components.biomarker.analysis import CutPoint, Discrimination
    from components.biomarker.hazard_by_value import HazardByValue

HEIGHT = 400
EVENT = 1
"""Palette place of the patients with the event."""

BEHIND = "behind"
"""The series of the pale line."""

ALL = (EVERYBODY.id, EVERYBODY.label)
"""The series of everybody, and its name."""

HAD = {True: ("with-event", words.WITH_EVENT), False: ("without-event", words.WITHOUT_EVENT)}
"""The series of the patients with the event and without it, and their names."""

TOP, FOOT, RUG = 12, 50, 34
SEARCH_HEIGHT = 320


def ranking_chart(result: Discrimination) -> Chart:
    """The area under the curve at each day, with its interval, against chance."""
    known = [(i, area) for i, area in enumerate(result.auc) if area.value is not None]
    line = Line(
        "AUC", [float(i) for i, _ in known], [area.value for _, area in known], Stroke(colour(0), 2.4, dash(0)),
        EVERYBODY.id, symbol="circle", lower=[area.lower for _, area in known],
        upper=[area.upper for _, area in known], spread=LIMITS,
        hover=[words.ranking_hover(result, i) for i, _ in known],
    )  # fmt: skip
    cell = Cell(words.AUC, words.AUC, "", (line,), (), (0.0, 1.02), limits=(Limit(0.5, words.CHANCE),))
    labels = tuple(when(day) for day in result.days)
    last = len(result.days) - 0.6
    grid = Grid(
        tuple(range(len(labels))), labels, words.TIME, "", -0.4, last, height=320, names=False, series=(ALL,)
    )  # fmt: skip
    return cells_chart((cell,), grid)


def hazard_chart(result: HazardByValue, before: HazardByValue | None = None, pale: Pale = NO_FILTER) -> Chart:
    """The hazard ratio against the median with its band; every patient a mark below, those with the event above.

    ``before``, which ``pale`` names, lies pale behind, as far as the values shown go and without a band.
    """
    shade = colour(0)
    rows = [tuple(row) for row in result.curve.tolist()]
    x = [row[0] for row in rows]
    low, high = min(0.2, *(max(row[2], 0.01) for row in rows)), max(5.0, *(min(row[3], 100) for row in rows))
    marks: tuple[Mark, ...] = (
        Band("limits", x, [row[2] for row in rows], [row[3] for row in rows], shade, EVERYBODY.id,
             opacity=FAINT, what=LIMITS),
        Line("curve", x, [row[1] for row in rows], Stroke(shade, 2.6), EVERYBODY.id,
             hover=[words.hazard_hover(result, row) for row in rows]),
    )  # fmt: skip
    names: tuple[tuple[str, str], ...] = (ALL, *HAD.values())
    if before is not None:
        behind = [row for row in map(tuple, before.curve.tolist()) if min(x) <= row[0] <= max(x)]
        pale_line = Line("without the filter", [row[0] for row in behind],
                         [min(max(row[1], low), high) for row in behind], Stroke(QUIET, 1.8, "solid", 0.6), BEHIND,
                         hover=[words.hazard_hover(before, row) for row in behind])  # fmt: skip
        marks = (pale_line, *marks)
        names = (*names, (BEHIND, pale_of(pale, before.n)))
    room = (max(x) / min(x)) ** 0.02 if result.doubling else 0.02 * (max(x) - min(x))
    ends = (min(x) / room, max(x) * room) if result.doubling else (min(x) - room, max(x) + room)
    ticks = log_ticks(min(x), max(x)) if result.doubling else even_ticks(*ends)
    title = words.label(result.entry)
    scale = Scale(*ends, result.entry.label, result.entry.unit, title, ticks, logarithmic=result.doubling)
    ratio = Scale(
        low / 1.12, high * 1.12, words.RATIO, "", words.RATIO, log_ticks(low, high), logarithmic=True, grid=True
    )
    bare = Scale(*ends, result.entry.label, result.entry.unit, logarithmic=result.doubling, shown=False)
    inner = HEIGHT - TOP - FOOT
    one = Rule("no difference", 1.0, upright=False, stroke=Stroke(INK, 1), what=NO_DIFFERENCE)
    plots = (
        Plot("ratio", bare, ratio, marks, Place(0, 1, 0, inner - RUG - 14), (one,)),
        Plot("patients", scale, Scale(-0.6, 1.6, words.HAD_EVENT, shown=False),
             tuple(_rug(result, had=had, x=(min(x), max(x))) for had in (False, True)),
             Place(0, 1, inner - RUG, inner), follows="ratio"),
    )  # fmt: skip
    return Chart(HEIGHT, Margins(72, 20, TOP, FOOT), plots, names=names)


def _rug(result: HazardByValue, *, had: bool, x: tuple[float, float]) -> Points:
    values = result.values[(result.event == had) & (result.values >= x[0]) & (result.values <= x[1])]
    return Points(f"patients {had}", values.tolist(), [float(had)] * len(values), (colour(EVENT) if had else QUIET,),
                  ("tick",), (10.0,), HAD[had][0], edge=1.4)  # fmt: skip


def search_chart(result: CutPoint) -> Chart:
    """The statistic of every cut tried; the interval of the best one behind it."""
    x, y = [cut for cut, _ in result.curve], [statistic for _, statistic in result.curve]
    ground: tuple[Background, ...] = ()
    cut = result.cut
    if cut.lower is not None and cut.upper is not None and cut.value is not None:
        ground = (
            Region("interval of the cut", (cut.lower, cut.upper), (None, None), ACCENT, FAINT, what=words.CUT_LIMITS),
            Rule("cut", cut.value, upright=True, stroke=Stroke(ACCENT, 1.6, "dash"), what=words.CUT),
        )
    line = Line("cuts", x, y, Stroke(colour(0), 1.6), EVERYBODY.id, step=True, symbol="circle", size=5,
                hover=[words.search_hover(result, *pair) for pair in result.curve])  # fmt: skip
    room = 0.03 * ((max(x) - min(x)) or 1.0)
    ends, top = (min(x) - room, max(x) + room), max(4.0, 1.1 * max(y))
    title = words.label(result.entry)
    scales = (
        Scale(*ends, result.entry.label, result.entry.unit, title, even_ticks(*ends, 7)),
        Scale(0, top, words.STATISTIC, "", words.STATISTIC, even_ticks(0, top), grid=True),
    )
    plot = Plot("cuts", *scales, (line,), Place(0, 1, 0, SEARCH_HEIGHT - TOP - FOOT), ground)
    return Chart(SEARCH_HEIGHT, Margins(64, 20, TOP, FOOT), (plot,), names=(ALL,))
