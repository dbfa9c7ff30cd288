from __future__ import annotations

from components.selection.attrition import Step, attrition
from components.selection.panel import attrition_panel
from components.selection.reconstructions import attrition_across
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.ensemble import ensemble_of
from data.filters import Choice, Filter, filter_from_query
from data.reading.read import reconstructed_cohort
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


def test_what_conditions_leave_in_every_reconstruction_is_counted_one_by_one() -> None:
    study = reconstructed_cohort()
    whole, ensemble = study.of_population("safety"), ensemble_of(study)
    assert ensemble is not None
    safety = ensemble.of_population(study.dictionary.population["safety"])
    chosen = filter_from_query("anti_mda5=positive&sex=female").filter
    found = attrition_across(safety, chosen, None, attrition(whole, chosen)).left
    for i, one in enumerate(found):
        kept = safety.member[Filter(chosen.parts[:i]).kept(safety.stack)]
        each = [int((kept == place).sum()) for place in range(safety.n)]
        assert (one.least, one.most, one.known) == (min(each), max(each), safety.n)
    assert [one.least == one.most for one in found] == [True, True, False]
