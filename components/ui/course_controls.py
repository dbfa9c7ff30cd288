"""The controls of courses: which value, on which scale, shown how; the target range of the trough."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from components.core import control_words as controls
from components.courses import words
from components.courses.analysis import Scale
from components.courses.chart import CourseView
from components.links import offered
from components.treatment import words as treatment
from components.ui import ask
from components.ui.study import followed_patient, rows_allowed
from data.dictionary import Measure


@dataclass(frozen=True)
class Options:
    """What the display menu of the laboratory page asks for."""

    logarithmic: bool = False
    limits: bool = True
    pairs: bool = False
    apart: bool = False
    model: bool = False


def fitting(options: Options) -> AbstractContextManager[object]:
    """Says that the mixed model is being fitted, as long as it takes; nothing where it was not asked for."""
    return st.spinner(words.MODELLING) if options.model else nullcontext()


def parts() -> tuple[TabContainer, ...]:
    """The parts of the treatment page; only the one in sight is computed."""
    return ask.tabs(offered.TREATMENT_PART)


def measure(measures: Sequence[Measure]) -> Measure | None:
    """One measurement, or None for all of them."""
    return ask.one_of(offered.value(measures), words.SHOWN_VALUE, width=150)


def scale() -> Scale:
    """Values, or their change from day 0."""
    return ask.one_of(offered.SCALE, words.SCALE, width=130)


def form(key: str = "form", *, narrow: bool = False) -> words.Form:
    """Means, medians or single patients; the last only where single patients may be shown."""
    control = offered.form(single=rows_allowed(), key=key)
    return ask.one_of(control, words.FORM, width=160) if narrow else ask.segments(control, words.FORM)


def options(scale_: Scale) -> Options:
    """The display menu of the laboratory page."""
    with st.popover(controls.DISPLAY, icon=":material/tune:"):
        changed = scale_ != "absolute"
        logarithmic = ask.switch(offered.LOGARITHMIC, words.LOGARITHMIC, tip=words.LOG_HELP, disabled=changed)
        limits = ask.switch(offered.LIMITS, words.LIMITS)
        pairs = ask.switch(offered.PAIRS, words.PAIRS, tip=words.PAIRS_HELP)
        apart = ask.switch(offered.APART, words.APART, tip=words.APART_HELP)
        model = ask.switch(offered.MODEL, words.MODEL, tip=words.MODEL_HELP)
    return Options(logarithmic, limits, pairs, apart, model)


def view(form_: words.Form, chosen: Options | None = None, gap: int = 400) -> CourseView:
    """How the courses are drawn, with the patient followed over the pages marked."""
    chosen = chosen or Options()
    return CourseView(form_, chosen.logarithmic, chosen.apart, chosen.limits, gap, followed_patient())


def hint(form_: words.Form) -> str:
    """What a click does; blank where single patients are not drawn."""
    return words.CLICK_LINE if form_ == words.FORMS[2] and rows_allowed() else ""


def target(measure_: Measure) -> tuple[float, float]:
    """The target range, at first the one in the dictionary."""
    return ask.span(offered.target(measure_), treatment.TARGET, width=200, tip=treatment.TARGET_HELP)


def gap() -> int:
    """The longest interval between two measurements that is bridged."""
    return ask.one_of(offered.GAP, treatment.GAP, width=150, tip=treatment.GAP_HELP)


def receiving_only() -> bool:
    """Whether only doses above 0 count."""
    return ask.switch(offered.RECEIVING, treatment.RECEIVING, tip=treatment.RECEIVING_HELP)


def dose_unit(measures: Sequence[Measure]) -> Measure:
    """In which unit the dose is shown."""
    return ask.one_of(offered.dose_unit(measures), treatment.DOSE_UNIT, width=150)
