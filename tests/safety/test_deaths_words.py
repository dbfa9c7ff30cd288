"""Causes of death and reasons to stop, in print."""

from __future__ import annotations

from components.safety import deaths_words as words
from components.safety.deaths import deaths
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.panel import survival_panel
from components.treatment.discontinuation import discontinuation
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]


def test_causes_out_of_the_dead(cohort: Cohort) -> None:
    found = deaths(cohort, SUBTYPE)
    assert words.deaths_table(found).rows == (
        ("Died, n (%)", "2 (28.6)", "0", "2 (40.0)", "2 (66.7)", "0"),
        ("ILD", "2 (100.0)", "0", "2 (100.0)", "2 (100.0)", "0"),
        ("Suicide", "1 (50.0)", "0", "1 (50.0)", "1 (50.0)", "0"),
    )
    assert words.deaths_note(found).startswith("1 patient has more than one cause")
    assert words.death_rows(found).rows == (("P3", "50", "1.6", "ILD and Suicide"), ("P5", "750", "24.6", "ILD"))


def test_reasons_out_of_those_who_stopped(cohort: Cohort) -> None:
    found = discontinuation(cohort, SUBTYPE)
    table = words.stops_table(found)
    assert table.rows[0][:2] == ("Days of tacrolimus in those who stopped it, median (range)", "90.0 (50–200)")
    assert table.rows[1] == ("Stopped tacrolimus, n (%)", "3 (42.9)", "1 (50.0)", "2 (40.0)", "1 (33.3)", "1 (50.0)")
    assert [row[0] for row in table.rows[2:]] == [
        "Loss to follow-up (changed hospital)",
        "Patient death",
        "Adverse event",
        "Inadequate response",
    ]
    assert words.stop_rows(found).rows[2] == ("P6", "200", "6.6", "Adverse event and Inadequate response")


def test_a_cause_that_is_not_recorded_is_counted(cohort: Cohort) -> None:
    patients = cohort.patients.assign(cause_of_death=None)
    unknown = deaths(cohort.with_patients(patients), SUBTYPE)
    assert words.deaths_table(unknown).rows[1][:2] == ("Not recorded", "2 (100.0)")


def test_stops_that_were_no_decision_about_the_drug_are_told(cohort: Cohort) -> None:
    """P2 was lost and P3 died; P6 has other reasons besides."""
    found = discontinuation(cohort)
    assert [(reason.id, n) for reason, n in found.no_decision] == [("lost", 1), ("death", 1)]
    assert words.stops_note(found).endswith(
        "Stops that were no decision about the drug: 2 of 3 (loss to follow-up (changed hospital) 1 and patient death "
        "1). They count as discontinuation here and in persistence on tacrolimus."
    )
    assert words.no_decision(discontinuation(cohort.where((cohort.patients["patient"] == "P6").to_numpy()))) == ""
    assert set(DICTIONARY.no_decision) <= {reason.id for reason in DICTIONARY.stop_reasons}


def test_persistence_says_that_every_stop_counts(cohort: Cohort) -> None:
    persistence = DICTIONARY.endpoint["tacrolimus_persistence"]
    result = survival(cohort, persistence, SUBTYPE)
    view = View(730, (0, 365, 730), (0, 12, 24), (365,), band=True, full_table=True)
    assert "also loss to follow-up and death" in survival_panel(result, view).note
    assert "also loss to follow-up" not in survival_panel(survival(cohort, DICTIONARY.endpoints[0]), view).note
