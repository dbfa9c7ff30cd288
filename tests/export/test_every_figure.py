# ruff: noqa: PLC0415 - AppTest runs the source of a function alone, with its own imports
"""Every chart that a page shows can be drawn as a picture and on slides, and gives its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.panel_view
from app import PAGES
from components.chart.chart import Chart
from components.chart.numbers import shown as numbers_of
from components.chart.slide import native, parts_of
from components.export.image import drawn
from components.links.page import ROOT

FILES = [page.file for page in PAGES if page.exists and "/tools/" not in page.file and "/methods" not in page.file]
Charts = dict[str, Chart]


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


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Charts:
    """The figures handed to the browser, by key."""
    figures: Charts = {}

    def kept(figure: Chart, *, key: str, **_: object) -> None:
        figures[key] = figure

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(streamlit, "page_link", lambda *_, **__: None)
    for module in (components.ui.panel_view, components.ui.cards):
        monkeypatch.setattr(module, "live_plot", kept)
        monkeypatch.setattr(module, "figure", lambda chart: chart)
    return figures


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).stem)
def test_every_figure_of_the_page_has_a_picture(shown: Charts, file: str) -> None:
    test = AppTest.from_function(framed_page, args=(file,), default_timeout=60).run()
    if file.endswith("patient.py"):
        test.selectbox(key="patient chosen").select_index(1).run()
    assert not test.exception
    for chart in shown.values():
        assert drawn(chart, "A title", ("A stamp",)).axes
        assert parts_of(chart, 5.0)
        assert numbers_of(chart)
        assert native(chart) or "/evidence" in file
    assert shown or Path(file).stem in {"baseline", "looks", "narrow"}
