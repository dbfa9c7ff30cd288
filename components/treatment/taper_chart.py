"""Shares by visit: one small plot a threshold, a line a group, the numbers of patients under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.chart.chart import Chart, Row
from components.chart.colours import colour, dash, places
from components.chart.grid import Cell, Grid, cells_chart
from components.chart.marks import Line, Stroke
from components.core.markup import bold, coloured
from components.core.numbers import count
from components.courses import words as courses
from components.treatment import words as treatment

if TYPE_CHECKING:
    from components.treatment.taper import Shares


def taper_chart(result: Shares) -> Chart:
    """The share of patients beyond each threshold at the visits where anyone was measured."""
    place = places(result.groups.levels)
    named = len(result.groups.labels) > 1
    shown = [v for v in range(len(result.visits)) if any(row[v].of for group in result.rows for row in group)]
    cells = []
    for t, entry in enumerate(result.thresholds):
        text = treatment.threshold(entry, result.measure.unit)
        marks, rows = [], []
        for k, name in enumerate(result.groups.labels):
            row = [result.rows[t][k][v] for v in shown]
            known = [(i, share) for i, share in enumerate(row) if share.of]
            shade = colour(place[name])
            marks.append(
                Line(
                    f"{text} {name}",
                    [float(i) for i, _ in known],
                    [100 * share.n / share.of for _, share in known],
                    Stroke(shade, 2.4, dash(place[name])),
                    name,
                    symbol="circle",
                    hover=[
                        treatment.share_hover(name, result.visits[shown[i]].label, text, share) for i, share in known
                    ],
                )
            )
            owner = bold(coloured(name, shade))
            texts = tuple(count(share.of) for share in row)
            rows.append(Row(f"{text} {name}", courses.MEASURED, texts, name, owner, shade))
        cells.append(Cell(text, treatment.SHARE, "%", tuple(marks), tuple(rows), (-3, 103), suffix="%"))
    labels = tuple(courses.short_tick(result.visits[v]) for v in shown)
    key = tuple((name, place[name]) for name in result.groups.labels) if named else ()
    right = len(shown) - 0.55
    grid = Grid(tuple(range(len(shown))), labels, courses.VISIT, "", -0.45, right, 2, 150, 16, key, names=False)
    return cells_chart(cells, grid)
