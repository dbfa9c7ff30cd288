# ruff: noqa: SLF001 - python-pptx shows alternative text and layout only below its surface
from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pptx import Presentation

from components.chart.lettering import inches
from components.core.markup import bold
from components.core.panel import Panel
from components.core.table import Table
from components.export.slide_tables import pages_of
from components.export.slides import Entry, presentation
from components.export.stamp import Stamp
from tests.chart.charts import squares

MONTH = 24 / 730
"""The axis has its 24 months at day 730."""
END = 1.015 * 730
EMU = 914400


def deck(*panels: Panel, stamp: Stamp) -> Any:
    return Presentation(BytesIO(presentation([Entry(panel.title, panel, stamp) for panel in panels])))


def charts(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_chart]


def tables(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_table]


def points(shape: Any) -> dict[str, list[tuple[float, float]]]:
    found = {}
    for series in shape.chart.plots[0].series:
        x = [float(value.text) for value in series._element.xpath("c:xVal//c:v")]
        found[series.name] = list(zip(x, series.values, strict=True))
    return found


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_curves_are_native_charts_with_the_points_of_the_result(
    panels: dict[int, Panel], stamped: Stamp, groups: int
) -> None:
    panel = panels[groups]
    (shape,) = charts(deck(panel, stamp=stamped).slides[0])
    drawn = points(shape)
    assert len(panel.result.curves) == groups
    for curve in panel.result.curves:
        parts = [drawn[name] for name in (curve.label, f"{curve.label}, few at risk") if name in drawn]
        steps_ = {(round(x, 9), y) for part in parts for x, y in part}
        wanted = {(round(day * MONTH, 9), y) for day, y in zip(curve.days, curve.survival, strict=True) if day <= 730}
        assert wanted <= steps_
        for part in parts:
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(part)), "steps have square corners"
        left = [(day * MONTH, y) for day, y in zip(curve.censor_days, curve.censor_survival, strict=True) if day <= END]
        marks = drawn.get(f"{curve.label}, censored", [])
        assert [part for mark in marks for part in mark] == pytest.approx([part for mark in left for part in mark])
        assert (f"{curve.label}, 95% limits, lower" in drawn) is (groups <= 3)


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_numbers_at_risk_are_centred_on_the_ticks(panels: dict[int, Panel], stamped: Stamp, groups: int) -> None:
    panel = panels[groups]
    slide = deck(panel, stamp=stamped).slides[0]
    (chart,), (_, table) = charts(slide), tables(slide)
    layout = chart.chart._chartSpace.chart.plotArea.find(".//{*}manualLayout")
    x, wide = (float(layout.find(f"{{*}}{key}").get("val")) for key in ("x", "w"))
    left, span = chart.left + x * chart.width, wide * chart.width
    high = chart.chart.category_axis.maximum_scale
    edges = [table.left]
    for column in table.table.columns:
        edges.append(edges[-1] + column.width)
    risk = panel.result.risk_table
    for c, day in enumerate(risk.days):
        tick = left + span * day * MONTH / high
        cells = [row.cells[c + 1] for row in table.table.rows]
        middle = (edges[c + 1] + cells[0].margin_left + edges[c + 2] - cells[0].margin_right) / 2
        assert middle == pytest.approx(tick, abs=0.005 * EMU)
    first = [[row.cells[c + 1].text for c in range(len(risk.days))] for row in list(table.table.rows)[:groups]]
    assert first == [[str(n) for n in risk.at_risk[:, k]] for k in range(groups)]
    assert edges[-1] <= 13.333 * EMU


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_no_row_of_numbers_needs_a_second_line(panels: dict[int, Panel], stamped: Stamp, groups: int) -> None:
    """A row that grew in the program that shows it would push those under it away from the axis and onto the stamp."""
    slide = deck(panels[groups], stamp=stamped).slides[0]
    strip, table = tables(slide)
    for column, cell in (
        (column, cell)
        for own in (strip, table)
        for row in own.table.rows
        for column, cell in zip(own.table.columns, row.cells, strict=True)
        if not cell.is_merge_origin
    ):
        runs = cell.text_frame.paragraphs[0].runs
        needed = sum(inches(bold(run.text) if run.font.bold else run.text, run.font.size.pt) for run in runs)
        assert needed <= (column.width - cell.margin_left - cell.margin_right) / EMU + 1e-9
    stamp = next(shape for shape in slide.shapes if shape.has_text_frame and "Myoscope" in shape.text_frame.text)
    assert table.top + sum(row.height for row in table.table.rows) <= stamp.top
    assert stamp.top + stamp.height < 7.5 * EMU


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_the_strip_stands_over_the_curves(panels: dict[int, Panel], stamped: Stamp, groups: int) -> None:
    panel = panels[groups]
    assert panel.strip is not None
    slide = deck(panel, stamp=stamped).slides[0]
    (chart,), (strip, _) = charts(slide), tables(slide)
    written = [tuple(cell.text for cell in row.cells) for row in strip.table.rows]
    assert written[-groups:] == list(panel.strip.rows)
    assert written[-groups - 1] == panel.strip.columns
    assert (written[0][0] == panel.strip.caption) is (groups > 1)
    assert strip.top + sum(row.height for row in strip.table.rows) <= chart.top
    assert strip.left + sum(column.width for column in strip.table.columns) <= 13.333 * EMU


