from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from components.chart.chart import Chart, Place, Plot, Scale
from components.chart.marks import Band, Line, Region, Rule, Stroke, Texts
from components.chart.screen import figure
from components.core.markup import bold
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares


def traces(chart: Chart) -> dict[str, dict[str, Any]]:
    return {trace["uid"]: trace for trace in figure(chart)["data"]}


@pytest.mark.parametrize("chart", [curves(), forest(2), bars(), bars(upright=True), squares()])
def test_plotly_accepts_it(chart: Chart) -> None:
    go.Figure(figure(chart))


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


def test_rows_stand_on_the_ticks_and_a_blank_is_not_drawn() -> None:
    drawn = figure(curves())
    numbers = next(trace for trace in drawn["data"] if trace["uid"] == "plot numbers")
    assert numbers["text"] == ["9", "5", "2", "0", "1", "2", "7", "7"]
    assert numbers["x"] == [0, 365.25, 730.5, 0, 365.25, 730.5, 0, 365.25]
    assert numbers["y"] == [0, 0, 0, -1, -1, -1, -2, -2]
    assert (numbers["xaxis"], numbers["yaxis"]) == ("x", "y2")
    assert drawn["layout"]["yaxis2"]["ticktext"] == [f"{bold('A')}   at risk", "events", f"{bold('B')}   at risk"]
    assert drawn["layout"]["yaxis2"]["domain"] == pytest.approx([0, 60 / 410])
    assert drawn["layout"]["yaxis"]["domain"] == pytest.approx([110 / 410, 1])


def test_no_text_is_ever_blank_for_the_browser_would_lose_it() -> None:
    for chart in (curves(), forest(), bars(), bars(upright=True)):
        for trace in figure(chart)["data"]:
            assert "" not in trace.get("text", ())


def test_names_stand_at_the_ends_in_their_colours() -> None:
    notes = [note for note in figure(curves())["layout"]["annotations"] if note["xref"] == "paper"]
    assert [(note["text"], note["font"]["color"]) for note in notes] == [(bold("A"), BLUE), (bold("B"), RED)]
    low, high = figure(curves())["layout"]["yaxis"]["domain"]
    assert [(note["y"] - low) / (high - low) for note in notes] == pytest.approx([0.5, 0.9])


def test_the_key_hides_its_series() -> None:
    drawn = figure(curves())
    entries = [trace for trace in drawn["data"] if trace["showlegend"]]
    assert [(entry["legendgroup"], entry["name"], entry["line"]["dash"]) for entry in entries] == [
        ("a", "A", "solid"), ("b", "B", "dash")]  # fmt: skip
    assert "itemclick" not in drawn["layout"]["legend"]


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


def test_intervals_are_cut_at_the_axis_with_arrows_and_columns_keep_their_texts() -> None:
    found = traces(forest())
    assert found["intervals"]["x"] == [0.1, 10, None]
    assert found["intervals cut"]["x"] == [0.1, 10]
    assert found["intervals cut"]["marker"]["symbol"] == ["triangle-left", "triangle-right"]
    assert found["names"]["customdata"] == ["key"] * 3
    assert found["texts"]["text"] == ["reference", "2.00 (0.02–500)"]
    assert (found["names"]["textposition"], found["texts"]["textposition"]) == ("middle right", "middle left")


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


def test_regions_and_rules_lie_where_they_are_asked_to() -> None:
    ground = (
        Region("range", (None, None), (5, 10), BLUE, 0.5, what="Target"),
        Region("stripe", (None, None), (-0.5, 0.5), RED, 0.07, whole=True),
        Rule("limit", 3.0, upright=False, stroke=LINE, text="upper limit"),
        Rule("day", 4.0, upright=True, stroke=Stroke(RED, 1, "dash"), before=True),
    )
    layout = figure(one_plot(ground=ground))["layout"]
    band, stripe, limit, day = layout["shapes"]
    assert (band["x0"], band["x1"], band["y0"], band["y1"], band["fillcolor"]) == (0, 10, 5, 10, "rgba(0,97,143,0.5)")
    assert (stripe["xref"], stripe["x0"], stripe["x1"]) == ("paper", 0.0, 1.0)
    assert (limit["y0"], limit["y1"], limit["layer"]) == (3.0, 3.0, "below")
    assert (day["x0"], day["x1"], day["yref"], day["layer"]) == (4.0, 4.0, "y domain", "above")
    assert [note["text"] for note in layout["annotations"]] == ["upper limit"]


def test_a_place_on_a_logarithmic_axis_is_its_logarithm_where_plotly_wants_it() -> None:
    rule = Rule("limit", 100.0, upright=False, stroke=LINE, text="a hundred")
    layout = figure(one_plot(y=scale(1, 1000, logarithmic=True), ground=(rule,)))["layout"]
    assert layout["yaxis"]["range"] == [0, 3]
    assert layout["annotations"][0]["y"] == 2
    assert layout["shapes"][0]["y0"] == 100.0


def test_plots_over_one_another_may_share_an_axis_of_time() -> None:
    above, below = (
        Plot(name, scale(shown=name == "below"), scale(), (), Place(0, 1, top, top + 50), follows=follows)
        for name, top, follows in (("above", 0, ""), ("below", 60, "above"))
    )
    layout = figure(Chart(200, one_plot().margins, (above, below)))["layout"]
    assert [key for key in layout if key.startswith("xaxis")] == ["xaxis"]
    assert layout["xaxis"]["anchor"] == "y2"
    assert layout["xaxis"]["ticktext"] == ["0", "10"]


def test_texts_stand_beside_their_points() -> None:
    text = traces(one_plot(Texts("t", [1, None, 3], [1, 1, 1], ["one", "two", ""], "right", "above")))["t"]
    assert (text["x"], text["text"], text["textposition"]) == ([1], ["one"], "top right")


def test_an_axis_without_a_line_has_only_its_names() -> None:
    bare = Scale(0, 1, "Lane", line=False)
    axis = figure(one_plot(y=bare))["layout"]["yaxis"]
    assert (axis["ticks"], axis["showline"]) == ("", False)
