"""The Kaplan-Meier figure draws the result's own numbers, in the groups' own colours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components.analysis.survival import survival
from components.figures.survival import View, survival_figure
from components.figures.theme import Figure, colour, places
from components.panels.survival import survival_panel
from components.wording.survival import BANDS_LEFT_OUT
from data.cohort import Cohort
from data.read import reconstructed_cohort
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoints[0]
SUBTYPE = DICTIONARY.factor["subtype"]
VIEW = View(730, (0, 365, 730), ("0", "12", "24"), (365, 730))


@pytest.fixture(scope="module")
def outcome(enrolled: Cohort) -> Cohort:
    return enrolled.of_population("outcome")


def figure(cohort: Cohort, view: View = VIEW) -> Figure:
    return survival_figure(survival(cohort, DEATH, SUBTYPE, view.at_days, view.ticks), view)


def traces(drawn: Figure, name: str) -> list[dict[str, Any]]:
    return [trace for trace in drawn["data"] if trace["uid"].startswith(name)]


def test_plotly_accepts_it(outcome: Cohort) -> None:
    go.Figure(figure(outcome))


def test_steps_are_the_result(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE, VIEW.at_days, VIEW.ticks)
    drawn = figure(outcome)
    cadm = next(curve for curve in result.curves if curve.label == "CADM")
    solid, pale = traces(drawn, "CADM curve")[0], traces(drawn, "CADM tail")[0]
    assert solid["x"] + pale["x"][1:] == cadm.days.tolist()
    assert solid["y"] + pale["y"][1:] == pytest.approx(cadm.survival.tolist())
    assert traces(drawn, "CADM censored")[0]["x"] == [740]


def test_counts_stand_on_the_ticks(outcome: Cohort) -> None:
    drawn = figure(outcome)
    (counts,) = traces(drawn, "counts")
    assert counts["xaxis"] == "x"
    assert sorted(set(counts["x"])) == drawn["layout"]["xaxis"]["tickvals"]
    assert counts["text"][:3] == ["2", "1", "1"]  # PM at risk: P1 and P2, P2 censored on day 100
    assert len(counts["text"]) == 3 * 3 * 3


def test_the_short_table_has_one_row_a_group(outcome: Cohort) -> None:
    view = View(730, (0, 365, 730), ("0", "12", "24"), (365,), full_table=False)
    (counts,) = traces(figure(outcome, view), "counts")
    assert len(counts["text"]) == 3 * 3


def test_colour_belongs_to_the_name(outcome: Cohort) -> None:
    without_pm = outcome.where((outcome.patients["subtype"] != "PM").to_numpy())
    for cohort in (outcome, without_pm):
        line = traces(figure(cohort), "CADM curve")[0]["line"]
        assert line["color"] == colour(places(SUBTYPE.levels)["CADM"])


def test_without_band_no_limits_are_drawn(outcome: Cohort) -> None:
    view = View(730, (0, 365, 730), ("0", "12", "24"), (365,), band=False)
    assert not [trace for trace in figure(outcome, view)["data"] if "fill" in trace]


@pytest.mark.parametrize(("by", "curves", "bands"), [("subtype", 3, 3), ("onset", 4, 0)])
def test_bands_of_more_than_three_curves_would_hide_each_other(by: str, curves: int, bands: int) -> None:
    whole = reconstructed_cohort().of_population("outcome")
    result = survival(whole, DEATH, DICTIONARY.factor[by], VIEW.at_days, VIEW.ticks)
    assert len(result.curves) == curves
    assert len([trace for trace in survival_figure(result, VIEW)["data"] if "fill" in trace]) == bands
    assert (BANDS_LEFT_OUT in survival_panel(result, VIEW).note) is (bands == 0)
    assert BANDS_LEFT_OUT not in survival_panel(result, replace(VIEW, band=False)).note
