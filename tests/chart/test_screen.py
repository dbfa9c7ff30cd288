from __future__ import annotations

import plotly.graph_objects as go
import pytest

from components.chart.chart import Chart, Entry, Key, Place, Plot, Scale
from components.chart.marks import Region, Rule, Stroke
from components.chart.screen import figure
from components.core.markup import bold
from tests.chart.charts import BLUE, LINE, RED, bars, curves, forest, one_plot, scale, squares


@pytest.mark.parametrize("chart", [curves(), forest(2), bars(), bars(upright=True), squares()])
def test_plotly_accepts_it(chart: Chart) -> None:
    go.Figure(figure(chart))


def test_rows_stand_on_the_ticks_and_a_blank_is_not_drawn() -> None:
    drawn = figure(curves())
    (numbers,) = drawn["words"]
    assert numbers["text"] == ["9", "5", "2", "0", "1", "2", "7", "7"]
    assert numbers["x"] == [0, 365.25, 730.5, 0, 365.25, 730.5, 0, 365.25]
    assert numbers["y"] == [0, 0, 0, -1, -1, -1, -2, -2]
    assert (numbers["xaxis"], numbers["yaxis"]) == ("x", "y2")
    assert drawn["layout"]["yaxis2"]["ticktext"] == [f"{bold('A')}   at risk", "events", f"{bold('B')}   at risk"]
    assert drawn["layout"]["yaxis2"]["domain"] == pytest.approx([0, 60 / 410])
    assert drawn["layout"]["yaxis"]["domain"] == pytest.approx([110 / 410, 1])


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


def test_an_axis_without_a_line_has_only_its_names() -> None:
    bare = Scale(0, 1, "Lane", line=False)
    axis = figure(one_plot(y=bare))["layout"]["yaxis"]
    assert (axis["ticks"], axis["showline"]) == ("", False)


def test_columns_keep_their_texts_and_what_a_click_answers() -> None:
    found = {words["key"]: words for words in figure(forest())["words"]}
    assert found["names"]["answers"] == ["key"] * 3
    assert "answers" not in found["texts"]
    assert found["texts"]["text"] == ["reference", "2.00 (0.02–500)"]
    assert (found["names"]["align"], found["texts"]["align"]) == ("left", "right")


def test_rows_of_numbers_fill_their_room_half_a_row_beyond_the_first_and_the_last() -> None:
    assert figure(curves())["layout"]["yaxis2"]["range"] == [-2.5, 0.5]


def test_words_at_an_upright_rule_stay_over_the_plot() -> None:
    ground = tuple(Rule(f"at {at}", at, upright=True, stroke=LINE, text="stopped") for at in (1.0, 9.0))
    notes = figure(one_plot(ground=ground))["layout"]["annotations"]
    assert [(note["x"], note["xanchor"]) for note in notes] == [(1, "left"), (9, "right")]


@pytest.mark.parametrize(("hides", "clicks"), [(True, {}), (False, {"itemclick": False, "itemdoubleclick": False})])
def test_a_click_on_the_key_hides_only_where_the_key_is_to_hide(hides: bool, clicks: dict[str, bool]) -> None:  # noqa: FBT001
    legend = figure(one_plot(key=Key((Entry("a", "A", BLUE),), "lower left", hides=hides)))["layout"]["legend"]
    assert {name: legend[name] for name in legend if "click" in name} == clicks
