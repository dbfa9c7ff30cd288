"""The small row under every panel: take it along as a file, on a slide, or as a script.

Nothing is made before it is asked for: files are written when their button is pressed, and the buttons are only drawn
while their list is open. What writes pictures, slides and reports is loaded then as well: that takes a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.core import page_words as page
from components.core import small_counts_words as small_counts
from components.core.panel import Panel
from components.export import collection_words as words
from components.export.code import recipe, script
from components.export.numbers import numbers_file
from components.export.stamp import Stamp, stamp
from components.links.page_input import PageInput
from components.ui import escaped, looks
from components.ui.collection import add, holds, links
from components.ui.navigation import EVIDENCE, PRESENTATION
from components.ui.permalink import link_of
from components.ui.shown import shown
from components.ui.stage import PAGE
from components.ui.study import opened_study

if TYPE_CHECKING:
    from components.export.image import Kind

DRAWN = "panels that can be collected"
"""Where a session keeps the panels behind its buttons: what a button itself is given, Streamlit keeps to the end."""

SCRIPTED = frozenset({"survival", "prognosis"})
"""Kinds of panels whose numbers a script gives back."""


def export_bar(panel: Panel, key: str) -> None:
    """Where the patients come from, and the buttons; nothing without a figure or table to take along."""
    if panel.figure is None and not panel.tables:
        return
    _drawn()[key] = panel
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-take"):
        escaped.page_link(
            EVIDENCE, label=page.mark(opened_study().provenance), icon=":material/verified:", width="stretch"
        )
        files = escaped.popover(
            words.TAKE, icon=":material/download:", type="tertiary", help=words.TAKE_HELP, on_change="rerun",
            key=f"{key}-take-files", width="content",
        )  # fmt: skip
        escaped.button(
            words.ADD, icon=":material/slideshow:", type="tertiary", help=words.ADD_HELP, on_click=_collect,
            args=(key,), key=f"{key}-take-slide",
        )  # fmt: skip
        code = None
        if panel.kind in SCRIPTED and panel.figure is not None and not shown().hides:
            code = escaped.popover(
                words.CODE, icon=":material/code:", type="tertiary", help=words.CODE_HELP, on_change="rerun",
                key=f"{key}-take-code", width="content",
            )  # fmt: skip
        if kept := links():
            escaped.page_link(
                PRESENTATION, label=words.slides(len(kept)), icon=":material/arrow_forward:", width="content"
            )
    if files.open:
        with files:
            _files(panel, shown(), key)
    if code is not None and code.open:
        with code:
            _code(panel, shown())


def export_menu(panel: Panel, key: str) -> None:
    """The same behind one small button, for panels too small for the row."""
    if panel.figure is None and not panel.tables:
        return
    _drawn()[key] = panel
    menu = escaped.popover(
        "", icon=":material/download:", type="tertiary", help=words.TAKE_HELP, on_change="rerun",
        key=f"{key}-take-files", width="content",
    )  # fmt: skip
    if menu.open:
        with menu:
            escaped.button(
                words.ADD, icon=":material/slideshow:", type="tertiary", help=words.ADD_HELP, on_click=_collect,
                args=(key,), key=f"{key}-take-slide",
            )  # fmt: skip
            _files(panel, shown(), key)


def stamp_of(panel: Panel, here: PageInput) -> Stamp:
    """The stamp of a panel of the page, with today's date."""
    today = datetime.now(tz=UTC).astimezone().date()
    return stamp(here.cohort, here.filter, panel, today, here.method, looks.carried(panel, here), hides=here.hides)


def _drawn() -> dict[str, Panel]:
    kept: dict[str, Panel] = st.session_state.setdefault(DRAWN, {})
    return kept


def _collect(key: str) -> None:
    from components.export.slides import Entry  # noqa: PLC0415

    panel = _drawn()[key]
    entry = Entry(panel.title, panel, stamp_of(panel, shown()))
    link = replace(link_of(panel.title, key), looked=entry.stamp.looked)
    known = holds(entry, link)
    add(entry, link)
    escaped.toast(words.ADDED_ALREADY if known else words.ADDED, icon=":material/slideshow:")


def _files(panel: Panel, here: PageInput, key: str) -> None:
    from components.export.bundle import bundle  # noqa: PLC0415
    from components.export.report import Report, report_html, report_pdf  # noqa: PLC0415
    from components.export.slides import Entry, presentation  # noqa: PLC0415

    name, stamped = f"myoscope-{key}", stamp_of(panel, here)
    for label, ending, kind in words.FILES:
        _button(label, partial(_picture, panel, ending, stamped), f"{name}.{ending}", kind)
    _button(words.NUMBERS, partial(numbers_file, panel, stamped), f"{name}-numbers.csv", "text/csv")
    deck = partial(presentation, (Entry(panel.title, panel, stamped),))
    _button(words.POWERPOINT, deck, f"{name}.pptx", words.PPTX_TYPE)
    everybody = opened_study().of_population(stamped.analysed.population.key)
    report = Report(_question(), panel, stamped, here.cohort, everybody.n)
    _button(words.REPORT_HTML, partial(report_html, report), f"{name}-report.html", "text/html")
    _button(words.REPORT_PDF, partial(report_pdf, report), f"{name}-report.pdf", "application/pdf")
    imported = stamped.provenance.kind == "imported"
    asked = (
        here.cohort.rows_at_hand
        and not here.hides
        and (not imported or escaped.checkbox(words.OWN_PATIENTS, key=f"{key}-take-patients"))
    )
    label = words.EVERYTHING if asked else words.AGGREGATES
    _button(label, partial(bundle, report, patients=asked), f"{name}.zip", "application/zip")
    if imported:
        escaped.caption(small_counts.NO_SCRIPT if here.hides else words.OWN_DATA)


def _picture(panel: Panel, kind: Kind, stamped: Stamp) -> bytes:
    from components.export.image import picture, table_picture  # noqa: PLC0415

    if panel.figure is None:
        return table_picture(panel.tables, kind, panel.title, stamped.lines)
    return picture(panel.figure, kind, panel.title, stamped.lines, strip=panel.strip)


def _question() -> str:
    page_ = st.session_state.get(PAGE)
    return page_.question if page_ is not None else ""


def _code(panel: Panel, here: PageInput) -> None:
    found = recipe(panel, here.cohort)
    if found is None:
        return
    escaped.caption(words.CODE_HINT)
    for tab, language in zip(st.tabs(["Python", "R"]), ("Python", "R"), strict=True):
        with tab:
            text = script(found, stamp_of(panel, here), "Python" if language == "Python" else "R")
            st.code(text, language=language.lower(), height=420, width=760)


def _button(label: str, content: Callable[[], bytes], name: str, kind: str) -> None:
    escaped.download_button(
        label, content, name, kind, key=f"take {name}", on_click="ignore", type="tertiary", icon=":material/download:"
    )
