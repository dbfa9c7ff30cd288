from __future__ import annotations

from components.core.markup import BOLD, BOLD_END
from components.own_cohort import words
from data.cohort import Provenance
from data.reading.adam import Parameter

OWN, MADE = Provenance("imported", "Ward 4", "0123456789ab"), Provenance("reconstructed", "made", "ba9876543210")


def test_which_study_is_open() -> None:
    assert (
        words.now_open(OWN, "9 patients, 2 deaths")
        == f"{BOLD}Ward 4{BOLD_END}: 9 patients, 2 deaths. Data 0123456789ab."
    )
    assert words.now_open(MADE, "179 patients, 16 deaths") == (
        f"{BOLD}Reconstructed cohort{BOLD_END}: 179 patients, 16 deaths. No row is a real patient. Data ba9876543210."
    )


def test_what_stays_and_what_is_replaced() -> None:
    assert (words.still_open(OWN), words.still_open(MADE)) == ("“Ward 4”", "the reconstructed cohort")
    assert words.replaces(OWN).startswith("“Ward 4” is forgotten, filters are reset.")
    assert words.replaces(MADE).startswith("Filters are reset.")


def test_a_parameter_as_a_choice() -> None:
    assert (
        words.parameter(Parameter("OS", "Overall Survival", 254, 1))
        == "OS – Overall Survival (1 event in 254 patients)"
    )
    assert words.parameter(Parameter("TTAE", "TTAE", 1, 0)) == "TTAE (0 events in 1 patient)"
