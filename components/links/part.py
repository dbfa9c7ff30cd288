"""What a page gives back: its panels in order, each computed when it is asked for, and the sentences between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from components.core import small_counts_words as small_counts
from components.core.envelope_words import no_ranges
from components.core.estimate import Reason
from components.core.missing_words import each_missing
from components.core.panel import Panel
from components.core.reason_words import LONG
from components.core.small_counts import hidden
from components.links import page_controls
from components.links.control_types import Control
from components.links.disclosure import withheld_because
from components.links.page_controls import endpoints_missing
from components.links.page_input import PageInput
from components.links.view import View
from data.counted import RowsElsewhereError, SmallCountsError
from data.dictionary import Dictionary
from data.ensemble import has_ensemble
from data.entries import Factor, Needing
from data.language import say

if TYPE_CHECKING:
    from components.links.page import Page
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


def parts(page: Page, here: PageInput, view: View) -> Parts:
    """What a page gives back for a view; nothing where it draws itself.

    Where small counts are hidden every piece is given in the form that it has for that, and one of a kind that has none
    is withheld, as is the whole page where the view would set single patients apart.
    """
    if not here.hides:
        yield from _unranged(page, here, view, _given(page, here, view))
    elif page.population and (why := withheld_because(here, view)):
        yield Said(why, "first")
    else:
        yield from _without_small_counts(_given(page, here, view), page.title)


def _without_small_counts(found: Iterable[Piece], title: str) -> Parts:
    """The pieces of a page of this ``title`` as they are shown where small counts are hidden.

    What pieces count themselves is printed, rounded, as they are made.
    """
    pieces = iter(found)
    while True:
        with hidden():
            piece = next(pieces, None)
        if piece is None:
            return
        yield from _safe(piece, title)


def _safe(piece: Piece, title: str) -> Parts:
    """A piece as it is shown where small counts are hidden; of a kind not named here only that it is withheld."""
    match piece:
        case Part(counts="of nobody"):
            yield piece
        case Part(counts="rounded"):
            yield replace(piece, panel=lambda: rounded_panel(piece.panel))
        case Part():
            named = piece.title or (piece.fold.title if piece.fold else title)
            yield Part(piece.key, lambda: withheld(named, small_counts.NO_SAFE_FORM))
        case Search():
            yield Said(small_counts.NO_SAFE_FORM, "small")
        case Sheets():
            sheets = ((name, tuple(_without_small_counts(sheet, name))) for name, sheet in piece.entries)
            yield Sheets(tuple(sheets))
        case Said() | Figures() | Heading() | Written() | Signpost() | Points() | Boxes() | Sources():
            yield piece
        case BeginLedgerAnew():
            yield piece
        case CohortCards():
            yield Said(small_counts.NO_CARDS, "small")
            yield ChooseLevels(tuple(one.entry for one in piece.cards if isinstance(one.entry, Factor)), piece.whole)
        case ListPatients():
            yield Said(small_counts.NO_SINGLE_PATIENTS, "small")
        case _:
            yield Said(small_counts.NO_SAFE_FORM, "small")


def rounded_panel(make: Callable[[], Panel]) -> Panel:
    """The panel that ``make`` gives, of rounded counts and without single patients; withheld where it has no such form.

    A panel that still holds an analysis set with its true counts is withheld as well.
    """
    with hidden():
        panel = make()
        rounded = panel.rounded() if panel.rounded is not None else None
    if panel.kind == "withheld":
        return panel
    if rounded is None or (rounded.analysed is not None and not rounded.analysed.rounded):
        return withheld(panel.title, small_counts.NO_SAFE_FORM)
    note = f"{rounded.note} {small_counts.NOTE}".strip()
    return replace(rounded, cases=(), note=note, rounded=None)


def _given(page: Page, here: PageInput, view: View) -> Parts:
    """What the page gives back for the view.

    Of nobody a page that counts patients gives its first panel, in the usual manner, which says so: every other one
    would say it again. A panel that is asked for alone is not left out. What must be read before the groups stands
    before what their panels say.
    """
    for found in _available(page, here, view):
        part = _noticed(found, here.notices) if isinstance(found, Part) and here.notices else found
        if here.cohort.n or here.cohort.few or here.alone or not page.population or not isinstance(part, Part):
            yield part
        else:
            yield replace(part, manner="panel", fold=None, hint="")
            return


def _available(page: Page, here: PageInput, view: View) -> Parts:
    """The pieces of a page; of patients whose rows stay in a database, a panel that needs the rows says so instead."""
    found = page.panels(here, view) if page.panels is not None else iter(())
    if here.study.rows_at_hand:
        yield from found
        return
    if here.cohort.few:
        yield Part("withheld", lambda: withheld(page.title, FEW), counts="rounded")
        return
    try:
        for piece in found:
            yield _or_withheld(piece) if isinstance(piece, Part) else piece
    except RowsElsewhereError:
        yield Part("withheld", lambda: withheld(page.title, LONG[Reason.ROWS_ELSEWHERE]), counts="rounded")
    except SmallCountsError:
        yield Part("withheld", lambda: withheld(page.title, FEW), counts="rounded")


def _or_withheld(part: Part) -> Part:
    def panel() -> Panel:
        try:
            return part.panel()
        except RowsElsewhereError:
            return withheld(part.fold.title if part.fold else "", LONG[Reason.ROWS_ELSEWHERE])
        except SmallCountsError:
            return withheld(part.fold.title if part.fold else "", FEW)

    return replace(part, panel=panel)


FEW = say(
    "Not shown, because it would take counts of fewer than five patients, and these do not leave the database. More "
    "patients, or fewer groups, may show it."
)


def withheld(title: str, why: str) -> Panel:
    """What stands instead of a panel that cannot be shown, and why."""
    return Panel("withheld", title, None, (), why, "", notices=(why,))


def every_panel(pieces: Iterable[Piece]) -> Iterator[Part]:
    """The panels among what a page gives back, those on sheets as well."""
    for piece in pieces:
        match piece:
            case Part():
                yield piece
            case Search():
                yield piece.everything
            case Sheets():
                for _, on_sheet in piece.entries:
                    yield from every_panel(on_sheet)


def _unranged(page: Page, here: PageInput, view: View, found: Iterable[Piece]) -> Parts:
    """The pieces of a page, where ranges across reconstructions are shown with why a panel has none."""
    told = page.unranged if has_ensemble(here.study) and view.of(page_controls.ACROSS) else {}
    for piece in found:
        why = told.get(piece.key, "") if isinstance(piece, Part) else ""
        yield _noted(piece, no_ranges(why)) if isinstance(piece, Part) and why else piece


def _noted(part: Part, sentence: str) -> Part:
    def noted() -> Panel:
        own = part.panel()
        return replace(own, note=" ".join(one for one in (own.note, sentence) if one)) if own.alt else own

    return replace(part, panel=noted)


def _noticed(part: Part, notices: tuple[str, ...]) -> Part:
    def noticed(own: Panel) -> Panel:
        rounded = own.rounded
        again = None if rounded is None else lambda: noticed(rounded())
        return replace(own, notices=(*notices, *own.notices), rounded=again)

    return replace(part, panel=lambda: noticed(part.panel()))
