"""The marks of a chart as plotly.js is given them."""

from __future__ import annotations

import pytest

from components.chart.marks import Band, Bar, Bars, Intervals, Line, Part, Points, Stroke, Texts
from components.chart.screen import figure
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares
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


def test_an_interval_that_ends_with_the_axis_has_no_arrow() -> None:
    mark = Intervals("i", [1.0, 2.0, 3.0], [0.0, 5.0, -1.0], [4.0, 10.0, 10.5], LINE, arrows=True)
    found = traces(one_plot(mark))
    assert found["i"]["x"] == [0, 4, None, 5, 10, None, 0, 10, None]
    assert (found["i cut"]["x"], found["i cut"]["y"]) == ([0, 10], [3, 3])
    assert found["i cut"]["marker"]["symbol"] == ["triangle-left", "triangle-right"]


def test_a_third_part_stands_on_both_before_it_and_a_gap_is_a_share_of_the_axis() -> None:
    parts = tuple(Part(size, name, BLUE) for size, name in ((3.0, "A"), (2.0, "B"), (4.0, "C")))
    bars_ = Bars("parts", (Bar(0, "all", "9", parts),), 0.4, gap=0.01)
    found = traces(one_plot(bars_, x=scale(0, 10), y=scale(-1, 1)))["parts"]
    assert found["base"] == [0, 3, 5]
    assert found["x"] == pytest.approx([2.9, 1.9, 3.9])


def test_each_kind_of_square_has_half_a_step_of_the_scale_at_either_side() -> None:
    found = traces(squares())["squares"]
    low, high, steps = found["zmin"], found["zmax"], found["colorscale"]
    for kind, colour in enumerate((BLUE, RED)):
        share = (kind - low) / (high - low)
        assert share == pytest.approx((kind + 0.5) / 2)
        below = [one for at, one in steps if at <= share][-1]
        above = next(one for at, one in steps if at >= share)
        assert (below, above) == (colour, colour)


def test_a_click_answers_also_where_nothing_is_said() -> None:
    silent = Points("p", [1.0], [2.0], (BLUE,), ("circle",), (9.0,), answers=["key"])
    found = traces(one_plot(silent))["p"]
    assert (found["customdata"], found["hoverinfo"]) == (["key"], "skip")


def test_a_pattern_without_a_name_is_said_in_lengths() -> None:
    lines = [Line("l", [0, 1], [0, 1], Stroke(BLUE, width, "longdashdotdot")) for width in (2.0, 4.0)]
    drawn_ = [traces(one_plot(line))["l"]["line"]["dash"] for line in lines]
    assert drawn_ == ["15px,6px,3px,6px,3px,6px", "20px,8px,4px,8px,4px,8px"]
