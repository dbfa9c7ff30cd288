from __future__ import annotations

from dataclasses import replace

import numpy as np

from components.safety.reactions import reactions
from components.safety.reported import Report, first_days, reaction_rows
from data.cohort import Cohort


def test_who_and_when_the_earliest_first(cohort: Cohort) -> None:
    assert reaction_rows(cohort, "Infections", "Pneumonia") == (
        Report("P3", 20, "Infections", "Pneumonia", serious=True, outcome="Fatal"),
        Report("P4", 60, "Infections", "Pneumonia", serious=False, outcome="Recovering"),
    )


def test_a_pooled_label_gives_the_terms_as_filed(cohort: Cohort) -> None:
    terms = [row.term for row in reaction_rows(cohort, "Infections", "Cytomegalovirus infection")]
    assert terms == ["Cytomegalovirus infection", "Cytomegalovirus viremia"]


def test_a_blank_outcome_stays_blank(cohort: Cohort) -> None:
    assert [row.outcome for row in reaction_rows(cohort, term="Tremor")] == [""]


def test_every_count_has_as_many_rows_behind_it(cohort: Cohort) -> None:
    for row in reactions(cohort).rows:
        behind = reaction_rows(cohort, row.category, row.term, serious=row.serious)
        assert len(behind) == row.cells[0].reactions
        assert len({report.patient for report in behind}) == row.cells[0].patients.n


def test_the_first_day_of_each_patient(cohort: Cohort) -> None:
    expected = [10, np.nan, 20, 60, np.nan, np.nan, np.nan]
    assert np.array_equal(first_days(cohort, "Infections"), expected, equal_nan=True)
    assert np.array_equal(first_days(cohort, serious=True), [100, np.nan, 20, *[np.nan] * 4], equal_nan=True)


def test_a_reaction_without_a_day_is_listed_but_begins_nothing(cohort: Cohort) -> None:
    rows = cohort.reactions.assign(day=cohort.reactions["day"].astype(float).where(cohort.reactions["day"] != 20))
    undated = replace(cohort, records=replace(cohort.records, reactions=rows))
    assert [row.day for row in reaction_rows(undated, "Infections", "Pneumonia")] == [60, None]
    assert np.isnan(first_days(undated, "Infections")[2])
    cell = reactions(undated).row("Infections", "Pneumonia").cells[0]
    assert cell.patients.n == 2
    assert cell.patient_years * 365.25 == 800 + 100 + 50 + 60 + 750 + 400 + 30


def test_nobody_left_has_no_rows(empty: Cohort) -> None:
    assert reaction_rows(empty) == ()
    assert first_days(empty).shape == (0,)
