"""The widgets: each drawn from its control, bound to the address, and its answer noted for the link of the page."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.links.control import Control, OneOf, Several, Span, Switch, Value, Whole

NOTED = "controls drawn in this run"

Option = TypeVar("Option")
Bound = Literal["query-params"]
BOUND: Bound = "query-params"


def begin() -> None:
    """Forget the answers of the run before; called before anything is asked."""
    st.session_state[NOTED] = {}


def answers() -> tuple[tuple[Control, Value], ...]:
    """The controls drawn so far in this run, with what they hold."""
    return tuple(st.session_state.get(NOTED, {}).values())


def _noted(control: Control, value: Value) -> None:
    st.session_state.setdefault(NOTED, {})[control.key] = (control, value)


def one_of(control: OneOf[Option], title: str, *, width: int = 260, tip: str | None = None) -> Option:
    """One of the options from a list."""
    name = st.selectbox(title, control.names, index=control.start, key=control.key, bind=BOUND, width=width, help=tip)
    _noted(control, name)
    return control.meaning(name)


def segments(control: OneOf[Option], title: str, *, tip: str | None = None) -> Option:
    """One of a few options, all in sight."""
    name = st.segmented_control(
        title, control.names, default=control.default, required=True, key=control.key, bind=BOUND, help=tip
    )
    _noted(control, name)
    return control.meaning(name)


def tabs(control: OneOf[str]) -> tuple[DeltaGenerator, ...]:
    """A tab for each option; only the one in sight says it is open."""
    drawn = st.tabs(control.names, default=control.default, key=control.key, bind=BOUND, on_change="rerun")
    name = next((name for name, tab in zip(control.names, drawn, strict=True) if tab.open), control.default)
    _noted(control, name)
    return tuple(drawn)


def several(control: Several, title: str, *, width: int | Literal["stretch"] = "stretch") -> tuple[str, ...]:
    """Any of the options from a list, in their order."""
    picked = st.multiselect(title, control.options, control.default, key=control.key, bind=BOUND, width=width)
    return _chosen(control, picked)


def pills(control: Several, title: str) -> tuple[str, ...]:
    """Any of a few options, all in sight, in their order."""
    picked = st.pills(title, control.options, selection_mode="multi", key=control.key, bind=BOUND)
    return _chosen(control, picked)


def _chosen(control: Several, picked: Any) -> tuple[str, ...]:
    names = tuple(option for option in control.options if option in picked)
    _noted(control, names)
    return names


def switch(control: Switch, title: str, *, tip: str | None = None, disabled: bool = False) -> bool:
    """Yes or no; no, and nothing noted, while ``disabled``."""
    on = bool(st.toggle(title, value=control.default, key=control.key, bind=BOUND, help=tip, disabled=disabled))
    if disabled:
        return False
    _noted(control, on)
    return on


def checkbox(control: Switch, title: str) -> bool:
    """Yes or no, in the small."""
    on = bool(st.checkbox(title, value=control.default, key=control.key, bind=BOUND))
    _noted(control, on)
    return on


def whole(control: Whole, title: str, *, width: int = 210, tip: str | None = None) -> int:
    """A whole number."""
    number = int(
        st.number_input(
            title, control.low, control.high, control.default, key=control.key, bind=BOUND, width=width, help=tip
        )
    )
    _noted(control, number)
    return number


def span(
    control: Span, title: str, *, width: int | Literal["stretch"] = "stretch", tip: str | None = None
) -> tuple[float, float]:
    """Two numbers, the smaller first."""
    chosen = st.slider(
        title,
        control.low,
        control.high,
        control.default,
        step=control.step,
        format="%g",
        key=control.key,
        bind=BOUND,
        width=width,
        help=tip,
    )
    bounds = (min(chosen), max(chosen))
    _noted(control, bounds)
    return bounds
