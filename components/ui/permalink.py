"""The link of the page: what it asked for and could not get, and the button that copies the one of the view shown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.links.collected import Collected
from components.links.control import Control, Several, Value
from components.links.pages import Ground
from components.links.view import View, answered, link_query, read, viewed
from components.ui import ask
from components.ui.menu import Page
from components.ui.stage import PAGE, WAITING
from components.wording import page as words
from components.wording.footer import VERSION
from data.cohort import Provenance

NOTICES = "what is said about the opening link"

_copy = st.components.v2.component(
    "copy_link",
    html='<button type="button" aria-live="polite"></button><input readonly hidden>',
    css="""
button {
  font: inherit; font-size: 0.8125rem; padding: 0.25rem 0.5rem; cursor: pointer; white-space: nowrap;
  color: var(--st-link-color); background: none; border: 1px solid transparent; border-radius: var(--st-button-radius);
}
button:hover, button:focus-visible { border-color: var(--st-border-color); outline: none; }
input { font: inherit; font-size: 0.8125rem; width: 16rem; color: var(--st-text-color);
  background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color); padding: 0.2rem; }
input[hidden] { display: none; }
""",
    js=Path(__file__).with_name("copy_link.js").read_text(encoding="utf-8"),
)


def current_view(page: Page) -> View:
    """What the page shows, from the widgets drawn in this run."""
    return viewed(page.address, ask.answers())


def link_of(title: str, panel: str) -> Collected:
    """The link of a panel of the page that ran last; for a button's ``on_click``."""
    page: Page = st.session_state[PAGE]
    return Collected(title, page.file, current_view(page).query, panel)


def settle(page: Page, ground: Ground) -> None:
    """Make every choice of the view that is on its way here, before any widget is drawn; the others start anew."""
    query: str | None = st.session_state.pop(WAITING, None)
    if query is None:
        return
    wanted = read(page.address, query, ground).view.values

    def answer(control: Control) -> Value:
        value = wanted.get(control.key, control.default)
        if control.key in st.session_state or value != control.default:
            st.session_state[control.key] = list(value) if isinstance(control, Several) else value  # type: ignore[arg-type]
        return value

    answered(page.address, ground, answer)


def copy_link(view: View, provenance: Provenance) -> None:
    """The button that copies the address of the view, with the fingerprint of the data and the version."""
    query = link_query(view, provenance.fingerprint, VERSION)
    labels = {"label": words.COPY_LINK, "done": words.LINK_COPIED, "shown": words.LINK_SHOWN}
    _copy(key="copy-link", data={"query": query, **labels}, width="content")


def notices(page: Page, ground: Ground) -> tuple[str, ...]:
    """What must be said about the link that opened this session: other data, another version, unknown parts."""
    if NOTICES not in st.session_state:
        asked = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state[NOTICES] = _notices(page.address, asked, ground)
    kept: tuple[str, ...] = st.session_state[NOTICES]
    return kept


def _notices(address: str, asked: dict[str, list[str]], ground: Ground) -> tuple[str, ...]:
    if not asked:
        return ()
    found = read(address, asked, ground)
    said = []
    if found.data and found.data != ground.whole.provenance.fingerprint:
        said.append(words.other_data(found.data))
    if found.version and found.version != VERSION:
        said.append(words.other_version(found.version, VERSION))
    if found.ignored:
        said.append(words.ignored_notice(found.ignored))
    return tuple(said)


def show_notices(said: tuple[str, ...]) -> None:
    """The notices, with a button that closes them; nothing where there are none."""
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("  \n".join(said), icon=":material/link_off:", width="stretch")
            st.button(words.UNDERSTOOD, on_click=_close, type="tertiary", key="understood", width="content")


def _close() -> None:
    """The notices have been read; what they were about leaves the address too."""
    st.session_state[NOTICES] = ()
    known = {control.key for control, _ in ask.answers()}
    for key in [key for key in st.query_params if key not in known]:
        del st.query_params[key]
