"""A table taken along: copied, or saved for a spreadsheet or a manuscript."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from components.core.footer_words import footer
from components.core.panel import Panel
from components.core.table import Table
from components.export import file_words as words
from components.export.table_files import csv_file, docx_file, formula_safe, plain_text, xlsx_file
from components.links.page_input import PageInput
from components.ui import escaped, looks
from components.ui.panel_view import show

_copy = st.components.v2.component(
    "copy_button",
    html='<button class="copy-button" type="button" aria-live="polite"></button>',
    css="""
.copy-button {
  font: inherit; font-size: 0.875rem; height: 2.5rem; padding: 0 0.75rem; cursor: pointer; white-space: nowrap;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
.copy-button:hover, .copy-button:focus-visible {
  color: var(--st-primary-color); border-color: var(--st-primary-color); outline: none;
}
""",
    js=Path(__file__).with_name("copy_button.js").read_text(encoding="utf-8"),
)


def show_with_files(panel: Panel, here: PageInput, name: str, *, hint: str = "", clickable: bool = False) -> Any:
    """The panel, with the buttons for its first table beside its title (shown or folded away); gives back the click.

    A ``hint`` says what a click does, where a figure is ``clickable``.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        escaped.subheader(panel.title, anchor=False, width="content")
        if tables := [table for table in (*panel.tables, *panel.aside) if table is not panel.strip]:
            on = datetime.now(tz=UTC).astimezone().date()
            small = (
                *panel.notices,
                *looks.carried(panel, here),
                *footer(panel.analysed, here.whole.provenance, here.filter, panel.small, on),
            )
            show_files(tables[0], panel.title, small, name)
    if hint and panel.figure is not None:
        escaped.caption(hint)
    return show(panel, key=name, clickable=clickable or bool(hint), heading=False)


def show_files(table: Table, title: str, footer: tuple[str, ...], name: str) -> None:
    """A row of buttons: copy, CSV, Excel, Word; a file is written only when its button is pressed."""
    kinds = (
        (words.CSV, partial(csv_file, table, footer), "csv", "text/csv"),
        (words.EXCEL, partial(xlsx_file, table, footer, title), "xlsx", words.XLSX_TYPE),
        (words.WORD, partial(docx_file, table, footer, title), "docx", words.DOCX_TYPE),
    )
    with st.container(horizontal=True, width="content", gap="xsmall", key=f"{name}-files"):
        copied = {"text": plain_text(table, footer), "html": _html(table, footer)}
        labels = {"label": words.COPY, "done": words.COPIED, "failed": words.NOT_COPIED}
        _copy(key=f"{name}-copy", data={**copied, **labels}, width="content")
        for label, file, ending, kind in kinds:
            escaped.download_button(
                label,
                file,
                f"myoscope-{name}.{ending}",
                kind,
                key=f"{name}-{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def _text(cell: str) -> str:
    return escape(formula_safe(cell))


def _html(table: Table, footer: tuple[str, ...]) -> str:
    head = "".join(f"<th>{escape(formula_safe(cell))}</th>" for cell in table.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in _shifted(row, inner=i in table.inner))}</tr>"
        for i, row in enumerate(table.rows)
    )
    small = "".join(f"<p><small>{escape(formula_safe(line))}</small></p>" for line in footer)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{small}"


def _shifted(row: tuple[str, ...], *, inner: bool) -> tuple[str, ...]:
    return (f"\u2003{row[0]}", *row[1:]) if inner else row
