"""What the page in front of the visitor shows, as the frame has made it ready."""

from __future__ import annotations

import streamlit as st

from components.links.page_input import PageInput

SHOWN = "what is shown"


def shown() -> PageInput:
    """What the frame has made ready for the page that runs now."""
    ready: PageInput = st.session_state[SHOWN]
    return ready
