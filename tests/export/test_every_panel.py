"""Every panel of every page, whatever was chosen, goes into every kind of file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.panel_view
from app import PAGES as MENU
from components.core.panel import Panel
from components.export.bundle import bundle
from components.export.image import picture, table_picture
from components.export.numbers import numbers_file
from components.export.report import Report, report_html, report_pdf
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.export.table_files import csv_file, docx_file, plain_text, xlsx_file
from components.links.control_types import Control, Value
from components.links.page_input import PageInput, ground
from components.links.view import answered
from components.survival.analysis import follow_up_of
from components.ui.shown import shown
from components.ui.study import IMPORTED, LISTED, PATIENT
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from tests.links.answers import answer

ROOT = Path(__file__).resolve().parents[2]
FILES = {page.address: page.file for page in MENU if page.exists and "/tools/" not in page.file}
SEEDS = range(1, 1 + int(os.environ.get("SEEDS", "1")))
"""More for a longer walk: ``SEEDS=20 pytest tests/export/test_every_panel.py``."""

FILTERED = 0.04
"""How often a characteristic is filtered by; more would leave nobody."""

UNFOLDED = ("every pair", "changing", "search")
"""What a page computes only when it is unfolded or asked for."""


@dataclass(frozen=True)
class Offered:
    """A panel with the button to take it along, and what it was made of."""

    panel: Panel
    here: PageInput


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Offered]:
    """The panels of the page that ran."""
    panels: list[Offered] = []

    def kept(panel: Panel, *_: Any) -> None:
        panels.append(Offered(panel, shown()))

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(streamlit, "page_link", lambda *_, **__: None)
    monkeypatch.setattr(components.ui.panel_view, "export_bar", kept)
    monkeypatch.setattr(components.ui.cards, "export_menu", kept)
    return panels


def opened(cohort: Cohort, page: str, chance: Random) -> AppTest:
    """The page as a visitor could have set it, everything on it unfolded."""
    on = ground(cohort, next(entry for entry in MENU if entry.address == page), single=False)
    filters = set(cohort.dictionary.conditions)

    def told(control: Control) -> Value:
        if control.key in filters and chance.random() > FILTERED:
            return control.default
        return answer(control, chance)

    view = answered(page, on, told)
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if cohort.provenance.kind == "imported":
        test.session_state[IMPORTED] = cohort
        test.session_state[LISTED] = chance.random() < 0.5
    if page == "patient":
        test.session_state[PATIENT] = chance.choice(on.whole.patients["patient"].tolist())
    for key in UNFOLDED:
        test.session_state[key] = True
    asked: dict[str, list[str]] = {}
    for key, text in view.pairs:
        asked.setdefault(key, []).append(text)
    for key, texts in asked.items():
        test.query_params[key] = texts
    test.switch_page(FILES[page])
    test.run()
    assert not test.exception
    return test


def export(offered: Offered) -> None:
    """Every file the page offers for the panel; raises what a visitor would have met."""
    panel, here = offered.panel, offered.here
    made = stamp(here.cohort, here.filter, panel, date(2026, 1, 1), here.method)
    if panel.figure is None and not panel.tables:
        return
    for kind in ("png", "svg"):
        if panel.figure is None:
            assert table_picture(panel.tables, kind, panel.title, made.lines)
        else:
            assert picture(panel.figure, kind, panel.title, made.lines)
    assert numbers_file(panel, made)
    assert presentation((Entry(panel.title, panel, made),))
    report = Report("Is it so?", panel, made, here.cohort, here.whole.n)
    assert report.follow_up == follow_up_of(made.analysed, here.method)
    assert report_html(report)
    assert report_pdf(report)
    assert bundle(report, patients=True)
    for table in (*panel.tables, *panel.aside):
        assert csv_file(table, made.lines)
        assert xlsx_file(table, made.lines, panel.title)
        assert docx_file(table, made.lines, panel.title)
        assert plain_text(table, made.lines).endswith(made.lines[-1])


@pytest.mark.parametrize("page", sorted(FILES))
@pytest.mark.parametrize("seed", SEEDS)
def test_every_panel_goes_into_every_file(gaps: Cohort, taken: list[Offered], page: str, seed: int) -> None:
    chance = Random(f"{page} {seed}")  # noqa: S311 - no secret
    opened(reconstructed_cohort() if chance.random() < 0.5 else gaps, page, chance)
    assert taken or page in {"methods", "evidence", "patient", "biomarker", "baseline", "narrow"}
    for offered in taken:
        export(offered)


def test_the_second_look_at_the_log_rank_test_is_among_them(enrolled: Cohort, taken: list[Offered]) -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.session_state[IMPORTED] = enrolled
    test.session_state["every pair"] = True
    test.switch_page(FILES["survival"])
    test.run()
    assert not test.exception
    assert [offered.panel.kind for offered in taken] == ["survival", "pairs"]
    export(taken[1])
