from __future__ import annotations

import pytest

from components.chart.chart import named_ticks
from components.chart.marks import Band, Bar, Bars, Line, Part, Points, Texts
from components.chart.numbers import Shown, shown
from tests.chart.charts import BLUE, LINE, bars, curves, forest, one_plot, scale

VISITS = scale(-0.4, 1.4, quantity="Visit", ticks=named_ticks((0, 1), ("1w", "3m"), ("Week 1", "Month 3")))
KL6 = scale(title="KL-6", unit="U/mL")


def test_steps_rows_and_groups_with_their_units() -> None:
    rows = shown(curves())
    steps = [row for row in rows if row.shown_as == "step" and row.group == "A"]
    assert [(row.at, row.at_what, row.at_unit, row.value, row.what, row.unit) for row in steps] == [
        (0, "Day", "days", 1.0, "Alive", "proportion"), (100, "Day", "days", 0.75, "Alive", "proportion"),
        (700, "Day", "days", 0.5, "Alive", "proportion")]  # fmt: skip
    assert [(row.at, row.value) for row in rows if row.shown_as == "censored"] == [(650, 0.75), (759, 0.5)]
    counts = [(row.group, row.what, row.category, row.at, row.value) for row in rows if row.shown_as == "number"]
    assert counts[:4] == [("A", "at risk", "", 0, 9.0), ("A", "at risk", "", 365.25, 5.0),
                          ("A", "at risk", "", 730.5, 2.0), ("A", "events", "", 0, 0.0)]  # fmt: skip


def test_bars_give_the_category_the_group_and_the_size_itself() -> None:
    found = [(row.category, row.group, row.value, row.unit) for row in shown(bars()) if row.shown_as == "bar"]
    assert found == [("first", "A", 3.0, "patients"), ("first", "B", 2.0, "patients"), ("second", "A", 1.0, "patients"),
                     ("second", "B", 4.0, "patients")]  # fmt: skip


def test_parts_of_a_bar_that_belongs_to_a_group_say_what_they_are() -> None:
    one = Bars(
        "bars", (Bar(0, "P001", "", (Part(30, "below", BLUE), Part(70, "within", BLUE)), "PM"),), 1, upright=True
    )
    rows = shown(one_plot(one, y=scale(0, 100, "Time", unit="%")))
    assert [(row.category, row.group, row.value, row.what, row.unit) for row in rows] == [
        ("P001", "PM", 30, "Time, below", "%"), ("P001", "PM", 70, "Time, within", "%")]  # fmt: skip


def test_intervals_are_not_cut_as_they_are_on_the_screen() -> None:
    (row,) = (row for row in shown(forest()) if row.shown_as == "interval")
    assert (row.category, row.lower, row.upper, row.what) == ("Level 2", 0.02, 500.0, "Hazard ratio")


def test_a_level_point_among_things_is_a_value_of_its_thing() -> None:
    rows = [row for row in shown(forest()) if row.shown_as == "point"]
    assert [(row.category, row.at, row.value, row.what) for row in rows] == [
        ("Level 1", None, 1.0, "Hazard ratio"), ("Level 2", None, 2.0, "Hazard ratio")]  # fmt: skip


def test_a_level_point_whose_height_says_nothing_is_a_value() -> None:
    rug = Points("rug", [400.0, 900.0], [0.0, 0.0], (BLUE,), ("tick",))
    rows = shown(one_plot(rug, x=KL6, y=scale(shown=False, quantity="Event", ticks=())))
    assert [(row.category, row.at, row.value, row.what, row.unit) for row in rows] == [
        ("", None, 400.0, "KL-6", "U/mL"), ("", None, 900.0, "KL-6", "U/mL")]  # fmt: skip


@pytest.mark.parametrize("beside", [0.0, 0.25, -0.25])
def test_a_visit_is_named_in_full_wherever_beside_it_a_group_is_drawn(beside: float) -> None:
    line = Line("m", [beside, 1 + beside], [5, 6], LINE, symbol="circle", lower=[4, 5], upper=[6, 8], spread="SD")
    first, second = shown(one_plot(line, x=VISITS, y=KL6))
    assert first == Shown("KL-6", "", "point", "Week 1", None, "", "", 5, 4, 6, "KL-6 (SD)", "U/mL")
    assert (second.category, second.at) == ("Month 3", None)


def test_points_between_visits_have_their_days_and_gaps_part_a_line() -> None:
    line = Line("m", [0.3, None, 1.7], [5, None, 6], LINE, symbol="circle", days=[31, None, 150])
    found = [(row.category, row.at, row.at_what, row.at_unit, row.note) for row in shown(one_plot(line, x=VISITS))]
    assert found == [("", 31, "Day", "days", "part 1 of the line"), ("", 150, "Day", "days", "part 2 of the line")]


def test_edges_that_only_keep_an_area_whole_are_no_limits() -> None:
    band = Band("b", [0, 10, 20], [0.1, 0.5, 0.2], [0.9, 0.5, 0.8], BLUE, what="95% limits", bridged=frozenset({1}))
    found = [(row.at, row.lower, row.upper, row.what) for row in shown(one_plot(band, y=scale(title="Alive")))]
    assert found == [(0, 0.1, 0.9, "Alive, 95% limits"), (20, 0.2, 0.8, "Alive, 95% limits")]


def test_texts_are_numbers_only_where_they_say_some() -> None:
    said = Texts("n", [0.0, 1.0], [1, 1], ["12", "9"], numbers=[12, 9], what="taking it", unit="patients")
    found = [(row.category, row.value, row.what, row.unit) for row in shown(one_plot(said, x=VISITS))]
    assert found == [("Week 1", 12, "taking it", "patients"), ("Month 3", 9, "taking it", "patients")]
    assert not shown(one_plot(Texts("t", [0.0, 1.0], [1, 1], ["12.0", "9.5"]), x=VISITS))
