"""Reactions counted by a database: the counts of the same patients in memory, and none of which a count is small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components.links.computed import asked
from components.safety.panels import reactions_panel
from components.safety.reactions import reactions
from data.database.cohort import DatabaseCohort
from data.database.source import Source
from data.entries import Factor
from data.reading.read import COHORT_FOLDER, reconstructed_cohort, tables_in
from pages.explore import baseline, safety
from tests.in_database import filled, mapping_of, study

ibis = pytest.importorskip("ibis")

COPIES, FEWEST = 6, 13
"""So often every patient is there; with this many hidden, one or two patients of the cohort are too few."""


@pytest.fixture(scope="module")
def often() -> DatabaseCohort:
    tables = tables_in(COHORT_FOLDER)
    copies = {
        name: pd.concat([rows.assign(patient=f"{k}-" + rows["patient"]) for k in range(COPIES)], ignore_index=True)
        for name, rows in vars(tables).items()
    }
    source = Source(ibis.duckdb.connect(), fewest=FEWEST)
    filled(source, copies)
    return study(source, mapping_of(tables))


def few(n: int) -> bool:
    return 0 < n < FEWEST


@pytest.mark.parametrize("key", ["sex", "smoking"])
def test_what_is_hidden_is_what_has_a_small_count_and_the_rest_is_the_same(often: DatabaseCohort, key: str) -> None:
    factor = reconstructed_cohort().dictionary.factor[key]
    given, hidden = often.reaction_counts(factor), set()
    expected = _by_level(factor)
    for name, cells in expected.items():
        for n, of, _, grave, _, _, _ in cells:
            if few(n) or few(grave) or few(n - grave) or few(of - n):
                hidden.add(name)
    assert set(given.keys) == set(expected) - hidden
    assert set(given.left_out) == {category for category, term in hidden if not term}
    assert len(hidden) > 3
    assert len(given.keys) > 3
    for r, name in enumerate(given.keys):
        for k, (n, _, many, grave, graves, at_risk, grave_at_risk) in enumerate(expected[name]):
            assert given.patients[:, r, k].tolist() == [n, grave]
            assert given.reactions[:, r, k].tolist() == [many, graves]
            assert given.at_risk[:, r, k].tolist() == [at_risk, grave_at_risk]
    for answer in often.tables.source._answers.values():  # noqa: SLF001 - what has left the database
        for column in {"patients", "grave", "reactions", "grave_reactions", "n"} & set(answer.columns):
            assert not any(map(few, answer[column].astype(int)))


def _by_level(factor: Factor) -> dict[tuple[str, str], list[tuple[int, int, int, int, int, float, float]]]:
    """Of each row of the table and each level what the cohort in memory has, as often as it is in the database."""
    cohort = reconstructed_cohort()
    words, codes, last = cohort.dictionary, cohort.codes(factor), cohort.last_days
    pooled = {(group.category, term): group.word for group in words.term_groups for term in group.terms}
    place = {name: k for k, name in enumerate(cohort.names.tolist())}
    had: dict[tuple[str, str], dict[int, list[tuple[float, bool]]]] = {}
    table = cohort.reactions
    columns = (table[name].tolist() for name in ("patient", "category", "term", "day", "serious"))
    for patient, category, term, day, serious in zip(*columns, strict=True):
        for name in (("", ""), (category, ""), (category, pooled.get((category, term), term))):
            had.setdefault(name, {}).setdefault(place[patient], []).append((float(day), serious == "Yes"))
    found = {}
    for name, by_patient in had.items():
        cells = []
        for level in (*range(len(factor.levels)), -1):
            own = np.flatnonzero(codes == level).tolist()
            there = [by_patient.get(k, []) for k in own]
            graves = [[one for one in each if one[1]] for each in there]
            risk = [
                sum(min([float(last[k]), *(max(day, 0.0) for day, _ in each)]) for k, each in zip(own, of, strict=True))
                for of in (there, graves)
            ]
            counts = (
                sum(map(bool, there)), len(own), sum(map(len, there)), sum(map(bool, graves)), sum(map(len, graves))
            )  # fmt: skip
            n, of_, many, grave, serious_ = (COPIES * count for count in counts)
            cells.append((n, of_, many, grave, serious_, COPIES * risk[0], COPIES * risk[1]))
        found[name] = cells
    return found


def test_the_table_leaves_out_what_the_database_does_and_says_so(often: DatabaseCohort) -> None:
    """One of the copies of one patient has a reaction more, of a category that nobody else had."""
    whole = reactions(reconstructed_cohort())
    category = next(row.category for row in whole.rows if not row.term and not row.cells[0].patients.n)
    backend = often.tables.source.backend
    rows = backend.table("reactions").execute()
    more = pd.concat([rows, rows.iloc[:1].assign(category=category, serious="No")], ignore_index=True)
    source = Source(ibis.duckdb.connect(), fewest=COPIES)
    filled(source, {name: backend.table(name).execute() for name in ("patients", "measurements", "treatments")})
    filled(source, {"reactions": more})
    found = reactions(study(source, mapping_of(tables_in(COHORT_FOLDER))))
    assert found.left_out == (category,)
    assert found.withholds
    assert len(found.rows) == len(whole.rows) - 2
    for row in found.rows:
        same = whole.row(row.category, row.term, serious=row.serious).cells[0]
        assert row.cells[0].patients.n == COPIES * same.patients.n
        assert row.cells[0].patient_years == pytest.approx(COPIES * same.patient_years)
    panel = reactions_panel(found, None, "patients")
    assert any(notice.endswith(f"{category}.") for notice in panel.notices)
    assert "Terms are left out" in panel.note


def test_a_page_whose_choices_would_need_small_counts_asks_the_others() -> None:
    """170 patients of whom nothing leaves: no page breaks off while it is asked what it asks."""
    tables = tables_in(COHORT_FOLDER)
    source = Source(ibis.duckdb.connect())
    filled(source, vars(tables))
    cohort = study(source, mapping_of(tables))
    for page, query in ((baseline.PAGE, "rows=every"), (safety.PAGE, "section=history"), (safety.PAGE, "by=subtype")):
        assert asked(page, cohort, query, single=False).here.study is cohort
