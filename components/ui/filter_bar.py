"""The filter in the sidebar and the conventions under it: the same on every page, and in the address of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from components.core import control_words as controls
from components.core import page_words as words
from components.links import page_controls
from components.ui import address, escaped, widgets
from components.ui.navigation import NARROW
from data.cohort import Cohort
from data.entries import Factor
from data.filters import KEEP_MISSING


def draw_filter(cohort: Cohort) -> None:
    """Subtype and antibodies, and the way to the page with every other variable by which patients can be chosen."""
    with st.sidebar:
        escaped.subheader(words.FILTER, help=words.FILTER_HELP)
        for factor in cohort.dictionary.factors:
            control = page_controls.levels(cohort, factor) if factor.always and not factor.post_baseline else None
            if control is not None:
                widgets.draw(control)
        if address.now().page != Path(NARROW).stem:
            escaped.page_link(NARROW, label=words.MORE, icon=":material/filter_alt:")
        escaped.button(
            words.RESET, on_click=clear, args=(cohort.dictionary.conditions,), width="stretch", icon=":material/undo:"
        )


def choose_levels(factors: Sequence[Factor], whole: Cohort) -> None:
    """A list of levels for each of the factors that somebody has a level of, but for those in the sidebar."""
    controls_ = [page_controls.levels(whole, one) for one in factors if not one.always]
    columns = st.columns(3)
    for i, control in enumerate(one for one in controls_ if one is not None):
        with columns[i % len(columns)]:
            widgets.draw(control)


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


def clear(keys: tuple[str, ...]) -> None:
    """Take what is said about these variables out of the filter; for a button's ``on_click``."""
    address.forget({*keys, *(f"{key}{KEEP_MISSING}" for key in keys)})
