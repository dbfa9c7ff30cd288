# ruff: noqa: PLC0415 - AppTest runs the source of a function alone, with its own imports
"""Every chart of a page as it is handed to the browser, for a link."""

from __future__ import annotations

from unittest.mock import patch

import streamlit
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.panel_view
from components.chart.chart import Chart


def framed_page(file: str) -> None:
    import runpy

    from app import PAGES
    from components.ui.frame import framed
    from components.ui.page_view import show_page

    page = next(page for page in PAGES if page.file == file)
    with framed(page) as here:
        if page.panels is None:
            runpy.run_path(file)
        else:
            show_page(page, here)


def charts_of(file: str, asked: dict[str, list[str]]) -> dict[str, Chart]:
    """The charts of the page ``file`` under the link ``asked``, by the place where they are drawn."""
    found: dict[str, Chart] = {}

    def kept(chart: Chart, *, key: str, **_: object) -> None:
        found[key] = chart

    with (
        patch.object(streamlit, "page_link", lambda *_, **__: None),
        patch.object(components.ui.panel_view, "live_plot", kept),
        patch.object(components.ui.cards, "live_plot", kept),
        patch.object(components.ui.panel_view, "figure", lambda chart: chart),
        patch.object(components.ui.cards, "figure", lambda chart: chart),
    ):
        page = AppTest.from_function(framed_page, args=(file,), default_timeout=60)
        for key, texts in asked.items():
            page.query_params[key] = texts
        page.run()
        for chosen in page.selectbox:  # there is none where nobody is left
            if chosen.key == "patient chosen":
                chosen.select_index(1).run()
    assert not page.exception
    return found
