"""The filter in the sidebar: the same on every page, and in the address of each."""

from __future__ import annotations

import streamlit as st

from components.core import page_words as words
from components.links import offered
from components.ui import address, ask
from data.cohort import Cohort
from data.dictionary import MISSING, Factor, Number
from data.filters import KEEP_MISSING, Choice, Filter, Range


def chosen_filter(cohort: Cohort) -> Filter:
    """Draws the sidebar and gives back what is chosen in it.

    Subtype and antibodies are always in sight, every other baseline factor and number behind "more".
    """
    factors = [factor for factor in cohort.dictionary.factors if not factor.post_baseline]
    parts: list[Choice | Range | None] = []
    with st.sidebar:
        st.subheader(words.FILTER, help=words.FILTER_HELP)
        parts += [_choice(cohort, factor) for factor in factors if factor.always]
        parts += _more(cohort, [factor for factor in factors if not factor.always])
        st.button(words.RESET, on_click=clear, args=(_keys(cohort),), width="stretch", icon=":material/undo:")
    order = {key: i for i, key in enumerate(_keys(cohort))}
    chosen = [part for part in parts if part is not None]
    return Filter(tuple(sorted(chosen, key=lambda part: order[part.key])))


def _more(cohort: Cohort, rest: list[Factor]) -> list[Choice | Range | None]:
    """Numbers and the other factors, by section; while closed only those in use are drawn, which keeps a click fast."""
    parts: list[Choice | Range | None] = []
    more = st.expander(words.MORE, key="more", on_change="rerun")
    with more:
        for section in dict.fromkeys(factor.section for factor in rest):
            numbers = [entry for entry in cohort.dictionary.numbers if entry.section == section]
            entries: list[Factor | Number] = [*numbers, *(factor for factor in rest if factor.section == section)]
            drawn = [entry for entry in entries if more.open or _used(entry.key)]
            if drawn:
                st.caption(section)
            parts += [_range(cohort, e) if isinstance(e, Number) else _choice(cohort, e) for e in drawn]
    return parts


def _used(key: str) -> bool:
    return key in address.now().asked


def clear(keys: tuple[str, ...]) -> None:
    """Take what is said about these variables out of the filter; for a button's ``on_click``."""
    address.forget({*keys, *(f"{key}{KEEP_MISSING}" for key in keys)})


def _keys(cohort: Cohort) -> tuple[str, ...]:
    entries: tuple[Factor | Number, ...] = (*cohort.dictionary.factors, *cohort.dictionary.numbers)
    return tuple(entry.key for entry in entries)


def _choice(cohort: Cohort, factor: Factor) -> Choice | None:
    control = offered.levels(cohort, factor)
    if control is None:
        return None
    picked = (ask.pills if factor.always else ask.several)(control, factor.label)
    levels = tuple(MISSING if level == factor.missing else level for level in picked)
    return Choice(factor, levels) if levels else None


def _range(cohort: Cohort, number: Number) -> Range | None:
    control = offered.span(cohort, number)
    if control is None:
        return None
    chosen = ask.span(control, f"{number.label}, {number.unit}")
    if chosen == control.default:
        return None
    missing = int(cohort.patients[number.key].isna().sum())
    keep = bool(missing) and ask.checkbox(offered.keep_missing(number), words.keep_missing(missing))
    return Range(number, *chosen, keep_missing=keep)
