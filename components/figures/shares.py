"""Shares by visit: one small plot a threshold, a line a group, the numbers of patients under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.figures.cells import Cell, Grid, Row, Stroke, cells_figure
from components.figures.theme import Figure, places
from components.wording import courses, treatment
from components.wording.numbers import count

if TYPE_CHECKING:
    from components.analysis.shares import Shares


def taper_figure(result: Shares) -> Figure:
    """The share of patients beyond each threshold at the visits where anyone was measured."""
    place = places(result.groups.levels)
    named = len(result.groups.labels) > 1
    shown = [v for v in range(len(result.visits)) if any(row[v].of for group in result.rows for row in group)]
    cells = []
    for t, entry in enumerate(result.thresholds):
        text = treatment.threshold(entry, result.measure.unit)
        strokes, rows = [], []
        for k, label in enumerate(result.groups.labels):
            row = [result.rows[t][k][v] for v in shown]
            known = [(i, share) for i, share in enumerate(row) if share.of]
            strokes.append(
                Stroke(
                    name=label,
                    place=place[label],
                    x=[i for i, _ in known],
                    y=[100 * share.n / share.of for _, share in known],
                    text=[
                        treatment.share_hover(label, result.visits[shown[i]].label, text, share) for i, share in known
                    ],
                )
            )
            rows.append(Row(courses.MEASURED, place[label], tuple(count(share.of) for share in row), label))
        cells.append(Cell(text, tuple(strokes), tuple(rows), (-3, 103), suffix="%"))
    labels = tuple(courses.short_tick(result.visits[v]) for v in shown)
    legend = tuple((label, place[label]) for label in result.groups.labels) if named else ()
    grid = Grid(tuple(range(len(shown))), labels, "", -0.45, len(shown) - 0.55, 2, 150, 16, legend, names=False)
    return cells_figure(cells, grid)
