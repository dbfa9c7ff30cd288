"""The widgets: each drawn from its control, holding what the address says, and changing it when a visitor chooses."""

from __future__ import annotations

from typing import Any, Literal, TypedDict, TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from components.links.control import Control, OneOf, Several, Span, Switch, Value, Whole
from components.ui import address

Option = TypeVar("Option")


class _Held(TypedDict):
    key: str
    on_change: Any
    args: tuple[Control]


def _held(control: Control) -> _Held:
    """What ties a widget to the address."""
    address.hold(control)
    return {"key": control.key, "on_change": _chosen, "args": (control,)}


def _chosen(control: Control) -> None:
    address.choose(control, _value(control, st.session_state[control.key]))


def _value(control: Control, held: Any) -> Value:
    """What a widget holds, as its control writes it."""
    match control:
        case Several():
            return tuple(option for option in control.options if option in (held or ()))
        case Span():
            return min(held), max(held)
        case Switch():
            return bool(held)
        case Whole():
            return int(held)
        case OneOf():
            return str(held)


def one_of(control: OneOf[Option], title: str, *, width: int = 260, tip: str | None = None) -> Option:
    """One of the options from a list."""
    return control.meaning(st.selectbox(title, control.names, width=width, help=tip, **_held(control)))


def segments(control: OneOf[Option], title: str, *, tip: str | None = None) -> Option:
    """One of a few options, all in sight."""
    return control.meaning(str(st.segmented_control(title, control.names, required=True, help=tip, **_held(control))))


def tabs(control: OneOf[str]) -> tuple[TabContainer, ...]:
    """A tab for each option; only the one in sight says it is open."""
    return tuple(st.tabs(control.names, **_held(control)))


def several(control: Several, title: str, *, width: int | Literal["stretch"] = "stretch") -> tuple[str, ...]:
    """Any of the options from a list, in their order."""
    return _names(control, st.multiselect(title, control.options, width=width, **_held(control)))


def pills(control: Several, title: str) -> tuple[str, ...]:
    """Any of a few options, all in sight, in their order."""
    return _names(control, st.pills(title, control.options, selection_mode="multi", **_held(control)))


def _names(control: Several, picked: Any) -> tuple[str, ...]:
    return tuple(option for option in control.options if option in picked)


def switch(control: Switch, title: str, *, tip: str | None = None, disabled: bool = False) -> bool:
    """Yes or no; no, and not a choice at all, while ``disabled``."""
    if disabled:
        st.toggle(title, help=tip, disabled=True)
        return False
    return bool(st.toggle(title, help=tip, **_held(control)))


def checkbox(control: Switch, title: str) -> bool:
    """Yes or no, in the small."""
    return bool(st.checkbox(title, **_held(control)))


def whole(control: Whole, title: str, *, width: int = 210, tip: str | None = None) -> int:
    """A whole number."""
    return int(st.number_input(title, control.low, control.high, step=1, width=width, help=tip, **_held(control)))


def span(
    control: Span, title: str, *, width: int | Literal["stretch"] = "stretch", tip: str | None = None
) -> tuple[float, float]:
    """Two numbers, the smaller first."""
    held = _held(control)
    chosen: Any = st.slider(
        title, control.low, control.high, step=control.step, format="%g", width=width, help=tip, **held
    )
    return min(chosen), max(chosen)
