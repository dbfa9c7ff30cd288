"""The Kaplan-Meier figure draws the result's own numbers, in the groups' own colours."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components.chart.chart import Chart
from components.chart.colours import colour, places
from components.chart.screen import figure
from components.survival.analysis import survival
from components.survival.chart import View, survival_chart
from components.survival.panel import survival_panel
from components.survival.words import BANDS_LEFT_OUT
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.chart.parts import keys, mark

DEATH = DICTIONARY.endpoints[0]
SUBTYPE = DICTIONARY.factor["subtype"]
VIEW = View(730, (0, 365, 730), ("0", "12", "24"), (365, 730))


@pytest.fixture(scope="module")
def outcome(enrolled: Cohort) -> Cohort:
    return enrolled.of_population("outcome")


def chart(cohort: Cohort, view: View = VIEW) -> Chart:
    return survival_chart(survival(cohort, DEATH, SUBTYPE, view.at_days, view.ticks), view)


def test_plotly_accepts_it(outcome: Cohort) -> None:
    go.Figure(figure(chart(outcome)))


def test_steps_are_the_result(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE, VIEW.at_days, VIEW.ticks)
    drawn = chart(outcome)
    cadm = next(curve for curve in result.curves if curve.label == "CADM")
    solid, pale = mark(drawn, "cadm curve"), mark(drawn, "cadm tail")
    assert solid.x + pale.x[1:] == cadm.days.tolist()
    assert solid.y + pale.y[1:] == pytest.approx(cadm.survival.tolist())
    assert solid.step
    assert pale.stroke.opacity < solid.stroke.opacity
    assert mark(drawn, "cadm censored").x == [740]


def test_counts_stand_on_the_ticks(outcome: Cohort) -> None:
    (plot,) = chart(outcome).plots
    assert [tick.at for tick in plot.x.ticks] == [0, 365, 730]
    assert plot.rows[0].texts == ("2", "1", "1")  # PM at risk: P1 and P2, P2 censored on day 100
    assert [(row.group, row.name) for row in plot.rows[:4]] == [
        ("PM", "at risk"), ("CADM", "at risk"), ("Classic DM", "at risk"), ("PM", "censored")]  # fmt: skip
    assert len(plot.rows) == 3 * 3


def test_the_short_table_has_one_row_a_group(outcome: Cohort) -> None:
    view = View(730, (0, 365, 730), ("0", "12", "24"), (365,), full_table=False)
    assert [row.name for row in chart(outcome, view).plots[0].rows] == ["at risk"] * 3


def test_colour_belongs_to_the_name(outcome: Cohort) -> None:
    without_pm = outcome.where((outcome.patients["subtype"] != "PM").to_numpy())
    for cohort in (outcome, without_pm):
        assert mark(chart(cohort), "cadm curve").stroke.colour == colour(places(SUBTYPE.levels)["cadm"])


def test_without_band_no_limits_are_drawn(outcome: Cohort) -> None:
    view = View(730, (0, 365, 730), ("0", "12", "24"), (365,), band=False)
    assert not [key for key in keys(chart(outcome, view)) if key.endswith("limits")]


@pytest.mark.parametrize(("by", "curves", "bands"), [("subtype", 3, 3), ("onset", 4, 0)])
def test_bands_of_more_than_three_curves_would_hide_each_other(by: str, curves: int, bands: int) -> None:
    whole = reconstructed_cohort().of_population("outcome")
    result = survival(whole, DEATH, DICTIONARY.factor[by], VIEW.at_days, VIEW.ticks)
    assert len(result.curves) == curves
    assert len([key for key in keys(survival_chart(result, VIEW)) if key.endswith("limits")]) == bands
    assert (BANDS_LEFT_OUT in survival_panel(result, VIEW).note) is (bands == 0)
    assert BANDS_LEFT_OUT not in survival_panel(result, replace(VIEW, band=False)).note