def test_the_forest_plot_is_one_table_with_a_chart_in_its_gap(forest: Panel, stamped: Stamp) -> None:
    slide = deck(forest, stamp=stamped).slides[0]
    (chart,), (table,) = charts(slide), tables(slide)
    drawn = points(chart)
    levels = [(f"{comparison.title}: {level.label}", level) for comparison in forest.result.comparisons
              for level in comparison.levels if level.n]  # fmt: skip
    known = [(name, level) for name, level in levels if level.ratio.lower is not None]
    squares = {name: x for name, ((x, _), *_) in drawn.items() if name in dict(levels)}
    assert squares == {name: level.ratio.value for name, level in levels if level.ratio.value is not None}
    low, high = chart.chart.category_axis.minimum_scale, chart.chart.category_axis.maximum_scale
    for name, level in known:
        (a, y), (b, same) = drawn[f"{name}, limits"]
        assert (a, b) == (max(level.ratio.lower, low), min(level.ratio.upper, high))
        assert y == same
        assert table.table.cell(round(1 - y), 0).text.strip() == level.label
    heading = table.table.cell(1, 0)
    assert heading.is_merge_origin
    assert heading.span_width == 3
    assert drawn["no difference"][0][0] == drawn["no difference"][1][0] == 1.0
    assert known


def test_slides_carry_title_stamp_notes_and_alternative_text(panels: dict[int, Panel], stamped: Stamp) -> None:
    slide = deck(panels[3], stamp=stamped).slides[0]
    assert slide.shapes.title.text == panels[3].title
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "\n".join(stamped.lines) in texts
    assert slide.notes_slide.notes_text_frame.text.startswith(panels[3].alt)
    assert all(line in slide.notes_slide.notes_text_frame.text for line in stamped.lines)
    (chart,) = charts(slide)
    assert chart._element.nvGraphicFramePr.cNvPr.get("descr") == panels[3].alt


def test_a_deck_is_wide_and_names_nobody_else(panels: dict[int, Panel], stamped: Stamp) -> None:
    found = Presentation(BytesIO(presentation((Entry("One", panels[1], stamped),))))
    assert (found.slide_width, found.slide_height) == (round(13.333 * EMU), round(7.5 * EMU))
    assert (found.core_properties.author, found.core_properties.title) == ("Myoscope", "One")


def test_order_and_titles_are_those_given(panels: dict[int, Panel], forest: Panel, stamped: Stamp) -> None:
    entries = [Entry("First of all", forest, stamped), Entry("Then", panels[1], stamped)]
    slides = Presentation(BytesIO(presentation(entries))).slides
    assert [slide.shapes.title.text for slide in slides] == ["First of all", "Then", "Then"]


def test_long_tables_go_on_and_nothing_is_lost(stamped: Stamp) -> None:
    rows = tuple((f"Row {i}", str(i)) for i in range(40))
    panel = Panel("table", "Many rows", None, (Table(("Name", "n"), rows, strong=frozenset({16})),), "alt", "")
    slides = list(deck(panel, stamp=stamped).slides)
    assert [slide.shapes.title.text for slide in slides] == [f"Many rows ({i} of 3)" for i in (1, 2, 3)]
    found = [
        tuple(cell.text for cell in row.cells) for slide in slides for row in list(tables(slide)[0].table.rows)[1:]
    ]
    assert found == list(rows)
    for slide in slides:
        (table,) = tables(slide)
        assert table.top + sum(row.height for row in table.table.rows) < 6.78 * EMU
    assert [len(tables(slide)[0].table.rows) - 1 for slide in slides] == [14, 14, 12]


def test_a_heading_stays_with_its_rows() -> None:
    names = ("Sex", "Male", "Female", "Lung", "Pattern", "NSIP", "UIP", "OP")
    rows = tuple((name, "1") for name in names)
    table = Table(("Name", "n"), rows, strong=frozenset({3}), inner=frozenset({1, 2, 5, 6, 7}))
    assert pages_of(table, 0.52 + 5 * 0.3) == [(0, 1, 2), (3, 4, 5, 6, 7)]
    assert pages_of(table, 0.52 + 8 * 0.3) == [(0, 1, 2, 3, 4, 5, 6, 7)]
    many = Table(("Name", "n"), (("Other", "9"),) + 9 * (("Term", "1"),), inner=frozenset(range(1, 10)))
    assert pages_of(many, 0.52 + 5 * 0.3) == [(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)]


def test_a_block_of_eight_rows_is_not_parted_and_of_nine_the_heading_takes_one_row_along() -> None:
    """Four rows stand before a heading with seven, or eight, rows of its own; a slide has room for ten."""
    rows = tuple((f"Row {i}", "1") for i in range(13))
    eight = Table(("Name", "n"), rows[:12], inner=frozenset(range(5, 12)))
    nine = Table(("Name", "n"), rows, inner=frozenset(range(5, 13)))
    assert pages_of(eight, 0.52 + 10 * 0.3) == [(0, 1, 2, 3), (4, 5, 6, 7, 8, 9, 10, 11)]
    assert pages_of(nine, 0.52 + 10 * 0.3) == [(0, 1, 2, 3, 4, 5, 6), (7, 8, 9, 10, 11, 12)]


def test_squares_are_a_picture_and_refusals_are_sentences(stamped: Stamp) -> None:
    picture = deck(Panel("squares", "Squares", squares(), (), "three squares", ""), stamp=stamped).slides[0].shapes[-1]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "three squares"
    nothing = deck(Panel("bars", "Nobody", None, (), "No patient is left.", "", ("No",)), stamp=stamped).slides[0]
    assert "No patient is left." in [shape.text_frame.text for shape in nothing.shapes]


def test_an_empty_presentation_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a panel"):
        presentation([])
