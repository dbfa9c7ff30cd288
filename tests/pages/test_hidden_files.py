"""Somebody opens what was taken along where small counts are hidden: slides with their charts, documents, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from PIL import Image

from app import PAGES
from components.core.panel import Panel
from components.core.small_counts import VARIABLE, hidden
from components.export.image import picture
from components.export.numbers import numbers_file
from components.export.slides import Entry, presentation
from components.export.stamp import Stamp, stamp
from components.export.table_files import csv_file, docx_file, xlsx_file
from components.links.computed import asked
from components.links.given import every_panel, parts
from tests.pages.test_hidden_counts import COUNTED, own, small

VIEWS = (("survival", "by=sex"), ("safety", "section=counts"))
TAG = re.compile(r"<[^>]*>")
PAGE_OF = re.compile(r" \(\d of \d\)$")
"""Which slide of how many."""


@pytest.fixture(autouse=True)
def _hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)


@cache
def taken(address: str, query: str, *, hides: bool) -> tuple[tuple[Panel, Stamp], ...]:
    found = asked(COUNTED[address], own(), query, single=True, others=PAGES, hides=hides)
    here = found.here
    with hidden(hides=hides):
        panels = [part.panel() for part in every_panel(parts(COUNTED[address], here, found.link.view))]
        return tuple((panel, stamp(here.cohort, here.filter, panel, date(2020, 1, 1), here.method, hides=hides))
                     for panel in panels)  # fmt: skip


def files(panel: Panel, stamped: Stamp) -> Iterator[bytes]:
    """What can be taken along of a panel; a picture by what it says of itself."""
    yield presentation([Entry(panel.title, panel, stamped)])
    yield numbers_file(panel, stamped)
    for table in panel.tables[:1]:
        yield csv_file(table, stamped.lines)
        yield xlsx_file(table, stamped.lines, panel.title)
        yield docx_file(table, stamped.lines, panel.title)
    if panel.figure is not None:
        image = Image.open(BytesIO(picture(panel.figure, "png", panel.title, stamped.lines, strip=panel.strip)))
        yield "\n".join(map(str, image.info.values())).encode()


def inside(content: bytes) -> Iterator[str]:
    """Every text in a file, those of the files in it as well: charts of slides hold workbooks."""
    if not is_zipfile(BytesIO(content)):
        yield content.decode("utf-8", errors="replace")
        return
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            if is_zipfile(BytesIO(held)):
                yield from inside(held)
            elif name.endswith((".xml", ".rels")):
                yield from TAG.sub("\n", held.decode("utf-8")).split("\n")


def told(address: str, query: str, *, hides: bool) -> list[str]:
    """The texts with a count that is no multiple of five."""
    with hidden(hides=hides):
        return [
            text
            for panel, stamped in taken(address, query, hides=hides)
            for content in files(panel, stamped)
            for text in inside(content)
            if small(PAGE_OF.sub("", text))
        ]


@pytest.mark.parametrize(("address", "query"), VIEWS)
def test_no_file_says_a_count_that_is_not_rounded(address: str, query: str) -> None:
    assert told(address, query, hides=True) == []


def test_the_same_search_finds_counts_in_files_that_hide_none() -> None:
    assert told("safety", "section=counts", hides=False)


def test_no_workbook_of_a_slide_says_none_of_what_is_few() -> None:
    """In a bar's chart every number is one of patients."""
    seen = 0
    for panel, stamped in taken("safety", "section=counts", hides=True):
        with ZipFile(BytesIO(presentation([Entry(panel.title, panel, stamped)]))) as deck:
            books = [deck.read(name) for name in deck.namelist() if name.endswith(".xlsx")]
        for book in books:
            with ZipFile(BytesIO(book)) as sheets:
                (sheet,) = (sheets.read(name).decode() for name in sheets.namelist() if "worksheets/sheet" in name)
            counts = [
                float(n) for n in re.findall(r"<c r=\"[B-Z]+\d+\"(?: t=\"n\")?(?: s=\"\d+\")?><v>([\d.]+)</v>", sheet)
            ]
            assert not any(n % 5 for n in counts), counts
            seen += len(counts)
    assert seen
