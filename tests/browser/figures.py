# ruff: noqa: PLC0415 - AppTest runs the source of a function alone, with its own imports
"""Every figure of a page as it is handed to the browser, for a link."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

import streamlit
from plotly.utils import PlotlyJSONEncoder
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.panel_view


def framed_page(file: str) -> None:
    import runpy

    from app import PAGES
    from components.ui.frame import framed

    with framed(next(page for page in PAGES if page.file == file)):
        runpy.run_path(file)


def figures_of(file: str, asked: dict[str, list[str]]) -> dict[str, str]:
    """The figures of the page ``file`` under the link ``asked``, as JSON, by the place where they are drawn."""
    found: dict[str, str] = {}

    def kept(figure: dict[str, Any], *, key: str, **_: object) -> None:
        found[key] = json.dumps(figure, cls=PlotlyJSONEncoder)

    with (
        patch.object(streamlit, "page_link", lambda *_, **__: None),
        patch.object(components.ui.panel_view, "live_plot", kept),
        patch.object(components.ui.cards, "live_plot", kept),
    ):
        page = AppTest.from_function(framed_page, args=(file,), default_timeout=60)
        for key, texts in asked.items():
            page.query_params[key] = texts
        page.run()
        if file.endswith("patient.py"):
            page.selectbox(key="patient chosen").select_index(1).run()
    assert not page.exception
    return found
