"""A page begins at its top and in its language.

Streamlit leaves a new page as far down as the one before it was read, and calls every page English.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data.language import LANGUAGE

_top = st.components.v2.component(
    "page_top", html="<span></span>", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def begin(page: str) -> None:
    """Show ``page`` from its top, unless it is the one already shown; drawn where it takes no room from the page."""
    with st.sidebar:
        _top(key="page-top", data={"page": page, "language": LANGUAGE})
