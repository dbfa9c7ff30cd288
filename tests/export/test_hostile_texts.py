"""Text from a file is text in every panel and every file: nothing made of it is a tag, a link, a formula or code."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest

from app import PAGES
from components.chart.screen import figure
from components.core.panel import Panel
from components.core.table import Table
from components.export.code import patients_file, recipe, records_files, script
from components.export.image import picture
from components.export.numbers import numbers_file
from components.export.report import Report, report_html
from components.export.slides import Entry, presentation
from components.export.stamp import Stamp, stamp
from components.export.table_files import DANGEROUS, csv_file, docx_file, formula_safe, xlsx_file
from components.links.computed import asked, computed
from components.links.page_input import PageInput
from components.ui.live_plot import written
from components.ui.panel_view import show_table
from data.cohort import Cohort
from data.reading.cells import plain, unmarked
from data.reading.read import opened
from data.recorded import with_recorded_variables
from tests import hostile

OURS = re.compile(r"</?(b|i|span)>|<br>|<span style='color:#[0-9a-f]{6}'>")
QUERIES = {"laboratory": ("value=own-1", "value=own-4", "value=own-21")}
"""Columns of the file itself are asked for by number."""
NUMBER = re.compile(r"[-+]?[\d.]+")


def cohort_of(files: dict[str, bytes], name: str) -> Cohort:
    content = {f"{table}.csv": text for table, text in files.items()}
    read = opened(content, added=opened(content).variables)
    assert read.cohort is not None, read.issues
    provenance = replace(read.cohort.provenance, name=name)
    return with_recorded_variables(replace(read.cohort, provenance=provenance))


@pytest.fixture(scope="module")
def study() -> Cohort:
    return cohort_of(hostile.files(), hostile.NAME)


Made = tuple[Panel, PageInput, Stamp]


@pytest.fixture(scope="module")
def panels(study: Cohort) -> list[Made]:
    """Every panel of every page, a patient followed and single patients shown."""
    return list(every_panel(study))


def every_panel(study: Cohort) -> Iterator[Made]:
    followed = str(study.patients["patient"].iloc[1])
    for page in PAGES:
        if page.panels is not None:
            for query in QUERIES.get(page.address, ("",)):
                page_ = asked(page, study, query, single=True, followed=followed, others=PAGES)
                for _, panel in computed(page, page_, folded=True):
                    yield panel, page_.here, stamp(page_.here.cohort, page_.here.filter, panel, date(2026, 1, 1))


def tables(panels: list[Made]) -> Iterator[tuple[Table, str, Stamp]]:
    for panel, _, made in panels:
        for table in (*panel.tables, *panel.aside, *panel.cases):
            yield table, panel.title, made


class Tags(HTMLParser):
    """The tags of a page, and what of their attributes could run or lead elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.leading: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1
        own = "data:image/"
        self.leading += [
            f"{tag} {name}={said}"
            for name, said in attrs
            if name.startswith("on") or (name in {"href", "src"} and not (said or "").startswith(own))
        ]


def foreign(page: str) -> set[str]:
    """Tags and attributes of a page that only a file can have brought."""
    tags = Tags(page)
    return {*tags.leading, *(tags.found.keys() & {"a", "img", "script", "iframe", "object"})}


def test_the_texts_are_read_as_they_were_written(study: Cohort) -> None:
    held = {*study.patients["institution"], *study.reactions["term"], *study.treatments["drug"]}
    for text in hostile.TEXTS:
        assert plain(unmarked(text)) in held or " ".join(plain(unmarked(text)).split()) in held, text


