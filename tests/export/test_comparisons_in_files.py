"""Every finished file says which of the comparisons looked at its own are."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from components.core.ledger import Entry as Looked
from components.core.ledger import Ledger
from components.core.panel import Panel
from components.export.report import Report, report_html
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.export.table_files import csv_file, docx_file, xlsx_file
from components.looks.words import carried
from data.cohort import Cohort
from data.filters import Filter
from tests.export.conftest import ON


def csv_text(panel: Panel, lines: tuple[str, ...]) -> str:
    return csv_file(panel.tables[0], lines).decode("utf-8-sig")


def xlsx_text(panel: Panel, lines: tuple[str, ...]) -> str:
    sheet = load_workbook(BytesIO(xlsx_file(panel.tables[0], lines, panel.title))).active
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def docx_text(panel: Panel, lines: tuple[str, ...]) -> str:
    document = Document(BytesIO(docx_file(panel.tables[0], lines, panel.title)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("groups", [3, 6])
def test_comparison_k_of_n_stands_in_every_file(panels: dict[int, Panel], cohort: Cohort, groups: int) -> None:
    panel = panels[groups]
    looks = panel.looks
    assert looks
    before = tuple(
        Looked(replace(looks[0], p=0.5), "survival", f"x={k}", "All patients", None, printed=False) for k in range(4)
    )
    shown = tuple(Looked(look, "survival", "", "All patients", None, printed=False) for look in looks)
    (said,) = carried(Ledger().with_entries(before), shown)
    n = 4 + len({one.key for one in shown})
    assert said.startswith(
        f"Comparison {n} of {n} looked at so far:" if n == 5 else f"{n - 4} of the {n} comparisons looked at so far:"
    )
    made = stamp(cohort, Filter(()), panel, ON, looked=(said,))
    slides = Presentation(BytesIO(presentation([Entry(panel.title, panel, made)]))).slides
    texts = {
        "csv": csv_text(panel, made.lines),
        "xlsx": xlsx_text(panel, made.lines),
        "docx": docx_text(panel, made.lines),
        "report": report_html(Report("Who lives longer?", panel, made, cohort, cohort.n)).decode().replace("&lt;", "<"),
        "pptx": "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide),
    }
    assert [name for name, text in texts.items() if said not in text] == []
