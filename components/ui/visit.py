"""Ways from one page to another.

The widgets of the frame write the filter into the address of the new page by themselves; what a link asks for beyond
that is given as ``query_params``, without which Streamlit refuses to leave a page whose widgets are bound to anything.
"""

from __future__ import annotations

import streamlit as st

from components.links import offered
from components.ui.study import follow_patient, rows_allowed
from components.wording.safety import HISTORY
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

ON_ARRIVAL = "choices on arrival"
"""Where choices wait that a click makes for widgets already drawn: Streamlit sets these only before they are."""


def link(page: str, label: str, choices: dict[str, str]) -> None:
    """A link to another page where ``choices`` are made; the filter, which every page has, goes along."""
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=choices or None)


def open_survival(dictionary: Dictionary, factor_key: str | None, endpoint: Endpoint, *, cut: bool) -> None:
    """Go to the curves of the factor that was clicked, with the same events; nothing happens without a click."""
    if factor_key in dictionary.factor:
        asked = {"by": dictionary.factor[factor_key].label, "endpoint": endpoint.label}
        st.switch_page(SURVIVAL, query_params=asked | ({offered.COUNTED.key: offered.COUNTED.names[1]} if cut else {}))


def open_reactions(category: str | None) -> None:
    """Go to who had a reaction of the category that was clicked, and when; nothing happens without a click."""
    if category:
        st.switch_page(SAFETY, query_params={"section": HISTORY, "category": category})


def turn_to_reactions(category: str | None) -> None:
    """The same from within the safety page: what its widgets are bound to waits until they can be drawn anew."""
    if category:
        st.session_state[ON_ARRIVAL] = {"section": HISTORY, "category": category}
        st.rerun()


def open_patient(patient: str | None) -> None:
    """Go to the patient who was clicked; nothing happens without a click, or where single patients stay hidden."""
    if patient and rows_allowed():
        follow_patient(patient)
        st.switch_page(PATIENT, query_params={})


def arrive() -> None:
    """Put the choices that wait into their widgets; called before any of them is drawn."""
    for key, value in st.session_state.pop(ON_ARRIVAL, {}).items():
        st.session_state[key] = value
