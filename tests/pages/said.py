"""Command: every text of the pages in the language of this process, as JSON lines of page, place and text.

``python -m tests.pages.said`` prints the texts of controls, panels, reports and slides, and those of the screen where a
page draws itself. A process has one language: a test of another one needs another process.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pptx
import streamlit
from streamlit.testing.v1 import AppTest

from app import PAGES
from components.core import short_names
from components.core.panel import Panel
from components.export.report import Report, report_html
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.links.computed import asked
from components.links.control_types import Control, Value
from components.links.given import every_panel
from components.links.page import Page
from components.links.page_input import PageInput, ground
from components.links.view import answered
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from tests.links.answers import answer

ROOT = Path(__file__).resolve().parents[2]
NO_TEXT = frozenset({
    *("result", "made_with", "dictionary", "former", "meaning", "choices", "leads", "markdown", "whole"),
    *("aliases", "visit", "source", "zoom"),
})  # fmt: skip
"""Fields that hold no text to be shown, or documents that are shown as they are written; names of files, and ids."""

IDS = frozenset({"key", "kind", "id", "word", "page", "colour", "color", "fill", "owner", "default", "anchor"})
"""Fields that hold an id, where they hold a text at all."""

SHOWN = frozenset({"body", "label", "help", "placeholder", "options", "value"})
"""Fields of what Streamlit sends that hold text to be shown."""

Said = Iterator[tuple[str, str]]
"""Where a text stands, and the text."""


def texts_in(value: object) -> Iterator[str]:
    """Every text in a panel, a chart or a control."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            held = getattr(value, field.name)
            if field.name not in NO_TEXT and not (field.name in IDS and isinstance(held, str)):
                yield from texts_in(held)


def of_html(html: str) -> Iterator[str]:
    """What a page in HTML says, without its pictures and styles."""
    bare = re.sub(r"(?s)<(style|svg)\b.*?</\1>|</?(?:span|wbr|b|i|br)\b[^>]*>", "", html)
    return (unescape(text) for text in re.findall(r">([^<>]+)<", bare))


def of_slides(content: bytes) -> Iterator[str]:
    """What slides say in frames, tables and notes."""
    for slide in pptx.Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def of_panel(page: Page, panel: Panel, here: PageInput) -> Said:
    """The texts of a panel wherever it goes."""
    yield from (("panel", text) for text in texts_in(panel))
    made = stamp(here.cohort, here.filter, panel, date(2026, 1, 1))
    report = report_html(Report(page.question, panel, made, here.cohort, here.whole.n))
    yield from (("report", text) for text in of_html(report.decode("utf-8")))
    if panel.figure is not None or panel.tables:
        slides = presentation((Entry(panel.title, panel, made),))
        yield from (("slides", text) for text in of_slides(slides))


def of_page(study: Cohort, page: Page, chance: Random | None) -> Said:
    """The texts of a page as it opens, or in a view of ``chance``."""
    on, controls = ground(study, page, single=True, others=PAGES), list[Control]()
    filters = set(study.dictionary.conditions)

    def told(control: Control) -> Value:
        controls.append(control)
        return control.default if chance is None or control.key in filters else answer(control, chance)

    view = answered(page.address, on, told)
    yield from (("controls", text) for control in controls for text in texts_in((control.look, control)))
    followed = study.patients["patient"].iloc[0]
    found = asked(page, study, view.query, single=True, followed=followed, others=PAGES)
    assert page.panels is not None
    pieces = tuple(page.panels(found.here, found.link.view))
    yield from (("page", text) for text in texts_in(pieces))
    for part in every_panel(pieces):
        yield from of_panel(page, part.panel(), found.here)


def of_screen(page: Page) -> Said:
    """The texts of a page that draws itself."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.switch_page(page.file)
    test.run()
    assert not test.exception
    for element in (one for one in test.main if one.proto is not None):
        for text in of_message(element.proto):
            yield from (("screen", piece) for piece in of_html(f">{text}<"))


def of_message(message: Any) -> Iterator[str]:
    """The texts to be shown in what Streamlit sends to the browser."""
    for field, value in message.ListFields():
        for part in value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else [value]:
            if isinstance(part, str) and field.name in SHOWN:
                yield part
            elif hasattr(part, "ListFields"):
                yield from of_message(part)


def main() -> None:
    """Print the texts."""
    vars(streamlit)["page_link"] = lambda *_, **__: None  # a test knows no page of the menu
    vars(short_names)["_cut"] = lambda name, _most: name  # how much of a name is left depends on the language
    study = reconstructed_cohort()
    for page in PAGES:
        texts: list[tuple[str, str]] = [("menu", page.title), ("menu", page.question)]
        if page.panels is None:
            texts += of_screen(page)
        else:
            for chance in (None, *(Random(f"{page.address} {seed}") for seed in sys.argv[1:])):  # noqa: S311 - no secret
                texts += of_page(study, page, chance)
        for where, text in texts:
            sys.stdout.write(json.dumps([page.address, where, text]) + "\n")


if __name__ == "__main__":
    main()
