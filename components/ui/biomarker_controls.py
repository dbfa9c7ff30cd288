"""The controls of the biomarker page, and its slow answers kept for the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from components.biomarker import words
from components.biomarker.analysis import (
    CutPoint,
    Direction,
    Discrimination,
    Values,
    discrimination,
    searched_cut,
)
from components.biomarker.hazard_by_value import Shape
from components.links import offered
from components.ui import ask
from components.ui.shown import Shown
from data.dictionary import Dictionary, Measure, Number

Answer = TypeVar("Answer")

ANSWERS = "answers about baseline values"
KEPT = 40
"""Answers kept a session, and for this session alone: they are computed from its patients."""


def value(dictionary: Dictionary) -> Number | Measure:
    """The baseline value, at first ferritin."""
    return ask.one_of(offered.marker(dictionary), words.VALUE, width=260)


def looks() -> tuple[TabContainer, ...]:
    """The ways of looking at it; only the one in sight is computed."""
    return ask.tabs(offered.BIOMARKER_LOOK)


def direction(entry: Number | Measure) -> Direction:
    """With which values risk is expected to rise; told before looking at the answer."""
    return ask.one_of(offered.direction(entry), words.DIRECTION, width=240)


def shape() -> Shape:
    """Straight line or spline."""
    return ask.segments(offered.SHAPE, words.SHAPE)


def search_asked() -> bool:
    """Whether all cut-points shall be searched, after reading what that is worth."""
    asked = st.toggle(words.SEARCH_NOW, key="search")
    if not asked:
        st.caption(words.search_caution())
    return bool(asked)


def _question(here: Shown, data: Values) -> tuple[object, ...]:
    """What an answer depends on: the files, the patients, the value and the endpoint."""
    patients = tuple(here.cohort.patients["patient"])
    return here.whole.provenance.fingerprint, patients, data.entry.key, data.endpoint.key, here.method.level


def kept_discrimination(here: Shown, data: Values, rising: Direction) -> Discrimination:
    """The discrimination, from this session's memory where it was asked for before."""
    return _kept((*_question(here, data), rising), lambda: discrimination(data, direction=rising, method=here.method))


def kept_cut(here: Shown, data: Values) -> CutPoint:
    """The searched cut-point, from this session's memory where it was asked for before."""
    return _kept(_question(here, data), lambda: searched_cut(data, method=here.method))


def _kept(question: tuple[object, ...], answer: Callable[[], Answer]) -> Answer:
    """Not Streamlit's cache: what is known of imported patients must be forgotten together with them."""
    known: dict[tuple[object, ...], Answer] = st.session_state.setdefault(ANSWERS, {})
    if question not in known:
        with st.spinner(words.COMPUTING):
            known[question] = answer()
        while len(known) > KEPT:
            del known[next(iter(known))]
    return known[question]
