"""What a page gives to read: headings and pieces of documents, lists, sentences with their sources, tables alone."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.core.markup import bold
from components.core.panel import Panel
from components.links.part import Boxes, Heading, Points, Search, Signpost, Sources, Written
from components.ui import escaped, navigation, widgets
from components.ui.panel_view import show_table

HEIGHT = 460
"""Of the window of a long table, in pixels."""

SOURCED = """
<style>
.myo-said {margin: 0 0 1.1rem; max-width: 62rem}
.myo-said p {margin: 0}
.myo-said .where {font-size: 0.86rem; opacity: 0.78}
</style>
"""
STYLE = """
<style>
[class*="st-key-written-"], .st-key-each-page, .st-key-places {max-width: 62rem}
[data-testid=stMain] h2 {scroll-margin-top: 4.5rem}
[class*="st-key-written-"] table, .st-key-places table {font-size: 0.92rem; font-variant-numeric: tabular-nums}
[class*="st-key-written-"] td code {white-space: normal; overflow-wrap: break-word; padding: 0.1rem 0.2rem}
[class*="st-key-written-"] td, [class*="st-key-written-"] th {padding: 0.4rem 0.6rem}
.st-key-places .myo-table td.text, .st-key-used .myo-table td.text, .st-key-each-page .myo-table td.text
  {white-space: normal; vertical-align: top}
.st-key-places td, .st-key-places th {padding: 0.4rem 0.6rem}
.st-key-places .myo-table td:first-child {min-width: 11rem}
.st-key-each-page .myo-table td:nth-child(2) {min-width: 10rem}
.st-key-used .myo-table {table-layout: fixed}
.st-key-used .myo-table td:first-child {min-width: 0}
.st-key-used .myo-table th:nth-child(1), .st-key-used .myo-table th:nth-child(3) {width: 18%}
.st-key-used .myo-table th:nth-child(4) {width: 27%}
.st-key-used .myo-table td:last-child {font-family: monospace; font-size: 0.85em; overflow-wrap: break-word}
</style>
"""


def show(piece: Heading | Written | Signpost | Points | Boxes | Sources | Search, key: str) -> None:
    """Draws a piece; ``key`` is its own among those of the page."""
    match piece:
        case Heading():
            escaped.header(piece.text, anchor=piece.anchor)
        case Written():
            with st.container(key=f"written-{key}"):
                escaped.authored(piece.markdown)
        case Signpost():
            _signpost(piece)
        case Points():
            escaped.points(piece.entries)
        case Boxes():
            _boxes(piece)
        case Sources():
            _sources(piece)
        case Search():
            show_search(piece)


def _signpost(post: Signpost) -> None:
    """The box with its sentence, and the way at its foot."""
    with st.container(border=True, key="signpost", gap="small"):
        escaped.text(post.text)
        escaped.caption(post.small)
        navigation.link(navigation.FILES[post.onward.page], post.label, dict(post.onward.choices))


def _boxes(boxes: Boxes) -> None:
    """The lists side by side, equally high."""
    for place, (title, points) in zip(st.columns(len(boxes.entries), gap="medium"), boxes.entries, strict=True):
        with place, st.container(border=True, height="stretch"):
            escaped.text(bold(title))
            escaped.points(points)


def _sources(sources: Sources) -> None:
    """The sentences, each with where it comes from in small type."""
    entries = (f"<p>{escape(text)}</p><p class='where'>{escape(where)}</p>" for text, where in sources.entries)
    st.html(SOURCED + "".join(f"<div class='myo-said'>{entry}</div>" for entry in entries))


def show_tables(panel: Panel, key: str) -> None:
    """What must be read first, the note, and the tables."""
    with st.container(key=key):
        st.html(STYLE)
        for said in (*panel.notices, panel.small):
            if said:
                escaped.text(said)
        for table in panel.tables:
            show_table(table)


def show_search(search: Search) -> None:
    """The controls with the field to look for words, and the table in a window of its own, its columns sortable."""
    first, *others = search.controls
    with widgets.row():
        widgets.draw(first)
        sought = escaped.text_input(search.label, placeholder=search.hint, key=f"sought in {search.key}", width=240)
        for control in others:
            widgets.draw(control)
    (table,) = search.panel(sought).tables
    escaped.caption(table.caption)
    columns = {name: [row[i] for row in table.rows] for i, name in enumerate(table.columns)}
    config = {
        name: st.column_config.TextColumn(width=search.widths[i], alignment="right" if i in search.numeric else None)
        for i, name in enumerate(table.columns)
    }
    st.dataframe(columns, column_config=config, hide_index=True, height=HEIGHT, width="stretch")
