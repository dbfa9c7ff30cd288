"""The small panels of the overview in all states."""

from __future__ import annotations

import pytest

from components.baseline.analysis import baseline
from components.chart.marks import Bars, Line, Texts
from components.core.markup import LINE, bold, plain
from components.core.panel import Panel
from components.courses.analysis import course
from components.overview import panels
from components.overview.flow import flow
from components.overview.words import NO_COMPOSITION
from components.safety.before_after import reactions_before_after
from components.safety.reactions import reactions
from components.survival.analysis import survival
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.chart.parts import only_mark

SUBTYPE, STEROIDS = DICTIONARY.factor["subtype"], DICTIONARY.measure["prednisolone"]
FACTORS = tuple(factor.key for factor in DICTIONARY.factors if factor.always)


def all_panels(enrolled: Cohort, cohort: Cohort) -> list[Panel]:
    return [
        panels.composition_panel(baseline(cohort, variables=FACTORS)),
        panels.flow_panel(flow(enrolled)),
        panels.small_survival_panel(survival(cohort, DICTIONARY.endpoints[0], SUBTYPE)),
        panels.taper_panel(course(cohort, STEROIDS, receiving_only=True)),
        panels.frequent_reactions_panel(reactions(cohort)),
    ]


def test_every_figure_is_equally_high(enrolled: Cohort, cohort: Cohort) -> None:
    figures = [panel.figure for panel in all_panels(enrolled, cohort)]
    assert [figure and figure.height for figure in figures] == [300] * 5


def test_a_filter_stands_before_everybody_on_every_card() -> None:
    whole = reconstructed_cohort().of_population("outcome")
    cadm = filter_from_query("subtype=cadm").filter
    shown, death = cadm.of(whole), DICTIONARY.endpoints[0]
    composed = panels.composition_panel(baseline(shown, variables=FACTORS), baseline(whole, variables=FACTORS)).figure
    lived = panels.small_survival_panel(survival(shown, death, SUBTYPE), survival(whole, death)).figure
    tapered = panels.taper_panel(course(shown, STEROIDS), course(whole, STEROIDS)).figure
    reacted = panels.frequent_reactions_panel(reactions(shown), reactions_before_after(whole, cadm)).figure
    assert composed is not None
    assert lived is not None
    assert tapered is not None
    assert reacted is not None
    assert {figure.height for figure in (composed, lived, tapered, reacted)} == {300}
    bars = only_mark(composed.plots[0], Bars).bars
    assert [plain(bar.name) for bar in bars[1::2]] == [f"Without the filter (n = {whole.n})"] * len(FACTORS)
    assert [len(bar.parts) for bar in bars[:2]] == [1, 3]
    everybody = survival(whole, death).curves[0]
    pale = next(mark for mark in lived.plots[0].marks if isinstance(mark, Line) and mark.series == "behind")
    assert list(pale.y) == everybody.survival.tolist()
    assert [plain(end.name) for end in lived.plots[0].ends][-1] == "No filter"
    lines = [mark for mark in tapered.plots[0].marks if isinstance(mark, Line)]
    means = [point.values.mean.value for point in course(whole, STEROIDS).series[0].points]
    assert list(lines[0].y) == [mean for mean in means if mean is not None]
    rows = only_mark(reacted.plots[0], Bars).bars
    assert {len(bar.parts) for bar in rows} == {3}


def test_without_patients_every_panel_says_so(enrolled: Cohort, empty: Cohort) -> None:
    nobody = enrolled.where((enrolled.patients["patient"] == "").to_numpy())
    assert {panel.notices for panel in all_panels(nobody, empty)} == {(nobody_left(),)}


def test_composition_counts_the_untested(cohort: Cohort) -> None:
    figure = panels.composition_panel(baseline(cohort, variables=("anti_mda5",))).figure
    assert figure is not None
    (bar,) = only_mark(figure.plots[0], Bars).bars
    assert [part.hover.split(LINE)[1] for part in bar.parts] == [
        "Positive: 3 of 7 (42.9%)",
        "Negative: 2 of 7 (28.6%)",
        "Not tested: 2 of 7 (28.6%)",
    ]
    assert bar.number == "3 of 5 tested positive"
    assert [part.group for part in bar.parts] == ["Positive", "Negative", "Not tested"]


def test_flow_divides_each_bar_into_followed_left_and_died(enrolled: Cohort) -> None:
    figure = panels.flow_panel(flow(enrolled)).figure
    assert figure is not None
    last = only_mark(figure.plots[0], Bars).bars[-1]
    assert [(part.group, part.size) for part in last.parts] == [("followed", 3), ("left", 2), ("died", 1)]


def test_taper_shows_the_mean_of_those_who_take_it(cohort: Cohort) -> None:
    panel = panels.taper_panel(course(cohort, STEROIDS, receiving_only=True))
    assert panel.title == "Prednisolone equivalent, mg/day"
    figure = panel.figure
    assert figure is not None
    line, _, counts = figure.plots[0].marks
    assert isinstance(line, Line)
    assert isinstance(counts, Texts)
    assert line.x == [0, 1]
    assert [tick.text for tick in figure.plots[0].x.ticks] == ["0", "12"]
    assert line.y == pytest.approx([32.5, 7.5])
    assert [plain(text) for text in counts.texts] == ["6", "2"]
    assert figure.plots[0].x.title == "Mean by month of the visit; below it, patients"


def test_small_curves_have_no_bands_and_no_ticks(cohort: Cohort) -> None:
    figure = panels.small_survival_panel(survival(cohort, DICTIONARY.endpoints[0], SUBTYPE)).figure
    assert figure is not None
    assert {type(mark) for mark in figure.plots[0].marks} == {Line}
    assert [end.name for end in figure.plots[0].ends] == [bold("PM"), bold("CADM"), bold("Classic DM")]


def test_without_subtype_and_antibodies_there_is_nothing_to_compose(cohort: Cohort) -> None:
    panel = panels.composition_panel(baseline(cohort, variables=()))
    assert (panel.figure, panel.notices) == (None, (NO_COMPOSITION,))


def test_every_panel_says_how_it_was_computed(enrolled: Cohort, cohort: Cohort) -> None:
    """What is taken along carries it in small type."""
    notes = [panel.note for panel in all_panels(enrolled, cohort)]
    assert all(note.endswith(".") for note in notes)
    assert len(set(notes)) == len(notes)


def test_a_card_counts_as_the_one_test_of_its_summary() -> None:
    result = survival(reconstructed_cohort().of_population("outcome"), DICTIONARY.endpoints[0], SUBTYPE)
    panel = panels.small_survival_panel(result)
    assert len(result.looks) > 1
    assert [look.p for look in panel.looks] == [result.log_rank.p]
