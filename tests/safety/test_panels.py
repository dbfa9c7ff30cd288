"""The safety panels in all states."""

from __future__ import annotations

import numpy as np
import pytest

from components.chart.marks import Bars
from components.core.analysis_set import analysis_set
from components.core.columns import Share
from components.safety import first_reaction_words as words
from components.safety import panels
from components.safety.deaths import deaths
from components.safety.first_reaction import first_reaction
from components.safety.reactions import reactions
from components.safety.reported import reaction_rows
from components.survival.chart import View
from components.survival.words import nobody_left
from components.treatment.discontinuation import discontinuation
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.chart.parts import keys, mark, only_mark

SUBTYPE = DICTIONARY.factor["subtype"]
VIEW = View(730, (0, 365, 730), (0, 12, 24), (365,))


def only(cohort: Cohort, *names: str) -> Cohort:
    return cohort.where(np.asarray(cohort.patients["patient"].isin(names), dtype=bool))


def test_everybody_has_bars_and_the_whole_table(cohort: Cohort) -> None:
    panel = panels.reactions_panel(reactions(cohort), None, "patients")
    assert panel.figure is not None
    bars = only_mark(panel.figure.plots[0], Bars).bars
    assert [part.size for part in bars[0].parts] == [2, 1]
    assert {part.answer for bar in bars for part in bar.parts if part.size} == {
        "infections",
        "renal_impairment",
        "impaired_glucose_tolerance",
        "psychiatric_and_nervous_system_disorders",
    }
    assert panel.tables[0].columns[4] == "Serious: patients, n\u00a0(%)"


def test_groups_have_dots_and_differences_from_the_reference(cohort: Cohort) -> None:
    panel = panels.reactions_panel(reactions(cohort, SUBTYPE), SUBTYPE, "difference")
    assert panel.figure is not None
    assert mark(panel.figure, "cadm dots").x[1] == pytest.approx(200 / 3)
    ids = ["", *(category.id for category in DICTIONARY.reaction_categories)]
    assert mark(panel.figure, "cadm dots").answers == ids
    assert mark(panel.figure, "cadm differences").answers == ids
    assert mark(panel.figure, "cadm differences").x[1] == pytest.approx(200 / 3 - 50)
    assert not {"pm differences", "overall_dm dots"} & set(keys(panel.figure))
    assert mark(panel.figure, "cadm dots").symbols != mark(panel.figure, "pm dots").symbols


def test_without_patients_or_reactions_a_sentence(cohort: Cohort, empty: Cohort) -> None:
    assert panels.reactions_panel(reactions(empty), None, "reactions").notices == (nobody_left(),)
    quiet = panels.reactions_panel(reactions(only(cohort, "P5", "P7"), SUBTYPE), SUBTYPE, "reactions")
    assert quiet.notices == ("No adverse reaction was reported in these 2 patients.",)
    assert quiet.figure is None


def test_one_patient_alone(cohort: Cohort) -> None:
    one = only(cohort, "P3")
    assert panels.reactions_panel(reactions(one, SUBTYPE), SUBTYPE, "difference").figure is not None
    assert panels.incidence_panel(first_reaction(one, by=SUBTYPE), VIEW).figure is not None
    assert panels.deaths_panel(deaths(one, SUBTYPE), SUBTYPE.levels, listed=True).figure is not None


def test_incidence_steps_and_numbers_at_risk(cohort: Cohort) -> None:
    found = first_reaction(cohort, "Infections", risk_days=VIEW.ticks)
    panel = panels.incidence_panel(found, VIEW)
    assert panel.figure is not None
    assert mark(panel.figure, "all curve").y[1:3] == pytest.approx([1 / 7, 2 / 7])
    assert [row.texts for row in panel.figure.plots[0].rows] == [("7", "2", "1"), ("0", "3", "3")]


def test_nobody_to_follow(empty: Cohort) -> None:
    assert panels.incidence_panel(first_reaction(empty), VIEW).notices == (nobody_left(),)


def test_single_patients_stay_hidden_unless_allowed(cohort: Cohort) -> None:
    reports = reaction_rows(cohort, "Infections")
    shown = panels.reports_panel(Share(3, 7), Share(2, 7), reports, "Infections", analysis_set(cohort), listed=True)
    hidden = panels.reports_panel(Share(3, 7), Share(2, 7), reports, "Infections", analysis_set(cohort), listed=False)
    assert len(shown.cases[0].rows) == 5
    assert hidden.cases == ()
    assert hidden.notices == (words.HIDDEN,)
    assert not panels.deaths_panel(deaths(cohort), (), listed=False).cases


def test_bars_of_causes_are_divided_by_group(cohort: Cohort) -> None:
    panel = panels.deaths_panel(deaths(cohort, SUBTYPE), SUBTYPE.levels, listed=True)
    assert panel.figure is not None
    bars = only_mark(panel.figure.plots[0], Bars).bars
    assert [bar.name for bar in bars] == ["ILD", "Suicide"]
    assert [part.inside for bar in bars for part in bar.parts if part.size] == ["CADM 2", "CADM 1"]


def test_nobody_died_or_stopped(cohort: Cohort, empty: Cohort) -> None:
    quiet = only(cohort, "P1", "P7")
    assert panels.deaths_panel(deaths(quiet), (), listed=True).notices == ("None of these 2 patients died.",)
    assert panels.stops_panel(discontinuation(quiet), (), listed=True).notices == (
        "None of these 2 patients stopped tacrolimus.",
    )
    alone = only(cohort, "P1")
    assert panels.deaths_panel(deaths(alone), (), listed=True).notices == ("This patient did not die.",)
    assert panels.stops_panel(discontinuation(alone), (), listed=True).notices == (
        "This patient did not stop tacrolimus.",
    )
    assert panels.stops_panel(discontinuation(empty), (), listed=True).notices == (nobody_left(),)


def test_bars_hold_those_of_unknown_group_too(cohort: Cohort) -> None:
    """Of the causes of the deaths by anti-MDA5 every patient stands in a part of the bar, tested or not."""
    result = deaths(cohort, DICTIONARY.factor["anti_mda5"])
    panel = panels.deaths_panel(result, DICTIONARY.factor["anti_mda5"].levels, listed=False)
    assert panel.figure is not None
    for bar in only_mark(panel.figure.plots[0], Bars).bars:
        assert sum(part.size for part in bar.parts) == int(bar.number)
    assert panel.analysed is not None
    assert panel.analysed.ungrouped is not None
    assert panel.analysed.ungrouped.n == 2


def test_one_group_is_not_compared_with_itself(cohort: Cohort) -> None:
    """The bars and Table 2 instead of an empty plot of differences and a column told twice."""
    cadm = cohort.where(cohort.codes(SUBTYPE) == [level.id for level in SUBTYPE.levels].index("cadm"))
    assert reactions(cadm).row().cells[0].patients.n
    one, all_ = (panels.reactions_panel(reactions(cadm, by), by, "patients") for by in (SUBTYPE, None))
    assert one.figure is not None
    assert len(one.figure.plots) == 1
    assert one.tables == all_.tables
    compared = panels.reactions_panel(reactions(cohort, SUBTYPE), SUBTYPE, "patients").figure
    assert compared is not None
    assert len(compared.plots) == 2
