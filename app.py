"""Myoscope: the register of pages, and the frame every page is shown in.

    streamlit run app.py        (or `make run`)

This one file is both the web application and its script. `streamlit run` finds the `st.App` at the end and imports this
file once, as the server starts; for every visitor and every click the server then runs the same file as a script, as
`__main__`, which draws the frame and the page asked for. What else the server does stands in components/ui/server.py.

A new page is a file `pages/explore/<name>.py`, or in `pages/verify`: it declares the page, and says what it asks and
which panels it gives back for a view, and nothing of how they are shown. A page that draws itself is a file in
`pages/tools` and a line in PAGES. No file may lie directly in `pages/`: Streamlit could show it without this frame.
"""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from components.links.page import ROOT, Page
from components.ui import server
from components.ui.frame import framed
from components.ui.menu import ICON, chosen_page
from components.ui.page_view import show_page
from data.language import say


def declared(section: str) -> tuple[Page, ...]:
    """What the files in the folder of a section declare, in the order of their positions."""
    names = sorted(file.stem for file in (ROOT / "pages" / section).glob("*.py"))
    found: list[Page] = [import_module(f"pages.{section}.{name}").PAGE for name in names]
    return tuple(sorted(found, key=lambda page: page.position))


PAGES = (
    *declared("explore"),
    *declared("verify"),
    Page(say("Open a cohort"), "pages/tools/cohort.py", say("How do I look at my own hospital's patients?")),
    Page(say("Presentation"), "pages/tools/presentation.py", say("How do I take these results to a talk or a paper?")),
)


def frame() -> None:
    """Draw what every page shares, then the page the visitor asked for."""
    chosen = chosen_page(PAGES)
    st.set_page_config(page_title=say("{title} · Myoscope", title=chosen.title), page_icon=ICON, layout="wide")
    page = next(entry for entry in PAGES if entry.title == chosen.title)
    with framed(page) as here:
        if page.panels is None:
            chosen.run()
        else:
            show_page(page, here)


if __name__ == "__main__":
    frame()
else:
    app = st.App(
        __file__,
        lifespan=server.started(PAGES),
        routes=server.routes(PAGES[0].address),
        middleware=server.MIDDLEWARE,
        on_script_error=server.apology,
    )
