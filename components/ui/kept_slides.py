"""The slides collected outlast a page that is loaded again: the browser keeps their links and gives them back once.

It keeps those of the reconstructed cohort alone. Of an imported cohort it is given nothing, not even a title.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

import streamlit as st

from components.links.collected import kept_by_browser
from components.links.study import is_own, written
from components.ui.collection import bring_back, links
from components.ui.menu import pages_with_panels
from components.ui.study import reconstructed_study

KEY = "kept-slides"
MARK, HEARD = "mark of the session for the slides kept", "slides kept by the browser heard of"

_kept = st.components.v2.component(
    "kept_slides",
    html="<span></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def keep_in_browser() -> None:
    """Have the browser keep what is collected now; drawn where it takes no room from the page."""
    mark = st.session_state.setdefault(MARK, token_hex(8))
    slides = [one.written for one in links() if not is_own(one.data)]
    with st.sidebar:
        _kept(
            key=KEY,
            data={"session": mark, "heard": st.session_state.get(HEARD, False), "slides": slides},
            on_found_change=_found,
        )


def _found() -> None:
    st.session_state[HEARD] = True
    files = {page.file for page in pages_with_panels().values()}
    bring_back(kept_by_browser(st.session_state[KEY].found, files, written(reconstructed_study().provenance)))
