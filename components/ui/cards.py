"""The cards of the overview: a small figure with the way to the page behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from components.chart.screen import figure
from components.core.analysis_set_words import who
from components.core.markup import bold, plain
from components.core.panel import Panel
from components.ui import escaped, stage
from components.ui.export_bar import export_menu
from components.ui.live_plot import live_plot
from components.ui.navigation import link
from components.ui.panel_view import present
from components.ui.streamlit_internals import DeltaGenerator


def numbers(entries: Iterable[tuple[str, str, str]]) -> None:
    """A row of numbers: label, number, and out of what."""
    with st.grid("auto", min_column_width=150, gap="small", key="numbers"):
        for label, number, of in entries:
            escaped.metric(label, number, of, delta_color="off", delta_arrow="off")


def cards() -> DeltaGenerator:
    """The grid the cards stand in: two or three beside each other, all of a row equally high."""
    return st.grid(3, min_column_width=300, border=True, gap="small", key="cards")


def card(grid: Any, panel: Panel, page: str, label: str, key: str, *, clickable: bool = False, **choices: str) -> Any:
    """One small panel with a link to where ``choices`` are made; gives back what was clicked, as ``live_plot`` does.

    In presentation mode only the panel asked for is drawn, alone and large.
    """
    clicked = None
    on_stage = stage.offer(panel, key)
    if stage.presenting():
        if on_stage is not None:
            with on_stage:
                present(panel, key)
        return None
    with grid.cell():
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            escaped.text(bold(panel.title), width="stretch")
            export_menu(panel, key)
        if panel.analysed:
            escaped.caption(who(panel.analysed))
        for notice in panel.notices:
            escaped.caption(notice)
        if panel.figure is not None:
            clicked = live_plot(figure(panel.figure), key=key, alt=plain(panel.alt), clickable=clickable)
        link(page, label, choices)
    return clicked