def test_no_cell_of_a_table_is_a_formula_or_markup(panels: list[Made], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr("components.ui.panel_view.st.html", shown.append)
    seen = 0
    for table, title, made in tables(panels):
        show_table(table)
        rows = csv.reader(io.StringIO(csv_file(table, made.lines).decode("utf-8-sig")))
        assert_no_formulas(cell for row in rows for cell in row)
        book = openpyxl.load_workbook(io.BytesIO(xlsx_file(table, made.lines, title)))
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None
        assert_office(docx_file(table, made.lines, title))
        seen += 1
    assert seen > 5
    assert {name for page in shown for name in foreign(page)} == set()


def assert_no_formulas(cells: Iterator[str]) -> None:
    for cell in cells:
        assert not cell.lstrip(" ").startswith(DANGEROUS) or NUMBER.fullmatch(cell.strip()), cell


def assert_office(content: bytes) -> None:
    """Well-formed parts, none of which leads elsewhere."""
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                text = archive.read(name)
                ET.fromstring(text)  # noqa: S314 - our own file
                assert b'TargetMode="External"' not in text
                assert b"hyperlink" not in text.replace(b"/hyperlink", b"") or not name.endswith(".rels")


def test_reports_and_figures_hold_no_tag_of_a_file(panels: list[Made]) -> None:
    told = ""
    for panel, here, made in panels:
        if panel.figure is None and not panel.tables:
            continue
        page = report_html(Report("Is it so?", panel, made, here.cohort, here.whole.n)).decode()
        assert foreign(page) <= set(), panel.title
        told += page
        if panel.figure is not None:
            for text in texts_of(json.loads(written(figure(panel.figure)))):
                assert "<" not in OURS.sub("", text), text
    assert "&lt;b&gt;Ward&lt;/b&gt;" in told


def texts_of(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from texts_of(part)
        case list():
            for part in value:
                yield from texts_of(part)


def test_pictures_slides_and_numbers_are_whole(panels: list[Made]) -> None:
    for panel, _, made in panels:
        if panel.figure is None:
            continue
        drawn = picture(panel.figure, "svg", panel.title, made.lines)
        root = ET.fromstring(drawn)  # noqa: S314 - our own file
        names = {str(one.tag).rpartition("}")[2] for one in root.iter()}
        assert not names & {"a", "image", "script", "foreignObject"}
        rows = csv.reader(io.StringIO(numbers_file(panel, made).decode("utf-8-sig")))
        assert_no_formulas(cell for row in rows for cell in row)
        assert_office(presentation((Entry(panel.title, panel, made),)))


def test_the_patients_files_hold_every_text_and_no_formula(study: Cohort) -> None:
    files = {"patients": patients_file(study), **records_files(study)}
    cells = {cell for text in files.values() for row in csv.reader(io.StringIO(text.decode())) for cell in row}
    assert_no_formulas(iter(cells))
    for text in {*study.patients["institution"], *study.reactions["term"], *study.treatments["drug"]}:
        assert formula_safe(text) in cells


def test_scripts_are_nothing_but_themselves(panels: list[Made], tmp_path: Path) -> None:
    """The texts stand in comments and in strings: parsed, a script has as many statements as a harmless one."""
    calm = list(every_panel(cohort_of(hostile.files(hostile.twin), "Ward 4")))
    counts = []
    for which, made in (("hostile", panels), ("calm", calm)):
        kinds: Counter[str] = Counter()
        for number, (panel, here, stamped) in enumerate(made):
            if found := recipe(panel, here.cohort):
                kinds.update(type(node).__name__ for node in ast.parse(script(found, stamped, "Python")).body)
                (tmp_path / f"{which}-{number}.R").write_text(script(found, stamped, "R"), encoding="utf-8")
        counts.append(kinds)
    assert counts[0] == counts[1]
    assert counts[0]
    if (rscript := shutil.which("Rscript")) is not None:
        each = "for (f in list.files(commandArgs(TRUE), full.names = TRUE)) "
        code = each + 'cat(length(parse(f, encoding = "UTF-8")), "")'
        done = subprocess.run([rscript, "-e", code, str(tmp_path)], capture_output=True, text=True, check=True)
        lengths = done.stdout.split()
        assert lengths[: len(lengths) // 2] == lengths[len(lengths) // 2 :]
