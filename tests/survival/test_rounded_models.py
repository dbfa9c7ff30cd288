"""Models, causes and pairs where small counts are hidden: what stands on few of a group is withheld."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.core.analysis_set import Exclusion, Why
from components.core.estimate import Reason
from components.survival.adjusted import adjusted
from components.survival.adjusted_panel import adjusted_panel
from components.survival.competing import competing
from components.survival.pairwise import pairs
from components.survival.rounded_causes import rounded_competing, rounded_pairs
from components.survival.rounded_models import rounded_adjusted, singles_out
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort


@pytest.fixture(scope="module")
def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


def test_of_a_model_the_groups_are_given_and_single_patients_left_out_close_it(outcome: Cohort) -> None:
    words = outcome.dictionary
    endpoint = next(one for one in words.endpoints if one.key == "progression_free")
    result = adjusted(outcome, endpoint, words.factor["sex"], (words.number["age"],))
    found = rounded_adjusted(result)
    assert [(level.n % 5, level.events % 5) for level in found.levels] == [(0, 0), (0, 0)]
    assert found.levels[1].adjusted.value == pytest.approx(result.levels[1].adjusted.value, rel=0.005)
    assert not found.others
    assert adjusted_panel(result).rounded is not None

    out = result.analysed.left_out_by.copy()
    out[:3] = 0
    apart = replace(result.analysed, left_out_by=out, exclusions=(Exclusion(Why.LEVEL_UNKNOWN, "Age"),))
    assert singles_out(replace(result, analysed=apart))
    assert adjusted_panel(replace(result, analysed=apart)).rounded is None


def test_a_group_of_four_events_is_compared_with_nobody(outcome: Cohort) -> None:
    subtype = outcome.dictionary.factor["subtype"]
    result = pairs(outcome, outcome.dictionary.leading, subtype, permutations=19)
    few = [group.id for group, events in zip(result.groups.present, result.events_of, strict=True) if events < 5]
    assert sum(result.events_of) == result.events
    assert few
    found = rounded_pairs(result)
    assert (found.overall.p, found.overall.reason, found.statistic, found.weighted) == (None, Reason.WITHHELD, None, ())
    for pair in found.pairs:
        assert (pair.p is None) == any(group.id in few for group in pair.groups)


def test_the_ranges_of_two_causes_hold_their_shares(outcome: Cohort) -> None:
    words = outcome.dictionary
    endpoint = next(one for one in words.endpoints if one.key == "progression_free")
    result = competing(outcome, endpoint, words.factor["sex"])
    found = rounded_competing(result)
    both = [
        one
        for cause, of in zip(result.shares, found.shares, strict=True)
        for group, own in zip(cause, of, strict=True)
        for one in zip(group, own, strict=True)
    ]
    assert all(shown.lower <= true.value < shown.upper for true, shown in both)  # type: ignore[operator]
    assert not np.any(np.array([*found.n, *found.events, *found.deaths]) % 5)
    assert found.comparisons[1].test.reason is Reason.WITHHELD
    assert (found.table, found.comparisons[0].shares) == (None, None)
