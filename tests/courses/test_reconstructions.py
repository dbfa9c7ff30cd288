"""What an ensemble gives of a course at once is what each of its cohorts gives alone."""

from __future__ import annotations

import pytest

from components.chart.chart import Chart
from components.chart.marks import Line
from components.core.across import ACROSS
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import LEAST, MOST, in_key, spread
from components.courses.analysis import Scale, course
from components.courses.axis_range import axis_range
from components.courses.chart import CourseView, course_chart, small_multiples
from components.courses.panels import course_panel
from components.courses.reconstructions import course_across, courses_across
from components.courses.words import FEWEST_JOINED, places_of
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


def drawn(chart: Chart) -> dict[str, Line]:
    marks = (mark for plot in chart.plots for mark in plot.marks)
    return {mark.key: mark for mark in marks if isinstance(mark, Line) and mark.what in {LEAST, MOST}}


def test_least_and_most_are_drawn_where_cohorts_differ(ensemble: Ensemble) -> None:
    chosen, by = filter_from_query("", WORDS).filter, WORDS.factor["sex"]
    shown = course(OUTCOME, FVC, by)
    found = course_across(ensemble, chosen, by, shown)
    extent = axis_range(OUTCOME, FVC, "absolute")
    chart = course_chart(shown, extent, CourseView("mean"), found=found)
    lines = drawn(chart)
    assert set(lines) == {f"fvc {group} {side}" for group in ("male", "female") for side in ("least", "most")}
    means = {series.group.id: series.means for series in found.series}
    many = [v for v, point in enumerate(shown.series[0].points) if point.measured >= FEWEST_JOINED]
    assert list(lines["fvc male least"].y) == [means["male"][v].least for v in many]
    assert list(lines["fvc male most"].y) == [means["male"][v].most for v in many]
    assert {line.stroke.dash for line in lines.values()} == {"dot"}
    assert chart.key is not None
    assert [entry.name for entry in chart.key.entries] == [in_key(FEW)]
    medians = drawn(course_chart(shown, extent, CourseView("median"), found=found))
    assert medians["fvc male least"].y[0] == found.series[0].medians[0].least
    apart = course(OUTCOME, FVC, by, apart=True)
    assert drawn(course_chart(apart, extent, CourseView("mean", apart=True), found=found)) == {}
    assert drawn(course_chart(shown, extent, CourseView("mean"))) == {}


def test_nothing_is_drawn_of_what_the_paper_fixes(ensemble: Ensemble) -> None:
    shown = course(OUTCOME, FVC)
    found = course_across(ensemble, filter_from_query("", WORDS).filter, None, shown)
    chart = course_chart(shown, axis_range(OUTCOME, FVC, "absolute"), CourseView("mean"), found=found)
    assert drawn(chart) == {}
    assert chart.key is None
    small = small_multiples([shown], [axis_range(OUTCOME, FVC, "absolute")], CourseView("mean"), [None], found=[found])
    assert drawn(small) == {}


@pytest.mark.parametrize("scale", ["absolute", "percent change"])
def test_several_measurements_at_once_are_each_as_alone(ensemble: Ensemble, scale: Scale) -> None:
    chosen, by = filter_from_query("subtype=cadm", WORDS).filter, WORDS.factor["sex"]
    measures = [WORDS.measure[key] for key in ("fvc", "kl6", "ferritin")]
    shown = [course(chosen.of(OUTCOME), one, by, scale, band=(20, 90)) for one in measures]
    alone = [course_across(ensemble, chosen, by, one) for one in shown]
    for _ in range(2):  # the second time from what is kept
        together = courses_across(ensemble, chosen, by, shown)
        assert [repr(one) for one in together] == [repr(one) for one in alone]
