"""Undo and redo of what was chosen, by two buttons and by keys."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.core import kept_words as words
from components.ui import address, escaped
from components.ui.menu import pages_with_panels

_keys = st.components.v2.component(
    "undo_keys",
    html="<span></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def draw_undo() -> None:
    """The two buttons; a step that was made on another page leads back to it."""
    back, forth = address.can_undo(), address.can_redo()
    with st.container(horizontal=True, width="content", gap="small", key="steps"):
        ways = ((words.UNDO, "undo", back), (words.REDO, "redo", forth))
        clicked = [
            way
            for label, way, there in ways
            if escaped.button("", key=f"{way}-choice", help=label, icon=f":material/{way}:", disabled=not there,
                              type="tertiary")
        ]  # fmt: skip
    with st.sidebar:
        pressed = _keys(key="undo-keys", data={}, on_pressed_change=_nothing).pressed
    asked = next(iter(clicked), pressed)
    files = {page.address: page.file for page in pages_with_panels().values()}
    if asked == "undo" and back:
        address.undo(files)
    if asked == "redo" and forth:
        address.redo(files)


def _nothing() -> None:
    """Streamlit names the events of a component by their callbacks; they are read when the page runs."""
