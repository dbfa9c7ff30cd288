"""The marks of a chart as plotly.js is given them."""

from __future__ import annotations

from components.chart.marks import Band, Line, Texts
from components.chart.screen import figure
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, squares
from tests.chart.drawn import traces


def test_steps_carry_their_numbers_and_what_they_say() -> None:
    line = traces(curves())["a curve"]
    assert (line["x"], line["y"]) == ([0, 100, 700], [1.0, 0.75, 0.5])
    assert line["line"] == {"color": BLUE, "width": 2.0, "dash": "solid", "shape": "hv"}
    assert line["hovertext"] == ["one", "two", "three"]
    assert (line["legendgroup"], line["name"], line["mode"]) == ("a", "A", "lines")


def test_censored_patients_are_upright_ticks() -> None:
    marker = traces(curves())["a censored"]["marker"]
    assert (marker["symbol"], marker["size"]) == (["line-ns"] * 2, [9.0] * 2)
    assert marker["line"] == {"width": 1.4, "color": [BLUE] * 2}


def test_no_text_is_ever_blank_for_the_browser_would_lose_it() -> None:
    for chart in (curves(), forest(), bars(), bars(upright=True)):
        for trace in figure(chart)["data"]:
            assert "" not in trace.get("text", ())


def test_a_band_lies_between_its_limits_and_leaves_gaps_out() -> None:
    band = Band("band", [0, 1, 2], [1.0, None, 2.0], [3.0, 4.0, 5.0], BLUE, step=True)
    lower, upper = traces(one_plot(band)).values()
    assert (lower["x"], lower["y"], upper["y"]) == ([0, 2], [1.0, 2.0], [3.0, 5.0])
    assert upper["fill"] == "tonexty"
    assert upper["fillcolor"] == "rgba(0,97,143,0.13)"


def test_bars_of_spread_reach_from_the_point_to_its_limits() -> None:
    line = Line("m", [1, 2], [5, 6], LINE, symbol="circle", lower=[4, None], upper=[7, None])
    assert traces(one_plot(line))["m"]["error_y"]["array"] == [2, 0.0]
    assert traces(one_plot(line))["m"]["error_y"]["arrayminus"] == [1, 0.0]


def test_intervals_are_cut_at_the_axis_with_arrows() -> None:
    found = traces(forest())
    assert found["intervals"]["x"] == [0.1, 10, None]
    assert found["intervals cut"]["x"] == [0.1, 10]
    assert found["intervals cut"]["marker"]["symbol"] == ["triangle-left", "triangle-right"]


def test_bars_stand_on_each_other_with_name_and_number_above() -> None:
    found = traces(bars())
    assert (found["parts"]["x"], found["parts"]["base"]) == ([3.0, 2.0, 1.0, 4.0], [0, 3.0, 0, 1.0])
    assert found["parts"]["marker"]["line"]["color"] == [BLUE, BLUE, BLUE, BLUE]
    assert found["parts names"]["text"] == ["first", "second"]
    assert found["parts numbers"]["text"] == ["5.0", "5.0"]
    upright = traces(bars(upright=True))["parts"]
    assert (upright["y"], upright["base"], upright["x"]) == ([3.0, 2.0, 1.0, 4.0], [0, 3.0, 0, 1.0], [0, 0, -1, -1])


def test_squares_have_the_colours_of_their_kinds() -> None:
    found = traces(squares())
    assert found["squares"]["z"] == [[0, 1], [1, None]]
    assert found["squares"]["colorscale"] == [(0, BLUE), (0.5, BLUE), (0.5, RED), (1, RED)]
    assert (found["squares crosses"]["x"], found["squares crosses"]["y"]) == ([0], [-1])


def test_texts_stand_beside_their_points() -> None:
    text = traces(one_plot(Texts("t", [1, None, 3], [1, 1, 1], ["one", "two", ""], "right", "above")))["t"]
    assert (text["x"], text["text"], text["textposition"]) == ([1], ["one"], "top right")
