"""The second look in words."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from components.core.estimate import Estimate, Reason, missing
from components.survival.detectable_words import COLUMN, detectable
from components.survival.sensitivity import LevelSensitivity
from components.survival.sensitivity_words import ratio, second_look
from data.levels import Level


def test_ratios_far_out_are_printed_as_far_out() -> None:
    assert ratio(Estimate(2.5, 1.2, 6.0)) == "2.50 (1.20–6.00)"
    assert ratio(Estimate(inf, 3.66, inf)) == "∞ (3.66–∞)"
    assert ratio(Estimate(0.0, 0.0, 0.4)) == "0.00 (0.00–0.40)"
    assert ratio(Estimate(1.5e12, 5981.0, 3e36)) == "> 1\u202f000 (> 1\u202f000 to > 1\u202f000)"
    assert ratio(Estimate(0.02, 1e-9, 0.5)) == "0.02 (< 0.001 to 0.50)"
    assert ratio(missing(Reason.NOTHING_TO_COMPARE)) == "nothing to compare"


def test_a_row_a_name() -> None:
    look = LevelSensitivity(Level("a", "A"), Estimate(inf, 2.0, inf), 0.01, Estimate(8.0, 1.5, 90.0), 0.02)
    table = second_look("Value", (("A against B", look),))
    assert table.columns[0] == "Value"
    assert table.rows == (("A against B", "∞ (2.00–∞)", "0.010", "8.00 (1.50–90.00)", "0.020"),)


def test_what_could_have_been_shown_is_a_column_where_it_is_known() -> None:
    look = LevelSensitivity(Level("a", "A"), Estimate(inf, 2.0, inf), 0.01, Estimate(8.0, 1.5, 90.0), 0.02)
    table = second_look("Group", (("A", look), ("B", replace(look, detectable=4.333))))
    assert table.columns[-1] == COLUMN
    assert [row[-1] for row in table.rows] == ["–", detectable(4.333)]
    assert COLUMN not in second_look("Group", (("A", look),)).columns
