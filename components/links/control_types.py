"""The kinds of control: what each offers, what it holds at first, and how a link writes and reads it.

A widget is drawn from its control, so its options, its default and its words stand in one place. The texts of a link
are those that Streamlit itself writes into the address for a widget bound to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from math import isfinite
from typing import Any, Generic, Literal, TypeVar

from components.links.former import former
from data.dictionary import Dictionary
from data.kept_cohorts import kept_cohort

Meaning = TypeVar("Meaning")
Name = TypeVar("Name", bound=str)

Value = str | bool | int | tuple[str, ...] | tuple[float, float]
"""What a control holds: the id of an option, yes or no, a whole number, ids of options, or two numbers."""


@dataclass(frozen=True)
class Look:
    """How a control is drawn: its words, its widget where it is not the usual one of its kind, and where it stands.

    A control in the ``menu`` stands in the display menu at the end of its row, one at a ``table`` above the table whose
    rows it chooses, one at the ``filter`` beside its conditions; ``tabs`` hold what the page asks and shows after them.
    ``width`` is in pixels, 0 for the usual one.
    ``blank`` stands where nothing is chosen.
    """

    label: str = ""
    tip: str = ""
    widget: Literal["usual", "segments", "tabs", "pills", "checkbox"] = "usual"
    where: Literal["row", "menu", "sidebar", "table", "filter"] = "row"
    width: int = 0
    blank: str = ""


PLAIN = Look()
OWN = "own-"
"""What the id of an option begins with that a hospital's own files have named; its number among those follows."""


@dataclass(frozen=True)
class Option(Generic[Meaning]):
    """One of what a control offers: ``id`` stands in the session and in links, ``label`` is shown.

    ``former`` are other texts that a link may write for it: what links wrote before options had ids.
    """

    id: str
    label: str
    meaning: Meaning
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class SingleChoice(Generic[Meaning]):
    """One of ``options``, at first the one at ``start``; what it holds is the id of an option."""

    key: str
    options: tuple[Option[Meaning], ...]
    start: int = 0
    look: Look = field(default=PLAIN, compare=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option.id for option in self.options)

    @property
    def labels(self) -> dict[str, str]:
        """What is shown for each id."""
        return {option.id: option.label for option in self.options}

    @property
    def default(self) -> str:
        """The id of the option chosen at first."""
        return self.options[self.start].id

    def meaning(self, id_: str) -> Meaning:
        """What the option of this id stands for. Raises KeyError for an unknown one."""
        return {option.id: option.meaning for option in self.options}[id_]

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        return (str(value),)

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        asked = _understood(self.options).get(texts[-1]) if texts else None
        return (self.default, tuple(texts)) if asked is None else (asked, ())


@dataclass(frozen=True)
class MultipleChoice:
    """Any of ``options``, in their order, at first ``default``; what it holds are ids of options.

    No more than ``most`` may be chosen, where that is not 0.
    """

    key: str
    options: tuple[Option[Any], ...]
    default: tuple[str, ...] = ()
    look: Look = field(default=PLAIN, compare=False)
    most: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option.id for option in self.options)

    @property
    def labels(self) -> dict[str, str]:
        """What is shown for each id."""
        return {option.id: option.label for option in self.options}

    def meanings(self, ids: Collection[str]) -> tuple[Any, ...]:
        """What the options of these ids stand for, in the order of the options."""
        return tuple(option.meaning for option in self.options if option.id in ids)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it; nothing chosen, where something is at first, as one blank."""
        return tuple(str(id_) for id_ in value) or ("",) if isinstance(value, tuple) else ()

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, or else the default, and the texts that could not be understood."""
        known = _understood(self.options)
        asked = [text for text in texts if text]
        wanted = {known[text] for text in asked if text in known}
        chosen = tuple(id_ for id_ in self.ids if id_ in wanted)[: self.most or None]
        unknown = tuple(text for text in asked if known.get(text) not in chosen)
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
class IntegerChoice:
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
class NumericRange:
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


@dataclass(frozen=True)
class KeptChoice:
    """Cohorts that are kept, each as the text of a link; without ``named`` a link does not name them."""

    key: str
    dictionary: Dictionary = field(compare=False, repr=False)
    named: bool = True
    default: tuple[str, ...] = ()
    look: Look = field(default=PLAIN, compare=False)

    def texts(self, value: Value) -> tuple[str, ...]:
        """How a link writes it."""
        return tuple(str(text) for text in value) if isinstance(value, tuple) else ()

    def read(self, texts: Sequence[str]) -> tuple[Value, tuple[str, ...]]:
        """What a link asks for, and the texts that could not be understood."""
        found: dict[str, str] = {}
        unknown: list[str] = []
        for text in texts:
            one = kept_cohort(text, self.dictionary)
            if one is None or one.id in found:
                unknown.append(text)
            else:
                found[one.id] = (one if self.named else replace(one, name="")).text
        return tuple(found.values()), tuple(unknown)


Control = SingleChoice[Any] | MultipleChoice | Switch | IntegerChoice | NumericRange | KeptChoice


def single_choice(
    key: str, options: Iterable[Option[Meaning]], start: str = "", look: Look = PLAIN
) -> SingleChoice[Meaning]:
    """The control that offers ``options``, at first the one of the id ``start``, or the first where there is none."""
    listed = tuple(options)
    first = next((i for i, option in enumerate(listed) if option.id == start), 0)
    return SingleChoice(key, listed, first, look)


def named(key: str, labels: Mapping[Name, str]) -> tuple[Option[Name], ...]:
    """An option of the control ``key`` for each name that the program has for something, with its label."""
    ids = short_ids(labels)
    return tuple(Option(id_, labels[name], name, former(key, id_)) for id_, name in zip(ids, labels, strict=True))


def short_ids(words: Iterable[str]) -> tuple[str, ...]:
    """An id for each word, of its letters and digits; of words alike in these each later one has a number."""
    ids: list[str] = []
    for word in words:
        plain = re.sub(r"\W+", "_", word.lower()).strip("_") or "other"
        numbered = (f"{plain}_{i}" for i in count(2))
        ids.append(next(id_ for id_ in chain((plain,), numbered) if id_ not in ids))
    return tuple(ids)


def _understood(options: Iterable[Option[Any]]) -> dict[str, str]:
    """The id by every text that a link may write for it; an id comes before what another option was called."""
    listed = tuple(options)
    before = {text: option.id for option in listed for text in option.former}
    return before | {option.id: option.id for option in listed}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _shortest(number: float) -> str:
    """The shortest text that reads back as the same number: 40, 62.5."""
    return repr(number).removesuffix(".0")
