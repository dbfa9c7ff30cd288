"""The Patient page: chosen, followed, kept out of the address, and hidden for an imported cohort until allowed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.patient import words
from components.ui.patients import CHOSEN
from components.ui.study import IMPORTED, LISTED, PATIENT
from data.cohort import Cohort, Provenance

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, *, listed: bool = True, followed: str = "", **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    test.session_state[LISTED] = listed
    test.session_state[PATIENT] = followed
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/patient.py")
    test.run()
    assert not test.exception
    return test


def test_nobody_is_chosen_at_first(enrolled: Cohort) -> None:
    test = page(enrolled)
    assert words.none_chosen() in [caption.value for caption in test.caption]
    assert test.selectbox(key=CHOSEN).options == ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]


def test_a_patient_is_followed_but_never_in_the_address(enrolled: Cohort) -> None:
    test = page(enrolled)
    test.selectbox(key=CHOSEN).select("P3").run()
    assert not test.exception
    assert test.session_state[PATIENT] == "P3"
    assert "P3" not in str(dict(test.query_params))
    assert "**50 years, CADM, anti-MDA5 antibody positive, anti-ARS antibody negative, female**" in [
        element.value for element in test.markdown
    ]
    assert any("Died on day 50 of ILD and Suicide." in caption.value for caption in test.caption)


def test_a_patient_left_out_by_the_filter(enrolled: Cohort) -> None:
    test = page(enrolled, followed="P1", subtype="cadm")
    assert [warning.value for warning in test.warning] == [words.filtered_away("P1")]
    assert test.selectbox(key=CHOSEN).value is None


def test_an_imported_cohort_is_hidden_until_somebody_allows_it(enrolled: Cohort) -> None:
    test = page(enrolled, listed=False, followed="P3")
    assert [notice.value for notice in test.info] == [words.hidden()]
    assert not [box for box in test.selectbox if box.key == CHOSEN]
    test.toggle(key=LISTED).set_value(True).run()
    assert not test.exception
    assert [box for box in test.selectbox if box.key == CHOSEN]


def test_a_reconstructed_row_is_no_person(enrolled: Cohort) -> None:
    made = replace(enrolled, provenance=Provenance("reconstructed", "made", "0"))
    test = page(made, listed=False, followed="P1")
    assert "P1 is not a person" in test.info[0].value
