"""Every file of a panel with ranges carries them, and nothing of them where they are off or patients imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from app import PAGES
from components.core.across import ACROSS
from components.core.envelope_words import LEAST, MOST, RANGE
from components.core.panel import Panel
from components.export.numbers import numbers_file
from components.export.report import Report, report_html
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.export.table_files import csv_file, docx_file, plain_text, xlsx_file
from components.links.computed import asked, computed
from components.links.page_input import PageInput
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort

STUDY = reconstructed_cohort()
IMPORTED = replace(STUDY, provenance=replace(STUDY.provenance, kind="imported"))
ON = date(2026, 11, 26)
WORD = "reconstructions"
BY_ADDRESS = {page.address: page for page in PAGES}
VIEWS = (
    ("survival", "by=sex"),
    ("prognosis", "anti_mda5=positive"),
    ("baseline", "sex=female"),
    ("treatment", "part=steroids&by=sex"),
    ("treatment", "part=persistence&by=sex"),
    ("laboratory", "by=sex"),
    ("laboratory", "value=kl6&by=sex"),
    ("biomarker", "look=clinical&anti_mda5=positive"),
    ("safety", "by=anti_mda5"),
    ("safety", "section=history&sex=female"),
    ("safety", "section=deaths&sex=female"),
    ("narrow", "sex=female&anti_mda5=positive"),
)
"""Views in which cohorts differ, one of every kind of panel that gives ranges."""

DRAWN = {"survival", "prognosis", "courses", "reactions", "first reaction"}
"""The kinds of panel whose figure draws ranges in each of these views."""


def panels(address: str, query: str, study: Cohort) -> list[tuple[Panel, PageInput]]:
    page = BY_ADDRESS[address]
    found = asked(page, study, query, single=True, others=PAGES, hides=False)
    every = computed(page, found, folded=address == "narrow")
    return [(panel, found.here) for part, panel in every if part.key not in page.unranged]


def slide_texts(content: bytes) -> str:
    """Every text of every slide and its notes; those of native charts among them."""
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def sheet_text(content: bytes) -> str:
    return "\n".join(str(cell.value) for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row)


def document_text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def whole_files(panel: Panel, here: PageInput) -> dict[str, str]:
    """The text of each kind of file that holds all of a panel; figures of a report are drawn as pictures are."""
    made = stamp(here.cohort, here.filter, panel, ON, here.method)
    found = {
        "report": report_html(Report("Asked", panel, made, here.cohort, here.study.n)).decode(),
        "slides": slide_texts(presentation([Entry(panel.title, panel, made)])),
    }
    if panel.figure is not None:
        found["numbers"] = numbers_file(panel, made).decode("utf-8-sig").partition("\r\n\r\n")[0]
    return found


def table_files(panel: Panel) -> dict[str, str]:
    """The text of each kind of file of the table of ranges."""
    table = next(table for table in (*panel.tables, *panel.aside) if WORD in " ".join(table.columns))
    return {
        "csv": csv_file(table, ()).decode("utf-8-sig"),
        "xlsx": sheet_text(xlsx_file(table, (), panel.title)),
        "docx": document_text(docx_file(table, (), panel.title)),
        "text": plain_text(table, ()),
    }


def draws(panel: Panel) -> bool:
    marks = [mark for plot in panel.figure.plots for mark in plot.marks] if panel.figure else []
    return any(getattr(mark, "what", "") in {LEAST, MOST, RANGE} for mark in marks)


@pytest.mark.parametrize(("address", "query"), VIEWS)
def test_ranges_stand_in_every_file(address: str, query: str) -> None:
    with_ranges = [(panel, here) for panel, here in panels(address, query, STUDY) if ACROSS in panel.procedures]
    assert with_ranges
    for panel, here in with_ranges:
        assert draws(panel) or panel.kind not in DRAWN
        found = {**whole_files(panel, here), **table_files(panel)}
        missing = {kind for kind, text in found.items() if WORD not in text}
        assert missing <= (set() if draws(panel) else {"numbers"}), panel.kind


@pytest.mark.parametrize(("address", "query"), VIEWS)
def test_no_file_says_anything_of_ranges_that_are_off_or_of_imported_patients(address: str, query: str) -> None:
    for study, asked_for in ((STUDY, f"{query}&reconstructions=false"), (IMPORTED, query)):
        if study is STUDY and BY_ADDRESS[address].controls is None:
            continue  # it asks no switch
        for panel, here in panels(address, asked_for, study):
            assert panel.across is None
            assert not draws(panel)
            assert [kind for kind, text in whole_files(panel, here).items() if WORD in text] == [], panel.kind
