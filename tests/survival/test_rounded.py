"""Survival where small counts are hidden: what is counted together is rounded once, and nothing says the last day."""

from __future__ import annotations

import numpy as np
import pytest

from components.core.groups import groups
from components.core.method import PAPER
from components.core.rounded import half_years_over
from components.core.small_counts import hidden
from components.engine.event_table import event_table
from components.export.numbers import survival_numbers
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.hazard_ratios import comparison
from components.survival.panel import survival_panel
from components.survival.rounded import rounded_comparison, rounded_survival
from data.cohort import Cohort
from data.reading.read import opened, reconstructed_cohort


@pytest.fixture(scope="module")
def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


def test_two_groups_together_are_rounded_once(outcome: Cohort) -> None:
    """43 and 47 patients are 90, not 40 and 45."""
    sex = outcome.dictionary.factor["sex"]
    own = groups(outcome, sex)
    codes = np.repeat([0, 1], [43, 47])
    table = event_table(np.arange(90) * 37 % 90 + 10, np.arange(90) % 3 == 0, codes, 2)
    found = rounded_comparison(comparison(table, own, PAPER))
    assert [level.n for level in found.levels] == [40, 45]
    assert found.together(0, 1) == (90, 30)
    (look,) = found.looks(outcome.dictionary.leading, "sex")
    assert (look.n, look.events) == (90, 30)


def test_the_longest_follow_up_is_given_to_the_half_year() -> None:
    half = half_years_over(1)
    assert half == 183
    assert [half_years_over(day) // half for day in (0, 1, 182, 183, 184, 365, 366, 1490)] == [0, 1, 1, 2, 2, 2, 3, 9]


def test_a_file_says_of_few_what_the_screen_says(outcome: Cohort) -> None:
    result = rounded_survival(survival(outcome, outcome.dictionary.leading, outcome.dictionary.factor["subtype"]))
    numbers = survival_numbers(result)
    at = [numbers.columns.index(name) for name in ("at_risk", "censored", "events")]
    cells = [row[k] for row in numbers.rows if row[1] == "counts" for k in at]
    assert "<5" in cells
    assert all(cell == "<5" or (isinstance(cell, int) and cell and cell % 5 == 0) for cell in cells)
    assert {row[6] for row in numbers.rows if row[1] == "step"} == {"range"}


def test_shares_stand_beside_what_they_are(outcome: Cohort) -> None:
    result = survival(outcome, outcome.dictionary.leading, outcome.dictionary.factor["subtype"])
    with hidden():
        panel = survival_panel(result, View(730, (0, 365, 730), (0, 12, 24), (365, 730)))
        assert panel.rounded is not None
        shown = panel.rounded()
    assert "as wide as five patients of the group" in shown.note
    assert "Greenwood" not in shown.note
    assert shown.strip is not None
    assert all("(" not in row[3] and row[3].endswith("%") for row in shown.strip.rows), shown.strip.rows


@pytest.mark.parametrize(("early", "shown"), [(3, False), (5, True)])
def test_no_restricted_mean_is_given_where_a_group_has_fewer_than_five_events_within_it(
    early: int, *, shown: bool
) -> None:
    """Of the mean of all and those of the others the mean of the group could be computed."""
    rows = []
    for i in range(60):
        first, sex = i % 30, ("Male", "Female")[i // 30]
        day = 200 + first if first < (early if sex == "Male" else 9) else 900 + first
        rows.append(f"p{i},{day},{day if first < 9 else ''},{sex}\n")
    cohort = opened({"patients.csv": f"patient,last_day,death_day,sex\n{''.join(rows)}".encode()}).cohort
    assert cohort is not None
    plain = survival(cohort, cohort.dictionary.leading, cohort.dictionary.factor["sex"])
    assert [curve.events for curve in plain.curves] == [9, 9]
    assert all(curve.restricted_mean.known for curve in plain.curves)
    found = rounded_survival(plain)
    assert [curve.restricted_mean.known for curve in found.curves] == [shown, shown]
    assert [one.days.known for one in found.differences] == [shown] * len(plain.differences)
