"""The menu: pages in their sections, each a file below `pages/` with an address of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from components.links.page import ROOT, Page
from components.ui import address
from components.ui.streamlit_internals import hash_of

REGISTER = "pages of the menu"
ICON = str(Path(__file__).with_name("icon.svg"))


def chosen_page(pages: tuple[Page, ...]) -> st.Page:
    """The page the visitor asked for, ready to `run()`; draws the menu. The first page is served at `/`."""
    st.session_state[REGISTER] = {page.address: page for page in pages if page.exists and page.panels is not None}
    sections: dict[str, list[st.Page]] = defaultdict(list)
    asked: dict[str, str] = {}
    for page in pages:
        if page.exists:
            first = page is pages[0]
            entry = st.Page(
                ROOT / page.file, title=page.title, url_path=page.address, help=page.question, default=first
            )
            sections[page.section].append(entry)
            asked[hash_of(entry)] = page.address
    st.session_state[address.PAGES] = asked
    return st.navigation(sections, position="top")


def pages_with_panels() -> Mapping[str, Page]:
    """Those pages of the menu that give back panels, by their address; none where a page is run without the menu."""
    found: Mapping[str, Page] = st.session_state.get(REGISTER, {})
    return found
