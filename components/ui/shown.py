"""What the page in front of the visitor shows: the filtered cohort, of which population, out of which whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from components.core.method import PAPER, Method
from data.cohort import Cohort
from data.dictionary import Population
from data.filters import Filter

SHOWN = "what is shown"


@dataclass(frozen=True, eq=False)
class Shown:
    """``cohort`` are the patients of ``whole`` (the page's population) whom ``filter`` keeps."""

    cohort: Cohort
    whole: Cohort
    filter: Filter
    population: Population
    method: Method

    @property
    def last_day(self) -> int:
        """The last day on which anyone of the whole population was followed: axes do not jump with the filter."""
        return int(self.whole.last_days.max(initial=0))


def shown() -> Shown:
    """What the frame has made ready for the page that runs now."""
    ready: Shown = st.session_state[SHOWN]
    return ready


def show_everybody(study: Cohort) -> Shown:
    """Makes the whole study ready, enrolled patients included, for a page that neither filter nor conventions touch.

    What leaves such a page is then stamped with everybody, not with the filter of the other pages.
    """
    everybody = study.dictionary.populations[0]
    ready = replace(shown(), cohort=study, whole=study, filter=Filter(), population=everybody, method=PAPER)
    st.session_state[SHOWN] = ready
    return ready
