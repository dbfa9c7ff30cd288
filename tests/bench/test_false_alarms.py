from __future__ import annotations

from random import Random

import numpy as np

from app import PAGES
from bench.false_alarms import (
    LOOKED_ON,
    METHODS,
    Session,
    Sessions,
    kept,
    looks,
    session,
    share,
    table,
    with_session,
    without_differences,
    written,
)
from components.links.computed import asked, computed
from data.cohort import Cohort
from data.entries import STOP_DAY
from data.reading.read import reconstructed_cohort


def test_days_are_dealt_anew_together_with_reactions_and_nothing_else(cohort: Cohort) -> None:
    dealt_study = without_differences(cohort, np.random.default_rng(4))
    dealt = dealt_study.patients
    days = ["death_day", "last_day", "progression_day"]
    assert dealt.drop(columns=[*days, STOP_DAY]).equals(cohort.patients.drop(columns=[*days, STOP_DAY]))
    assert not dealt[days].equals(cohort.patients[days])
    told = [sorted(map(str, table_[days].to_numpy().tolist())) for table_ in (dealt, cohort.patients)]
    assert told[0] == told[1]
    last = [dict(zip(one.patients["patient"], one.patients["last_day"], strict=True)) for one in (dealt_study, cohort)]
    follow_up = [
        [days_[name] for name in one.records.reactions["patient"]]
        for one, days_ in zip((dealt_study, cohort), last, strict=True)
    ]
    assert follow_up[0] == follow_up[1], "reactions stay with the follow-up that they happened in"


def test_of_every_endpoint_who_has_it_and_when_is_dealt_anew() -> None:
    study = reconstructed_cohort()
    before, after = (
        one.of_population("outcome") for one in (study, without_differences(study, np.random.default_rng(4)))
    )
    for endpoint in study.dictionary.endpoints:
        drawn = [
            list(zip(*(one.tolist() for one in cohort.time_to(endpoint)), strict=True)) for cohort in (before, after)
        ]
        assert sorted(drawn[0]) == sorted(drawn[1])
        assert drawn[0] != drawn[1]


def test_a_session_sees_what_its_looks_show(cohort: Cohort) -> None:
    made = looks(cohort, Random(1), 3)  # noqa: S311 - no secret
    assert len({(page.address, query) for page, query, _ in made}) == 3
    assert {page.address for page, _, _ in made} <= set(LOOKED_ON)
    found = session(cohort, made)
    assert not found.held
    assert session(cohort, made * 2) == found


def test_every_page_that_shows_p_values_is_looked_on() -> None:
    study = reconstructed_cohort()
    shows = set()
    for page in PAGES:
        queries = ("",) if page.panels is not None else ()
        for query in (*queries, "by=sex&section=history"):
            if page.panels is not None:
                panels = computed(page, asked(page, study, query, single=True), folded=True)
                shows |= {page.address} if any(panel.looks for _, panel in panels) else set()
    assert shows <= set(LOOKED_ON)
    assert shows == set(LOOKED_ON)


def test_sessions_are_added_up() -> None:
    found = Sessions(3, 0, 0, 0, 0, 0)
    several = Session(first=False, any_p=True, held=True, comparisons=5)
    for one in (Session(first=True, any_p=True, held=False, comparisons=7), several):
        found = with_session(found, one)
    assert found == Sessions(3, 2, 1, 2, 1, 12)


def test_a_share_has_its_limits() -> None:
    assert share(0, 20) == "0.0% (0.0 to 16.8)"
    assert share(20, 20) == "100.0% (83.2 to 100.0)"


def test_the_document_says_what_the_sessions_met() -> None:
    document = METHODS.read_text("utf-8")
    assert table(kept()) in document
    assert written(document, kept()) == document
