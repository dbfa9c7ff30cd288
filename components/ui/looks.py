"""The comparisons this session has looked at: noted as panels are shown, counted in the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.core.ledger import Ledger
from components.links.looked_at import looked_at
from components.looks import words
from components.ui import address, escaped
from components.ui.navigation import LOOKS

if TYPE_CHECKING:
    from components.core.panel import Panel
    from components.links.page_input import PageInput

LEDGER, CLEARED = "comparisons looked at", "comparisons looked at before the list was begun anew"


def ledger() -> Ledger:
    """The comparisons looked at so far; opening another study begins anew."""
    found: Ledger = st.session_state.get(LEDGER, Ledger())
    return found


def note(panel: Panel, here: PageInput) -> None:
    """Add the comparisons that ``panel`` shows of the patients ``here``."""
    seen = looked_at(panel, here, address.now().page)
    if seen:
        st.session_state[LEDGER] = ledger().with_entries(seen)


def carried(panel: Panel, here: PageInput) -> tuple[str, ...]:
    """What a file made of ``panel`` now says of its comparisons; nothing where it shows no p-value."""
    return words.carried(ledger(), looked_at(panel, here, address.now().page)) if panel.looks else ()


def draw() -> None:
    """How many there are, in the sidebar, with the way to the list."""
    with st.sidebar.container(key="looks", gap="small"):
        escaped.caption(words.line(ledger()))
        escaped.page_link(LOOKS, label=words.TITLE, icon=":material/visibility:")


def begin_anew() -> None:
    """A button that empties the list, and after that one that brings it back."""
    with st.container(horizontal=True, key="looks-steps"):
        escaped.button(words.CLEAR, help=words.CLEAR_HELP, on_click=_clear, disabled=not ledger().entries)
        if CLEARED in st.session_state:
            escaped.button(words.BRING_BACK, on_click=_bring_back)


def _clear() -> None:
    st.session_state[CLEARED] = st.session_state.pop(LEDGER, Ledger())


def _bring_back() -> None:
    before: Ledger = st.session_state.pop(CLEARED)
    st.session_state[LEDGER] = before.with_entries(ledger().entries)
