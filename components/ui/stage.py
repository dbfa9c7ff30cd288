"""Presentation mode: one panel alone on the screen, stepped through with the keyboard.

The page runs as always, from its address; its widgets are only not shown. `present` in the address turns the mode on:
the key of a panel, or `1` for the first one of the page.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from components.chart.chart import Chart
from components.chart.enlarged import fitting
from components.chart.resized import READABLE
from components.core.analysis_set import analysis_set
from components.core.footer_words import data_line, patients_line
from components.core.panel import Panel
from components.core.rounded import shown_set
from components.core.table import Table
from components.links.collected import Collected, place, step
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.study import fingerprint, written
from components.ui import address, escaped
from components.ui import stage_words as words
from components.ui.collection import links
from components.ui.shown import shown
from components.ui.stage_room import CELL, GAP, LINE, SMALLEST, TEXT, TITLE, Room, pages, table_height, type_size
from components.ui.streamlit_internals import DeltaGenerator
from components.ui.study import opened_study
from data.cohort import Provenance

OFFERED, PLACE, STAGE, FOOT, PAGE, SAID, SHEETS = (
    "panels drawn in this run",
    "place in the presentation",
    "stage",
    "foot of the stage",
    "page shown",
    "what was said of the link",
    "sheet shown and how many there are",
)
ELSEWHERE = "place of a view of another study"
"""That the step led to a view collected from another study than the one open, which is named but not shown."""

WINDOW = (1440, 900)
SIZES = (
    (READABLE, range(TEXT, 12, -1), 0.72),
    (15, range(14, 10, -1), 0.0),
    (13, range(12, 10, -1), 0.0),
    (11, (11,), 0.0),
)
"""What a figure under a strip is tried with, in order: its smallest type, the strip's type, and the figure's share."""

WAITING = "keys pressed on the way to another view"

SHEET = "sheet of the panel"
"""Which sheet of a panel that needs several is shown, and of which view."""

STYLE = f"""
<style>
.st-key-stage, .st-key-stage-panel, .st-key-stage-foot {{gap: {GAP}px !important}}
.st-key-stage .myo-stage h1 {{font-size: {TITLE}px; line-height: {LINE}}}
.st-key-stage .myo-stage p {{font-size: {TEXT}px; line-height: {LINE}; margin: 3px 0 0}}
.st-key-stage .myo-table {{line-height: {LINE}}}
.st-key-stage .myo-table th, .st-key-stage .myo-table td {{padding: {CELL[1]}px {CELL[0]}px}}
.myo-foot {{display: flex; justify-content: space-between; gap: 2rem; font-size: {TEXT}px; line-height: {LINE};
  padding: {GAP}px 0}}
</style>
"""
STYLE += """
<style>
[data-testid=stHeader], [data-testid=stSidebar], [data-testid=stExpandSidebarButton] {display: none !important}
[data-testid=stMainBlockContainer] {max-width: none; padding: 16px 3.2rem 0 !important}
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] > :not(:has(.st-key-stage)):not(.st-key-stage)
  {display: none}
