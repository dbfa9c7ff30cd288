from __future__ import annotations

from components.chart.marks import Line
from components.chart.numbers import shown
from tests.chart.charts import LINE, bars, curves, forest, one_plot, scale


def test_steps_rows_and_groups_with_their_units() -> None:
    rows = shown(curves())
    steps = [row for row in rows if row.shown_as == "step" and row.group == "A"]
    assert [(row.at, row.value, row.at_what, row.what, row.unit) for row in steps] == [
        (0, 1.0, "Day", "Alive", "%"), (100, 0.75, "Day", "Alive", "%"), (700, 0.5, "Day", "Alive", "%")]  # fmt: skip
    assert [(row.at, row.value) for row in rows if row.shown_as == "censored"] == [(650, 0.75), (759, 0.5)]
    counts = [(row.group, row.what, row.category, row.value) for row in rows if row.shown_as == "number"]
    assert counts[:4] == [("A", "at risk", "0", 9.0), ("A", "at risk", "12", 5.0), ("A", "at risk", "24", 2.0),
                          ("A", "events", "0", 0.0)]  # fmt: skip


def test_bars_give_the_category_the_group_and_the_size_itself() -> None:
    found = [(row.category, row.group, row.value, row.unit) for row in shown(bars()) if row.shown_as == "bar"]
    assert found == [("first", "A", 3.0, "patients"), ("first", "B", 2.0, "patients"), ("second", "A", 1.0, "patients"),
                     ("second", "B", 4.0, "patients")]  # fmt: skip


def test_intervals_are_not_cut_as_they_are_on_the_screen() -> None:
    (row,) = (row for row in shown(forest()) if row.shown_as == "interval")
    assert (row.category, row.lower, row.upper, row.what) == ("    Level 2", 0.02, 500.0, "Hazard ratio")


def test_a_visit_is_named_and_limits_say_what_they_are() -> None:
    line = Line("m", [0.1, 10.0], [5, 6], LINE, symbol="circle", lower=[4, 5], upper=[6, 8], spread="SD")
    first, _ = shown(one_plot(line, x=scale(title="Visit"), y=scale(title="KL-6", unit="U/mL")))
    assert (first.category, first.value, first.lower, first.upper, first.what, first.unit) == (
        "0", 5, 4, 6, "KL-6 (SD)", "U/mL")  # fmt: skip
