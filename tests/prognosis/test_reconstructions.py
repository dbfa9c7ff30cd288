"""What an ensemble gives at once of a comparison in subgroups is what each of its cohorts gives alone."""

from __future__ import annotations

import pytest

from components.chart.marks import Intervals
from components.core.across import ACROSS
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import RANGE, spread
from components.prognosis.reconstructions import subgroups_across
from components.prognosis.subgroups import EVERYONE, Subgroups, subgroups
from components.prognosis.subgroups_panel import subgroups_panel
from data.cohort import Cohort
from data.ensemble import Ensemble, ensemble_of, positions
from data.filters import Filter, filter_from_query
from data.reading.read import reconstructed_cohort

STUDY = reconstructed_cohort()
WORDS = STUDY.dictionary
OUTCOME = STUDY.of_population("outcome")
DEATH = WORDS.leading
WITHIN = tuple(WORDS.factor[key] for key in ("sex", "smoking", "ferritin_group"))
FEW = 3


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    whole = ensemble_of(STUDY)
    assert whole is not None
    few = whole.stack.where(positions(whole.stack) < FEW)
    return Ensemble(few.of_population("outcome"), whole.members[:FEW])


def asked(cohort: Cohort, key: str, level: str, day: int | None, until: int | None) -> Subgroups:
    return subgroups(cohort, DEATH, WORDS.factor[key], level, WITHIN, day, until=until)


@pytest.mark.parametrize(
    ("key", "level", "day", "until"),
    [("subtype", "cadm", None, None), ("anti_mda5", "positive", None, 365), ("steroid_tapered", "lt10", 136, None)],
)
@pytest.mark.parametrize("query", ["", "subtype=cadm&subtype=classic_dm"])
def test_ratios_are_those_of_the_cohorts_one_by_one(
    ensemble: Ensemble, query: str, key: str, level: str, day: int | None, until: int | None
) -> None:
    chosen = filter_from_query(query, WORDS).filter
    shown = asked(chosen.of(OUTCOME), key, level, day, until)
    found = subgroups_across(ensemble, chosen, WORDS.factor[key], shown, until=until)
    if shown.overall is None:
        assert found.ranges == {}
        return
    stack = chosen.of(ensemble.stack)
    each = [asked(stack.where(positions(stack) == place), key, level, day, until) for place in range(FEW)]
    assert set(found.ranges) == {
        ("", EVERYONE.id), *((one.key, group.group.id) for one in shown.factors for group in one.subgroups)
    }  # fmt: skip
    for (factor, group), range_ in found.ranges.items():
        rows = [
            {(one.key, row.group.id): row for one in result.factors for row in one.subgroups}.get((factor, group))
            if factor
            else result.overall
            for result in each
        ]
        known = [row.ratio.value for row in rows if row is not None and row.ratio.value is not None]
        assert range_.known == len(known)
        if known:
            assert (range_.least, range_.most) == pytest.approx((min(known), max(known)), rel=1e-6)


def test_the_forest_draws_what_is_not_fixed_and_its_table_prints_every_range(ensemble: Ensemble) -> None:
    shown = asked(OUTCOME, "subtype", "cadm", None, None)
    found = subgroups_across(ensemble, Filter(), WORDS.factor["subtype"], shown)
    panel = subgroups_panel(shown, found)
    (table,) = panel.aside
    assert table.columns[-1] == f"HR across {FEW} reconstructions"
    assert table.rows[0][-1] == spread(Ranged("", found.ranges["", EVERYONE.id], 2))
    assert table.rows[1][-1] == ""
    assert ACROSS in panel.procedures
    assert panel.figure is not None
    lines = [mark for mark in panel.figure.plots[0].marks if isinstance(mark, Intervals) and mark.what == RANGE]
    differing = [
        one for one in found.ranges.values() if one.known and Ranged("", one, 2).openness is not Openness.FIXED
    ]
    assert [len(line.y) for line in lines] == [len(differing)]
    alone = subgroups_panel(shown)
    assert ACROSS not in alone.procedures
    assert alone.aside[0].columns == table.columns[:-1]


def test_nothing_is_asked_where_nothing_is_compared(ensemble: Ensemble) -> None:
    shown = asked(OUTCOME.where(OUTCOME.last_days < 0), "subtype", "cadm", None, None)
    assert subgroups_across(ensemble, Filter(), WORDS.factor["subtype"], shown).ranges == {}
