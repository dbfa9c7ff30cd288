"""The forest plot on slides: one native table, and in its middle column a native chart of squares and intervals."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from pptx.slide import Slide

from components.export.charts import Frame, Scale, Series, xy_chart
from components.export.slide_tables import Grid, native_table, on_one_line
from components.figures.theme import ACCENT, INK, QUIET
from components.wording.forest import COLUMNS, Row, forest_rows
from components.wording.marks import bold
from components.wording.slides import FOREST_TABLE

if TYPE_CHECKING:
    from components.analysis.hazard_ratios import Prognosis

ROW, SIZE, FOOT = 0.235, 12, 0.4
WIDTHS = (4.1, 0.95, 0.85, 3.9, 1.75, 0.78)
SIDES = ("left", "right", "right", "center", "left", "right")
OVER = 3
"""A factor's name reaches over the columns of counts, which it has none for."""

BASE = 10
REACH = (-3, 3)
"""Ratios from 1/1000 to 1000 are drawn; ticks stand at the powers of ten between the intervals' ends."""


def forest_pages(result: Prognosis, high: float) -> list[tuple[Row, ...]]:
    """The rows of each slide that has ``high`` inches for them; a factor's levels stay together, all equally full."""
    most_rows = int((high - FOOT) / ROW) - 1
    rows = forest_rows(result)
    starts = [i for i, row in enumerate(rows) if row.heading] + [len(rows)]
    factors = [rows[start:end] for start, end in pairwise(starts)]
    fewest = len(_filled(factors, most_rows))
    return next(pages for most in range(1, most_rows + 1) if len(pages := _filled(factors, most)) == fewest)


def _filled(factors: list[tuple[Row, ...]], most: int) -> list[tuple[Row, ...]]:
    """One factor after the other on slides of at most ``most`` rows, or of a single factor that has more."""
    pages: list[tuple[Row, ...]] = []
    for rows in factors:
        if pages and len(pages[-1]) + len(rows) <= most:
            pages[-1] += rows
        else:
            pages.append(rows)
    return pages


def draw_forest(slide: Slide, rows: tuple[Row, ...], ends: tuple[int, int], frame: Frame, alt: str) -> None:
    """The rows in ``frame``, the ratios on an axis between the powers of ten that ``ends`` names."""
    heads = tuple(bold(text) for text in COLUMNS)
    body = [_texts(row) for row in rows]
    headings = frozenset(i + 1 for i, row in enumerate(rows) if row.heading)
    grid = Grid(frame.left, frame.top, WIDTHS, ROW, OVER)
    size = min(
        on_one_line([texts for texts, row in zip(body, rows, strict=True) if not row.heading], WIDTHS, SIZE),
        on_one_line([texts[:1] for texts in body], (sum(WIDTHS[:OVER]),), SIZE),
    )
    native_table(slide, grid, [heads, *body], SIDES, size, FOREST_TABLE, headings, frozenset({0}))
    left = frame.left + sum(WIDTHS[:3]) + 0.25
    plot = Frame(left, frame.top + ROW, WIDTHS[3] - 0.5, ROW * len(rows))
    room = Frame(left - 0.35, plot.top - 0.05, plot.wide + 0.7, plot.high + 0.05 + FOOT)
    low, high = BASE ** ends[0], BASE ** ends[1]
    x = Scale(low, high, BASE, "General", base=BASE, grid=True)
    y = Scale(-len(rows) + 0.5, 0.5, 1, shown=False)
    xy_chart(slide, room, plot, forest_series(rows, (low, high)), (x, y), alt)


def forest_series(rows: tuple[Row, ...], shown: tuple[float, float]) -> list[Series]:
    """The line at 1, an interval a row (cut at the ends of the axis), squares, and diamonds for the references."""
    low, high = shown
    bottom = 0.5 - len(rows)
    found = [Series("No difference", ((1.0, 0.5), (1.0, bottom)), INK, 1.0)]
    squares, sizes, references = [], [], []
    for i, row in enumerate(rows):
        if row.value is None:
            continue
        if row.lower is not None and row.upper is not None:
            ends = ((max(row.lower, low), float(-i)), (min(row.upper, high), float(-i)))
            found.append(Series(f"{row.label}, 95% CI", ends, ACCENT, 1.75))
        if row.is_reference:
            references.append((row.value, float(-i)))
        elif low <= row.value <= high:
            squares.append((row.value, float(-i)))
            sizes.append(min(round(5 + 1.6 * row.event_count**0.5), 15))
    if squares:
        found.append(Series(COLUMNS[4], tuple(squares), ACCENT, marker="square", sizes=tuple(sizes)))
    if references:
        found.append(Series("Reference", tuple(references), QUIET, marker="diamond-open"))
    return found


def axis_ends(result: Prognosis) -> tuple[int, int]:
    """The powers of ten between which all limits lie, at least 1/10 to 10 and within ``REACH``."""
    rows = forest_rows(result)
    limits = [limit for row in rows for limit in (row.lower, row.upper) if limit]
    logs = [min(max(log10(limit), REACH[0]), REACH[1]) for limit in limits] or [0]
    return min(floor(min(logs)), -1), max(ceil(max(logs)), 1)


def _texts(row: Row) -> tuple[str, ...]:
    if row.heading:
        return bold(row.label), "", "", "", "", row.p
    return f"    {row.label}", row.n, row.events, "", row.ratio, row.p
