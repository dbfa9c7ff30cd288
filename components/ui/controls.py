"""The few controls of a page in one row, each bound to the address so that a link carries the choice."""

from __future__ import annotations

import streamlit as st

from components.core import control_words as words
from components.core.method import PAPER, Method
from components.core.missing_words import each_missing
from components.links import offered
from components.survival.analysis import TWO_YEARS
from components.survival.chart import View
from components.survival.words import when
from components.ui import ask
from components.ui.stage import presenting
from data.cohort import Cohort
from data.dictionary import Dictionary, Endpoint, Factor

YEAR, MOST_TICKS = 365.25, 11
STEPS = (1, 2, 4, 10, 20, 40)
"""Half-years between two ticks: as few as leave no more than the most."""


def half_years(until: int) -> tuple[int, ...]:
    """The days of the ticks of a time axis to ``until``: every half-year, or so many that they do not crowd."""
    days = [half_year(k) for k in range(int(2 * until * 1.01 / YEAR) + 2)]
    days = [day for day in days if day <= until * 1.01]
    step = next((step for step in STEPS if len(days) <= MOST_TICKS * step), STEPS[-1])
    return tuple(days[::step])


def half_year(k: int) -> int:
    """The day on which ``k`` half-years are over: two years are 730 days, as everywhere."""
    return int(k * YEAR / 2) if k % 2 == 0 else round(k * YEAR / 2)


def row() -> st.delta_generator.DeltaGenerator:
    """A row for controls, aligned at their foot."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def endpoint(dictionary: Dictionary, key: str = "endpoint") -> Endpoint:
    """The endpoint of the page."""
    missing = [entry for entry in dictionary.not_recorded if isinstance(entry, Endpoint)]
    return ask.one_of(offered.endpoint(dictionary, key), words.ENDPOINT, width=222, tip=each_missing(missing) or None)


def say_not_offered(dictionary: Dictionary) -> None:
    """Under the controls: which endpoints are not offered, and what would bring them; nothing where all are."""
    if told := each_missing(entry for entry in dictionary.not_recorded if isinstance(entry, Endpoint)):
        st.caption(told)


def without_data(dictionary: Dictionary, *keys: str) -> bool:
    """Whether the study records none of these entries (keys, or roles of endpoints); if so it is said what would."""
    missing = [entry for entry in map(dictionary.missing, keys) if entry is not None]
    if len(missing) < len(keys):
        return False
    st.info(each_missing(missing), icon=":material/info:")
    return True


def compared_factor(
    dictionary: Dictionary, key: str = "by", start: str = "subtype", *, known_at_start: bool = False, width: int = 255
) -> Factor | None:
    """The factor whose levels are compared, or None for all patients together."""
    control = offered.compared(dictionary, key, start, known_at_start=known_at_start)
    return ask.one_of(control, words.COMPARE, width=width)


def landmark_day(cohort: Cohort, factor: Factor | None) -> int | None:
    """The landmark that a factor known only after the start needs; None, and nothing drawn, for any other."""
    if factor is None or not factor.post_baseline:
        return None
    return ask.whole(offered.landmark(cohort, factor), words.LANDMARK, tip=words.LANDMARK_HELP)


def survival_view(last_day: int, start: int = 0) -> View:
    """How the curves are drawn: to two years or to the end, with or without bands and the full table.

    ``last_day`` is the end of follow-up since the start of treatment, ``start`` the landmark, where there is one. The
    view's horizon is None while events count over all follow-up.
    """
    shown = ask.segments(offered.UNTIL, words.UNTIL)
    whole = shown == words.UNTIL_OPTIONS[1] and last_day > start
    until = (last_day if whole else TWO_YEARS) - start
    cut = ask.segments(offered.COUNTED, words.COUNTED)
    with st.popover(words.DISPLAY, icon=":material/tune:"):
        band = ask.switch(offered.BAND, words.BAND)
        full = ask.switch(offered.COUNTS, words.FULL_TABLE) and not presenting()
        picked = ask.several(offered.AT, words.AT, width=330)
    days = tuple(day for day in offered.TIMES if when(day) in picked)
    ticks = half_years(until)
    labels = tuple(words.month(day) for day in ticks)
    return View(until, ticks, labels, days, band, full, start + until if cut else None)


def horizon() -> int | None:
    """The day up to which events count, on a page that draws no curve; None for all follow-up."""
    return ask.segments(offered.COUNTED_TO, words.COUNTED_TO)


def method() -> Method:
    """The statistical conventions, one choice for all pages, in the sidebar under the filter."""
    with st.sidebar, st.popover(words.CONVENTIONS, icon=":material/function:", width="stretch"):
        st.caption(words.CONVENTIONS_HELP)
        interval = ask.one_of(offered.INTERVAL, words.INTERVAL, width=400)[0]
        ties = ask.one_of(offered.TIES, words.TIES, width=400)[0]
        at_risk = ask.one_of(offered.AT_RISK, words.AT_RISK, width=400)[0]
    return Method(ties, interval, at_risk, PAPER.level)


def prognostic_factors(dictionary: Dictionary) -> tuple[Factor, ...]:
    """The factors of the forest plot: all that are marked prognostic, or those of one section."""
    marked = tuple(entry for entry in dictionary.factors if entry.prognostic)
    section = ask.one_of(offered.factors_shown(dictionary), words.SECTION)
    return tuple(entry for entry in marked if section in {words.EVERYTHING, entry.section})