.st-key-stage {min-height: calc(100vh - 16px)}
.st-key-stage > :last-child {margin-top: auto; position: sticky; bottom: 0; background: var(--myo-ground)}
.myo-stage h1 {margin: 0; padding: 0}
.myo-foot span + span {white-space: nowrap}
.st-key-stage .modebar {display: none}
</style>
"""

_keys = st.components.v2.component(
    "stage_keys",
    html="<span></span>",
    js=Path(__file__).with_name("stage.js").read_text(encoding="utf-8"),
)


def presenting() -> str:
    """Which panel is asked to be alone on the screen: its key, `1` for the first of the page, blank for none."""
    return address.now().panel


def begin(page: Page, said: tuple[str, ...]) -> None:
    """Forget the panels of the run before; on the stage, make room and follow the keys.

    ``said`` is what must be said about the link that opened the session.
    """
    st.session_state[OFFERED], st.session_state[STAGE], st.session_state[PAGE] = {}, None, page
    st.session_state[SHEETS] = (0, 1)
    if not presenting() or st.session_state.get(ELSEWHERE, -1) >= len(links()):
        st.session_state.pop(ELSEWHERE, None)
    if not presenting():
        st.session_state.pop(WAITING, None)
        return
    st.html(STYLE)
    stage = st.container(key="stage")
    st.session_state[SAID] = said
    with stage:
        size = tuple(st.session_state.get("stage-keys", {}).get("size") or WINDOW)
        told = _keys(
            key="stage-keys",
            data={"size": size},
            default={"size": list(WINDOW)},
            on_size_change=_nothing,
            on_pressed_change=_nothing,
        )
        st.session_state[STAGE] = st.container(key="stage-panel")
        st.session_state[FOOT] = st.container(key="stage-foot")
    keys = [*st.session_state.get(WAITING, ()), *filter(None, (told.pressed,))]
    while keys:
        key, *keys = keys
        st.session_state[WAITING] = tuple(keys)
        _follow(page, key)


def lead_on_if_left(page: Page) -> None:
    """Send a browser that is still on a page which was left to where it goes; the key it brought is kept for there."""
    if address.overtaken(page.address):
        if key := st.session_state.get("stage-keys", {}).get("pressed"):
            st.session_state[WAITING] = (*st.session_state.get(WAITING, ()), key)
        address.lead_on()


def _follow(page: Page, key: str) -> None:
    if key in {"on", "back"}:
        here, i = st.session_state.get(SHEET, ("", 0))
        st.session_state[SHEET] = (here, i + (1 if key == "on" else -1))
    if key == "leave":
        st.session_state.pop(ELSEWHERE, None)
        address.show_alone("")
        address.again()
    now = st.session_state.get(ELSEWHERE, _place(page, presenting()))
    to = step(links(), now, key)
    if to is None:
        return
    entry = links()[to]
    st.session_state.pop(ELSEWHERE, None)
    st.session_state[PLACE] = to
    if entry.data != written(opened_study().provenance):
        st.session_state[ELSEWHERE] = to
        address.again()
    address.go_to_view(entry.file, entry.query, entry.panel)


def _place(page: Page, panel: str) -> int | None:
    """Where the panel of this view stands among those collected; of several alike the one stepped to."""
    here = Collected("", page.file, address.view().query, panel, written(opened_study().provenance))
    return place(links(), here, st.session_state.get(PLACE))


def offer(panel: Panel, key: str) -> DeltaGenerator | None:
    """Note that the page shows this panel; gives back the stage if it is the one asked for."""
    offered: dict[str, str] = st.session_state.setdefault(OFFERED, {})
    offered.setdefault(key, panel.title)
    if ELSEWHERE in st.session_state:
        return None
    first = next(iter(offered))
    stage: DeltaGenerator | None = st.session_state.get(STAGE)
    return stage if presenting() in {key, "1" if key == first else key} else None


def heading(room: Room) -> None:
    """The title, who is shown and who is not, and what must be read first."""
    inner = "".join(f"<p>{escape(line)}</p>" for line in room.lines)
    st.html(f"<div class='myo-stage'><h1>{escape(room.title)}</h1>{inner}</div>")


def room_of(panel: Panel, key: str) -> Room:
    """The window with the panel's title (for a slide the one it was given there) and the lines under it."""
    here = shown()
    now = _place(st.session_state[PAGE], key)
    title = panel.title if now is None else links()[now].title
    analysed = shown_set(panel.analysed or analysis_set(here.cohort), hides=here.hides)
    width, height = st.session_state.get("stage-keys", {}).get("size") or WINDOW
    foot = (_told(here.whole.provenance), _where(now, (8, 8)))
    lines = (patients_line(here.filter, analysed), *panel.notices, *filter(None, (panel.under_figure,)))
    return Room(int(width), int(height), title, lines, foot)


