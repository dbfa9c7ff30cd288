"""What the page in front of the visitor shows, as the frame has made it ready."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.core.method import PAPER
from components.links.page_input import PageInput
from data.cohort import Cohort
from data.filters import Filter

SHOWN = "what is shown"


def shown() -> PageInput:
    """What the frame has made ready for the page that runs now."""
    ready: PageInput = st.session_state[SHOWN]
    return ready


def show_everybody(study: Cohort) -> PageInput:
    """Makes the whole study ready, enrolled patients included, for a page that neither filter nor conventions touch.

    What leaves such a page is then stamped with everybody, not with the filter of the other pages.
    """
    everybody = study.dictionary.populations[0]
    ready = replace(shown(), cohort=study, whole=study, filter=Filter(), population=everybody, method=PAPER)
    st.session_state[SHOWN] = ready
    return ready
