"""What an ensemble gives at once is what each of its cohorts gives alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.chart.marks import Intervals
from components.core.across import ACROSS
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import spread
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import survival
from components.survival.before_after import before_after
from components.survival.chart import MOST_BANDS, View
from components.survival.hazard_ratios import prognosis
from components.survival.panel import survival_panel
from components.survival.reconstructions import across, ratios_across
from components.survival.strip_words import strip, strip_time
from data.cohort import Cohort
from data.ensemble import Ensemble, ensemble_of, positions
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
OUTCOME = STUDY.of_population("outcome")
DEATH = WORDS.in_role("death")
FEW = 4
"""Members looked at one by one: more would only take longer."""

QUERIES = ("", "anti_mda5=positive", "ferritin_group=500to1500&sex=female")


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    whole = ensemble_of(STUDY)
    assert whole is not None
    few = whole.stack.where(positions(whole.stack) < FEW)
    return Ensemble(few.of_population("outcome"), whole.members[:FEW])


def alone(ensemble: Ensemble, chosen: Filter) -> list[Cohort]:
    stack = chosen.of(ensemble.stack)
    return [stack.where(positions(stack) == place) for place in range(ensemble.n)]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("by", "until"), [("", None), ("subtype", 365), ("setting", None)])
def test_ranges_are_those_of_the_cohorts_one_by_one(ensemble: Ensemble, query: str, by: str, until: int | None) -> None:
    assert DEATH is not None
    chosen, factor = filter_from_query(query, WORDS).filter, WORDS.factor[by] if by else None
    shown = survival(chosen.of(OUTCOME), DEATH, factor, until=until)
    found = across(ensemble, chosen, factor, shown, until=until)
    each = [survival(one, DEATH, factor, until=until) for one in alone(ensemble, chosen)]
    for k, group in enumerate(found.groups):
        curves = [next((c for c in one.curves if c.group.id == group.group.id), None) for one in each]
        sizes = [c.n if c else 0 for c in curves]
        assert (group.n.least, group.n.most) == (min(sizes), max(sizes))
        for d in range(2):
            shares = [share for c in curves if c and (share := c.at[d].value) is not None]
            assert group.at[d].known == len(shares)
            if shares:
                assert (group.at[d].least, group.at[d].most) == pytest.approx((min(shares), max(shares)))
        means = [c.restricted_mean.value for c in curves if c and c.restricted_mean.known]
        assert group.restricted_mean.known == len(means)
        if group.ratio:
            ratios = [
                one.comparison.level(group.group.id).ratio for one in each if len(one.curves) == len(found.groups)
            ]
            known = [ratio.value for ratio in ratios if ratio.value is not None]
            if known and len(ratios) == ensemble.n and shown.groups.reference != k:
                assert (group.ratio.least, group.ratio.most) == pytest.approx((min(known), max(known)), rel=1e-6)
    ids = [group.group.id for group in found.groups]
    ps = [one.log_rank.p for one in each if one.log_rank.p and [curve.group.id for curve in one.curves] == ids]
    if found.p is not None and len(ps) == ensemble.n:
        assert (found.p.least, found.p.most) == pytest.approx((min(ps), max(ps)), rel=1e-8)


def test_a_factor_known_later_restarts_the_clock_in_every_cohort(ensemble: Ensemble) -> None:
    assert DEATH is not None
    factor = next(one for one in WORDS.factors if one.post_baseline)
    shown = survival(OUTCOME, DEATH, factor, landmark_day=300)
    found = across(ensemble, Filter(), factor, shown)
    each = [survival(one, DEATH, factor, landmark_day=300) for one in alone(ensemble, Filter())]
    sizes = [one.curves[0].n for one in each]
    assert (found.groups[0].n.least, found.groups[0].n.most) == (min(sizes), max(sizes))


def test_curves_lie_between_the_least_and_the_most(ensemble: Ensemble) -> None:
    assert DEATH is not None
    found = across(ensemble, Filter(), None, survival(OUTCOME, DEATH)).groups[0]
    for one in alone(ensemble, Filter()):
        curve = survival(one, DEATH).curves[0]
        at = np.searchsorted(found.days, curve.days)
        assert (found.least[at] <= curve.survival + 1e-12).all()
        assert (found.most[at] >= curve.survival - 1e-12).all()


def test_what_the_paper_prints_is_fixed(ensemble: Ensemble) -> None:
    assert DEATH is not None
    shown = prognosis(OUTCOME, DEATH, [one for one in WORDS.factors if one.prognostic])
    found = ratios_across(ensemble, Filter(), shown).ranges
    printed = {("subtype", "cadm"), ("anti_mda5", "positive"), ("ct_pattern", "dad"), ("oxygen", "present")}
    assert printed <= set(found)
    assert {Ranged("", found[one], 2).openness for one in printed} == {Openness.FIXED}
    for one in shown.comparisons:
        for level in one.levels:
            if level.ratio.known and not level.reference and level.n:
                ratio = found[one.key, level.group.id]
                assert ratio.least - 1e-6 <= (level.ratio.value or 0) <= ratio.most + 1e-6


def test_ratios_of_the_forest_plot_are_those_of_each_cohort(ensemble: Ensemble) -> None:
    assert DEATH is not None
    chosen = filter_from_query("anti_mda5=positive", WORDS).filter
    factors = [WORDS.factor[key] for key in ("subtype", "sex", "smoking", "ferritin_group")]
    shown = prognosis(chosen.of(OUTCOME), DEATH, factors, until=500)
    found = ratios_across(ensemble, chosen, shown, 500).ranges
    each = [prognosis(one, DEATH, factors, until=500) for one in alone(ensemble, chosen)]
    for (key, level), range_ in found.items():
        ratios = [next(c for c in one.comparisons if c.key == key).level(level).ratio.value for one in each]
        known = [ratio for ratio in ratios if ratio is not None]
        assert range_.known == len(known)
        if known:
            assert (range_.least, range_.most) == pytest.approx((min(known), max(known)), rel=1e-6)


def test_nobody_has_no_range(ensemble: Ensemble) -> None:
    assert DEATH is not None
    nobody = filter_from_query("age=0&age=1", WORDS).filter
    shown = survival(nobody.of(OUTCOME), DEATH)
    assert across(ensemble, nobody, None, shown).groups == ()


def test_the_panel_draws_dotted_lines_and_says_what_is_open(ensemble: Ensemble) -> None:
    assert DEATH is not None
    view = View(730, (0, 365, 730), (0, 12, 24), (365, 730))
    shown = survival(OUTCOME, DEATH, WORDS.factor["subtype"])
    found = across(ensemble, Filter(), WORDS.factor["subtype"], shown)
    panel = survival_panel(shown, view, None, found)
    assert panel.tables[-1].columns[0] == f"Across {ensemble.n} reconstructions"
    assert f"{ensemble.n} reconstructions" in " ".join((*panel.notices, panel.under_figure))
    assert ACROSS in panel.procedures
    assert panel.figure is not None
    dotted = [mark.key for mark in panel.figure.plots[0].marks if mark.key.endswith((" least", " most"))]
    assert dotted == [f"{level.id} {edge}" for level in shown.groups.present for edge in ("least", "most")]


def test_of_many_groups_only_the_table_says_the_ranges(ensemble: Ensemble) -> None:
    assert DEATH is not None
    age = next(one for one in WORDS.factors if one.prognostic and len(one.levels) > MOST_BANDS)
    shown = survival(OUTCOME, DEATH, age)
    panel = survival_panel(shown, View(730, (0,), (0,), (730,)), None, across(ensemble, Filter(), age, shown))
    assert panel.figure is not None
    assert not [mark for mark in panel.figure.plots[0].marks if mark.key.endswith(" least")]
    assert len(panel.tables[-1].rows) == len(shown.curves) > MOST_BANDS


def test_the_forest_plot_draws_what_is_not_fixed_and_its_table_prints_every_range(ensemble: Ensemble) -> None:
    assert DEATH is not None
    chosen = filter_from_query("anti_mda5=positive", WORDS).filter
    shown = prognosis(chosen.of(OUTCOME), DEATH, [WORDS.factor[key] for key in ("sex", "smoking", "arthritis")])
    found = ratios_across(ensemble, chosen, shown)
    panel = prognosis_panel(shown, found=found)
    assert panel.aside[0].columns[-1] == f"HR across {ensemble.n} reconstructions"
    assert panel.aside[0].rows[2][-1] == spread(Ranged("", found.ranges["sex", "female"], 2))
    open_ = sum(Ranged("", one, 2).openness is not Openness.FIXED for one in found.ranges.values() if one.known)
    assert panel.figure is not None
    mark = next(mark for mark in panel.figure.plots[0].marks if mark.key == "reconstructions")
    assert isinstance(mark, Intervals)
    assert len(mark.y) == open_ > 0
    assert panel.notices[-1].startswith("Open")
    plain = prognosis_panel(shown).figure
    assert plain is not None
    assert not any(mark.key == "reconstructions" for mark in plain.plots[0].marks)


def test_the_strip_of_one_group_has_the_range_of_its_share_where_cohorts_differ(ensemble: Ensemble) -> None:
    assert DEATH is not None
    chosen, by = filter_from_query("anti_mda5=positive&sex=female", WORDS).filter, WORDS.factor["sex"]
    shown = survival(chosen.of(OUTCOME), DEATH)
    found = across(ensemble, chosen, None, shown)
    d = strip_time(shown)
    assert d is not None
    table = strip(shown, found=found)
    at = table.columns.index(f"Across {FEW} reconstructions")
    own = found.groups[0].at[d]
    assert table.rows[0][at] == spread(Ranged("", own, 1, 100, "%"))
    mirrored = replace(own, least=1 - own.most, most=1 - own.least)
    assert strip(shown, found=found, incidence=True).rows[0][at] == spread(Ranged("", mirrored, 1, 100, "%"))
    both = strip(shown, before_after(OUTCOME, DEATH, chosen, shown.at_days), found)
    assert {len(row) for row in both.rows} == {len(both.columns)}
    grouped = survival(OUTCOME, DEATH, by)
    assert strip(grouped, found=across(ensemble, Filter(), by, grouped)) == strip(grouped)
    fixed = survival(OUTCOME, DEATH)
    assert strip(fixed, found=across(ensemble, Filter(), None, fixed)) == strip(fixed)
