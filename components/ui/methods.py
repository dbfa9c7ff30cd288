"""The methods on the screen: the conventions in force, then the document with links to its sections."""

from __future__ import annotations

import streamlit as st

from components.core.markup import bold
from components.core.method import Method
from components.core.procedure import Procedure
from components.methods import words
from components.methods.places import places_of
from components.ui import escaped
from components.ui.panel_view import show_table
from components.ui.used import last
from components.ui.visit import EVIDENCE, link

STYLE = """
<style>
.st-key-methods {max-width: 62rem}
.st-key-methods table {font-size: 0.92rem; font-variant-numeric: tabular-nums}
.st-key-methods td code {white-space: normal; overflow-wrap: break-word; padding: 0.1rem 0.2rem}
.st-key-methods td, .st-key-methods th {padding: 0.4rem 0.6rem}
.st-key-methods h2 {scroll-margin-top: 4.5rem}
.st-key-methods .myo-table td.text, .st-key-used .myo-table td.text {white-space: normal; vertical-align: top}
.st-key-methods .myo-table td:first-child {min-width: 11rem}
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


def show_used(method: Method) -> None:
    """What the page the visitor came from was computed with, panel by panel; nothing where there was none."""
    used = last()
    if used is None:
        return
    st.html(STYLE)
    with st.container(key="used"):
        escaped.header(words.used_title(used.page), anchor="used")
        for title, procedures in used.panels:
            show_table(words.used_table(title, procedures, method.level))
        if not used.panels:
            escaped.text(words.NOTHING_USED)


def show_document() -> None:
    """What can be computed and where, then every section of the document, after links to them all."""
    st.html(STYLE)
    with st.container(key="methods"):
        escaped.authored(f"**{words.CONTENTS}:** {words.contents()}")
        escaped.header(words.CAN_RUN, anchor=words.Section(words.CAN_RUN, "").anchor)
        escaped.caption(words.CAN_RUN_HINT)
        places = {one: [(place.page, place.label) for place in places_of(one)] for one in Procedure}
        show_table(words.places_table(places))
        for section in words.sections():
            if section.title:
                escaped.header(section.title, anchor=section.anchor)
            escaped.authored(section.text)
