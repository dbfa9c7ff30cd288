"""A chart of its own on a slide: the ends of its axes are ticks."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation

from components.export.charts import Frame
from components.export.slide_figure import draw_native

LINE = {"uid": "l", "mode": "lines", "x": [0, 1], "y": [5, 50], "line": {"color": "#0b6677"}}


@pytest.mark.parametrize(
    ("spec", "low", "high"),
    [
        ({"type": "log", "range": [0.5, 2.0]}, 1, 100),
        ({"type": "log", "range": [1.0, 3.0]}, 10, 1000),
        ({"range": [0, 60], "dtick": 20}, 0, 60),
        ({"range": [5, 60], "dtick": 20}, 0, 60),
    ],
)
def test_an_axis_begins_with_a_tick(spec: dict[str, Any], low: float, high: float) -> None:
    """The ticks of a chart are counted from the beginning of its axis."""
    layout = {"xaxis": {"range": [0, 1], "tickvals": [0, 1], "ticktext": ["first", "second"]}, "yaxis": spec}
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[5])
    draw_native(slide, {"data": [LINE], "layout": layout}, Frame(0.5, 1, 9, 5), "alt")
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == pytest.approx((low, high))
