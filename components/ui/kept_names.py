"""The names that a visitor gave to kept cohorts of his own patients: they stay in the session and in no address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

NAMES = "names of kept cohorts"


def names() -> Mapping[str, str]:
    """The names by the ids of the kept cohorts."""
    found: Mapping[str, str] = st.session_state.get(NAMES, {})
    return found


def name(id_: str, called: str) -> None:
    """Call a kept cohort so; blank for its letter."""
    st.session_state[NAMES] = {**names(), id_: called}
