"""What was found in the files of a cohort, on the screen: all of it at once, under the table it is about."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.core.markup import bold
from components.own_cohort import contents_words as held_words
from components.own_cohort import issue_words as words
from components.own_cohort.contents import Contents
from components.ui import escaped
from components.ui.cards import numbers
from components.ui.panel_view import show_table
from components.ui.table_files import show_files
from data.reading.issue import Issue
from data.reading.read import Unread

STYLE = """
<style>
.myo-found {width: 100%; border-collapse: collapse; font-size: 0.92rem; table-layout: fixed}
.myo-found th, .myo-found td {text-align: left; vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0;
  overflow-wrap: anywhere}
.myo-found thead th {font-weight: 600; border-bottom: 1.5px solid currentColor}
.myo-found tbody th {font-weight: 600; padding-top: 0.8rem}
.myo-found td {border-bottom: 1px solid rgba(128, 140, 150, 0.28)}
.myo-found col:first-child {width: 24%}
.myo-found col:nth-child(2):not(:last-child) {width: 40%}
.myo-understood col:nth-child(1) {width: 18%}
.myo-understood col:nth-child(2):not(:last-child) {width: 60%}
.myo-understood td:last-child {opacity: 0.75}
</style>
"""


def show_issues(issues: Sequence[Issue], notes: Sequence[Issue], unread: Sequence[Unread], still_open: str) -> None:
    """Everything found: what stands in the way, what was understood, what to look at; folded away what is absent."""
    errors = [entry for entry in issues if entry.severity == "error"]
    told = {(entry.table, entry.column) for entry in unread if entry.identifies}
    rest = [entry for entry in issues if entry.severity == "warning" and (entry.table, entry.column) not in told]
    understood = [entry for entry in notes if entry.severity == "understood"]
    other = [entry for entry in notes if entry.severity == "note"]
    if errors:
        escaped.error(words.refused(errors, still_open), icon=":material/error:")
        _show_lines(errors)
    if told:
        escaped.warning(words.identifying(unread), icon=":material/privacy_tip:")
    if understood:
        escaped.text(words.understood(len(understood)))
        _show_table(words.UNDERSTOOD, words.understood_lines(understood), "myo-understood")
    if rest:
        with escaped.expander(words.warned(len(rest)), expanded=not errors, icon=":material/visibility:"):
            _show_lines(rest)
    if other:
        with escaped.expander(words.noted(len(other)), icon=":material/menu_book:"):
            _show_lines(other)
    if errors:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
            escaped.caption(words.LIST, width="content")
            show_files(words.findings_table((*issues, *notes)), words.TITLE, (), "findings")


def _show_lines(issues: Sequence[Issue]) -> None:
    """A row a finding; the column of what to do only where anything is to be done."""
    width = len(words.COLUMNS) if any(entry.remedy for entry in issues) else len(words.COLUMNS) - 1
    _show_table(words.COLUMNS[:width], words.grouped(issues))


def _show_table(names: Sequence[str], groups: Sequence[tuple[str, Sequence[words.Line]]], kind: str = "") -> None:
    width = len(names)
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    body = ""
    for table, lines in groups:
        body += f"<tr><th scope='rowgroup' colspan='{width}'>{escape(table)}</th></tr>"
        for line in lines:
            cells = (line.where, line.wrong, line.remedy)[:width]
            body += f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    columns = f"<colgroup><col>{'<col>' * (width - 1)}</colgroup>"
    head = f"<thead><tr>{head}</tr></thead>"
    st.html(f"{STYLE}<table class='myo-found {kind}'>{columns}{head}<tbody>{body}</tbody></table>")


def show_contents(held: Contents, unread: Sequence[Unread]) -> None:
    """The preview: numbers in a row, what is missing and left out in words, everything else folded away."""
    numbers(held_words.in_short(held))
    for title, told in (
        (held_words.DRUGS, held_words.drugs(held)),
        (held_words.NOTHING_OF, held_words.absent(held)),
        (held_words.LEFT_OUT, words.left_out(unread)),
    ):
        if told:
            escaped.text(f"{bold(f'{title}:')} {told}.")
    if told := held_words.not_offered(held):
        escaped.info(told, icon=":material/info:")
    with escaped.expander(held_words.EVERYTHING, icon=":material/list:"):
        left, right = st.columns(2, gap="large")
        with left:
            show_table(held_words.characteristics_table(held))
        with right:
            show_table(held_words.measured_table(held))
