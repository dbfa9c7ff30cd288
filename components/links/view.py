"""A view of the dashboard as a value, and the link that brings it back: the address alone rebuilds what was seen."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload
from urllib.parse import parse_qs, urlencode

from components.links.asked import PageContext, controls_in_order
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
from components.links.former import renamed
from components.links.page_controls import BY, compared

DATA, VERSION, PRESENT = "data", "v", "present"
"""What a link says beside the choices: the data and the version it was made with, and to show one panel alone."""

OF_STREAMLIT = frozenset({"embed", "embed_options"})

Query = Mapping[str, Sequence[str]]
Option = TypeVar("Option")
Found = TypeVar("Found")


@dataclass(frozen=True)
class View:
    """A page and every choice made on it; ``choices`` holds those that differ from what the page shows at first."""

    page: str
    choices: tuple[tuple[Control, Value], ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """The choices by the key of their control."""
        return {control.key: value for control, value in self.choices}

    def held(self, control: Control) -> Value:
        """What the control holds, as it writes it."""
        return self.values.get(control.key, control.default)

    @overload
    def of(self, control: SingleChoice[Option]) -> Option: ...
    @overload
    def of(self, control: MultipleChoice) -> tuple[str, ...]: ...
    @overload
    def of(self, control: KeptChoice) -> tuple[str, ...]: ...
    @overload
    def of(self, control: Switch) -> bool: ...
    @overload
    def of(self, control: IntegerChoice) -> int: ...
    @overload
    def of(self, control: NumericRange) -> tuple[float, float]: ...
    def of(self, control: Control) -> Any:
        """What the choice stands for: of options the one that is meant, of all others what they hold."""
        held = self.held(control)
        return control.meaning(str(held)) if isinstance(control, SingleChoice) else held

    def answers(self, asked: Generator[Control, Value, Found]) -> Found:
        """What ``asked`` gives back when each of its controls holds what it holds in this view."""
        try:
            control = next(asked)
            while True:
                control = asked.send(self.held(control))
        except StopIteration as end:
            found: Found = end.value
            return found

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What the link says of the choices; never who a patient is, for no control holds that."""
        return tuple((control.key, text) for control, value in self.choices for text in control.texts(value))

    @property
    def query(self) -> str:
        """The same as a query string."""
        return urlencode(self.pairs)


@dataclass(frozen=True)
class Read:
    """A view read from a link, the parts of the link not known here, and with what data and version it was made."""

    view: View
    ignored: tuple[str, ...] = ()
    data: str = ""
    version: str = ""


def answered(page: str, ground: PageContext, answer: Callable[[Control], Value]) -> View:
    """The view that comes of asking ``answer`` for every control of the page, one after the other."""
    asked = controls_in_order(ground)
    choices = []
    control = next(asked, None)
    while control is not None:
        value = answer(control)
        if value != control.default:
            choices.append((control, value))
        try:
            control = asked.send(value)
        except StopIteration:
            control = None
    return View(page, tuple(choices))


def read(page: str, query: str | Query, ground: PageContext) -> Read:
    """The view that a query string, or its parsed form, asks for.

    What cannot be understood (an unknown key, a level that nobody has, a day outside its limits) is left out and listed
    in ``ignored`` as it stands in the link, for example ``subtype=XYZ``.
    """
    asked: Query = parse_qs(query, keep_blank_values=True) if isinstance(query, str) else query
    rest = {key: list(texts) for key, texts in renamed(asked).items()}
    ignored: list[str] = []

    def answer(control: Control) -> Value:
        if control.key not in rest:
            return control.default
        value, unknown = control.read(rest.pop(control.key))
        ignored.extend(f"{control.key}={text}" for text in unknown)
        return value

    view = answered(page, ground, answer)
    if BY in rest:  # chosen on another page; this one does not compare
        answer(compared(ground.whole.dictionary))
    data, version = (" ".join(rest.pop(key, ())) for key in (DATA, VERSION))
    strange = [f"{key}={text}" for key, texts in rest.items() if key not in {PRESENT, *OF_STREAMLIT} for text in texts]
    return Read(view, (*ignored, *strange), data, version)


def link_query(view: View, data: str, version: str) -> str:
    """The query string of the full link: the choices, then the fingerprint of the data and the version."""
    return urlencode((*view.pairs, (DATA, data), (VERSION, version)))
