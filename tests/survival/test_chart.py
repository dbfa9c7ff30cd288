"""The Kaplan-Meier figure draws the result's own numbers, in the groups' own colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from components.chart.chart import Chart
from components.chart.colours import colour, places
from components.chart.screen import figure
from components.core.numbers import percent, with_interval
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
VIEW = View(730, (0, 365, 730), (0, 12, 24), (365, 730))


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
    view = View(730, (0, 365, 730), (0, 12, 24), (365,), full_table=False)
    assert [row.name for row in chart(outcome, view).plots[0].rows] == ["at risk"] * 3


def test_colour_belongs_to_the_name(outcome: Cohort) -> None:
    without_pm = outcome.where((outcome.patients["subtype"] != "PM").to_numpy())
    for cohort in (outcome, without_pm):
        assert mark(chart(cohort), "cadm curve").stroke.colour == colour(places(SUBTYPE.levels)["cadm"])


def test_without_band_no_limits_are_drawn(outcome: Cohort) -> None:
    view = View(730, (0, 365, 730), (0, 12, 24), (365,), band=False)
    assert not [key for key in keys(chart(outcome, view)) if key.endswith("limits")]


@pytest.mark.parametrize(("by", "curves", "bands"), [("subtype", 3, 3), ("onset", 4, 0)])
def test_bands_of_more_than_three_curves_would_hide_each_other(by: str, curves: int, bands: int) -> None:
    whole = reconstructed_cohort().of_population("outcome")
    result = survival(whole, DEATH, DICTIONARY.factor[by], VIEW.at_days, VIEW.ticks)
    assert len(result.curves) == curves
    assert len([key for key in keys(survival_chart(result, VIEW)) if key.endswith("limits")]) == bands
    assert (BANDS_LEFT_OUT in survival_panel(result, VIEW).note) is (bands == 0)
    assert BANDS_LEFT_OUT not in survival_panel(result, replace(VIEW, band=False)).note


def test_one_minus_survival_turns_the_curve_its_limits_and_its_strip_over(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE, VIEW.at_days, VIEW.ticks)
    upright, turned = chart(outcome), chart(outcome, replace(VIEW, incidence=True))
    for key in ("cadm curve", "cadm tail", "cadm censored"):
        assert mark(turned, key).y == pytest.approx([1 - y for y in mark(upright, key).y])
        assert mark(turned, key).x == mark(upright, key).x
    before, after = mark(upright, "cadm limits"), mark(turned, "cadm limits")
    assert after.lower == pytest.approx([1 - y for y in before.upper])
    assert after.upper == pytest.approx([1 - y for y in before.lower])
    assert [end.y for end in turned.plots[0].ends] == pytest.approx([1 - end.y for end in upright.plots[0].ends])
    assert (turned.plots[0].y.title, turned.zoom != upright.zoom) == ("With the event (death)", True)
    table = survival_panel(result, replace(VIEW, incidence=True)).strip
    assert table is not None
    shares = [curve.at[1] for curve in result.curves]
    known = [(share, row[3]) for share, row in zip(shares, table.rows, strict=True) if share.value is not None]
    assert known
    assert all(text.startswith(percent(1 - (share.value or 0))) for share, text in known)


def test_a_part_begins_on_its_first_day_with_what_holds_there(outcome: Cohort) -> None:
    whole, part = chart(outcome), chart(outcome, replace(VIEW, begin=200, shares=(0.5, 1.0)))
    line, cut = mark(whole, "cadm curve"), mark(part, "cadm curve")
    assert cut.x[0] == 200
    held = [y for x, y in zip(line.x, line.y, strict=True) if x <= 200][-1]
    assert cut.y[0] == held
    assert list(zip(cut.x[1:], cut.y[1:], strict=True)) == [
        (x, y) for x, y in zip(line.x, line.y, strict=True) if x > 200
    ]
    assert all(x >= 200 for x in mark(part, "cadm censored").x)
    scale = part.plots[0].y
    assert (scale.low, scale.high) == pytest.approx((0.495, 1.01))
    assert part.plots[0].x.low < 200 < part.plots[0].x.high
    beyond = chart(outcome, replace(VIEW, begin=5000, until=6000))
    assert not [key for key in keys(beyond) if key.startswith("cadm")]


def test_quartiles_stand_in_the_table_where_they_are_asked_for() -> None:
    whole = reconstructed_cohort().of_population("outcome")
    stop = DICTIONARY.endpoint["tacrolimus_persistence"]
    found = survival(whole, stop, SUBTYPE, VIEW.at_days, quartiles=True)
    table = survival_panel(found, replace(VIEW, quartiles=True)).tables[0]
    assert table.columns[3:6] == ("25% with the event, months", "Median, months", "75% with the event, months")
    for curve, row in zip(found.curves, table.rows, strict=True):
        early, late = curve.quartiles
        assert row[3] == with_interval(early, 1, 12 / 365.25)
        if early.value is not None:
            step = curve.survival[np.searchsorted(curve.days, early.value, side="right") - 1]
            assert step <= 0.75 + 1e-9
        assert early.value is None or late.value is None or early.value < late.value
    assert "25% with" not in " ".join(survival_panel(survival(whole, stop, SUBTYPE), VIEW).tables[0].columns)
