"""Ways from one page to another: the filter and the conventions go along, and a way may make choices beyond them."""

from __future__ import annotations

import streamlit as st

from components.links import offered
from components.safety.words import HISTORY
from components.ui import address
from components.ui.study import follow_patient, opened_study, rows_allowed
from data.dictionary import Dictionary, Endpoint

OVERVIEW, BASELINE, SURVIVAL, SAFETY, TREATMENT, PATIENT, EVIDENCE, COHORT, PRESENTATION = (
    "pages/explore/overview.py",
    "pages/explore/baseline.py",
    "pages/explore/survival.py",
    "pages/explore/safety.py",
    "pages/explore/treatment.py",
    "pages/explore/patient.py",
    "pages/verify/evidence.py",
    "pages/tools/cohort.py",
    "pages/tools/presentation.py",
)


def link(page: str, label: str, choices: dict[str, str]) -> None:
    """A link to another page where ``choices`` are made."""
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=choices or None)


def open_survival(dictionary: Dictionary, factor_key: str | None, endpoint: Endpoint, *, cut: bool) -> None:
    """Go to the curves of the factor that was clicked, with the same events; nothing happens without a click."""
    if factor_key in dictionary.factor:
        asked = {"by": dictionary.factor[factor_key].label, "endpoint": endpoint.label}
        _go(SURVIVAL, asked | ({offered.COUNTED.key: offered.COUNTED.names[1]} if cut else {}))


def open_reactions(category: str | None) -> None:
    """Go to who had a reaction of the category that was clicked, and when; nothing happens without a click."""
    if category:
        _go(SAFETY, {"section": HISTORY, "category": category})


def turn_to_reactions(category: str | None) -> None:
    """The same from within the safety page."""
    if category:
        address.ask({"section": HISTORY, "category": category})


def open_patient(patient: str | None) -> None:
    """Go to the patient who was clicked; nothing happens without a click, or where single patients stay hidden."""
    if patient and rows_allowed():
        follow_patient(patient)
        _go(PATIENT, {})


def _go(file: str, choices: dict[str, str]) -> None:
    address.go(file, opened_study().dictionary, choices)
