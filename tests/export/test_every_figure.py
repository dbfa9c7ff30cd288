# ruff: noqa: PLC0415 - AppTest runs the source of a function alone, with its own imports
"""Every figure that a page shows can be drawn as a picture: none uses what the renderer does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.panel_view
from app import PAGES
from components.export.image import drawn
from components.export.slide_grid import parts_of
from components.ui.menu import ROOT

FILES = [page.file for page in PAGES if page.exists and "/tools/" not in page.file and "/methods" not in page.file]
Figures = dict[str, dict[str, Any]]


def framed_page(file: str) -> None:
    import runpy

    from app import PAGES
    from components.ui.frame import framed

    with framed(next(page for page in PAGES if page.file == file)):
        runpy.run_path(file)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Figures:
    """The figures handed to the browser, by key."""
    figures: Figures = {}

    def kept(figure: dict[str, Any], *, key: str, **_: object) -> None:
        figures[key] = figure

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(streamlit, "page_link", lambda *_, **__: None)
    for module in (components.ui.panel_view, components.ui.cards):
        monkeypatch.setattr(module, "live_plot", kept)
    return figures


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).stem)
def test_every_figure_of_the_page_has_a_picture(shown: Figures, file: str) -> None:
    test = AppTest.from_function(framed_page, args=(file,), default_timeout=60).run()
    if file.endswith("patient.py"):
        test.selectbox(key="patient chosen").select_index(1).run()
    assert not test.exception
    for figure in shown.values():
        assert drawn(figure, "A title", ("A stamp",)).plots
        assert all(part.title for part in parts_of(figure))
    assert shown or file.endswith("baseline.py")
