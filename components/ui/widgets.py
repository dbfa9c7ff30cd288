"""The widgets: each drawn from its control, holding what the address says, and changing it when a visitor chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypedDict, TypeVar, overload

import streamlit as st

from components.core import control_words as words
from components.links.asked import Asked
from components.links.control_types import (
    Control,
    IntegerChoice,
    KeptChoice,
    MultipleChoice,
    NumericRange,
    SingleChoice,
    Switch,
    Value,
)
from components.ui import address, escaped
from components.ui.streamlit_internals import DeltaGenerator, TabContainer

Option = TypeVar("Option")


class _Held(TypedDict):
    key: str
    on_change: Any
    args: tuple[Control, str]


def _held(control: Control) -> _Held:
    """What ties a widget to the address."""
    address.hold(control)
    return {"key": control.key, "on_change": _chosen, "args": (control, address.now().page)}


def _chosen(control: Control, page: str) -> None:
    """Take a choice made on ``page``.

    A browser that was sent to another page still sends what the widgets held on the one before, and Streamlit takes it
    for a change: it would choose on the page that is shown what was chosen on the page that was left. With a panel
    alone on the screen there is no widget to choose with, so all that comes is of that kind.
    """
    if page == address.now().page and not address.now().panel and not address.overtaken():
        address.choose(control, value_of(control, st.session_state[control.key]))


def value_of(control: Control, held: Any) -> Value:  # noqa: PLR0911 - a kind is a line
    """What a widget holds, as its control writes it."""
    match control:
        case KeptChoice():
            return tuple(held)
        case MultipleChoice():
            return tuple(id_ for id_ in control.ids if id_ in (held or ()))
        case NumericRange():
            return min(held), max(held)
        case Switch():
            return bool(held)
        case IntegerChoice():
            return int(held)
        case SingleChoice() if control.look.widget == "tabs":
            return next(option.id for option in control.options if option.label == held)
        case SingleChoice():
            return str(held)


@overload
def draw(control: SingleChoice[Option]) -> Option: ...
@overload
def draw(control: MultipleChoice) -> tuple[str, ...]: ...
@overload
def draw(control: KeptChoice) -> tuple[str, ...]: ...
@overload
def draw(control: Switch) -> bool: ...
@overload
def draw(control: IntegerChoice) -> int: ...
@overload
def draw(control: NumericRange) -> tuple[float, float]: ...
def draw(control: Control) -> Any:
    """The widget of the control, but for tabs; gives back what is chosen in it."""
    value = value_of(control, _drawn(control))
    return control.meaning(str(value)) if isinstance(control, SingleChoice) else value


def _drawn(control: Control) -> Any:  # noqa: PLR0911 - a widget is a line
    look, held = control.look, _held(control)
    label, tip = look.label, look.tip or None
    match control:
        case SingleChoice() if look.widget == "segments":
            return escaped.segmented_control(
                label, control.ids, format_func=_label(control), required=True, help=tip, **held
            )
        case SingleChoice():
            return escaped.selectbox(
                label, control.ids, format_func=_label(control), width=look.width or 260, help=tip, **held
            )
        case MultipleChoice() if look.widget == "pills":
            return escaped.pills(
                label, control.ids, format_func=_label(control), selection_mode="multi", help=tip, **held
            )
        case MultipleChoice():
            return escaped.multiselect(
                label,
                control.ids,
                format_func=_label(control),
                max_selections=control.most or None,
                placeholder=look.blank or None,
                width=look.width or "stretch",
                help=tip,
                **held,
            )
        case Switch() if look.widget == "checkbox":
            return escaped.checkbox(label, help=tip, **held)
        case Switch():
            return escaped.toggle(label, help=tip, **held)
        case IntegerChoice():
            width = look.width or 210
            return escaped.number_input(label, control.low, control.high, step=1, width=width, help=tip, **held)
        case NumericRange():
            return escaped.slider(
                label,
                control.low,
                control.high,
                step=control.step,
                format="%g",
                width=look.width or "stretch",
                help=tip,
                **held,
            )


def _label(control: SingleChoice[Any] | MultipleChoice) -> Callable[[str], str]:
    """What is shown for the id of an option."""
    return control.labels.__getitem__


def tabs(control: SingleChoice[str]) -> tuple[TabContainer, ...]:
    """A tab for each option; only the one in sight says it is open."""
    return tuple(st.tabs(list(control.labels.values()), **_held(control)))


def row() -> DeltaGenerator:
    """A row for controls, aligned at their foot."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


class Controls:
    """The controls of a page where each of them stands: in rows, in the display menu of a row, or in tabs."""

    def __init__(self) -> None:
        self.place: DeltaGenerator | TabContainer = st.container()
        self._row: DeltaGenerator | None = None
        self._menu: Any = None

    def draw_all(self, asked: Asked) -> None:
        """Draw the controls of the page but those at a table or the filter; what it shows belongs into ``place``."""
        for control in answered(asked):
            if isinstance(control, SingleChoice) and control.look.widget == "tabs":
                self._turn(control)
            elif control.look.where not in {"table", "filter"}:
                place = self._where(control)
                if place is not None:
                    with place:
                        _drawn(control)

    def _turn(self, control: SingleChoice[str]) -> None:
        with self.place:
            all_ = tabs(control)
        self.place = all_[control.ids.index(str(address.view().held(control)))]
        self._row = self._menu = None

    def _where(self, control: Control) -> Any:
        """The row or the menu; None while the menu is closed.

        A browser does not hear what a widget in a closed menu is set to: it keeps what it held before and sends that
        with the next click as a choice. So there is no such widget before the menu is open.
        """
        if self._row is None:
            with self.place:
                self._row = row()
        if control.look.where != "menu":
            return self._row
        if self._menu is None:
            with self._row:
                self._menu = escaped.popover(words.DISPLAY, icon=":material/tune:", key="display", on_change="rerun")
        return self._menu if self._menu.open else None


def answered(asked: Asked) -> Iterator[Control]:
    """The controls that are asked, where each is answered with what the address says."""
    control = next(asked, None)
    while control is not None:
        yield control
        try:
            control = asked.send(address.view().held(control))
        except StopIteration:
            return
