"""The forest plot draws the result's own ratios, clips what is too wide and says what cannot be estimated."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components.chart.chart import Chart, Column
from components.chart.screen import figure
from components.core.estimate import Estimate
from components.core.markup import bold
from components.prognosis.chart import SHOWN, forest_chart
from components.survival.hazard_ratios import Prognosis, prognosis
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.chart.parts import mark

FACTORS = tuple(DICTIONARY.factor[key] for key in ("subtype", "anti_ars"))


@pytest.fixture(scope="module")
def result(enrolled: Cohort) -> Prognosis:
    return prognosis(enrolled.of_population("outcome"), DICTIONARY.endpoints[1], FACTORS)


def column(drawn: Chart, key: str) -> Column:
    return next(one for one in drawn.plots[0].columns if one.key == key)


def test_plotly_accepts_it(result: Prognosis) -> None:
    go.Figure(figure(forest_chart(result)))


def test_every_row_carries_its_factor(result: Prognosis) -> None:
    labels = column(forest_chart(result), "labels")
    assert labels.answers == ("subtype",) * 4 + ("anti_ars",) * 3
    assert labels.texts[:2] == (bold("Subtype"), "    PM")
    assert len(labels.texts) == 7


def test_squares_stand_at_the_ratios(result: Prognosis) -> None:
    squares = mark(forest_chart(result), "squares")
    known = [level.ratio.value for found in result.comparisons for level in found.levels if level.ratio.known]
    assert squares.x == known


def test_a_limit_beyond_the_axis_keeps_its_value_and_its_text(result: Prognosis) -> None:
    first = result.comparisons[0]
    wide = replace(first.levels[1], ratio=Estimate(9.0, 0.001, 5000.0))
    drawn = forest_chart(replace(result, comparisons=(replace(first, levels=(first.levels[0], wide)),)))
    intervals = mark(drawn, "intervals")
    assert (intervals.low, intervals.high, intervals.arrows) == ([0.001], [5000.0], True)
    assert (drawn.plots[0].x.low, drawn.plots[0].x.high) == SHOWN
    assert "9.00 (0.00–5\u202f000.00)" in column(drawn, "ratio").texts


def test_a_ratio_beyond_the_axis_keeps_its_number_and_is_cut_off_by_its_plot(result: Prognosis) -> None:
    first = result.comparisons[0]
    far = replace(first.levels[1], ratio=Estimate(SHOWN[1] * 2, 50.0, 5000.0))
    drawn = forest_chart(replace(result, comparisons=(replace(first, levels=(first.levels[0], far)),)))
    squares = mark(drawn, "squares")
    assert squares.x == [1.0, SHOWN[1] * 2]
    assert squares.clipped


def test_rows_of_a_chosen_factor_are_set_off(result: Prognosis) -> None:
    plain, marked = (forest_chart(result, key).plots[0].ground for key in ("", "anti_ars"))
    assert len(marked) - len(plain) == 3


def test_na_where_a_level_has_no_event(enrolled: Cohort) -> None:
    drawn = forest_chart(prognosis(enrolled.of_population("outcome"), DICTIONARY.endpoints[0], FACTORS))
    assert column(drawn, "ratio").texts.count("NA") == 3
