"""Whatever patients are left, in whatever groups: no exception, no warning, and counts that add up."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.baseline.analysis import FactorRows, baseline
from components.courses.analysis import Scale, course
from components.courses.attendance import attendance_by_visit
from components.overview.flow import flow
from components.safety.deaths import deaths
from components.safety.first_reaction import first_reaction
from components.safety.reactions import reactions
from components.safety.reported import reaction_rows
from components.treatment.discontinuation import discontinuation
from components.treatment.taper import shares
from components.treatment.time_in_range import time_in_range
from data.cohort import Cohort
from data.entries import Factor, Measure
from data.variables import DICTIONARY

BASELINE_FACTORS = [factor for factor in DICTIONARY.factors if not factor.post_baseline]
EVERYTHING = (*DICTIONARY.factor, *DICTIONARY.number, *DICTIONARY.measure)
subsets = st.lists(st.booleans(), min_size=7, max_size=7)
factors = st.sampled_from([None, *BASELINE_FACTORS])
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def left(cohort: Cohort, kept: list[bool]) -> Cohort:
    return cohort.where(np.array(kept))


@often
@given(kept=subsets, by=factors)
def test_baseline(cohort: Cohort, kept: list[bool], by: Factor | None) -> None:
    table = baseline(left(cohort, kept), by, EVERYTHING)
    n = table.columns.n
    assert n[0] == sum(kept)
    for row in table.rows:
        for c, size in enumerate(n):
            if isinstance(row, FactorRows):
                of = {level.shares[c].of for level in row.levels if level.role == "level"}
                assert of == {sum(row.counts(c))}
            else:
                assert row.summaries[c].n + row.summaries[c].missing == size
    for one, other in product([group.id for group in table.columns.groups], repeat=2):
        assert table.difference("age", one, other) == table.difference("age", other, one)
        found = table.difference("sex", one, other)
        assert found.known != (found.reason is not None)


@often
@given(kept=subsets, by=factors)
def test_reactions(cohort: Cohort, kept: list[bool], by: Factor | None) -> None:
    some = left(cohort, kept)
    result = reactions(some, by)
    for row in result.rows:
        assert len(reaction_rows(some, row.category, row.term, serious=row.serious)) == row.cells[0].reactions
        for cell, n in zip(row.cells, result.columns.n, strict=True):
            assert cell.patients.n <= min(cell.reactions, n)
            assert cell.rate.known == (cell.patient_years > 0)
    for category in (level.word for level in DICTIONARY.reaction_categories):
        terms = [row for row in result.rows if row.category == category and row.term and not row.serious]
        assert sum(row.cells[0].reactions for row in terms) == result.row(category).cells[0].reactions


@often
@given(kept=subsets, by=factors)
def test_first_reaction(cohort: Cohort, kept: list[bool], by: Factor | None) -> None:
    result = first_reaction(left(cohort, kept), by=by)
    assert sum(curve.n for curve in result.curves) + result.groups.unknown == sum(kept)
    for curve in result.curves:
        assert curve.events + curve.deaths <= curve.n
        assert (np.diff(curve.incidence) >= 0).all()
        assert all(at.known != (at.reason is not None) for at in curve.at)


@often
@given(kept=subsets, by=factors)
def test_deaths_stops_and_flow(cohort: Cohort, kept: list[bool], by: Factor | None) -> None:
    some = left(cohort, kept)
    died, stopped, steps = deaths(some, by), discontinuation(some, by), flow(some)
    for result, label_counts, rows in (
        (died.died, died.causes, died.rows),
        (stopped.stopped, stopped.reasons, stopped.rows),
    ):
        assert result[0].n == len(rows) == label_counts.concerned[0]
        named = sum(label_count.shares[0].n for label_count in label_counts.labels)
        assert named >= len(rows) - label_counts.unnamed[0] + label_counts.several[0]
    for duration, share in zip(stopped.duration, stopped.stopped, strict=True):
        assert (duration.n, duration.missing) == (share.n, 0)
    gone = sum(len(step.departures) for step in steps.visits)
    assert gone + len(steps.after) == steps.populations[-1].n
    assert (attendance_by_visit(some, by).seen[:, 0] <= some.n).all()


@often
@given(
    kept=subsets,
    by=st.sampled_from([None, *DICTIONARY.factors]),
    scale=st.sampled_from(["absolute", "change", "percent change"]),
    measure=st.sampled_from(DICTIONARY.measures),
    flags=st.tuples(st.booleans(), st.booleans()),
)
def test_courses(
    cohort: Cohort, kept: list[bool], by: Factor | None, scale: Scale, measure: Measure, flags: tuple[bool, bool]
) -> None:
    some, (pairs, receiving) = left(cohort, kept), flags
    result = course(some, measure, by, scale, only_pairs=pairs, receiving_only=receiving, band=(5, 10))
    for whole, stayed, departed in zip(result.series, result.stayed, result.departed, strict=True):
        assert whole.n == stayed.n + departed.n
        for point, one, other in zip(whole.points, stayed.points, departed.points, strict=True):
            assert point.measured == one.measured + other.measured
            assert point.followed + point.died + point.left == whole.n
            ranged = (point.below, point.within, point.above)
            assert sum(share.n for share in ranged if share) == point.measured
            assert (point.before is not None) == pairs
            assert point.before is None or point.before.n == point.measured
            assert point.values.mean.known == (point.measured > 0)
    apart = shares(some, measure, by=by, receiving_only=receiving)
    assert all(share.n <= share.of for row in apart.rows for group in row for share in group)
    time = time_in_range(some, measure, 5, 10, by)
    assert sum(series.n - series.unknown for series in time.series) == len(time.patients)


def test_factors_known_only_later_are_among_those_a_course_is_drawn_by(cohort: Cohort) -> None:
    result = course(cohort, DICTIONARY.measure["kl6"], DICTIONARY.factor["trough_range"])
    assert (result.series, result.groups.unknown) == ((), 7)
    with pytest.raises(KeyError):
        result.point("Day 0", "5to10")
