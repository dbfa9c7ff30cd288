"""The ledger counts a comparison once, and judges each as one of at least a hundred."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.core.ledger import PLANNED, Entry, Ledger
from components.core.look import Look, looks_of, of_two
from components.engine.event_table import event_table
from components.engine.permutation import permutation_logrank
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoints[0]
SUBTYPE = DICTIONARY.factor["subtype"]
PM, CADM, DM = SUBTYPE.levels


def look(p: float, *groups: int, by: str = "subtype") -> Look:
    return Look(DEATH, by, "Subtype", tuple(SUBTYPE.levels[k] for k in groups), 60, 9, p)


def entry(p: float, *groups: int, shown: str = "", printed: bool = False) -> Entry:
    return Entry(look(p, *groups), "survival", shown, "All patients", None, printed)


def test_a_comparison_counts_once_in_whatever_order_its_groups_stand() -> None:
    ledger = Ledger().with_entries([entry(0.2, 0, 1), entry(0.3, 1, 0), entry(0.4, 0, 2)])
    assert [one.look.p for one in ledger.entries] == [0.2, 0.4]
    again = ledger.with_entries([entry(0.2, 1, 0)])
    assert again is ledger


def test_other_patients_or_another_follow_up_are_another_comparison() -> None:
    first = entry(0.2, 0, 1)
    others = [
        entry(0.2, 0, 1, shown="sex=male"),
        replace(first, until=730),
        replace(first, look=look(0.2, 0, 1, by="x")),
    ]
    assert len(Ledger().with_entries([first, *others]).entries) == 4


def test_what_the_paper_printed_does_not_count() -> None:
    ledger = Ledger().with_entries([entry(0.001, 0, 1, printed=True), entry(0.2, 0, 2)])
    assert [one.look.p for one in ledger.exploratory] == [0.2]
    assert [one.look.p for one in ledger.printed] == [0.001]
    assert ledger.by_chance == pytest.approx(0.05)


def test_seven_looks_deceive_in_three_of_ten_sessions() -> None:
    seven = Ledger().with_entries(entry(0.5, 0, 1, shown=str(k)) for k in range(7))
    assert seven.by_chance == pytest.approx(1 - 0.95**7)
    assert Ledger().by_chance == 0


def test_every_look_is_judged_as_one_of_at_least_a_hundred() -> None:
    few = Ledger().with_entries([entry(0.002, 0, 1), entry(0.0004, 0, 2), entry(0.6, 1, 2)])
    assert few.judged_as == PLANNED == 100
    assert few.holm == pytest.approx((99 * 0.002, 100 * 0.0004, 1.0))
    assert few.false_discovery == pytest.approx((50 * 0.002, 100 * 0.0004, 1.0))
    assert [one.look.p for one in few.findings] == [0.0004]
    many = Ledger().with_entries(entry(0.0009, 0, 1, shown=str(k)) for k in range(120))
    assert many.judged_as == 120
    assert many.holm == pytest.approx([0.108] * 120)
    assert many.findings == ()


def test_before_the_first_look_nothing_is_judged() -> None:
    assert Ledger().holm == Ledger().false_discovery == ()
    assert Ledger().findings == ()


def test_a_small_p_is_judged_by_the_permutation_p() -> None:
    # One of three dies on the first day among forty others: the chi-square calls it extraordinary.
    days, died = [1, *range(2, 44)], [True, *([False] * 41), True]
    table = event_table(days, died, [0, 0, 0, *([1] * 40)], 2)
    small = replace(look(0.0002, 0, 1), table=table)
    assert small.judged_p == permutation_logrank(table, 9999).p > 0.05
    assert replace(small, p=0.06).judged_p == 0.06
    assert replace(small, permuted=0.031).judged_p == 0.031
    assert look(0.0002, 0, 1).judged_p == 0.0002


def test_two_of_three_levels() -> None:
    table = event_table([3, 4, 5], [True, False, True], [0, 1, 2], 3)
    pair = of_two(table, 2, 0)
    assert pair is not None
    assert pair.n.tolist() == [1, 1]
    assert pair.events.tolist() == [[0, 1], [0, 0], [1, 0]]
    assert of_two(None, 0, 1) is None


def test_curves_and_forest_show_the_same_comparisons(cohort: Cohort) -> None:
    for key in ("subtype", "sex"):
        factor = DICTIONARY.factor[key]
        curves, forest = survival(cohort, DEATH, factor).looks, prognosis(cohort, DEATH, [factor]).looks
        assert {one.key for one in forest} <= {one.key for one in curves}
        for one in forest:
            other = next(other for other in curves if other.key == one.key)
            assert (one.n, one.events) == (other.n, other.events)
            if one.table is not None and other.table is not None:
                assert np.array_equal(np.sort(one.table.n[one.table.n > 0]), np.sort(other.table.n))


def test_a_result_without_a_test_shows_no_comparison(cohort: Cohort) -> None:
    assert looks_of(survival(cohort, DEATH)) == ()
    assert looks_of(None) == ()
    both = (survival(cohort, DEATH, SUBTYPE), survival(cohort, DEATH, DICTIONARY.factor["sex"]))
    assert looks_of(both) == (*both[0].looks, *both[1].looks)
