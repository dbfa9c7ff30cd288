"""What an ensemble gives at once on the treatment page is what each of its cohorts gives alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from components.core.across import ACROSS, SharesAcross
from components.core.columns import Share
from components.core.envelope import Envelope
from components.core.ranged_panel import with_ranges
from components.treatment.concomitant import concomitant
from components.treatment.discontinuation import discontinuation
from components.treatment.panels import concomitant_panel
from components.treatment.reconstructions import concomitant_across, stops_across, taper_across, time_across
from components.treatment.reconstructions_words import concomitant_said
from components.treatment.taper import STEROID_THRESHOLDS, shares
from components.treatment.time_in_range import time_in_range
from data.cohort import Cohort
from data.ensemble import Ensemble
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort
from data.variables import TREATMENT
from tests.few_members import FEW

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
SAFETY = STUDY.of_population("safety")
BY = WORDS.factor["subtype"]
QUERIES = ("", "anti_mda5=positive")


def chosen(query: str) -> Filter:
    return filter_from_query(query, WORDS).filter


def ends(found: Envelope) -> tuple[float, float]:
    return found.least, found.most


def same(found: SharesAcross, each: Sequence[Sequence[Share]]) -> None:
    for c in range(len(found.n)):
        own = [shares_[c] for shares_ in each]
        assert ends(found.n[c]) == (min(one.n for one in own), max(one.n for one in own))
        known = [one.percent.value for one in own if one.percent.value is not None]
        assert found.percent[c].known == len(known)
        if known:
            assert ends(found.percent[c]) == pytest.approx((min(known), max(known)))


@pytest.mark.parametrize("query", QUERIES)
def test_stops_and_other_drugs(ensemble: Ensemble, members: list[Cohort], query: str) -> None:
    filter_ = chosen(query)
    shown = discontinuation(filter_.of(SAFETY), BY)
    each = [discontinuation(filter_.of(one), BY) for one in members]
    assert len({one.columns.labels for one in (shown, *each)}) == 1
    found = stops_across(ensemble, filter_, BY, shown)
    same(found.stopped, [one.stopped for one in each])
    for level, of_level in found.reasons:
        columns = range(len(shown.columns.labels))
        same(of_level, [[one.reasons.share(level.word, c) for c in columns] for one in each])
    medians = [one.duration[0].distribution.median for one in each]
    assert ends(found.medians[0]) == (min(medians), max(medians))
    given = concomitant(filter_.of(SAFETY), TREATMENT, BY)
    others = [concomitant(filter_.of(one), TREATMENT, BY) for one in members]
    ranges = concomitant_across(ensemble, filter_, BY, given)
    for i, of_start in enumerate(ranges.at_start):
        same(of_start, [one.at_start[i].shares for one in others])
    for one, of_drug in zip(given.given, ranges.given, strict=True):
        alike = [[x.shares for x in other.given if (x.drug, x.action) == (one.drug, one.action)] for other in others]
        if all(alike):
            same(of_drug, [shares_[0] for shares_ in alike])


@pytest.mark.parametrize("query", QUERIES)
def test_time_in_range_and_tapering(ensemble: Ensemble, members: list[Cohort], query: str) -> None:
    filter_, trough, dose = chosen(query), WORDS.measure["trough"], WORDS.measure["prednisolone"]
    found = time_across(ensemble, filter_, None, time_in_range(filter_.of(SAFETY), trough, 5, 10)).series[0]
    each = [time_in_range(filter_.of(one), trough, 5, 10).series[0] for one in members]
    assert ends(found.known) == (min(one.percent.n for one in each), max(one.percent.n for one in each))
    pooled = [one.pooled.value or 0 for one in each]
    assert ends(found.pooled) == pytest.approx((min(pooled), max(pooled)))
    tapered = taper_across(ensemble, filter_, None, shares(filter_.of(SAFETY), dose))
    alone = [shares(filter_.of(one), dose) for one in members]
    for t in range(len(STEROID_THRESHOLDS)):
        same(tapered.rows[t][0], [one.rows[t][0] for one in alone])


def test_the_panel_lists_the_rows_that_differ_and_what_it_was_made_with(ensemble: Ensemble) -> None:
    filter_ = chosen("anti_mda5=positive")
    shown = concomitant(filter_.of(SAFETY), TREATMENT)
    panel = with_ranges(
        concomitant_panel(shown), concomitant_said(concomitant_across(ensemble, filter_, None, shown), shown)
    )
    assert panel.tables[-1].columns[0] == f"Across {FEW} reconstructions"
    assert len(panel.tables[-1].rows) < len(panel.tables[0].rows)
    assert ACROSS in panel.procedures
    assert concomitant_panel(shown).procedures == ()
