from __future__ import annotations

from components.selection.attrition import Step, attrition
from components.selection.panel import attrition_panel
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.filters import Choice, Filter
from data.variables import DICTIONARY

SUBTYPE, MDA5 = DICTIONARY.factor["subtype"], DICTIONARY.factor["anti_mda5"]


def test_each_condition_counts_those_whom_the_ones_before_it_left(cohort: Cohort) -> None:
    chosen = Filter((Choice(SUBTYPE, ("pm", "cadm")), Choice(MDA5, ("positive",))))
    found = attrition(cohort, chosen)
    assert found.n == 7
    assert found.steps == (
        Step("Subtype: PM or CADM", 2, 5, 2),
        Step("Anti-MDA5 antibody: Positive", 3, 2, 4),
    )
    assert (found.left, found.analysed.n) == (2, 2)
    (table,) = attrition_panel(found).tables
    assert [row[1:] for row in table.rows] == [("", "7", ""), ("2", "5", "2"), ("3", "2", "4")]


def test_without_conditions_everybody_is_left_and_of_nobody_a_sentence_is(cohort: Cohort) -> None:
    assert attrition(cohort, Filter()).left == cohort.n
    nobody = Filter((Choice(SUBTYPE, ("pm",)), Choice(MDA5, ("positive",))))
    panel = attrition_panel(attrition(cohort, nobody))
    assert (panel.tables, panel.notices) == ((), (nobody_left(),))