def on_sheets(panel: Panel, room: Room) -> tuple[Chart | Table, ...]:
    """The panel's figure, or its tables without one, on as many sheets as the window needs."""
    if panel.figure is not None:
        size, readable = type_sizes(panel, room)
        high = int(room.free - _strip_height(panel, room, size))
        return fitting(panel.figure, int(room.across), high, readable)
    return tuple(part for table in panel.tables for part in pages(table, room.across, room.free))


def type_sizes(panel: Panel, room: Room) -> tuple[float, float]:
    """The sizes of the type of the panel's strip and of the smallest in its figure.

    They are the largest with which both are in sight, and with which the figure keeps its share of the room while that
    can be read from afar; in a small window they become smaller.
    """
    if panel.figure is None:
        return TEXT, READABLE
    for readable, sizes, share in SIZES:
        for size in sizes:
            high = int(room.free - _strip_height(panel, room, size))
            fits = fitting(panel.figure, int(room.across), high, readable)[0].height <= high + 1
            if fits and high >= share * room.free:
                return (type_size(panel.strip, room.across, size) if panel.strip else size), readable
    return SMALLEST, SIZES[-1][0]


def _strip_height(panel: Panel, room: Room, size: float) -> float:
    return 0.0 if panel.strip is None else table_height(panel.strip, room.across, size) + GAP


def sheet(of: int) -> int:
    """Which of ``of`` sheets is shown: the first, or the one that the arrow keys have led to in this view."""
    view = f"{address.now().page} {address.view().query} {presenting()}"
    here, i = st.session_state.get(SHEET, ("", 0))
    i = min(max(i, 0), of - 1) if here == view else 0
    st.session_state[SHEET], st.session_state[SHEETS] = (view, i), (i, of)
    return i


def end(here: PageInput, page: Page) -> None:
    """The foot of the stage, once the page has run: where the patients come from, and which view this is."""
    offered: dict[str, str] = st.session_state[OFFERED]
    asked = presenting()
    if offered and asked not in {*offered, "1"}:
        address.show_alone("1")
        address.again()
    now = st.session_state.get(ELSEWHERE, _place(page, asked if asked in offered else next(iter(offered), "")))
    if ELSEWHERE in st.session_state:
        with st.session_state[STAGE]:
            entry = links()[now]
            why = words.of_another_study(fingerprint(entry.data), here.whole.provenance.name)
            st.html(f"<div class='myo-stage'><h1>{escape(entry.title)}</h1><p>{escape(why)}</p></div>")
    elif not offered:
        with st.session_state[STAGE]:
            st.html(f"<div class='myo-stage'><p>{escape(words.NOTHING)}</p></div>")
    where = _where(now, st.session_state.get(SHEETS, (0, 1)))
    with st.session_state[FOOT]:
        foot = f"<span>{escape(_told(here.whole.provenance))}</span><span>{escape(where)}</span>"
        st.html(f"<div class='myo-foot'>{foot}</div>")


def _told(provenance: Provenance) -> str:
    return " ".join((data_line(provenance), *st.session_state.get(SAID, ())))


def _where(now: int | None, sheet_of: tuple[int, int]) -> str:
    """Which view this is, which sheet of it, and the keys."""
    hint = words.KEYS if links() else words.KEYS_ALONE
    return " · ".join(part for part in (words.counter(now, len(links())), words.sheet(*sheet_of), hint) if part)


def button() -> None:
    """To the stage; nothing on a page without a panel."""
    if st.session_state[OFFERED]:
        escaped.button(words.PRESENT, help=words.PRESENT_HELP, type="tertiary", key="present-now", on_click=_enter)


def _enter() -> None:
    address.show_alone(next(iter(st.session_state[OFFERED])))


def _nothing() -> None:
    """Streamlit names the events of a component by their callbacks; they are read when the page runs."""
