"""What an ensemble gives of a course at once is what each of its cohorts gives alone."""

from __future__ import annotations

import pytest

from components.core.across import ACROSS
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import spread
from components.courses.analysis import Scale, course
from components.courses.axis_range import axis_range
from components.courses.chart import CourseView
from components.courses.panels import course_panel
from components.courses.reconstructions import course_across
from components.courses.words import places_of
from data.ensemble import Ensemble, ensemble_of, positions
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
OUTCOME = STUDY.of_population("outcome")
FVC = WORDS.measure["fvc"]
FEW = 2


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    whole = ensemble_of(STUDY)
    assert whole is not None
    few = whole.stack.where(positions(whole.stack) < FEW)
    return Ensemble(few.of_population("outcome"), whole.members[:FEW])


@pytest.mark.parametrize("scale", ["absolute", "change"])
@pytest.mark.parametrize("query", ["", "anti_mda5=positive"])
def test_ranges_are_those_of_the_cohorts_one_by_one(ensemble: Ensemble, query: str, scale: Scale) -> None:
    chosen, by = filter_from_query(query, WORDS).filter, WORDS.factor["sex"]
    found = course_across(ensemble, chosen, by, course(chosen.of(OUTCOME), FVC, by, scale))
    stack = chosen.of(ensemble.stack)
    each = [course(stack.where(positions(stack) == place), FVC, by, scale) for place in range(FEW)]
    for series in found.series:
        for v, visit in enumerate(WORDS.visits):
            points = [one.point(visit.key, series.group.id) for one in each]
            sizes, means = [one.measured for one in points], [one.values.distribution.mean for one in points]
            assert (series.measured[v].least, series.measured[v].most) == (min(sizes), max(sizes))
            if all(sizes):
                assert (series.means[v].least, series.means[v].most) == pytest.approx((min(means), max(means)))


def test_the_paper_fixes_the_means_that_it_prints_and_the_panel_says_every_range(ensemble: Ensemble) -> None:
    shown = course(OUTCOME, FVC)
    found = course_across(ensemble, filter_from_query("", WORDS).filter, None, shown)
    (series,), places = found.series, places_of(FVC, "absolute")
    assert {Ranged("", one, places).openness for one in series.means if one.known} == {Openness.FIXED}
    extent = axis_range(OUTCOME, FVC, "absolute")
    panel = course_panel(shown, extent, CourseView("mean"), found=found)
    table = panel.aside[-1]
    assert table.columns[0] == f"Across {FEW} reconstructions"
    assert table.rows[2][1] == spread(Ranged("", next(one for one in series.means if one.known), places))
    assert f"{FEW} reconstructions" in " ".join((*panel.notices, panel.under_figure))
    assert ACROSS in panel.procedures
    assert ACROSS not in course_panel(shown, extent, CourseView("mean")).procedures
