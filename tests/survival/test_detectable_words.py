"""What a comparison could have shown, in print: by hand, and so that no p-value reads as "no effect"."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt

import pytest

from components.core.method import Method
from components.prognosis import words as forest
from components.prognosis.panel import prognosis_panel
from components.survival import analysis, table_words
from components.survival import detectable_words as words
from components.survival import words as curves
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.hazard_ratios import prognosis
from components.survival.pairwise import pairs
from components.survival.pairwise_words import table
from components.survival.panel import survival_panel
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

DEATH, SUBTYPE, SEX = DICTIONARY.endpoints[0], DICTIONARY.factor["subtype"], DICTIONARY.factor["sex"]
VIEW = View(730, (0, 365, 730), (0, 12, 24), (365, 730))


@pytest.fixture(scope="module")
def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


def by_schoenfeld(events: int, a: int, b: int) -> float:
    return exp(2.8015852 / sqrt(events * a * b / (a + b) ** 2))


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(None, "–"), (4.3333, "≥ 4.33 or ≤ 0.23"), (12.5, "≥ 12.5 or ≤ 0.08"), (2000, "> 100 or < 0.01")],
)
def test_both_directions_in_few_digits(ratio: float | None, text: str) -> None:
    assert words.detectable(ratio) == text


def test_every_hazard_ratio_has_beside_it_what_could_have_been_shown(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SUBTYPE, method=Method())
    base = next(level for level in result.comparison.levels if level.reference)
    assert base.detectable is None
    printed = table_words.ratio_table(result)
    assert printed.columns[-1] == words.COLUMN
    for level, row in zip(result.comparison.levels, printed.rows, strict=True):
        if not level.reference:
            expected = by_schoenfeld(level.events + base.events, level.n, base.n)
            assert level.detectable == pytest.approx(expected, rel=1e-6)
            assert row[-1] == words.detectable(expected)
    look = result.sensitivity
    assert look is not None
    others = [level.detectable for level in result.comparison.levels if not level.reference]
    assert [level.detectable for level in look.levels] == others
    assert [row[-1] for row in table_words.sensitivity_table(result).rows] == [
        words.detectable(ratio) for ratio in others
    ]
    assert words.EXPLAINED in survival_panel(result, VIEW).note


def test_every_pair_has_its_own(outcome: Cohort) -> None:
    result = pairs(outcome, DEATH, SUBTYPE, permutations=10)
    sizes = dict(zip(result.groups.labels, result.groups.n, strict=True))
    for pair in result.pairs:
        assert pair.detectable == pytest.approx(by_schoenfeld(pair.events, *(sizes[name] for name in pair.labels)))
    assert table(result).rows[0][-1] == "–"  # three groups have no one ratio
    assert result.overall.detectable is None


def test_the_forest_plot_has_it_in_its_headings_rows_and_table(outcome: Cohort) -> None:
    result = prognosis(outcome, DEATH, (SUBTYPE, SEX))
    rows = forest.forest_rows(result)
    headings = [row for row in rows if row.heading]
    sex = result.comparisons[1].detectable
    assert sex == min(level.detectable for level in result.comparisons[1].levels if level.detectable)
    assert words.detectable(sex) in headings[1].ratio
    assert "best" not in headings[1].ratio
    assert f"best {words.detectable(result.comparisons[0].detectable)}" in headings[0].ratio
    assert all(words.COLUMN in row.hover for row in rows if not row.heading and not row.is_reference)
    printed = forest.forest_table(result)
    assert printed.columns[-1] == words.COLUMN
    assert words.detectable(sex) in {row[-1] for row in printed.rows}
    assert words.EXPLAINED in prognosis_panel(result).note


def test_without_events_nothing_could_have_been_shown(cohort: Cohort) -> None:
    quiet = cohort.where(cohort.patients["death_day"].isna().to_numpy())
    result = prognosis(quiet, DEATH, (SEX,))
    assert result.comparisons[0].detectable is None
    assert all(row.ratio == "" for row in forest.forest_rows(result) if row.heading)


def test_a_p_above_005_is_never_left_as_no_difference(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SEX)
    for p, said in ((0.05, True), (0.0499, False)):
        sentence = curves.test_sentence(replace(result, log_rank=analysis.Test("log-rank", 1.0, 1, p)))
        assert ("does not mean that the groups are alike" in sentence) is said
    ratio = result.comparison.detectable
    assert ratio is not None
    assert words.no_evidence_of_equality(0.5, 4.333, 2).endswith(
        "80 of 100 such studies would have found only a hazard ratio of 4.33 or more, or 0.23 or less."
    )
    assert "in the comparison that could show most" in words.no_evidence_of_equality(0.5, 4.333, 3)
    assert words.no_evidence_of_equality(None, ratio, 2) == ""


def test_the_test_of_proportional_hazards_claims_nothing_it_cannot_show(outcome: Cohort) -> None:
    result = survival(outcome, DEATH, SEX)
    look = result.sensitivity
    assert look is not None
    sentence = curves.proportional_sentence(replace(result, sensitivity=replace(look, proportional_p=0.4)))
    assert "does not show that the hazard ratio is constant" in sentence
    assert "low power" in sentence
    assert "anti-conservative" in table_words.sensitivity_table(result).columns[2]
