"""Kept cohorts in links and in files: what is written is read back, what is no such thing is refused with reasons."""

from __future__ import annotations

import json

import pytest

from data.filters import filter_from_query
from data.kept_cohorts import (
    IDS,
    LONGEST_NAME,
    KeptCohort,
    free_id,
    kept_cohort,
    kept_cohorts,
    moved,
    named_as,
    read_cohorts,
    renamed,
    replaced,
    written,
)
from data.variables import DICTIONARY

CADM = KeptCohort("a", filter_from_query("subtype=cadm&anti_mda5=positive").filter, "CADM ~ 1 & more")
OLD = KeptCohort("c", filter_from_query("age=65&age=90&age_missing=true").filter)
PM = KeptCohort("b", filter_from_query("subtype=pm").filter)


@pytest.mark.parametrize("one", [CADM, OLD, PM], ids=lambda one: one.id)
def test_a_link_gives_back_what_was_kept(one: KeptCohort) -> None:
    assert kept_cohort(one.text, DICTIONARY) == one


@pytest.mark.parametrize("text", ["", "a", "a~~", "g~subtype=pm~", "a~subtype=XYZ~", "~subtype=pm~", "A~subtype=pm~"])
def test_what_is_no_kept_cohort_is_none(text: str) -> None:
    assert kept_cohort(text, DICTIONARY) is None


def test_an_id_counts_once_and_names_are_one_short_line() -> None:
    assert kept_cohorts([PM.text, "b~subtype=cadm~", OLD.text], DICTIONARY) == (PM, OLD)
    (long,) = kept_cohorts([f"a~subtype=pm~ two\n  words {'x' * 99}"], DICTIONARY)
    assert (long.name[:12], len(long.name)) == ("two words xx", LONGEST_NAME)


def test_a_name_or_else_the_letter_is_shown() -> None:
    assert (CADM.label, PM.label) == ("CADM ~ 1 & more", "B")
    assert PM.sentence == "B (Subtype: PM)"
    assert [one.label for one in named_as((CADM, PM), {"a": "", "b": "Mine"})] == ["A", "Mine"]


def test_order_names_and_conditions_can_be_changed() -> None:
    kept = (CADM, PM, OLD)
    assert moved(kept, "c", -1) == (CADM, OLD, PM)
    assert moved(kept, "a", -1) == kept
    assert moved(kept, "c", 1) == kept
    assert [one.name for one in renamed(kept, "b", " Polymyositis ")] == [CADM.name, "Polymyositis", ""]
    assert replaced(kept, "b", OLD.filter)[1] == KeptCohort("b", OLD.filter)
    assert free_id((CADM, OLD)) == "b"
    assert free_id([KeptCohort(id_, PM.filter) for id_ in IDS]) is None


def test_a_file_gives_back_what_was_saved() -> None:
    read = read_cohorts(written((CADM, OLD, PM)).encode(), DICTIONARY)
    assert (read.cohorts, read.problems) == ((CADM, OLD, PM), ())


def test_a_file_of_another_kind_opens_nothing() -> None:
    for content in (b"", b"\xff", b"[]", b"{}", b'{"kind": "x", "cohorts": []}', b"[" * 100_000):
        read = read_cohorts(content, DICTIONARY)
        assert (read.cohorts, len(read.problems)) == ((), 1)


def test_every_problem_of_a_file_is_told_at_once_and_nothing_is_opened() -> None:
    rows = [
        {"id": "a", "filter": "subtype=XYZ"},
        {"id": "b", "filter": "shoe=43"},
        7,
        {"id": "c", "filter": PM.filter.query},
    ]
    content = json.dumps({"kind": "myoscope kept cohorts", "form": 1, "cohorts": rows}).encode()
    assert read_cohorts(content, DICTIONARY).cohorts == ()
    assert read_cohorts(content, DICTIONARY).problems == (
        "Cohort 1: not known here: “subtype=XYZ”.",
        "Cohort 2: no condition that is known here.",
        "Cohort 3: no condition that is known here.",
    )
