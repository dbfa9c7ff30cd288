"""A panel on the screen: notices, figure, tables, note."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from components.chart.screen import figure
from components.core import page_words as words
from components.core.analysis_set_words import analysed_sentence
from components.core.markup import LINE, plain
from components.core.panel import Panel
from components.core.table import Table
from components.export.table_html import breakable, heading
from components.ui import escaped, stage
from components.ui.export_bar import export_bar
from components.ui.live_plot import live_plot
from components.ui.stage_room import type_size

MANY_ROWS = 12
"""More rows than this are folded away at first."""

STYLE = """
<style>
.myo-scroll {overflow-x: auto}
.myo-table {width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.92rem}
.myo-table caption {text-align: left; font-weight: 600; padding: 0.2rem 0}
.myo-table caption.light {font-weight: 400}
.myo-table th, .myo-table td {text-align: right; padding: 0.3rem 0.7rem}
.myo-table td {white-space: nowrap} .myo-table td span {white-space: normal}
.myo-table[style] td span.limits {white-space: nowrap}
.myo-table th {font-weight: 600; border-bottom: 1.5px solid currentColor; vertical-align: bottom}
.myo-table td {border-bottom: 1px solid rgba(128, 140, 150, 0.28)}
.myo-table th:first-child, .myo-table td:first-child {text-align: left; padding-left: 0.2rem}
.myo-table td:first-child {white-space: normal; min-width: 7rem}
.myo-table th.text, .myo-table td.text {text-align: left}
.myo-table td.text {white-space: normal}
.myo-table tr.inner td:first-child {padding-left: 1.4rem}
.myo-table tr.strong td {font-weight: 600; background: rgba(128, 140, 150, 0.10)}
.myo-strip .myo-table:not([style]) {font-size: 0.84rem; line-height: 1.2}
.myo-strip .myo-table:not([style]) :is(th, td) {padding-left: 0.4rem; padding-right: 0.4rem}
@media (min-width: 1400px) {.myo-strip .myo-table:not([style]) td span {white-space: nowrap}}
.myo-strip .myo-table th, .myo-strip .myo-table td {padding-top: 1px; padding-bottom: 1px}
@media (max-width: 1150px) {
  .myo-table:not(.st-key-stage *) td {white-space: normal}
  .myo-strip .myo-table:not([style]) {font-size: 0.78rem}
  .myo-table {font-size: 0.82rem}
  .myo-table th, .myo-table td {padding: 0.3rem 0.4rem}
}
</style>
"""


def show(panel: Panel, *, key: str, clickable: bool = False, heading: bool = True) -> Any:
    """Draws the panel; gives back the ``customdata`` of a point just clicked, when ``clickable``, or None.

    In presentation mode only the panel asked for is drawn, alone and large.
    """
    on_stage = stage.offer(panel, key)
    if stage.presenting():
        if on_stage is not None:
            with on_stage:
                present(panel, key)
        return None
    return _drawn(panel, key, clickable=clickable, heading=heading)


def _drawn(panel: Panel, key: str, *, clickable: bool, heading: bool) -> Any:
    if heading:
        escaped.subheader(panel.title, anchor=False)
    if panel.notices:
        escaped.info(LINE.join(panel.notices), icon=":material/info:")
    clicked = None
    if panel.figure is not None:
        if panel.strip is not None:
            show_table(panel.strip, kind="myo-strip")
        clicked = live_plot(figure(panel.figure), key=key, alt=plain(panel.alt), clickable=clickable)
    if panel.under_figure:
        escaped.caption(panel.under_figure)
    for table in panel.tables_under:
        show_table(table)
    if panel.aside:
        with escaped.expander(panel.aside_title or words.AS_TABLE):
            for table in panel.aside:
                show_table(table)
    _cases(panel)
    if said := " ".join((*((analysed_sentence(panel.analysed),) if panel.analysed else ()), panel.note)).strip():
        escaped.caption(said)
    export_bar(panel, key)
    return clicked


def present(panel: Panel, key: str) -> None:
    """The panel alone on the screen: heading, then its figure or, without one, its tables."""
    room = stage.room_of(panel, key)
    stage.heading(room)
    parts = stage.on_sheets(panel, room)
    if not parts:
        return
    part = parts[stage.sheet(len(parts))]
    if isinstance(part, Table):
        show_table(part, type_size(part, room.across))
        return
    if panel.strip is not None:
        show_table(panel.strip, stage.type_sizes(panel, room)[0], kind="myo-strip")
    live_plot(figure(part), key=f"stage-{key}", alt=plain(panel.alt))


def show_answer(panel: Panel, *, key: str) -> None:
    """The panel's sentence in large type; its cases, if any, under it."""
    with st.container(border=True, key=key):
        escaped.answer(panel.alt)
        for notice in panel.notices:
            escaped.caption(notice)
        _cases(panel)


def _cases(panel: Panel) -> None:
    for table in panel.cases:
        with escaped.expander(words.cases(len(table.rows)), expanded=len(table.rows) <= MANY_ROWS):
            show_table(table)


def show_table(table: Table, size: float = 0, kind: str = "") -> None:
    """A table of text: the first column left, the others right, wide tables scroll on their own.

    ``size`` is that of its type in pixels, 0 for the page's own; a table of a given size has been measured with its
    numbers in one line. ``kind`` is a class of its looks.
    """
    side = [" class='text'" if c in table.texts else "" for c in range(len(table.columns))]
    told = escape if size else heading
    head = "".join(f"<th scope='col'{at}>{told(cell)}</th>" for cell, at in zip(table.columns, side, strict=True))
    marked = {**dict.fromkeys(table.inner, " class='inner'"), **dict.fromkeys(table.strong, " class='strong'")}
    body = "".join(_row(row, marked.get(i, ""), side) for i, row in enumerate(table.rows))
    light = " class='light'" if table.light else ""
    caption = f"<caption{light}>{escape(table.caption)}</caption>" if table.caption else ""
    style = f" style='font-size: {size:.1f}px'" if size else ""
    inner = f"<table class='myo-table'{style}>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    st.html(f"{STYLE}<div class='myo-scroll {kind}'>{inner}</div>")


def _row(row: tuple[str, ...], kind: str, side: list[str]) -> str:
    return f"<tr{kind}>{''.join(f'<td{at}>{breakable(cell)}</td>' for cell, at in zip(row, side, strict=True))}</tr>"
