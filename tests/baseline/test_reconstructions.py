"""What an ensemble gives at once for the baseline table is what each of its cohorts gives alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from components.baseline.analysis import FactorRows, NumberRows, baseline, every_variable, variables_of_table_1
from components.baseline.reconstructions import NumberAcross, baseline_across
from components.baseline.reconstructions_words import baseline_ranges
from components.core.envelope import Envelope
from data.cohort import Cohort
from data.ensemble import Ensemble, positions
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort
from tests.few_members import FEW

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
SAFETY = STUDY.of_population("safety")


def alone(ensemble: Ensemble, chosen: Filter) -> list[Cohort]:
    stack = chosen.of(ensemble.stack)
    return [stack.where(positions(stack) == place) for place in range(ensemble.n)]


def same(found: Envelope, each: Sequence[float | None]) -> None:
    known = [one for one in each if one is not None]
    assert found.known == len(known)
    if known:
        assert (found.least, found.most) == pytest.approx((min(known), max(known)))


@pytest.mark.parametrize("query", ["", "anti_mda5=positive"])
def test_ranges_are_those_of_the_cohorts_one_by_one(ensemble: Ensemble, query: str) -> None:
    by, chosen = WORDS.factor["sex"], filter_from_query(query, WORDS).filter
    shown = baseline(chosen.of(SAFETY), by, every_variable(WORDS, by))
    found = baseline_across(ensemble, chosen, by, shown)
    each = [baseline(one, by, every_variable(WORDS, by)) for one in alone(ensemble, chosen)]
    assert {one.columns.labels for one in each} == {shown.columns.labels}
    for c, n in enumerate(found.n):
        same(n, [one.columns.n[c] for one in each])
        for row, ranges in zip(shown.rows, found.rows, strict=True):
            own = [one.row(row.variable.key) for one in each]
            if isinstance(ranges, NumberAcross):
                summaries = [one.summaries[c] for one in own if isinstance(one, NumberRows)]
                for name in ("mean", "sd", "median", "q1", "q3"):
                    same(getattr(ranges, name)[c], [getattr(one, name).value for one in summaries])
                same(ranges.missing.n[c], [one.missing for one in summaries])
            else:
                assert isinstance(row, FactorRows)
                for line, shares in zip(row.levels, ranges.lines, strict=True):
                    alike = [
                        next((x for x in one.levels if x.level.id == line.level.id and x.role == line.role), None)
                        for one in own
                        if isinstance(one, FactorRows)
                    ]
                    known = [one.shares[c] for one in alike if one]
                    if len(known) == FEW:
                        same(shares.n[c], [one.n for one in known])
                        same(shares.percent[c], [one.percent.value for one in known])


def test_the_table_of_the_paper_is_fixed_and_that_of_a_filter_is_not(ensemble: Ensemble) -> None:
    by = WORDS.factor["subtype"]
    shown = baseline(SAFETY, by, variables_of_table_1(WORDS, by))
    ranges = baseline_ranges("mean")
    tables, verdict = ranges.said(ranges.across(ensemble, Filter(), by, shown), shown)
    assert tables == ()
    assert verdict.under_figure.startswith("Fixed by the paper: each of the ")
    chosen = filter_from_query("anti_mda5=positive", WORDS).filter
    own = baseline(chosen.of(SAFETY), None, ("sex", "age", "anti_ars"))
    (table,), verdict = ranges.said(ranges.across(ensemble, chosen, None, own), own)
    assert verdict.open_
    assert [row[0] for row in table.rows if row[0].startswith("Age")] == ["Age, years, mean ± SD"]
    assert table.rows[0][0] == "Sex, n (%)"
