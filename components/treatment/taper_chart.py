"""Shares by visit: one small plot a threshold, a line a group, the numbers of patients under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.chart.chart import Chart, Row
from components.chart.colours import colour, dash, places
from components.chart.grid import Cell, Grid, cells_chart
from components.chart.marks import Line, Mark, Stroke
from components.core.markup import bold, coloured
from components.core.numbers import count, number_printed
from components.courses import words as courses
from components.courses.chart import joined_runs
from components.treatment import words as treatment

if TYPE_CHECKING:
    from components.core.columns import Share
    from components.treatment.taper import Shares
    from data.levels import Level


def taper_chart(result: Shares) -> Chart:
    """The share of patients beyond each threshold at the visits where anyone was measured."""
    place = places(result.groups.levels)
    named = len(result.groups.present) > 1
    shown = [v for v in range(len(result.visits)) if any(row[v].of for group in result.rows for row in group)]
    cells = []
    for t, entry in enumerate(result.thresholds):
        text = treatment.threshold(entry, result.measure.unit)
        marks: list[Mark] = []
        rows = []
        for k, group in enumerate(result.groups.present):
            row = [result.rows[t][k][v] for v in shown]
            known = [(i, share) for i, share in enumerate(row) if share.of]
            name, spot = group.label, place[group.id]
            shade = colour(spot)
            stroke = Stroke(shade, 2.4, dash(spot))

            def line(
                part: list[tuple[int, Share]], group: Level = group, text: str = text, stroke: Stroke = stroke
            ) -> Line:
                return Line(
                    f"{text} {group.id}",
                    [float(i) for i, _ in part],
                    [100 * share.n / share.of for _, share in part],
                    stroke,
                    group.id,
                    symbol="circle",
                    hover=[
                        treatment.share_hover(group.label, result.visits[shown[i]].label, text, share)
                        for i, share in part
                    ],
                )

            marks += joined_runs(known, lambda one: one[1].of, line)
            owner = bold(coloured(name, shade))
            texts, numbers = tuple(count(share.of) for share in row), tuple(number_printed(share.of) for share in row)
            rows.append(Row(f"{text} {group.id}", courses.MEASURED, texts, numbers, name, owner, shade))
        cells.append(Cell(text, treatment.SHARE, "%", tuple(marks), tuple(rows), (-3, 103), suffix="%"))
    labels = tuple(courses.short_tick(result.visits[v]) for v in shown)
    key = tuple((group, place[group.id]) for group in result.groups.present) if named else ()
    series = tuple((group.id, group.label) for group in result.groups.present)
    right = len(shown) - 0.55
    grid = Grid(
        tuple(range(len(shown))),
        labels,
        courses.VISIT,
        "",
        -0.45,
        right,
        2,
        150,
        16,
        key,
        names=False,
        series=series,
        whole=tuple(result.visits[v].label for v in shown),
    )
    return cells_chart(cells, grid)
