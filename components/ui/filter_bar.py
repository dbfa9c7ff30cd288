"""The filter in the sidebar and the conventions under it: the same on every page, and in the address of each."""

from __future__ import annotations

import streamlit as st

from components.core import control_words as controls
from components.core import page_words as words
from components.links import page_controls
from components.ui import address, escaped, widgets
from data.cohort import Cohort
from data.dictionary import Factor, Number
from data.filters import KEEP_MISSING


def draw_filter(cohort: Cohort) -> None:
    """Subtype and antibodies, always in sight, and every other baseline factor and number behind "more"."""
    factors = [factor for factor in cohort.dictionary.factors if not factor.post_baseline]
    with st.sidebar:
        escaped.subheader(words.FILTER, help=words.FILTER_HELP)
        for factor in factors:
            if factor.always:
                _choice(cohort, factor)
        _more(cohort, [factor for factor in factors if not factor.always])
        escaped.button(words.RESET, on_click=clear, args=(_keys(cohort),), width="stretch", icon=":material/undo:")


def draw_conventions() -> None:
    """The statistical conventions, one choice for all pages."""
    with st.sidebar:
        menu = escaped.popover(
            controls.CONVENTIONS, icon=":material/function:", width="stretch", key="conventions", on_change="rerun"
        )
    if not menu.open:  # a browser does not hear what a widget in a closed menu is set to
        return
    with menu:
        escaped.caption(controls.CONVENTIONS_HELP)
        for control in (page_controls.INTERVAL, page_controls.TIES, page_controls.AT_RISK):
            widgets.draw(control)


def _more(cohort: Cohort, rest: list[Factor]) -> None:
    """Numbers and the other factors, by section; while closed only those in use are drawn, which keeps a click fast."""
    more = escaped.expander(words.MORE, key="more", on_change="rerun")
    with more:
        for section in dict.fromkeys(factor.section for factor in rest):
            numbers = [entry for entry in cohort.dictionary.numbers if entry.section == section]
            entries: list[Factor | Number] = [*numbers, *(factor for factor in rest if factor.section == section)]
            drawn = [entry for entry in entries if more.open or _used(entry.key)]
            if drawn:
                escaped.caption(section.label)
            for entry in drawn:
                if isinstance(entry, Number):
                    _range(cohort, entry)
                else:
                    _choice(cohort, entry)


def _used(key: str) -> bool:
    return key in address.now().asked


def clear(keys: tuple[str, ...]) -> None:
    """Take what is said about these variables out of the filter; for a button's ``on_click``."""
    address.forget({*keys, *(f"{key}{KEEP_MISSING}" for key in keys)})


def _keys(cohort: Cohort) -> tuple[str, ...]:
    entries: tuple[Factor | Number, ...] = (*cohort.dictionary.factors, *cohort.dictionary.numbers)
    return tuple(entry.key for entry in entries)


def _choice(cohort: Cohort, factor: Factor) -> None:
    control = page_controls.levels(cohort, factor)
    if control is not None:
        widgets.draw(control)


def _range(cohort: Cohort, number: Number) -> None:
    control = page_controls.span(cohort, number)
    if control is None or widgets.draw(control) == control.default:
        return
    missing = int(cohort.patients[number.key].isna().sum())
    if missing:
        widgets.draw(page_controls.keep_missing(number, missing))
