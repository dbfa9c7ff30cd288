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
from components.core.analysis_set import analysis_set
from components.core.footer_words import data_line, patients_line
from components.core.panel import Panel
from components.links.collected import Collected, place, step
from components.links.shown import Shown
from components.links.study import fingerprint, written
from components.ui import address, escaped
from components.ui import stage_words as words
from components.ui.collection import links
from components.ui.menu import Page
from components.ui.shown import shown
from components.ui.streamlit_internals import DeltaGenerator
from components.ui.study import opened_study

OFFERED, PLACE, STAGE, FOOT, PAGE = (
    "panels drawn in this run",
    "place in the presentation",
    "stage",
    "foot of the stage",
    "page shown",
)
ELSEWHERE = "place of a view of another study"
"""That the step led to a view collected from another study than the one open, which is named but not shown."""

WINDOW = (1440, 900)
AROUND, A_NOTICE = 185, 34
"""Pixels above and below a figure on the stage, and those of each notice."""

STYLE = """
<style>
[data-testid=stHeader], [data-testid=stSidebar], [data-testid=stExpandSidebarButton] {display: none !important}
[data-testid=stMainBlockContainer] {max-width: none; padding: 1.6rem 3.2rem 0 !important}
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] > :not(:has(.st-key-stage)):not(.st-key-stage)
  {display: none}
.st-key-stage {min-height: calc(100vh - 1.6rem); font-size: 1.2rem}
.st-key-stage > :last-child {margin-top: auto; position: sticky; bottom: 0; background: var(--myo-ground)}
.myo-stage h1 {font-size: 2.1rem; line-height: 1.2; margin: 0; padding: 0}
.myo-stage p {font-size: 1.2rem; margin: 0.25rem 0 0}
.myo-foot {display: flex; justify-content: space-between; gap: 2rem; font-size: 1.125rem; padding: 0.5rem 0 0.8rem}
.myo-foot span + span {white-space: nowrap}
.st-key-stage .modebar {display: none}
.st-key-stage .myo-table {font-size: 1.2rem}
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


def begin(page: Page) -> None:
    """Forget the panels of the run before; on the stage, make room and follow the keys."""
    st.session_state[OFFERED], st.session_state[STAGE], st.session_state[PAGE] = {}, None, page
    if not presenting() or st.session_state.get(ELSEWHERE, -1) >= len(links()):
        st.session_state.pop(ELSEWHERE, None)
    if not presenting():
        return
    st.html(STYLE)
    stage = st.container(key="stage")
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
    _follow(page, told.pressed)


def _follow(page: Page, key: str | None) -> None:
    if key == "leave":
        st.session_state.pop(ELSEWHERE, None)
        address.show_alone("")
        st.rerun()
    now = st.session_state.get(ELSEWHERE, _place(page, presenting()))
    to = step(links(), now, key) if key else None
    if to is not None:
        entry = links()[to]
        st.session_state.pop(ELSEWHERE, None)
        st.session_state[PLACE] = to
        if entry.data != written(opened_study().provenance):
            st.session_state[ELSEWHERE] = to
            st.rerun()
        address.go_to_view(entry.file, entry.query, entry.panel)


def _place(page: Page, panel: str) -> int | None:
    """Where the panel of this view stands among those collected; of several alike the one stepped to."""
    here = Collected("", page.file, address.now().query, panel, written(opened_study().provenance))
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


def heading(panel: Panel, key: str) -> None:
    """The title (for a slide the one it was given there), who is shown and who is not, and what must be read first."""
    here = shown()
    now = _place(st.session_state[PAGE], key)
    title = panel.title if now is None else links()[now].title
    analysed = panel.analysed or analysis_set(here.cohort)
    lines = (patients_line(here.filter, analysed), *panel.notices)
    inner = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f"<div class='myo-stage'><h1>{escape(title)}</h1>{inner}</div>")


def enlarged(chart: Chart, panel: Panel) -> Chart:
    """The chart at the size of the window."""
    width, height = st.session_state.get("stage-keys", {}).get("size") or WINDOW
    return fitting(chart, int(width) - 100, int(height) - AROUND - A_NOTICE * len(panel.notices))


def end(here: Shown, page: Page, said: tuple[str, ...]) -> None:
    """The foot of the stage, once the page has run: where the patients come from, and which view this is.

    ``said`` is what must be told about the link that opened the session.
    """
    offered: dict[str, str] = st.session_state[OFFERED]
    asked = presenting()
    if offered and asked not in {*offered, "1"}:
        address.show_alone("1")
        st.rerun()
    now = st.session_state.get(ELSEWHERE, _place(page, asked if asked in offered else next(iter(offered), "")))
    if ELSEWHERE in st.session_state:
        with st.session_state[STAGE]:
            entry = links()[now]
            why = words.of_another_study(fingerprint(entry.data), here.whole.provenance.name)
            st.html(f"<div class='myo-stage'><h1>{escape(entry.title)}</h1><p>{escape(why)}</p></div>")
    elif not offered:
        with st.session_state[STAGE]:
            st.html(f"<div class='myo-stage'><p>{escape(words.NOTHING)}</p></div>")
    hint = words.KEYS if links() else words.KEYS_ALONE
    where = " · ".join(part for part in (words.counter(now, len(links())), hint) if part)
    told = " ".join((data_line(here.whole.provenance), *said))
    with st.session_state[FOOT]:
        foot = f"<span>{escape(told)}</span><span>{escape(where)}</span>"
        st.html(f"<div class='myo-foot'>{foot}</div>")


def button() -> None:
    """To the stage; nothing on a page without a panel."""
    if st.session_state[OFFERED]:
        escaped.button(words.PRESENT, help=words.PRESENT_HELP, type="tertiary", key="present-now", on_click=_enter)


def _enter() -> None:
    address.show_alone(next(iter(st.session_state[OFFERED])))


def _nothing() -> None:
    """Streamlit names the events of a component by their callbacks; they are read when the page runs."""
