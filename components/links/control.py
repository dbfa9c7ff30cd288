"""The kinds of control: what each offers, what it holds at first, and how a link writes and reads it.

A widget is drawn from its control, so its options, its default and its words stand in one place. The texts of a link
are those that Streamlit itself writes into the address for a widget bound to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Generic, Literal, TypeVar

Option = TypeVar("Option")

Value = str | bool | int | tuple[str, ...] | tuple[float, float]
"""What a control holds: the name of an option, yes or no, a whole number, names of options, or two numbers."""


@dataclass(frozen=True)
class Look:
    """How a control is drawn: its words, its widget where it is not the usual one of its kind, and where it stands.

    A control in the ``menu`` stands in the display menu at the end of its row; ``tabs`` hold what the page asks and
    shows after them. ``width`` is in pixels, 0 for the usual one.
    """

    label: str = ""
    tip: str = ""
    widget: Literal["usual", "segments", "tabs", "pills", "checkbox"] = "usual"
    where: Literal["row", "menu", "sidebar"] = "row"
    width: int = 0


PLAIN = Look()
OWN = "own-"
"""What stands in a link before the number of an option that a hospital's own files have named."""


@dataclass(frozen=True)
class OneOf(Generic[Option]):
    """One of ``options``, each with its name, at first the one at ``start``.

    A link writes the name, but those in ``private``, which come from a hospital's own files, by their number there: an
    address stands in histories and logs. ``private`` may name more than is offered, so that a number means one thing
    whatever else is chosen.
    """

    key: str
    options: tuple[tuple[str, Option], ...]
    start: int = 0
    look: Look = field(default=PLAIN, compare=False)
    private: tuple[str, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the options, as shown."""
        return tuple(name for name, _ in self.options)

    @property
    def default(self) -> str:
        """The name of the option chosen at first."""
        return self.options[self.start][0]

    def meaning(self, name: str) -> Option:
        """The option called ``name``. Raises KeyError for an unknown one."""
        return dict(self.options)[name]

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        name = str(value)
        return (f"{OWN}{self.private.index(name) + 1}" if name in self.private else name,)

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        by_number = {f"{OWN}{i}": name for i, name in enumerate(self.private, 1)}
        asked = by_number.get(texts[-1], texts[-1]) if texts else ""
        return (asked, ()) if texts and asked in self.names else (self.default, tuple(texts))


@dataclass(frozen=True)
class Several:
    """Any of the names ``options``, in their order; at first ``default``."""

    key: str
    options: tuple[str, ...]
    default: tuple[str, ...] = ()
    look: Look = field(default=PLAIN, compare=False)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it; nothing chosen, where something is at first, as one blank."""
        return tuple(str(name) for name in value) or ("",) if isinstance(value, tuple) else ()

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        asked = [text for text in texts if text]
        chosen = tuple(option for option in self.options if option in asked)
        unknown = tuple(text for text in asked if text not in self.options)
        return (chosen if chosen or not asked else self.default), unknown


@dataclass(frozen=True)
class Switch:
    """Yes or no."""

    key: str
    default: bool = False
    look: Look = field(default=PLAIN, compare=False)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        return ("true" if value else "false",)

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        text = texts[-1].lower() if texts else ""
        return (text == "true", ()) if text in {"true", "false"} else (self.default, tuple(texts))


@dataclass(frozen=True)
class Whole:
    """A whole number from ``low`` to ``high``."""

    key: str
    low: int
    high: int
    default: int
    look: Look = field(default=PLAIN, compare=False)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        return (str(value),)

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        number = _number(texts[-1]) if texts else None
        inside = number is not None and number == int(number) and self.low <= number <= self.high
        return (int(number), ()) if inside and number is not None else (self.default, tuple(texts))


@dataclass(frozen=True)
class Span:
    """Two numbers between ``low`` and ``high``, the smaller first, chosen in steps of ``step``."""

    key: str
    low: float
    high: float
    default: tuple[float, float]
    step: float = 1.0
    look: Look = field(default=PLAIN, compare=False)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        return tuple(_shortest(float(bound)) for bound in value) if isinstance(value, tuple) else ()

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        bounds = [number for number in map(_number, texts) if number is not None and self.low <= number <= self.high]
        if len(bounds) != 2 or len(texts) != 2:
            return self.default, tuple(texts)
        return (min(bounds), max(bounds)), ()


Control = OneOf[Any] | Several | Switch | Whole | Span


def one_of(
    key: str, options: Iterable[Option], name: Callable[[Option], str], start: int = 0, look: Look = PLAIN
) -> OneOf[Option]:
    """The control that offers ``options`` by what ``name`` calls them."""
    return OneOf(key, tuple((name(option), option) for option in options), start, look)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _shortest(number: float) -> str:
    """The shortest text that reads back as the same number: 40, 62.5."""
    return repr(number).removesuffix(".0")
