"""Myoscope: the register of pages, and the frame every page is shown in.

    streamlit run app.py        (or `make run`)

This one file is both the web application and its script. `streamlit run` finds the `st.App` at the end and imports this
file once, as the server starts; for every visitor and every click the server then runs the same file as a script, as
`__main__`, which draws the frame and the page asked for. What else the server does stands in components/ui/server.py.

A new page is a file `pages/<section>/<name>.py` and a line in PAGES: the file says which panels the page gives back for
a view, and nothing of how they are shown. No file may lie directly in `pages/`: Streamlit
could then show it without this frame.
"""

from __future__ import annotations

import streamlit as st

from components.ui import server
from components.ui.frame import framed
from components.ui.menu import ICON, Page, chosen_page
from components.ui.page_view import show_page
from data.language import say
from pages.explore import (
    baseline,
    biomarker,
    laboratory,
    overview,
    patient,
    prognosis,
    safety,
    survival,
    treatment,
)

PAGES = (
    Page(
        say("Overview"),
        "pages/explore/overview.py",
        say("Who are the patients, and how did they fare?"),
        "safety",
        overview.panels,
    ),
    Page(
        say("Survival"),
        "pages/explore/survival.py",
        say("How long do patients live, and which groups differ?"),
        "outcome",
        survival.panels,
    ),
    Page(
        say("Prognosis"),
        "pages/explore/prognosis.py",
        say("Which findings at the start go with death or progression?"),
        "outcome",
        prognosis.panels,
    ),
    Page(
        say("Baseline"),
        "pages/explore/baseline.py",
        say("Who was treated, and how do the groups compare at the start?"),
        "safety",
        baseline.panels,
    ),
    Page(
        say("Treatment"),
        "pages/explore/treatment.py",
        say("How much of which drug, for how long, and why was it stopped?"),
        "safety",
        treatment.panels,
    ),
    Page(
        say("Laboratory"),
        "pages/explore/laboratory.py",
        say("How do lung function and laboratory values move over two years?"),
        "outcome",
        laboratory.panels,
    ),
    Page(
        say("Biomarker"),
        "pages/explore/biomarker.py",
        say("How well does a baseline value predict death?"),
        "outcome",
        biomarker.panels,
    ),
    Page(
        say("Safety"),
        "pages/explore/safety.py",
        say("Which adverse reactions, how many, and when?"),
        "safety",
        safety.panels,
    ),
    Page(say("Patient"), "pages/explore/patient.py", say("What happened to one patient?"), "safety", patient.panels),
    Page(
        say("Evidence"), "pages/verify/evidence.py", say("Does this cohort give back every number that was published?")
    ),
    Page(say("Methods"), "pages/verify/methods.py", say("How is each number computed, and checked against what?")),
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
            show_page(page.panels, here)


if __name__ == "__main__":
    frame()
else:
    app = st.App(
        __file__,
        lifespan=server.started(PAGES),
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        on_script_error=server.apology,
    )
