"""R read the committed cohort and gives the same survival, tests and hazard ratios."""

from __future__ import annotations

import pytest

from components.evidence.agreement import Agreement, agreement
from components.survival.hazard_ratios import prognosis
from data.paper.reference import STATISTICS, reference
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY


@pytest.fixture(scope="module")
def compared() -> Agreement:
    """Fails where R's answers are for an older cohort: `make reference` brings them up to date."""
    found = agreement(reconstructed_cohort(), reference())
    assert found is not None
    return found


@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_answer_agrees(compared: Agreement, statistic: str) -> None:
    assert compared.of(statistic)
    apart = {line.theirs: line.ours for line in compared.of(statistic) if line.difference > 1e-9}
    assert apart == {}


def test_r_was_asked_for_every_prognostic_factor_and_level(compared: Agreement) -> None:
    asked = {(line.theirs.factor, line.theirs.level) for line in compared.of("survival") if line.theirs.factor}
    cohort = reconstructed_cohort().of_population("outcome")
    present = {
        (factor.key, level)
        for factor in DICTIONARY.factors
        if factor.prognostic
        for level in cohort.patients[factor.key].dropna().unique()
    }
    assert asked == present


def test_r_has_a_ratio_exactly_where_we_have_one(compared: Agreement) -> None:
    cohort = reconstructed_cohort().of_population("outcome")
    factors = tuple(factor for factor in DICTIONARY.factors if factor.prognostic)
    endpoints = {line.theirs.endpoint for line in compared.lines}
    assert endpoints == {"overall_survival", "progression_free"}
    ours = {
        (endpoint, comparison.key, level.label)
        for endpoint in endpoints
        for comparison in prognosis(cohort, DICTIONARY.endpoint[endpoint], factors).comparisons
        for level in comparison.levels
        if level.ratio.known and not level.reference
    }
    asked = (line.theirs for line in compared.of("hazard_ratio"))
    assert {(answer.endpoint, answer.factor, answer.level) for answer in asked} == ours
