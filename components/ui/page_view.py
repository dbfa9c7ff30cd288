"""A page on the screen: its declared controls, then what it gives back for the view that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any

import streamlit as st

from components.core.panel import Panel
from components.links.asked import of_page
from components.links.page import Page
from components.links.page_input import PageInput, ground
from components.links.part import (
    BeginLedgerAnew,
    Boxes,
    ChooseLevels,
    ChoosePatient,
    CohortCards,
    Figures,
    Fold,
    Heading,
    ListPatients,
    Part,
    Piece,
    Points,
    Roster,
    Said,
    Search,
    Sheets,
    Signpost,
    Sources,
    Way,
    Written,
)
from components.safety import first_reaction_words as first_reaction
from components.ui import address, documents, escaped, looks, navigation, patients
from components.ui.ahead import pieces
from components.ui.cards import card, cards, numbers
from components.ui.cohort_cards import cohort_cards
from components.ui.filter_bar import choose_levels
from components.ui.panel_view import show, show_answer
from components.ui.study import no_real_patients, single_patients_switch
from components.ui.table_files import show_with_files
from components.ui.widgets import Controls


def show_page(page: Page, here: PageInput) -> None:
    """Draws the page in front of the visitor, and follows a click on a point of one of its panels."""
    controls = Controls()
    controls.draw_all(of_page(ground(here.study, page, single=here.single, names=here.names), here.chosen))
    with controls.place:
        _show(pieces(page, here, address.view()), here)


def _show(found: Iterable[Piece], here: PageInput, within: str = "") -> None:  # noqa: C901, PLR0912 - a kind is a line
    grid: Any = None
    for i, piece in enumerate(found):
        match piece:
            case Part(manner="card"):
                grid = grid or cards()
                _follow(_card(grid, piece, here), here)
            case Part(fold=Fold() as fold):
                _unfolded(fold, lambda part=piece: _follow(_shown(part, here), here))  # type: ignore[misc]
            case Part():
                _follow(_shown(piece, here), here)
            case Said():
                _say(piece)
            case Figures():
                numbers(piece.entries)
            case ChoosePatient():
                patients.choose(here.cohort)
            case Roster():
                patients.roster(here.cohort, opened=piece.opened)
            case BeginLedgerAnew():
                looks.begin_anew()
            case CohortCards():
                cohort_cards(piece.cards, piece.whole)
            case ChooseLevels():
                choose_levels(piece.factors, piece.whole)
            case ListPatients() if not no_real_patients():
                single_patients_switch(first_reaction.LIST_ALLOWED, first_reaction.LIST_HELP)
            case Heading() | Written() | Signpost() | Points() | Boxes() | Sources() | Search():
                documents.show(piece, f"{within}{i}")
            case Sheets():
                titles = [title for title, _ in piece.entries]
                for sheet, (_, on_sheet) in zip(st.tabs(titles), piece.entries, strict=True):
                    with sheet:
                        _show(on_sheet, here, f"{within}{i}-")


def _say(said: Said) -> None:
    match said.manner:
        case "text":
            escaped.text(said.text)
        case "small":
            escaped.caption(said.text)
        case "first":
            escaped.info(said.text, icon=":material/info:")


def _unfolded(fold: Fold, draw: Callable[[], None]) -> None:
    if fold.caution:
        if escaped.toggle(fold.title, key=fold.key):
            draw()
        else:
            escaped.caption(fold.caution)
        return
    with escaped.expander(fold.title, key=fold.key, on_change="rerun") as box:
        if box.open:
            draw()


def _shown(part: Part, here: PageInput) -> Way | None:
    panel = computed(part)
    looks.note(panel, here)
    clicked = None
    match part.manner:
        case "answer":
            show_answer(panel, key=part.key)
        case "files":
            clicked = show_with_files(panel, here, part.key, hint=part.hint, clickable=part.leads is not None)
        case "tables":
            documents.show_tables(panel, part.key)
        case _:
            clicked = show(panel, key=part.key, clickable=part.leads is not None)
    return part.leads(clicked) if part.leads and clicked else None


def _card(grid: Any, part: Part, here: PageInput) -> Way | None:
    onward, panel = part.onward or Way(address.now().page), computed(part)
    looks.note(panel, here)
    clicked = card(
        grid,
        panel,
        navigation.FILES[onward.page],
        part.label,
        part.key,
        clickable=part.leads is not None,
        **onward.choices,
    )
    return part.leads(clicked) if part.leads and clicked else None


def computed(part: Part) -> Panel:
    """The part's panel, with what is said meanwhile."""
    with escaped.spinner(part.doing) if part.doing else nullcontext():
        return part.panel()


def _follow(way: Way | None, here: PageInput) -> None:
    if way is not None:
        navigation.follow(way, here.study.dictionary)
