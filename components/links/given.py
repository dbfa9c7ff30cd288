"""What a page gives back for a view: every piece in the form that can be shown of this study, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from components.core import small_counts_words as small_counts
from components.core.envelope_words import no_ranges
from components.core.estimate import Reason
from components.core.panel import Panel
from components.core.reason_words import LONG
from components.core.small_counts import hidden
from components.links import page_controls
from components.links.disclosure import withheld_because
from components.links.page_input import PageInput
from components.links.part import (
    BeginLedgerAnew,
    Boxes,
    ChooseLevels,
    CohortCards,
    Figures,
    Heading,
    ListPatients,
    Part,
    Parts,
    Piece,
    Points,
    Said,
    Search,
    Sheets,
    Signpost,
    Sources,
    Written,
)
from components.links.view import View
from data.counted import RowsElsewhereError, SmallCountsError
from data.ensemble import has_ensemble
from data.entries import Factor
from data.language import say

if TYPE_CHECKING:
    from components.links.page import Page


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
