"""What a page gives back: its panels in order, each computed when it is asked for, and the sentences between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from components.core.missing_words import each_missing
from components.core.panel import Panel
from components.links.control_types import Control
from components.links.page_controls import endpoints_missing
from components.links.page_input import PageInput
from components.links.view import View
from data.dictionary import Dictionary
from data.entries import Factor, Needing

if TYPE_CHECKING:
    from components.selection.cards import Card
    from data.cohort import Cohort


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
    an answer in large type, as a small card with the way behind it, ``onward``, called ``label``, or as its sentences
    and ``tables`` alone, under a heading of the page. ``leads`` gives
    the way that a click on a point stands for, from what the point carries; ``hint`` says that there is one. ``doing``
    is said while it is computed.

    ``counts`` says, before anything is computed, what the panel is where small counts are hidden: withheld, made again
    of rounded counts, or the same because it counts no patient. ``title`` names one that is withheld and not
    folded away.
    """

    key: str
    panel: Callable[[], Panel]
    manner: Literal["panel", "files", "answer", "card", "tables"] = "panel"
    fold: Fold | None = None
    hint: str = ""
    leads: Callable[[str], Way | None] | None = None
    doing: str = ""
    onward: Way | None = None
    label: str = ""
    counts: Literal["withheld", "rounded", "of nobody"] = "withheld"
    title: str = ""


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


@dataclass(frozen=True, eq=False)
class CohortCards:
    """Where a visitor chooses patients: a card of each variable, of the patients of ``whole``."""

    cards: tuple[Card, ...]
    whole: Cohort


@dataclass(frozen=True, eq=False)
class ChooseLevels:
    """Where a visitor chooses patients by the levels of factors alone, of the patients of ``whole``."""

    factors: tuple[Factor, ...]
    whole: Cohort


@dataclass(frozen=True)
class BeginLedgerAnew:
    """Where a visitor empties the list of comparisons looked at, and brings it back."""


@dataclass(frozen=True)
class Heading:
    """A heading of the page; links within the page lead to its ``anchor``."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Written:
    """A piece of our own documents, in Markdown."""

    markdown: str


@dataclass(frozen=True)
class Signpost:
    """A sentence in a box, what is said of it in small type, and the way to what says more, called ``label``."""

    text: str
    small: str
    onward: Way
    label: str


@dataclass(frozen=True)
class Points:
    """A list of short texts."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class Boxes:
    """Lists of short texts side by side, each in a box under its heading."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sources:
    """Sentences, each with where it comes from."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Search:
    """A long table in which a visitor looks for words, under its ``key``; the words stand in no link.

    ``panel`` gives the table of the rows that hold them. The field, with its ``label`` and its ``hint``, stands behind
    the first of the ``controls`` that choose rows as well. ``widths`` are those of the columns in pixels, and
    ``numeric`` the columns of numbers.
    """

    key: str
    panel: Callable[[str], Panel]
    label: str
    hint: str
    controls: tuple[Control, ...]
    widths: tuple[int, ...]
    numeric: frozenset[int]

    @property
    def everything(self) -> Part:
        """The table where no words are looked for."""
        return Part(self.key, lambda: self.panel(""), "tables")


@dataclass(frozen=True, eq=False)
class Sheets:
    """Pieces of a page on sheets, each by its title, of which one is in sight; which one stands in no link."""

    entries: tuple[tuple[str, tuple[Piece, ...]], ...]


Piece = (
    Part
    | Said
    | Figures
    | ListPatients
    | ChoosePatient
    | Roster
    | BeginLedgerAnew
    | CohortCards
    | ChooseLevels
    | Heading
    | Written
    | Signpost
    | Points
    | Boxes
    | Sources
    | Search
    | Sheets
)
Parts = Iterator[Piece]
Panels = Callable[[PageInput, View], Parts]
"""A page: what it shows of a study in a view."""
