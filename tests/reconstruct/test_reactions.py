from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from components.reconstruct.reaction_quotas import Quota, Term, quotas
from components.reconstruct.reactions import NotPlacedError, reactions
from components.reconstruct.targets import Targets, members, published_targets
from data.cohort import Cohort
from data.variables import DICTIONARY

TargetsOf = Callable[..., Targets]


@pytest.fixture
def wanted(targets_of: TargetsOf) -> Targets:
    overall = targets_of(
        ("reactions", "", "reactions", "", "50"),
        ("reactions", "", "n", "", "22"),
        ("reaction_category", "Infections", "n", "", "9"),
        ("serious_reaction_category", "Infections", "n", "", "4"),
        ("reaction_term", "Pneumonia", "n", "", "5"),
        ("serious_reaction_term", "Pneumonia", "n", "", "3"),
        ("reaction_category", "Renal impairment", "n", "", "6"),
        ("serious_reaction_category", "Renal impairment", "n", "", "2"),
    )
    tested = targets_of(
        ("reactions", "", "reactions", "", "20"), ("reactions", "", "n", "", "7"), group="anti_mda5=Positive"
    )
    return Targets((*overall.numbers, *tested.numbers))


def test_quotas_hold_the_terms_of_their_category(wanted: Targets) -> None:
    infections, renal, other = quotas(wanted)
    assert infections == Quota("Infections", 9, 4, (Term("Pneumonia", 5, 3),), 3, 1)
    assert renal == Quota("Renal impairment", 6, 2, (Term("Renal impairment", 6, 2),), 0, 0)
    assert other == Quota("Other", 0, 0, (), 0, 0)


def test_reactions_meet_every_count(group: pd.DataFrame, group_plan: pd.DataFrame, wanted: Targets) -> None:
    found = reactions(group, group_plan, wanted, np.random.default_rng(3))
    assert (len(found), found["patient"].nunique()) == (50, 22)
    positive = found[found["patient"].isin(group.loc[members(group, "anti_mda5=Positive"), "patient"])]
    assert (len(positive), positive["patient"].nunique()) == (20, 7)
    patients = found.groupby("category")["patient"].nunique()
    assert (patients["Infections"], patients["Renal impairment"]) == (9, 6)
    serious = found[found["serious"] == "Yes"].groupby("category")["patient"].nunique()
    assert (serious["Infections"], serious["Renal impairment"]) == (4, 2)
    pneumonia = found[found["term"] == "Pneumonia"]
    assert (pneumonia["patient"].nunique(), (pneumonia["serious"] == "Yes").sum()) == (5, 3)
    assert not found.duplicated(["patient", "term"]).any()


def test_who_stopped_for_an_event_had_it_just_before(
    group: pd.DataFrame, group_plan: pd.DataFrame, wanted: Targets
) -> None:
    for seed in range(5):
        found = reactions(group, group_plan, wanted, np.random.default_rng(seed))
        days = found.loc[found["patient"] == "P000", "day"]
        assert days.between(13, 20).any()
        assert days.between(1, 50).all()


def test_the_same_seed_gives_the_same_reactions(group: pd.DataFrame, group_plan: pd.DataFrame, wanted: Targets) -> None:
    one, other = (reactions(group, group_plan, wanted, np.random.default_rng(1)) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_more_patients_than_there_are_cannot_be_placed(
    group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf
) -> None:
    many = targets_of(("reactions", "", "reactions", "", "60"), ("reactions", "", "n", "", "41"))
    with pytest.raises(NotPlacedError, match="41 patients of 40"):
        reactions(group, group_plan, many, np.random.default_rng(1))


def test_the_committed_reactions_are_the_printed_ones(committed: Cohort) -> None:
    targets = published_targets()
    safety = committed.of_population("safety")
    label = {term: pool.word for pool in DICTIONARY.term_groups for term in pool.terms}
    rows = safety.reactions.assign(term=safety.reactions["term"].replace(label))
    for grade, chosen in (("", rows), ("serious_", rows[rows["serious"] == "Yes"])):
        for column in ("category", "term"):
            found = chosen.groupby(column)["patient"].nunique().to_dict()
            printed = targets.counts(f"{grade}reaction_{column}", population="safety")
            assert {name: found.get(name, 0) for name in printed} == printed


def test_the_committed_numbers_by_antibody(committed: Cohort) -> None:
    targets = published_targets()
    for query in ("", "anti_mda5=Positive", "anti_ars=Positive"):
        there = committed.patients.loc[members(committed.patients, query), "patient"]
        rows = committed.reactions[committed.reactions["patient"].isin(there)]
        assert len(rows) == targets.count("reactions", "reactions", group=query)
        assert rows["patient"].nunique() == targets.count("reactions", group=query)


def test_terms_the_paper_does_not_list_are_of_one_patient(committed: Cohort) -> None:
    printed = {number.level for number in published_targets().chosen(variable="reaction_term")}
    pooled = {term for pool in DICTIONARY.term_groups for term in pool.terms}
    rows = committed.reactions[committed.reactions["category"] != "Other"]
    unlisted = rows[~rows["term"].isin(printed | pooled)]
    assert len(unlisted) > 0
    assert unlisted.drop_duplicates(["patient", "term"])["term"].is_unique
