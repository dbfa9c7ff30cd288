"""The forest plot draws the result's own ratios, clips what is too wide and says what cannot be estimated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components.analysis.estimate import Estimate
from components.analysis.hazard_ratios import Prognosis, prognosis
from components.figures.forest import SHOWN, forest_figure
from components.figures.theme import Figure
from data.cohort import Cohort
from data.variables import DICTIONARY

FACTORS = tuple(DICTIONARY.factor[key] for key in ("subtype", "anti_ars"))


@pytest.fixture(scope="module")
def result(enrolled: Cohort) -> Prognosis:
    return prognosis(enrolled.of_population("outcome"), DICTIONARY.endpoints[1], FACTORS)


def trace(drawn: Figure, uid: str) -> dict[str, Any]:
    return next(one for one in drawn["data"] if one["uid"] == uid)


def test_plotly_accepts_it(result: Prognosis) -> None:
    go.Figure(forest_figure(result))


def test_every_row_carries_its_factor(result: Prognosis) -> None:
    labels = trace(forest_figure(result), "labels")
    assert labels["customdata"] == ["subtype"] * 4 + ["anti_ars"] * 3
    assert len(labels["text"]) == len(labels["y"]) == 7


def test_squares_stand_at_the_ratios(result: Prognosis) -> None:
    squares = trace(forest_figure(result), "squares")
    known = [level.ratio.value for found in result.comparisons for level in found.levels if level.ratio.known]
    assert squares["x"] == known


def test_a_clipped_limit_gets_an_arrow_and_keeps_its_text(result: Prognosis) -> None:
    first = result.comparisons[0]
    wide = replace(first.levels[1], ratio=Estimate(9.0, 0.001, 5000.0))
    drawn = forest_figure(replace(result, comparisons=(replace(first, levels=(first.levels[0], wide)),)))
    arrows = trace(drawn, "arrows")
    assert arrows["x"] == list(SHOWN)
    assert arrows["marker"]["symbol"] == ["triangle-left", "triangle-right"]
    assert "9.00 (0.00–5\u202f000.00)" in trace(drawn, "ratios")["text"]
    assert [x for x in trace(drawn, "intervals")["x"] if x is not None] == list(SHOWN)


def test_na_where_a_level_has_no_event(enrolled: Cohort) -> None:
    drawn = forest_figure(prognosis(enrolled.of_population("outcome"), DICTIONARY.endpoints[0], FACTORS))
    assert trace(drawn, "ratios")["text"].count("NA") == 3
