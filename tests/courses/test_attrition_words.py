"""The warning that fewer are measured later says how many fewer, and where most."""

from __future__ import annotations

from components.courses.analysis import course
from components.courses.attrition_words import few_left_notice
from data.cohort import Cohort
from data.variables import DICTIONARY

KL6, TROUGH = DICTIONARY.measure["kl6"], DICTIONARY.measure["trough"]
FALLS = "the number measured falls by more than a third, "


def test_one_measurement_by_hand(cohort: Cohort) -> None:
    """KL-6: six patients on day 0, P6 alone at month 6."""
    assert few_left_notice((course(cohort, KL6),)).startswith(f"KL-6: {FALLS}from 6 patients to 1. Later values are")
    until_month_1 = cohort.where((cohort.patients["last_day"] < 200).to_numpy())
    assert few_left_notice((course(until_month_1, KL6),)) == ""


def test_the_worst_group_and_the_worst_measurement_are_named(cohort: Cohort) -> None:
    """Of two with PM one is measured after month 1; with CADM two on day 0, then one; classic DM two, then one."""
    by = course(cohort, KL6, DICTIONARY.factor["anti_mda5"])
    assert few_left_notice((by,)).startswith(f"KL-6: {FALLS}most in Positive, from 3 patients to 1.")
    both = (course(cohort, KL6), course(cohort, TROUGH))
    assert few_left_notice(both).startswith(f"KL-6 and Tacrolimus trough: {FALLS}most for KL-6, from 6 patients to 1.")


def test_many_measurements_are_not_listed(cohort: Cohort) -> None:
    thin, full = course(cohort, KL6), course(cohort.where((cohort.patients["last_day"] < 200).to_numpy()), KL6)
    assert few_left_notice((thin,) * 4).startswith("All values:")
    assert few_left_notice((*(thin,) * 4, full)).startswith("Most values:")
