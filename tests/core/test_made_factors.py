"""Groups that a visitor makes, counted by hand on a few patients."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from components.core.groups import groups
from components.core.made_factors import (
    Shared,
    by_kept_cohorts,
    by_recorded,
    by_shown,
    can_leave_out,
    memberships,
    overlaps,
    with_untested,
)
from components.core.made_factors_words import overlap_notice
from data.cohort import Cohort
from data.filters import Choice, Filter, filter_from_query
from data.kept_cohorts import IDS, AnyOf, Around, KeptCohort, kept_cohorts
from data.variables import DICTIONARY
from tests.written import of_patients

SIX = {
    "patient": [f"P{i}" for i in range(6)],
    "subtype": ["CADM", "CADM", "CADM", "PM", "PM", "Classic DM"],
    "sex": ["Male", "Female", "Female", "Female", "Male", "Male"],
    "anti_mda5": ["Positive", "Negative", None, None, "Negative", None],
    "last_day": [200, 100, 50, 200, 200, 200],
    "progression_day": [30, None, 20, 100, 101, None],
}


@pytest.fixture
def six() -> Cohort:
    return of_patients(SIX)


def kept(*texts: str) -> tuple[KeptCohort, ...]:
    return kept_cohorts(texts, DICTIONARY)


CADM, PM, WOMEN = "a~subtype=cadm~", "b~subtype=pm~Pure myositis", "c~sex=female~"


@pytest.mark.parametrize(
    ("texts", "shared", "labels", "n"),
    [
        ((CADM, PM), "apart", ("A", "Pure myositis"), (3, 2)),
        ((PM, CADM), "apart", ("Pure myositis", "A"), (2, 3)),
        ((CADM, WOMEN), "apart", ("A only", "C only", "A and C"), (1, 1, 2)),
        ((CADM, WOMEN), "out", ("A only", "C only"), (1, 1)),
        ((CADM, "b~subtype=cadm&sex=female~"), "apart", ("A without B", "B"), (1, 2)),
        (("b~subtype=cadm&sex=female~", CADM), "apart", ("B", "A without B"), (2, 1)),
        ((CADM, "b~subtype=cadm~"), "apart", ("A and B",), (3,)),
    ],
)
def test_kept_cohorts_as_groups_that_share_nobody(
    six: Cohort, texts: tuple[str, ...], shared: Shared, labels: tuple[str, ...], n: tuple[int, ...]
) -> None:
    cohorts = kept(*texts)
    found = groups(AnyOf(cohorts=cohorts).of(six), by_kept_cohorts(six, cohorts, shared))
    assert (found.labels, found.n) == (labels, n)
    assert found.reference == 0


def test_who_is_in_two_kept_cohorts_is_counted(six: Cohort) -> None:
    (one,) = overlaps(six, kept(CADM, WOMEN))
    assert (one.n, one.inside, [cohort.label for cohort in one.cohorts]) == (2, False, ["A", "C"])
    (inner,) = overlaps(six, kept(CADM, "b~subtype=cadm&sex=female~"))
    assert (inner.n, inner.inside, [cohort.label for cohort in inner.cohorts]) == (2, True, ["B", "A"])
    assert overlaps(six, kept(CADM, PM)) == ()
    assert can_leave_out(six, kept(CADM, WOMEN))
    assert not can_leave_out(six, kept(CADM, PM)), "nobody is shared"
    assert not can_leave_out(six, kept(CADM, "b~subtype=cadm&sex=female~")), "nothing would be left of one"


def test_any_kept_cohorts_give_groups_by_membership_alone(enrolled: Cohort) -> None:
    """Everybody of a group is in the same cohorts; with "apart" everybody of any cohort is in one group."""
    whole, chance = enrolled.of_population("outcome"), Random("cohorts")  # noqa: S311 - no secret
    factors = [factor for factor in DICTIONARY.factors if not factor.post_baseline]
    for _ in range(60):
        cohorts = tuple(
            KeptCohort(
                id_, Filter(tuple(Choice(one, (chance.choice(one.levels).id,)) for one in chance.sample(factors, 2)))
            )
            for id_ in chance.sample(IDS, chance.randint(1, 4))
        )
        members = memberships(whole, cohorts)
        codes = whole.codes(by_kept_cohorts(whole, cohorts))
        assert np.array_equal(codes >= 0, members.any(axis=1))
        patterns = [{tuple(row) for row in members[codes == k].tolist()} for k in range(codes.max() + 1)]
        assert all(len(found) == 1 for found in patterns)
        alone = whole.codes(by_kept_cohorts(whole, cohorts, "out"))
        assert np.array_equal(alone >= 0, members.sum(axis=1) == 1)
        ids = [level.id for level in by_kept_cohorts(whole, cohorts).levels]
        assert len(set(ids)) == len(ids)


def test_the_patients_shown_against_the_rest_of_everybody_or_of_some(six: Cohort) -> None:
    shown = filter_from_query("subtype=cadm&sex=female").filter
    assert groups(six, by_shown(shown)).n == (2, 4)
    among = Around(inner=shown, around=shown.without("sex"))
    assert groups(among.of(six), by_shown(shown)).n == (2, 1)
    assert among.sentence == "Subtype: CADM, of whom shown: Subtype: CADM; Sex: Female"


def test_comparisons_of_other_patients_are_told_apart_by_their_conditions() -> None:
    """What is listed of the comparisons looked at is known by the filter's query, groups being called the same."""
    cadm, pm, women = (filter_from_query(query).filter for query in ("subtype=cadm", "subtype=pm", "sex=female"))
    rest = [Around(inner=cadm), Around(inner=pm), Around(inner=cadm, around=women), Around(inner=women, around=cadm)]
    assert len({one.query for one in rest}) == len(rest)
    a, b = KeptCohort("a", cadm), KeptCohort("b", pm)
    assert AnyOf(cohorts=(a, b)).query == AnyOf(cohorts=(b, a)).query
    assert AnyOf(cohorts=(a, b)).query != AnyOf(cohorts=(KeptCohort("a", women), b)).query


