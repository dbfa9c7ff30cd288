"""The second look at the log-rank test, in print."""

from __future__ import annotations

from components.survival import pairwise_words as words
from components.survival.pairwise import pairs
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoint["overall_survival"]
DEATHS = "Deaths to\u00a0month\u00a037"


def test_subtypes_of_the_cohort() -> None:
    result = pairs(reconstructed_cohort().of_population("outcome"), DEATH, DICTIONARY.factor["subtype"])
    table = words.table(result)
    tests = ("Log-rank p", "Holm-adjusted p", "Permutation p")
    assert table.columns == ("Compared", "Patients", DEATHS, *tests, "HR detectable (80% power)")
    assert [row[:3] for row in table.rows] == [
        ("All groups", "169", "16"),
        ("PM v CADM", "107", "13"),
        ("PM v Classic DM", "108", "4"),
        ("CADM v Classic DM", "123", "15"),
    ]
    assert table.rows[0][4] == "–"
    assert table.caption == ""
    assert "Holm's correction is for 3 pairs" in words.note(result)
    assert words.summary(result).startswith("A second look at the log-rank test, Holm-adjusted p-values: PM v CADM 0.0")


def test_one_pair_stands_alone_without_a_correction() -> None:
    result = pairs(reconstructed_cohort().of_population("outcome"), DEATH, DICTIONARY.factor["sex"], permutations=99)
    assert [row[0] for row in words.table(result).rows] == ["Male v Female"]
    assert "Holm" not in words.note(result)
    assert "99 times" in words.note(result)


def test_only_pairs_that_were_tested_count_for_the_correction(cohort: Cohort) -> None:
    """PM and Classic DM have no death between them: of three pairs two are tested."""
    result = pairs(cohort, DEATH, DICTIONARY.factor["subtype"], permutations=9)
    assert [pair.p is None for pair in result.pairs] == [False, True, False]
    assert "Holm's correction is for 2 pairs: of 2 true null hypotheses" in words.note(result)


def test_levels_with_an_order_have_a_trend() -> None:
    factor = DICTIONARY.factor["age_group"]
    result = pairs(reconstructed_cohort().of_population("outcome"), DEATH, factor, permutations=9)
    assert words.table(result).caption.startswith("Trend over the levels of age, in their order: p = ")


def test_where_nobody_has_the_event_no_permutation_is_told(cohort: Cohort) -> None:
    alive = cohort.where(cohort.patients["death_day"].isna().to_numpy())
    result = pairs(alive, DEATH, DICTIONARY.factor["subtype"], permutations=9)
    assert words.note(result) == "Each pair is tested among its own patients."
