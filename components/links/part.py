"""What a page gives back: its panels in order, each computed when it is asked for, and the sentences between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from components.core.missing_words import each_missing
from components.core.panel import Panel
from components.links.page_controls import endpoints_missing
from components.links.page_input import PageInput
from components.links.view import View
from data.dictionary import Dictionary, Needing


@dataclass(frozen=True)
class Way:
    """Another page by its address, the choices made on it, and the patient to follow there (blank for none)."""

    page: str
    choices: Mapping[str, str] = field(default_factory=dict)
    patient: str = ""


@dataclass(frozen=True)
class Fold:
    """What a panel is folded away under: its ``title``, and what must be read before it is computed.

    Such a panel is computed only when a visitor asks for it; that it is unfolded stands in no link.
    """

    key: str
    title: str
    caution: str = ""


@dataclass(frozen=True, eq=False)
class Part:
    """A panel of a page under its ``key``; nothing is computed before ``panel`` is called.

    ``manner`` is how it stands on the page: as a panel, as one with the files of its first table beside its title, as
    an answer in large type, or as a small card with the way behind it, ``onward``, called ``label``. ``leads`` gives
    the way that a click on a point stands for, from what the point carries; ``hint`` says that there is one. ``doing``
    is said while it is computed, and an answer that takes long may be ``kept`` for a visitor by what it depends on.
    """

    key: str
    panel: Callable[[], Panel]
    manner: Literal["panel", "files", "answer", "card"] = "panel"
    fold: Fold | None = None
    hint: str = ""
    leads: Callable[[str], Way | None] | None = None
    doing: str = ""
    kept: tuple[object, ...] | None = None
    onward: Way | None = None
    label: str = ""


@dataclass(frozen=True)
class Said:
    """A sentence of the page itself: as text, in small type, or as what must be read first."""

    text: str
    manner: Literal["text", "small", "first"] = "text"


def what_would_bring(entries: Iterable[Needing]) -> Said:
    """What a cohort lacks for what is not shown, to be read first."""
    return Said(each_missing(entries), "first")


def endpoints_not_offered(dictionary: Dictionary) -> Iterator[Said]:
    """Which endpoints are not offered, and what would bring them; nothing where all are."""
    if told := endpoints_missing(dictionary):
        yield Said(told, "small")


@dataclass(frozen=True)
class Figures:
    """A row of numbers: of each the label, the number, and out of what."""

    entries: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ListPatients:
    """Where a visitor with an own cohort decides whether its single patients are listed."""


@dataclass(frozen=True)
class ChoosePatient:
    """Where a visitor chooses the patient to follow, which stands in no link."""


@dataclass(frozen=True)
class Roster:
    """The patients shown as a table to choose one from, at first unfolded where ``opened``."""

    opened: bool


Parts = Iterator[Part | Said | Figures | ListPatients | ChoosePatient | Roster]
Panels = Callable[[PageInput, View], Parts]
"""A page: what it shows of a study in a view."""


def parts(panels: Panels | None, here: PageInput, view: View) -> Parts:
    """What a page gives back for a view; nothing where it draws itself.

    Of nobody it is the first panel, in the usual manner, which says so: every other one would say it again. A panel
    that is asked for alone is not left out.
    """
    for part in panels(here, view) if panels is not None else ():
        if here.cohort.n or here.alone or not isinstance(part, Part):
            yield part
        else:
            yield replace(part, manner="panel", fold=None, hint="")
            return
