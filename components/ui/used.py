"""What the page looked at last was made with, for the page of methods: titles and procedures, nothing of patients."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from components.core.panel import Panel
from components.core.procedure import Procedure

USED, ARRIVED = "procedures of the last page", "page not yet noted"


@dataclass(frozen=True)
class Used:
    """The ``page`` by its title, and each of its panels that shows a statistic with its procedures."""

    page: str
    panels: tuple[tuple[str, tuple[Procedure, ...]], ...]


def begin(page: str) -> None:
    """A page runs; what was noted of the one before stays until this one shows a panel."""
    st.session_state[ARRIVED] = page


def note(panel: Panel) -> None:
    """The page that runs shows this panel."""
    page = st.session_state.pop(ARRIVED, None)
    before = Used(page, ()) if page is not None else last()
    if before is not None and panel.procedures:
        before = Used(before.page, (*before.panels, (panel.title, panel.procedures)))
    st.session_state[USED] = before


def last() -> Used | None:
    """The last page with panels; None where there was none in this session."""
    found: Used | None = st.session_state.get(USED)
    return found