def test_two_cohorts_of_the_same_patients_are_said_to_be_the_same(six: Cohort) -> None:
    one, other = KeptCohort("a", filter_from_query("subtype=cadm").filter), KeptCohort("b", Filter())
    both = overlaps(six, (one, replace(one, id="b")))
    assert [(found.n, found.inside, found.same) for found in both] == [(3, True, True)]
    assert "the same 3 patients" in overlap_notice(both[0], "apart")
    assert [(found.inside, found.same) for found in overlaps(six, (one, other))] == [(True, False)]


def test_the_untested_are_the_last_group_and_the_reference_stays(six: Cohort) -> None:
    mda5 = DICTIONARY.factor["anti_mda5"]
    found = groups(six, with_untested(mda5))
    assert (found.labels, found.n, found.unknown) == (("Positive", "Negative", "Not tested"), (1, 2, 3), 0)
    assert found.present[found.reference].id == mda5.reference


def test_what_was_recorded_by_a_day_divides_those_followed_beyond_it(six: Cohort) -> None:
    """P0 and P3 progressed by day 100, P3 on that day; P1 was followed to it and not beyond, P2 died or left before."""

    def first(cohort: Cohort) -> np.ndarray:
        return cohort.patients["progression_day"].to_numpy(dtype=float)

    levels = (DICTIONARY.factor["fever"].level("present"), DICTIONARY.factor["fever"].level("absent"))
    factor = by_recorded("progressed", "Progression", levels, 100, first)
    assert six.codes(factor).tolist() == [0, -1, -1, 0, 1, 1]
    assert factor.post_baseline
    assert factor.missing.label == "Not followed beyond day 100"
