"""The overview in words and numbers."""

from __future__ import annotations

from components.baseline.analysis import baseline
from components.chart.marks import Line, Texts
from components.core.groups import ALL
from components.core.markup import BOLD, BOLD_END, coloured
from components.courses.analysis import course
from components.overview import words
from components.overview.charts import taper_chart
from components.overview.flow import flow
from components.safety.reactions import reactions
from components.survival.analysis import survival
from data.cohort import Cohort, Provenance
from data.levels import NO_DRUG, Level
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY


def short(cohort: Cohort) -> dict[str, tuple[str, str]]:
    outcome, endpoints = cohort.of_population("outcome"), cohort.dictionary.endpoints[:2]
    curves = tuple(survival(outcome, endpoint) for endpoint in endpoints)
    table, reacted = baseline(cohort, variables=("sex", "age")), reactions(cohort).patients(ALL)
    return {label: (number, of) for label, number, of in words.figures_in_short(table, curves, reacted)}


def test_the_numbers_at_the_top(cohort: Cohort) -> None:
    assert short(cohort) == {
        words.PATIENTS: ("7", "safety population"),
        words.WOMEN: ("57.1%", "4 of 7"),
        words.AGE: ("55.4", "± 10.9 SD"),
        words.ALIVE: ("83.3%", "2 of 6 died on any day"),
        words.UNPROGRESSED: ("50.0%", "4 of 6 had an event"),
        words.REACTED: ("71.4%", "5 of 7"),
    }


def test_a_cohort_may_not_record_who_is_a_woman(cohort: Cohort) -> None:
    outcome, reacted = cohort.of_population("outcome"), reactions(cohort).patients(ALL)
    curves = tuple(survival(outcome, endpoint) for endpoint in cohort.dictionary.endpoints[:2])
    found = words.figures_in_short(baseline(cohort, variables=("age",)), curves, reacted)
    assert found[1:3] == ((words.WOMEN, "not recorded", ""), (words.AGE, "55.4", "± 10.9 SD"))


def test_of_what_disease_imported_patients_are_is_not_said() -> None:
    assert words.introduction(Provenance("imported", "Ward 4", "0"), NO_DRUG) == (
        "These are the patients of your own cohort, “Ward 4”. They stay in this session."
    )


def test_nobody_has_no_numbers(empty: Cohort) -> None:
    found = short(empty)
    assert found[words.PATIENTS][0] == "0"
    assert found[words.WOMEN] == ("no patients", "0 of 0")


def test_a_first_visitor_reads_that_no_row_is_real() -> None:
    told = words.introduction(Provenance("reconstructed", "", ""), Level("x", "drug X"))
    assert f"{BOLD}No row is a real patient.{BOLD_END}" in told
    assert "treated with drug X and" in told
    assert "No row" not in words.introduction(Provenance("imported", "", ""), NO_DRUG)


def test_flow(enrolled: Cohort) -> None:
    found = flow(enrolled)
    assert words.flow_summary(found) == (
        "enrolled patients: 9, patients with a case report form: 8, safety population: 7 and clinical outcome "
        "population: 6. Still followed at day 0: 6, week 1: 6, month 1: 6, month 3: 5, month 6: 4, month 12: 4 and "
        "month 24: 3."
    )
    assert words.population_number(found.populations[1]) == "8 (−1)"
    assert words.visit_hover(found.visits[-1]).endswith("Adverse event and Inadequate response: 1")
    assert words.visit_number(found.visits[-1], 1, 2, ("#111111", "#222222")) == (
        f"3 followed, {coloured('2 left', '#111111')}, {coloured('1 died', '#222222')}"
    )


def test_composition(cohort: Cohort) -> None:
    table = baseline(cohort, variables=("subtype", "anti_mda5"))
    assert words.composition_summary(table) == (
        "Subtype: PM 2, CADM 3 and Classic DM 2. Anti-MDA5 antibody: Positive 3, Negative 2 and Not performed 2."
    )


def test_visits_stand_at_equal_distances_under_months() -> None:
    """As on the treatment and laboratory pages: one place a visit, whatever the days between them."""
    assert [words.visit_tick(visit) for visit in DICTIONARY.visits] == ["0", "1 wk", "1", "3", "6", "12", "24"]
    taken = course(reconstructed_cohort(), DICTIONARY.measure["prednisolone"])
    (plot,) = taper_chart(taken).plots
    line, _, counts = plot.marks
    assert isinstance(line, Line)
    assert isinstance(counts, Texts)
    assert line.x == [tick.at for tick in plot.x.ticks] == list(range(7))
    assert len(counts.texts) == 7
