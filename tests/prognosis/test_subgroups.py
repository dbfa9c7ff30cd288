"""One comparison in subgroups: against R, who is left out, what few events do not bear, and what the panel says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.chart.screen import figure
from components.core.analysis_set import Why
from components.core.estimate import Reason
from components.core.method import PAPER
from components.prognosis.chart import subgroups_chart
from components.prognosis.subgroups import INTERACTION, Subgroups, made_within, subgroups
from components.prognosis.subgroups_panel import subgroups_panel
from components.prognosis.subgroups_words import subgroup_rows
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from components.survival.procedures import WALD
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.chart.parts import mark

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH, PROGRESSION = DICTIONARY.leading, DICTIONARY.endpoint["progression_free"]
SEX, SUBTYPE, CT, RAYNAUD = (DICTIONARY.factor[key] for key in ("sex", "subtype", "ct_pattern", "raynaud"))
CELLS = dict(zip(("squamous", "smallcell", "adeno", "large"), CT.words[:4], strict=True))


def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


@pytest.fixture(scope="module")
def shown() -> Subgroups:
    return subgroups(outcome(), PROGRESSION, SUBTYPE, "cadm", made_within(DICTIONARY, SUBTYPE))


def test_ratios_and_interactions_are_those_of_r() -> None:
    table = pd.read_csv(REFERENCE / "veteran.csv")
    people = pd.DataFrame({
        "patient": [f"V{i}" for i in range(len(table))], "population": "Outcome", "last_day": table["time"],
        "death_day": np.where(table["status"] == 1, table["time"], np.nan),
        "sex": np.where(table["trt"] == 1, "Male", "Female"), "ct_pattern": table["celltype"].map(CELLS),
        "raynaud": np.where(table["prior"] == 10, "Present", "Absent"),
    })  # fmt: skip
    cohort = cohort_from(
        Tables(people, pd.DataFrame(), pd.DataFrame(), pd.DataFrame()), Provenance("imported", "m", "0")
    )
    found = subgroups(cohort, DEATH, SEX, "female", (CT, RAYNAUD))
    answers = pd.read_csv(REFERENCE / "subgroups.csv", dtype={"level": str})
    r = answers[(answers["dataset"] == "veteran") & (answers["ties"] == PAPER.ties)]
    of_r = {(one["factor"], one["level"]): one for one in r.to_dict("records")}
    words = {word: cell for cell, word in CELLS.items()} | {"Present": "10", "Absent": "0"}
    for key, one in zip(("celltype", "prior"), found.factors, strict=True):
        assert len(one.subgroups) == {"celltype": 4, "prior": 2}[key]
        for row in one.subgroups:
            own = of_r[key, words[row.group.word]]
            assert (row.n, row.events) == (own["n"], own["events"])
            ours = (row.ratio.value, row.ratio.lower, row.ratio.upper)
            assert ours == pytest.approx((own["hr"], own["lower"], own["upper"]), rel=1e-7)
    # Of the p R's answers are the chi-squares: those of the engine are held to them beside it.
    assert [one.coefficients for one in found.factors] == [7, 3]
    assert all(one.p is not None for one in found.factors)


def test_all_patients_have_the_ratio_of_the_curves_and_of_the_forest(shown: Subgroups) -> None:
    assert shown.overall is not None
    curves = survival(outcome(), PROGRESSION, SUBTYPE)
    of_curves = next(level for level in curves.comparison.levels if level.group.id == "cadm")
    pair = outcome().where(np.isin(outcome().codes(SUBTYPE), [0, 1]))
    alone = prognosis(pair, PROGRESSION, (SUBTYPE,)).comparisons[0].level("cadm")
    assert shown.overall.ratio.value == pytest.approx(alone.ratio.value, rel=1e-9)
    assert (shown.overall.compared.n, shown.overall.compared.events) == (of_curves.n, of_curves.events)
    male = outcome().where((outcome().codes(SEX) == 0) & np.isin(outcome().codes(SUBTYPE), [0, 1]))
    row = next(one for one in shown.factors if one.key == "sex").subgroups[0]
    own = prognosis(male, PROGRESSION, (SUBTYPE,)).comparisons[0].level("cadm").ratio
    found = [(one.value, one.lower, one.upper) for one in (row.ratio, own)]
    assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_the_levels_of_a_factor_hold_all_patients_of_both_groups_once(shown: Subgroups) -> None:
    for one in shown.factors:
        assert sum(row.n for row in one.subgroups) + one.unknown == shown.n == shown.analysed.n
    (left,) = shown.analysed.left_out
    assert left.exclusion.why is Why.OTHER_GROUP
    assert left.n == outcome().n - shown.n


def test_the_factor_itself_makes_no_subgroups() -> None:
    assert SUBTYPE not in made_within(DICTIONARY, SUBTYPE)
    assert not any(one.post_baseline for one in made_within(DICTIONARY, SEX))
    with pytest.raises(ValueError, match="known only after the start"):
        subgroups(outcome(), DEATH, SEX, "female", (DICTIONARY.factor["trough_range"],))


def test_sixteen_deaths_bear_no_interaction_and_the_panel_says_so() -> None:
    found = subgroups(outcome(), DEATH, SUBTYPE, "cadm", made_within(DICTIONARY, SUBTYPE))
    assert found.tested == ()
    assert found.looks == ()
    assert INTERACTION not in found.procedures
    panel = subgroups_panel(found)
    assert panel.notices[0].startswith("13 deaths in both groups.")
    assert "fewer than 5 events for each coefficient, and no test" in panel.notices[0]


def test_each_interaction_is_one_look_and_no_subgroup_is(shown: Subgroups) -> None:
    assert len(shown.looks) == len(shown.tested) == len({look.key for look in shown.looks}) > 10
    assert [look.p for look in shown.looks] == [one.p for one in shown.tested]
    assert {INTERACTION, WALD} <= set(shown.procedures)


def test_rows_say_both_groups_and_only_headings_have_a_p(shown: Subgroups) -> None:
    rows = subgroup_rows(shown)
    assert (rows[0].label, rows[0].n, rows[0].events) == ("All patients", "61 v 46", "24 v 10")
    assert all(bool(row.p) == row.heading for row in rows)
    drawn = subgroups_chart(shown)
    go.Figure(figure(drawn))
    assert drawn.plots[0].captions == ("fewer events in CADM", "more events in CADM")
    assert len(mark(drawn, "intervals").y) == sum(row.lower is not None for row in rows)
    table = subgroups_panel(shown).aside[0]
    assert len(table.rows) == len(rows)
    assert table.columns[1] == "Patients (CADM v PM)"


def test_without_two_groups_the_panel_says_why(empty: Cohort) -> None:
    nobody = subgroups_panel(subgroups(empty, DEATH, SUBTYPE, "cadm", (SEX,)))
    assert (nobody.figure, nobody.result.reason) == (None, Reason.NO_PATIENTS)
    of_pm = outcome().where(outcome().codes(SUBTYPE) == 0)
    alone = subgroups_panel(subgroups(of_pm, DEATH, SUBTYPE, "cadm", (SEX,)))
    assert alone.notices == ("No patient shown is in CADM with a known follow-up, so there is nothing to compare.",)
    of_cadm = outcome().where(outcome().codes(SUBTYPE) == 1)
    itself = subgroups_panel(subgroups(of_cadm, DEATH, SUBTYPE, "cadm", (SEX,)))
    assert itself.notices == ("CADM is the group that others are compared with here. Choose another comparison.",)


def test_a_level_with_one_group_only_has_no_ratio(shown: Subgroups) -> None:
    mda5 = next(one for one in shown.factors if one.key == "anti_mda5")
    positive = mda5.subgroups[0]
    assert (positive.reference.n, positive.ratio.reason) == (0, Reason.ONE_LEVEL)
    assert (mda5.p, mda5.reason) == (None, Reason.NOTHING_TO_COMPARE)


def test_from_a_landmark_on_the_clock_starts_there() -> None:
    late = DICTIONARY.factor["steroid_tapered"]
    level = next(one.id for k, one in enumerate(late.levels) if k != late.base)
    found = subgroups(outcome(), PROGRESSION, late, level, (SEX,), 136, until=730)
    assert found.analysed.follow_up.start == 136
    assert found.n == found.analysed.n
    assert all(look.beside[0] == "landmark-136" for look in found.looks)
