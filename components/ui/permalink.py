"""The link of the page: what it asked for and could not get, and the button that copies the one of the view shown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.core import page_words as words
from components.core.footer_words import VERSION as VERSION_NOW
from components.core.markup import LINE
from components.links.collected import Collected
from components.links.page import Page
from components.links.study import written
from components.links.view import DATA, VERSION, View, link_query
from components.ui import address, escaped
from components.ui.stage import PAGE
from components.ui.study import opened_study
from data.cohort import Provenance

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


def link_of(title: str, panel: str) -> Collected:
    """The link of a panel of the page that ran last; for a button's ``on_click``."""
    page: Page = st.session_state[PAGE]
    return Collected(title, page.file, address.view().query, panel, written(opened_study().provenance))


def copy_link(view: View, provenance: Provenance) -> None:
    """The button that copies the address of the view, with the fingerprint of the data and the version."""
    query = link_query(view, written(provenance), VERSION_NOW)
    labels = {"label": words.COPY_LINK, "done": words.LINK_COPIED, "shown": words.LINK_SHOWN}
    _copy(key="copy-link", data={"query": query, **labels}, width="content")


def notices(provenance: Provenance) -> tuple[str, ...]:
    """What must be said about the link that is shown: other data, another version, unknown parts."""
    remarks = dict(address.now().remarks)
    data, version = (" ".join(remarks.pop(key, ())) for key in (DATA, VERSION))
    said = []
    if data and data != written(provenance):
        said.append(words.other_data(data))
    if version and version != VERSION_NOW:
        said.append(words.other_version(version, VERSION_NOW))
    if remarks:
        said.append(words.ignored_notice([f"{key}={text}" for key, texts in remarks.items() for text in texts]))
    return tuple(said)


def show_notices(said: tuple[str, ...]) -> None:
    """The notices, with a button that closes them; nothing where there are none."""
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            escaped.warning(LINE.join(said), icon=":material/link_off:", width="stretch")
            escaped.button(
                words.UNDERSTOOD, on_click=address.understood, type="tertiary", key="understood", width="content"
            )
