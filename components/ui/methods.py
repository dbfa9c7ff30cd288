"""The methods on the screen: the conventions in force, then the document with links to its sections."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.core.markup import bold
from components.core.method import Method
from components.links import page_controls
from components.links.page import Page
from components.links.page_input import PageInput, shown
from components.links.part import Part, parts
from components.links.view import View
from components.methods import words
from components.methods.where_used import register
from components.ui import address, escaped
from components.ui.menu import pages_with_panels
from components.ui.navigation import EVIDENCE, link
from components.ui.page_view import computed
from components.ui.panel_view import show_table

STYLE = """
<style>
.st-key-methods, .st-key-each-page {max-width: 62rem}
.st-key-methods table {font-size: 0.92rem; font-variant-numeric: tabular-nums}
.st-key-methods td code {white-space: normal; overflow-wrap: break-word; padding: 0.1rem 0.2rem}
.st-key-methods td, .st-key-methods th {padding: 0.4rem 0.6rem}
.st-key-methods h2 {scroll-margin-top: 4.5rem}
.st-key-methods .myo-table td.text, .st-key-used .myo-table td.text, .st-key-each-page .myo-table td.text
  {white-space: normal; vertical-align: top}
.st-key-methods .myo-table td:first-child {min-width: 11rem}
.st-key-each-page .myo-table td:nth-child(2) {min-width: 10rem}
.st-key-used .myo-table {table-layout: fixed}
.st-key-used .myo-table td:first-child {min-width: 0}
.st-key-used .myo-table th:nth-child(1), .st-key-used .myo-table th:nth-child(3) {width: 18%}
.st-key-used .myo-table th:nth-child(4) {width: 27%}
.st-key-used .myo-table td:last-child {font-family: monospace; font-size: 0.85em; overflow-wrap: break-word}
</style>
"""


def show_in_force(method: Method) -> None:
    """The conventions behind every number now, where they are changed and where they are checked."""
    with st.container(border=True, key="in-force", gap="small"):
        escaped.text(f"{bold(f'{words.IN_FORCE}.')} {words.in_force(method)}")
        escaped.caption(words.WHERE)
        link(EVIDENCE, words.TO_EVIDENCE, {})


def show_used(here: PageInput) -> None:
    """What the page that the visitor came from is computed with in this view, panel by panel.

    The address names that page and its choices. Without one every page is told, panel by panel, with what it can use.
    """
    st.html(STYLE)
    pages, view = pages_with_panels(), address.view()
    before = view.of(page_controls.came_from(pages))
    if before:
        with st.container(key="used"):
            _show_used_by(pages[before], here, replace(view, page=before))
    else:
        with st.container(key="each-page"):
            escaped.header(words.BY_PAGE, anchor="used")
            escaped.caption(words.BY_PAGE_HINT)
            show_table(
                words.by_page_table(
                    (page.title, place.label, place.procedures) for page in pages.values() for place in page.places
                )
            )


def _show_used_by(page: Page, here: PageInput, view: View) -> None:
    escaped.header(words.used_title(page.title), anchor="used")
    there = shown(here.study, page.population, view, single=here.single)
    given = [part for part in parts(page.panels, there, view) if isinstance(part, Part)]
    panels = [computed(part) for part in given if part.fold is None]
    told = [panel for panel in panels if panel.procedures]
    for panel in told:
        show_table(words.used_table(panel.title, panel.procedures, here.method.level))
    if not told:
        escaped.text(words.NOTHING_USED)
    if folded := [part.fold.title for part in given if part.fold is not None]:
        escaped.caption(words.folded(folded))


def show_document() -> None:
    """What can be computed and where, then every section of the document, after links to them all."""
    st.html(STYLE)
    with st.container(key="methods"):
        escaped.authored(f"**{words.CONTENTS}:** {words.contents()}")
        escaped.header(words.CAN_RUN, anchor=words.Section(words.CAN_RUN, "").anchor)
        escaped.caption(words.CAN_RUN_HINT)
        declared = [(page.title, place) for page in pages_with_panels().values() for place in page.places]
        places = {
            one: [(title, place.label) for title, place in declared if one in place.procedures]
            for one in register(place for _, place in declared)
        }
        show_table(words.places_table(places))
        for section in words.sections():
            if section.title:
                escaped.header(section.title, anchor=section.anchor)
            escaped.authored(section.text)
