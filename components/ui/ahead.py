"""The first figure of a page, on its way to the browser before anything else of the page is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

import streamlit as st

from components.chart.screen import figure
from components.core.markup import plain
from components.links.given import parts
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Piece
from components.links.view import View
from components.ui.live_plot import send_ahead

PIECES = "pieces of the page that runs"


def begin(page: Page, here: PageInput, view: View) -> None:
    """Compute the page as far as its first figure, and send that; what is computed waits to be drawn by ``pieces``.

    What fails here fails again where the page is drawn, below the filter with which a visitor can leave it.
    """
    st.session_state.pop(PIECES, None)
    rest = _computed_once(parts(page, here, view))
    try:
        ready = [] if here.alone else list(_as_far_as_a_figure(rest))
    except Exception:  # noqa: BLE001 - it is said where the page is drawn
        return
    st.session_state[PIECES] = (here, chain(ready, rest))


def _as_far_as_a_figure(found: Iterator[Piece]) -> Iterator[Piece]:
    for piece in found:
        yield piece
        if not isinstance(piece, Part) or piece.fold or piece.doing or piece.manner == "answer":
            continue
        panel = piece.panel()
        if panel.figure is not None:
            clickable = piece.leads is not None or (piece.manner == "files" and bool(piece.hint))
            send_ahead(figure(panel.figure), key=piece.key, alt=plain(panel.alt), clickable=clickable)
            return


def pieces(page: Page, here: PageInput, view: View) -> Iterator[Piece]:
    """What the page gives back, with what ``begin`` has computed of it."""
    known: tuple[PageInput, Iterator[Piece]] | None = st.session_state.pop(PIECES, None)
    return known[1] if known is not None and known[0] is here else parts(page, here, view)


def _computed_once(found: Iterator[Piece]) -> Iterator[Piece]:
    for piece in found:
        yield replace(piece, panel=cache(piece.panel)) if isinstance(piece, Part) else piece
