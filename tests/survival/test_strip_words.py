"""The strip over a survival figure: a line a group, with the numbers of the result and of R."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.core.estimate import Estimate
from components.core.ledger import Entry, Ledger
from components.core.made_factors import by_shown
from components.core.method import PAPER
from components.core.numbers import bare_p, count, with_interval
from components.survival.analysis import survival
from components.survival.before_after import before_after
from components.survival.before_after_words import before_after_table
from components.survival.chart import View
from components.survival.disagreement_words import disagreement
from components.survival.hazard_ratios import Comparison, LevelRatio
from components.survival.panel import survival_panel
from components.survival.strip_words import strip, strip_time
from components.survival.table_words import difference_table, estimates_table
from components.survival.ticks import Unit
from data.filters import filter_from_query
from data.levels import Level
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

DEATH, SUBTYPE, DURATION = (
    DICTIONARY.endpoints[0],
    DICTIONARY.factor["subtype"],
    DICTIONARY.factor["ip_duration_group"],
)
WHOLE = reconstructed_cohort().of_population("outcome")


def compared(*ps: float | None) -> Comparison:
    """Groups of which the first is the reference, the others with these p-values."""
    first = LevelRatio(Level("r", "R"), 5, 1, Estimate(1.0), None, reference=True)
    others = (LevelRatio(Level(f"g{i}", f"G{i}"), 5, 1, Estimate(2.0), p, reference=False) for i, p in enumerate(ps))
    return Comparison("", "Group", (first, *others), None, 0, PAPER)


def test_holm_multiplies_the_smallest_by_their_number_and_never_falls() -> None:
    """R: p.adjust(c(0.01, 0.04, 0.03), "holm") gives 0.03 0.06 0.06."""
    assert compared(0.01, 0.04, 0.03).holm[0] is None
    assert compared(0.01, 0.04, 0.03).holm[1:] == pytest.approx([0.03, 0.06, 0.06])


def test_a_ratio_without_p_is_not_counted_and_one_alone_is_not_corrected() -> None:
    without, first, none, last = compared(0.01, None, 0.03).holm
    assert (without, none) == (None, None)
    assert (first, last) == pytest.approx((0.02, 0.03))
    assert compared(0.01, None).holm == (None, None, None)
    assert compared().holm == (None,)


def test_three_groups() -> None:
    result = survival(WHOLE, DEATH, SUBTYPE)
    table = strip(result)
    assert table.columns == ("Subtype", "Patients", "Deaths to\u00a0month\u00a037", "Alive at 2 years",
                             "Hazard ratio (95% CI)", "p (Wald)", "p (Holm)")  # fmt: skip
    assert [row[:3] for row in table.rows] == [(c.label, count(c.n), count(c.events)) for c in result.curves]
    assert [row[3] for row in table.rows] == [with_interval(c.at[1], 1, 100, "%") for c in result.curves]
    assert table.rows[0][4] == "1, reference"
    cadm, classic = result.comparison.levels[1:]
    assert table.rows[1][4:] == (with_interval(cadm.ratio, 2), bare_p(cadm.p), bare_p(2 * (cadm.p or 0)))
    assert table.rows[2][4:] == (with_interval(classic.ratio, 2), bare_p(classic.p), bare_p(classic.p))
    assert table.caption == "Log-rank test over 3 groups: p = 0.004; all follow-up, to month 37."


def test_one_group_has_its_median_and_two_no_correction() -> None:
    alone = strip(survival(WHOLE, DEATH))
    assert (alone.columns[-1], len(alone.rows), alone.caption) == ("Median, months", 1, "")
    two = strip(survival(WHOLE, DEATH, DICTIONARY.factor["sex"]))
    assert two.columns[-2:] == ("p (Wald)", "p (one of 100)")
    assert [row[-1] for row in two.rows] == ["–", "1.000"]


def test_a_filter_adds_everybody_and_what_sets_those_shown_apart() -> None:
    cadm = filter_from_query("subtype=cadm").filter
    change = before_after(WHOLE, DEATH, cadm)
    table = strip(survival(cadm.of(WHOLE), DEATH), change)
    everybody = strip(survival(WHOLE, DEATH)).rows[0]
    shown, without, apart = table.rows
    assert without == ("Without the filter", *everybody[1:])
    assert shown == strip(survival(cadm.of(WHOLE), DEATH)).rows[0]
    assert change.shares_apart is not None
    assert apart == ("Shown minus left out", "61 v 108", "12 v 4",
                     f"{with_interval(change.shares_apart[1], 1, 100)} points", "")  # fmt: skip
    risen = strip(survival(cadm.of(WHOLE), DEATH), change, incidence=True).rows[-1][3]
    assert (apart[3].split(" ")[0], risen.split(" ")[0]) == ("−14.8", "14.8")
    groups = strip(survival(cadm.of(WHOLE), DEATH, DICTIONARY.factor["sex"]), change)
    assert [row[0] for row in groups.rows[2:]] == ["Without the filter", "Shown minus left out"]
    assert {len(row) for row in groups.rows} == {len(groups.columns)}


def test_a_difference_that_is_not_known_is_no_number_of_points() -> None:
    cadm = filter_from_query("subtype=cadm").filter
    change = before_after(WHOLE, DEATH, cadm, until=183)
    for incidence in (False, True):
        rows = strip(survival(cadm.of(WHOLE), DEATH, until=183), change, incidence=incidence).rows
        assert rows[-1][:4] == ("Shown minus left out", "61 v 108", rows[-1][2], "not counted")


def test_patients_shown_who_are_in_no_group_are_counted_in_a_sentence() -> None:
    cadm = filter_from_query("subtype=cadm").filter
    change, mda5 = before_after(WHOLE, DEATH, cadm), DICTIONARY.factor["anti_mda5"]
    grouped = survival(cadm.of(WHOLE), DEATH, mda5)
    assert [curve.n for curve in grouped.curves] == [28, 6]
    view = View(730, (0, 365, 730), (0, 12, 24), (365, 730))
    said = (
        "27 of the 61 patients shown are in no group of this figure; “Without the filter” and “Shown minus left out” "
        "count them as well."
    )
    assert survival_panel(grouped, view, change).notices[0] == said
    for everybody in (survival(cadm.of(WHOLE), DEATH), survival(cadm.of(WHOLE), DEATH, DICTIONARY.factor["sex"])):
        assert not any("no group" in one for one in survival_panel(everybody, view, change).notices)


def test_a_filter_that_leaves_out_nobody_sets_nobody_apart() -> None:
    everybody = filter_from_query("sex=female,male").filter
    rows = strip(survival(WHOLE, DEATH), before_after(WHOLE, DEATH, everybody)).rows
    assert [row[0] for row in rows] == ["All patients", "Without the filter"]


def test_a_group_without_events_has_no_ratio_and_the_others_are_corrected_for_those_that_have_one() -> None:
    table = strip(survival(WHOLE, DEATH, DURATION))
    without = [row for row in table.rows if row[2] == "0"]
    assert len(table.rows) == 6
    assert without
    firth = {one.label: one.firth for one in survival(WHOLE, DEATH, DURATION).sensitivity.levels}  # type: ignore[union-attr]
    for label, *_, ratio, p, holm in without:
        assert ratio == with_interval(replace(firth[label], limits="Firth"), 2)
        assert (ratio[-7:], p, holm) == (" Firth)", "–", "–")


def test_of_two_groups_the_companion_is_what_a_ledger_that_holds_nothing_else_says() -> None:
    result = survival(WHOLE, DEATH, DICTIONARY.factor["anti_mda5"])
    assert result.log_rank.p == pytest.approx(0.01755, abs=1e-4)
    assert result.among_planned == 1.0
    cadm = by_shown(filter_from_query("subtype=cadm&anti_mda5=positive").filter)
    strong = survival(WHOLE, DEATH, cadm)
    (look,) = strong.looks
    assert look.p < 0.01
    assert strong.among_planned == Ledger((Entry(look, "", "", "", None, printed=False),)).holm[0]
    assert survival(WHOLE, DEATH).among_planned is None
    assert survival(WHOLE, DEATH, SUBTYPE).among_planned is None


def test_every_table_prints_times_in_the_unit_of_the_axis() -> None:
    result = survival(WHOLE, DEATH, DICTIONARY.factor["anti_mda5"])
    mean = result.curves[0].restricted_mean
    assert mean.value is not None
    units: tuple[tuple[Unit, int, float], ...] = (("days", 0, 1.0), ("months", 1, 365.25 / 12), ("years", 2, 365.25))
    for unit, places, each in units:
        table, apart = estimates_table(result, unit), difference_table(result, unit)
        assert (table.columns[3], table.columns[-1]) == (f"Median, {unit}", f"Restricted mean to 2 years, {unit}")
        assert table.rows[0][-1].split(" ")[0] == f"{mean.value / each:.{places}f}"
        assert apart.columns[1] == f"{unit.capitalize()} alive to 2 years, difference"
        alone = survival(WHOLE, DEATH)
        assert strip(alone, unit=unit).columns[-1] == f"Median, {unit}"
        changed = before_after_table(before_after(WHOLE, DEATH, filter_from_query("subtype=cadm").filter), unit)
        assert changed.rows[-1][0] == f"Restricted mean to 2 years, {unit}"


def test_limits_and_p_that_disagree_are_said_and_those_that_agree_are_not() -> None:
    result = survival(WHOLE, DEATH, DICTIONARY.factor["anti_mda5"])
    assert disagreement(result) == ""
    (difference,) = result.differences
    apart = replace(result, differences=(replace(difference, days=Estimate(-100.0, -200.0, 5.0), p=0.03),))
    assert disagreement(apart).startswith("Limits and p of the difference of restricted means (Positive) come from")
    both = replace(apart, log_rank=replace(result.log_rank, p=0.2))
    assert "(Positive) and the limits of the hazard ratio and the log-rank p come" in disagreement(both)
    assert disagreement(replace(apart, differences=(replace(difference, p=None),))) == ""


@pytest.mark.parametrize(
    ("days", "place"), [((365, 730), 1), ((730, 1095), 0), ((91, 183), 1), ((365,), 0), ((), None)]
)
def test_the_time_is_two_years_or_the_last_printed(days: tuple[int, ...], place: int | None) -> None:
    result = survival(WHOLE, DEATH, SUBTYPE, days)
    assert strip_time(result) == place
    assert len(strip(result).columns) == (7 if days else 6)


def test_the_panel_carries_it_and_nobody_has_none() -> None:
    view = View(730, (0, 365, 730), (0, 12, 24), (365, 730))
    result = survival(WHOLE, DEATH, SUBTYPE, view.at_days, view.ticks)
    assert survival_panel(result, view).strip == strip(result)
    nobody = WHOLE.where(np.zeros(WHOLE.n, bool))
    assert survival_panel(survival(nobody, DEATH, SUBTYPE), view).strip is None


def test_one_patient() -> None:
    one = WHOLE.where(np.arange(WHOLE.n) == 0)
    (row,) = strip(survival(one, DEATH)).rows
    assert row[1] == "1"
