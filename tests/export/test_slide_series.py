"""Traces become series with the same ends: bars of spread, limits of few groups, nothing beyond the axis."""

from __future__ import annotations

from typing import Any

import pytest

from components.export.charts import Series
from components.export.slide_series import series_of

AXES: dict[str, Any] = {"xaxis": {"range": [0, 3], "tickvals": [0, 3]}, "yaxis": {}}


def test_bars_reach_as_far_down_and_up_as_on_the_screen() -> None:
    """A median of 5 with quartiles 4 and 7; the last point stands beyond the axis."""
    spread = {"arrayminus": [1, 3, 1], "array": [2, 1, 1], "color": "#0b6677"}
    points = {"uid": "m", "mode": "markers", "x": [1, 2, 5], "y": [5, 6, 7], "error_y": spread,
              "marker": {"color": "#0b6677"}}  # fmt: skip
    bars = {series.name: series.points for series in series_of({"data": [points], "layout": AXES}) if series.width}
    assert bars == {"m, bar 1": ((1, 4), (1, 7)), "m, bar 2": ((2, 3), (2, 7))}


def curve(name: str) -> list[dict[str, Any]]:
    """A group's limits, which hold a band, and its line."""
    shared = {"legendgroup": name, "mode": "lines", "x": [0, 3]}
    edge = {**shared, "line": {"width": 0}}
    return [
        {**edge, "uid": f"{name} lower", "y": [0.8, 0.6]},
        {**edge, "uid": f"{name} upper", "y": [1.0, 0.9], "fill": "tonexty"},
        {**shared, "uid": f"{name} line", "y": [0.9, 0.8], "line": {"width": 2, "color": "#0b6677"}},
    ]


@pytest.mark.parametrize(("groups", "limits"), [(1, 2), (3, 6), (4, 0)])
def test_limits_of_more_than_three_groups_are_left_out(groups: int, limits: int) -> None:
    names = [f"group {i}" for i in range(groups)]
    found = series_of({"data": [trace for name in names for trace in curve(name)], "layout": AXES})
    drawn = [series.name for series in found]
    assert [name for name in drawn if name.endswith("line")] == [f"{name} line" for name in names]
    assert len([name for name in drawn if name.endswith(("lower", "upper"))]) == limits


def test_lines_across_the_plot_stand_at_both_edges_of_a_range() -> None:
    shapes = [
        {"type": "line", "y0": 28, "y1": 28},
        {"type": "rect", "y0": 5, "y1": 10},
        {"type": "rect", "y0": 0, "y1": 1, "yref": "paper"},
    ]
    found: list[Series] = series_of({"data": [], "layout": AXES | {"shapes": shapes}})
    assert [series.points for series in found] == [((0, at), (3, at)) for at in (28, 5, 10)]
