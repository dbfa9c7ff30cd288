"""The study that is open in this browser session: the reconstructed cohort, or the visitor's own."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.core import small_counts_words as words
from components.core.panel import Panel
from components.core.small_counts import forced, hidden_at_first, hiding
from components.ui import escaped
from data.cohort import Cohort
from data.language import say
from data.reading.installed import installed_study
from data.reading.read import reconstructed_cohort

IMPORTED = "imported cohort"
"""Where a session keeps its own cohort; it is never cached, logged or shared with another session."""

LISTED, PATIENT = "list patients", "patient followed"
"""Where a session keeps whether its own cohort's single patients may be shown, and the patient chosen last."""

ANSWERS, MOST_ANSWERS = "answers that take long", 40
"""Where a session keeps what it would take long to compute again, and how many: they are of its patients alone."""

SMALL = "hide small counts"
"""Where a session keeps whether counts of 1 to 4 of its own cohort are hidden; never in the address."""

BEGUN = "session that has begun"
CHOSEN, WANTED = "study chosen by a click", "imported cohort of the address"
"""That the visitor has just chosen the study; and which cohort the address asks for that is not open here."""


@st.cache_resource(show_spinner=say("Opening the cohort"))
def reconstructed_study() -> Cohort:
    """The reconstructed cohort, the same for every session."""
    return reconstructed_cohort()


def imported() -> Cohort | None:
    """The visitor's own cohort, if one is open in this session."""
    own: Cohort | None = st.session_state.get(IMPORTED)
    return own


def opened_study() -> Cohort:
    """The visitor's own cohort when one was opened in this session, otherwise the reconstructed one."""
    own = imported()
    return own if own is not None else reconstructed_study()


def begin() -> None:
    """Give a session that begins the cohort of the installation, if its operator has named one."""
    if BEGUN not in st.session_state:
        st.session_state[BEGUN] = True
        if (study := installed_study()) is not None and study.cohort is not None:
            keep_imported(study.cohort)


def keep_imported(cohort: Cohort) -> None:
    """Make ``cohort`` the study of this session."""
    forget_imported()
    st.session_state[IMPORTED] = cohort


def forget_imported() -> None:
    """Go back to the reconstructed cohort; nothing of the imported one remains."""
    for kept in (IMPORTED, LISTED, PATIENT, ANSWERS, SMALL):
        st.session_state.pop(kept, None)


def remembered(question: tuple[object, ...], compute: Callable[[], Panel]) -> Panel:
    """The panel of a question, from this session's memory where it was asked before.

    Not Streamlit's cache: what is known of imported patients must be forgotten together with them.
    """
    known: dict[tuple[object, ...], Panel] = st.session_state.setdefault(ANSWERS, {})
    asked = (*question, hiding())
    if asked not in known:
        known[asked] = compute()
    while len(known) > MOST_ANSWERS:
        del known[next(iter(known))]
    return known[asked]


def single_patients_allowed() -> bool:
    """Whether single patients may be shown: not those of an imported cohort, unless whoever opened it allows it."""
    return no_real_patients() or (bool(st.session_state.get(LISTED, False)) and not small_counts_hidden())


def small_counts_hidden() -> bool:
    """Whether counts of 1 to 4 are hidden in this session: as its visitor chose, unless the installation decides."""
    kind = opened_study().provenance.kind
    at_first = hidden_at_first(kind)
    return at_first if kind == "reconstructed" or forced() else bool(st.session_state.get(SMALL, at_first))


def small_counts_switch(when_hidden: Callable[[], None]) -> None:
    """The switch of an own cohort, never part of a link; where the installation decides, the sentence that says so.

    ``when_hidden`` forgets what was kept with its small counts shown.
    """
    if forced():
        escaped.caption(words.FORCED)
        return
    st.session_state.setdefault(SMALL, small_counts_hidden())
    escaped.toggle(words.HIDE, key=SMALL, help=words.HIDE_HELP, persist_state="session", on_change=when_hidden)


def followed_patient() -> str:
    """The patient chosen last, highlighted on every page; blank for none. Never in the address, which lands in logs."""
    return str(st.session_state.get(PATIENT, "")) if single_patients_allowed() else ""


def follow_patient(patient: str) -> None:
    """Choose the patient to follow over the pages; blank for none."""
    st.session_state[PATIENT] = patient


def no_real_patients() -> bool:
    """Whether single patients are listed without being asked for: those of the reconstructed cohort are nobody."""
    return opened_study().provenance.kind == "reconstructed"


def single_patients_switch(label: str, tip: str) -> bool:
    """A switch, off at first and never part of a link, that shows single patients of the visitor's own cohort."""
    return escaped.toggle(label, key=LISTED, help=tip, persist_state="session")
