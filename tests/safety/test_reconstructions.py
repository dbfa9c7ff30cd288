"""What an ensemble gives at once on the safety page is what each of its cohorts gives alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from components.chart.marks import Intervals
from components.core.across import ACROSS, SharesAcross
from components.core.columns import Share
from components.core.envelope import Envelope
from components.core.envelope_words import in_key
from components.core.panel import Panel
from components.core.ranged_panel import with_ranges
from components.safety.deaths import deaths
from components.safety.first_reaction import first_reaction
from components.safety.panels import deaths_panel, incidence_panel, reactions_panel
from components.safety.reactions import Reactions, reactions
from components.safety.reconstructions import deaths_across, incidence_across, reactions_across
from components.safety.reconstructions_words import deaths_said, incidence_said, reactions_ranges
from components.survival.chart import View
from data.cohort import Cohort
from data.ensemble import Ensemble
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort
from tests.few_members import FEW

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
SAFETY = STUDY.of_population("safety")
BY = WORDS.factor["subtype"]
DRAWING = View(730, (0, 730), (0, 24), (91, 365, 730))
QUERIES = ("", "anti_mda5=positive")


def chosen(query: str) -> Filter:
    return filter_from_query(query, WORDS).filter


def same(found: Envelope | None, each: Sequence[float | None]) -> None:
    assert found is not None
    known = [one for one in each if one is not None]
    assert found.known == len(known)
    if known:
        assert (found.least, found.most) == pytest.approx((min(known), max(known)))


def same_shares(found: SharesAcross, each: Sequence[Sequence[Share]]) -> None:
    for c in range(len(found.n)):
        same(found.n[c], [shares[c].n for shares in each])
        same(found.percent[c], [shares[c].percent.value for shares in each])


@pytest.mark.parametrize("query", QUERIES)
def test_deaths_and_their_causes(ensemble: Ensemble, members: list[Cohort], query: str) -> None:
    filter_ = chosen(query)
    found = deaths_across(ensemble, filter_, BY, deaths(filter_.of(SAFETY), BY))
    each = [deaths(filter_.of(one), BY) for one in members]
    same_shares(found.died, [one.died for one in each])
    assert {level for level, _ in found.causes} == {one.level for x in each for one in x.causes.labels}
    for level, shares in found.causes:
        columns = range(len(shares.n))
        same_shares(shares, [[one.causes.share(level.word, c) for c in columns] for one in each])


@pytest.mark.parametrize("query", QUERIES)
def test_patients_reactions_rates_and_differences(ensemble: Ensemble, members: list[Cohort], query: str) -> None:
    filter_ = chosen(query)
    shown = reactions(filter_.of(SAFETY), BY)
    found = reactions_across(ensemble, filter_, BY, shown)
    each = [reactions(filter_.of(one), BY) for one in members]
    reference = shown.columns.groups[shown.columns.reference].id
    assert {one.columns.groups[one.columns.reference].id for one in each} == {reference}

    def cells(one: Reactions, category: str, term: str, *, serious: bool) -> dict[str, tuple[float | None, ...]]:
        try:
            row = one.row(category, term, serious=serious)
        except KeyError:  # a term that nobody in this cohort has had
            return {}
        names = [group.id for group in one.columns.groups]
        return {
            name: (cell.patients.n, cell.reactions, cell.rate.value, cell.difference.value if cell.difference else None)
            for name, cell in zip(names, row.cells, strict=True)
        }

    for row, ranges in zip(shown.rows, found.rows, strict=True):
        alone = [cells(one, row.category, row.term, serious=row.serious) for one in each]
        if not all(alone):
            continue
        for c, group in enumerate(shown.columns.groups):
            n, often, rate, gap = zip(*(one[group.id] for one in alone), strict=True)
            same(ranges.patients.n[c], n)
            same(ranges.reactions[c], often)
            same(ranges.rates[c], rate)
            if shown.columns.compared[c]:
                same(ranges.differences[c], gap)


@pytest.mark.parametrize(("category", "serious"), [("", False), ("Infections", True)])
@pytest.mark.parametrize("query", QUERIES)
def test_the_first_reaction(
    ensemble: Ensemble, members: list[Cohort], query: str, category: str, *, serious: bool
) -> None:
    filter_ = chosen(query)
    shown = first_reaction(filter_.of(SAFETY), category, serious=serious, by=BY)
    found = incidence_across(ensemble, filter_, BY, shown)
    each = [first_reaction(filter_.of(one), category, serious=serious, by=BY) for one in members]
    for k, group in enumerate(found.groups):
        alone = [one.curves[k] for one in each]
        assert {one.group.id for one in alone} == {group.group.id}
        same(group.n, [one.n for one in alone])
        same(group.events, [one.events for one in alone])
        same(group.deaths, [one.deaths for one in alone])
        for d in range(3):
            same(group.at[d], [one.at[d].value for one in alone])
        for one in alone:
            for day, share in zip(one.days, one.incidence, strict=True):
                i = int((group.days <= day).sum()) - 1
                assert group.least[i] - 1e-9 <= share <= group.most[i] + 1e-9


def test_what_is_printed_of_all_patients_is_fixed_and_the_rows_that_differ_are_listed(ensemble: Ensemble) -> None:
    shown = reactions(SAFETY)
    found = reactions_across(ensemble, Filter(), None, shown)
    printed = {row.category: one for row, one in zip(shown.rows, found.rows, strict=True) if not row.term}
    assert printed["Infections"].patients.n[0].least == printed["Infections"].patients.n[0].most
    (table,), _ = reactions_ranges(None, serious=False, fewest=2).said(found, shown)
    assert len(table.columns) == 7
    assert "Any reaction" in [row[0] for row in table.rows]
    differences = reactions_ranges("difference", serious=False, fewest=2).said(found, shown)[0]
    assert all("–" in row[1] for table in differences for row in table.rows)


def test_panels_say_what_is_fixed_and_draw_what_is_open(ensemble: Ensemble) -> None:
    died = deaths(SAFETY)
    panel = with_ranges(deaths_panel(died, (), listed=False), deaths_said(deaths_across(ensemble, Filter(), None, died),
                                                                          died))  # fmt: skip
    assert ACROSS in panel.procedures
    assert "by the paper" in panel.under_figure
    shown = first_reaction(SAFETY, by=BY)
    found = incidence_across(ensemble, Filter(), BY, shown)
    drawn = with_ranges(incidence_panel(shown, DRAWING, found), incidence_said(found, shown))
    assert drawn.figure is not None
    dotted = [mark.key for mark in drawn.figure.plots[0].marks if mark.key.endswith((" least", " most"))]
    assert dotted == [f"{level.id} {edge}" for level in shown.groups.present for edge in ("least", "most")]
    assert drawn.tables[-1].columns[0] == f"Across {FEW} reconstructions"
    plain = incidence_panel(shown, DRAWING).figure
    assert plain is not None
    assert not [mark for mark in plain.plots[0].marks if mark.key.endswith(" least")]


def ranges_drawn(panel: Panel) -> dict[str, Intervals]:
    assert panel.figure is not None
    marks = (mark for plot in panel.figure.plots for mark in plot.marks)
    return {mark.key: mark for mark in marks if isinstance(mark, Intervals) and mark.stroke.dash == "dot"}


def test_a_line_under_a_bar_goes_from_the_least_to_the_most(ensemble: Ensemble) -> None:
    filter_ = chosen("anti_mda5=positive")
    shown = reactions(filter_.of(SAFETY))
    found = reactions_across(ensemble, filter_, None, shown)
    panel = reactions_panel(shown, None, "patients", found=found)
    line = ranges_drawn(panel)["reconstructions"]
    categories = [
        one.patients.n[0]
        for row, one in zip(shown.rows, found.rows, strict=True)
        if row.category and not row.term and not row.serious
    ]
    differing = [(i, one) for i, one in enumerate(categories) if one.least < one.most]
    assert [pytest.approx(-i, abs=0.4) for i, _ in differing] == list(line.y)
    assert (list(line.low), list(line.high)) == ([x.least for _, x in differing], [x.most for _, x in differing])
    assert max(x.most for x in categories) <= panel.figure.plots[0].x.high  # type: ignore[union-attr]
    assert panel.figure.key.entries[-1].name == in_key(FEW)  # type: ignore[union-attr]


def test_nothing_is_drawn_under_bars_that_the_paper_fixes(ensemble: Ensemble) -> None:
    shown = reactions(SAFETY)
    found = reactions_across(ensemble, Filter(), None, shown)
    (line,) = ranges_drawn(reactions_panel(shown, None, "patients", found=found)).values()
    # The paper prints the patients of every category but the last, which is the rest.
    assert len(line.y) == 1
    assert line.y[0] == pytest.approx(1 - len(WORDS.reaction_categories), abs=0.4)
    died = deaths(SAFETY)
    assert ranges_drawn(deaths_panel(died, (), deaths_across(ensemble, Filter(), None, died), listed=False)) == {}


def test_groups_have_a_line_for_their_share_and_one_for_their_difference(ensemble: Ensemble) -> None:
    shown = reactions(SAFETY, BY)
    found = reactions_across(ensemble, Filter(), BY, shown)
    lines = ranges_drawn(reactions_panel(shown, BY, "patients", found=found))
    assert set(lines) == {"pm shares", "cadm shares", "classic_dm shares", "cadm ranges", "classic_dm ranges"}
    c = [level.id for level in shown.columns.groups].index("cadm")
    rows = [row for row in shown.rows if not row.term and not row.serious]
    for key, line in lines.items():
        assert len(line.y) <= len(rows)
        assert all(low < high for low, high in zip(line.low, line.high, strict=True)), key  # type: ignore[operator]
    ends = {(one.patients.percent[c].least, one.patients.percent[c].most) for one in found.rows}
    assert set(zip(lines["cadm shares"].low, lines["cadm shares"].high, strict=True)) <= ends


def test_causes_that_cohorts_share_out_differently_have_a_line(ensemble: Ensemble) -> None:
    filter_ = chosen("sex=female")
    shown = deaths(filter_.of(SAFETY))
    found = deaths_across(ensemble, filter_, None, shown)
    lines = ranges_drawn(deaths_panel(shown, (), found, listed=False))
    named = {one.level.id for one in shown.causes.labels}
    differing = [one.n[0] for level, one in found.causes if level.id in named and one.n[0].least < one.n[0].most]
    assert bool(lines) is bool(differing)
    if differing:
        assert sorted(lines["reconstructions"].high) == sorted(one.most for one in differing)  # type: ignore[type-var]
