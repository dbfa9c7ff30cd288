"""A figure for a room: type of 18 pixels or more, thicker lines, the same data."""

from __future__ import annotations

import copy

import pytest

from components.analysis.survival import survival
from components.figures.enlarged import READABLE, enlarged, fitting, smallest_type
from components.figures.survival import View, survival_figure
from components.figures.theme import Figure
from data.cohort import Cohort

FIGURE: Figure = {
    "data": [
        {
            "x": [0, 10], "y": [1, 0.5], "line": {"width": 2, "color": "#000000"}, "marker": {"size": [4, 6]},
            "textfont": {"size": 12}, "customdata": [13, 14],
            "error_y": {"array": [1, 2], "thickness": 1.5, "width": 4},
        },
        {"type": "bar", "x": [3], "width": 0.8},
    ],
    "layout": {
        "height": 400, "font": {"size": 14}, "margin": {"l": 60, "t": 10}, "showlegend": False,
        "xaxis": {"range": [0, 10], "tickvals": [0, 5], "domain": [0, 0.9], "title": {"text": "Days", "standoff": 8}},
        "annotations": [{"x": 1, "y": 0.5, "xshift": -6, "font": {"size": 13}}],
    },
}  # fmt: skip


def test_pixels_grow_and_data_do_not() -> None:
    before = copy.deepcopy(FIGURE)
    larger = enlarged(FIGURE, 2)
    assert larger == {
        "data": [
            {
                "x": [0, 10], "y": [1, 0.5], "line": {"width": 4, "color": "#000000"}, "marker": {"size": [8, 12]},
                "textfont": {"size": 24}, "customdata": [13, 14],
                "error_y": {"array": [1, 2], "thickness": 3.0, "width": 8},
            },
            {"type": "bar", "x": [3], "width": 0.8},
        ],
        "layout": {
            "height": 800, "font": {"size": 28}, "margin": {"l": 120, "t": 20}, "showlegend": False,
            "xaxis": {"range": [0, 10], "tickvals": [0, 5], "domain": [0, 0.9],
                      "title": {"text": "Days", "standoff": 16}},
            "annotations": [{"x": 1, "y": 0.5, "xshift": -12, "font": {"size": 26}}],
        },
    }  # fmt: skip
    assert before == FIGURE


@pytest.mark.parametrize(
    ("width", "height", "factor", "high"),
    [
        (1400, 500, 1.5, 600),  # readable first: 18 / 12, higher than there is room
        (1400, 620, 1.55, 620),
        (1400, 900, 1400 / 900, 900),  # not squeezed: the rest of the height is left to the plot
        (2700, 900, 2.25, 900),
    ],
)
def test_fitting(width: int, height: int, factor: float, high: int) -> None:
    larger = fitting(FIGURE, width, height)
    assert larger["layout"]["height"] == high
    assert larger["layout"]["font"]["size"] == pytest.approx(14 * factor)
    assert smallest_type(larger) >= READABLE


def test_curves_are_readable_from_the_back(cohort: Cohort) -> None:
    result = survival(cohort, cohort.dictionary.endpoints[0], cohort.dictionary.factor["subtype"], (365,), (0, 365))
    small = survival_figure(result, View(730, (0, 365), ("0", "12"), (365,)))
    assert smallest_type(small) < READABLE
    larger = fitting(small, 1340, 700)
    assert smallest_type(larger) == pytest.approx(READABLE)
    widths = [[t["line"]["width"] for t in figure["data"] if "curve" in t["uid"]] for figure in (small, larger)]
    assert min(widths[1]) > max(widths[0])


def test_a_figure_that_sets_no_type_has_that_of_the_theme() -> None:
    assert smallest_type({"data": [], "layout": {"height": 100}}) == 14
