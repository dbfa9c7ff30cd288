"""The Safety page: its sections, the answer to who and when, and single patients kept back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.safety import words
from components.safety.first_reaction_words import HIDDEN
from components.survival.words import nobody_left
from components.ui.study import IMPORTED
from data.cohort import Cohort, Provenance

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, **asked: str) -> AppTest:
    """The page after its first run, with `cohort` open and `asked` in the address."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/safety.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def sentences(test: AppTest) -> str:
    return " ".join(element.value for element in test.markdown)


def test_table_2(enrolled: Cohort) -> None:
    shown = tables(page(enrolled, terms="all"))
    assert "<td>Infections</td><td>3 (42.9)</td><td>5</td><td>80.0 (16.5–233.7)</td><td>2 (28.6)</td>" in shown
    assert "<tr class='inner'><td>Herpes zoster</td><td>1 (14.3)</td>" in shown


def test_groups_are_compared(enrolled: Cohort) -> None:
    shown = tables(page(enrolled, groups="subtype", cell="difference", severity="serious"))
    assert "<td>Infections</td><td>2 (28.6)</td><td>1 (50.0)</td>" in shown


def test_how_many_anti_mda5_positive_cadm_patients_had_a_serious_infection_and_when(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="cadm", anti_mda5="positive", section=words.HISTORY, category="Infections")
    assert (
        "Infections: **2 of 2 patients** (100.0%), 2 reactions, on days 20 and 60. "
        "Serious: **1 patient** (50.0%), 1 reaction, on day 20."
    ) in sentences(test)


def test_single_patients_of_an_imported_cohort_are_shown_on_request_only(enrolled: Cohort) -> None:
    test = page(enrolled, section=words.HISTORY)
    assert HIDDEN in [caption.value for caption in test.caption]
    assert "<td>P3</td>" not in tables(test)
    test.toggle(key="list patients").set_value(True).run()
    assert "<td>P3</td>" in tables(test)


def test_single_patients_of_the_reconstructed_cohort_are_nobody(enrolled: Cohort) -> None:
    rebuilt = replace(enrolled, provenance=Provenance("reconstructed", "nine patients", "0"))
    assert "<td>P3</td>" in tables(page(rebuilt, section=words.HISTORY))


def test_only_the_section_in_sight_is_computed(enrolled: Cohort) -> None:
    deaths = tables(page(enrolled, section=words.DEATHS))
    assert "<td>Suicide</td><td>1 (50.0)</td>" in deaths
    assert "Reaction</th>" not in deaths
    stops = tables(page(enrolled, section=words.STOPS))
    assert "<td>Adverse event</td><td>1 (33.3)</td>" in stops


def test_a_term_of_another_category_is_let_go(enrolled: Cohort) -> None:
    test = page(enrolled, section=words.HISTORY, category="Infections", term="Pneumonia")
    assert "Pneumonia (Infections): **2 of 7 patients**" in sentences(test)
    test.selectbox(key="category").set_value("Lymphoma").run()
    assert not test.exception
    assert "Lymphoma: reported in none of these 7 patients." in sentences(test)


def test_nobody_left(enrolled: Cohort) -> None:
    for section in words.SECTIONS:
        test = page(enrolled, subtype="pm", anti_mda5="positive", section=section)
        assert nobody_left() in [notice.value for notice in test.info]
