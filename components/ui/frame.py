"""What surrounds every page: the study, the filter in the sidebar, and the bar that says who is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.core import page_words as words
from components.core import small_counts_words as small_counts
from components.core.footer_words import data_line
from components.core.groups import patients_of
from components.core.markup import bold
from components.core.small_counts import hidden
from components.links.asked import of_page
from components.links.disclosure import withheld_because
from components.links.page import Page
from components.links.page_input import PageInput, ground
from components.links.page_input import shown as shown_in
from components.links.view import View
from components.survival.analysis import median_follow_up
from components.ui import address, ahead, escaped, looks, permalink, stage, study_address, top, upload, widgets
from components.ui.collection import drop_imported
from components.ui.filter_bar import clear, draw_conventions, draw_filter
from components.ui.kept_cohorts import draw_kept, keep_buttons
from components.ui.kept_names import names
from components.ui.kept_slides import keep_in_browser
from components.ui.menu import pages_with_panels
from components.ui.navigation import COHORT, EVIDENCE
from components.ui.shown import SHOWN
from components.ui.study import (
    begin,
    followed_patient,
    no_real_patients,
    opened_study,
    remembered,
    single_patients_allowed,
    small_counts_hidden,
    small_counts_switch,
)
from components.ui.undo import draw_undo
from data.cohort import Provenance
from data.counted import SmallCountsError
from data.filters import Filter

STYLE = """
<style>
[data-testid=stMainBlockContainer] {padding: 4.2rem 2.5rem 4rem}
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] {gap: 0.75rem}
[data-testid=stMain] h1 {font-size: 1.7rem; padding: 0.3rem 0}
[data-testid=stMain] [data-testid=stHorizontalBlock] {gap: 0.75rem}
[data-testid=stMain] h3 {padding: 0.2rem 0 0}
[data-testid=stMain] [data-testid=stAlertContainer] {padding: 0.3rem 0.7rem; min-height: 0}
[data-testid=stMain] [data-testid=stAlertContainer] p {font-size: 0.875rem; line-height: 1.35; margin: 0}
[data-testid=stMain] [data-testid=stAlertContainer] [data-testid=stMarkdownContainer] {margin-bottom: 0}
.st-key-cohort-bar {padding: 0.5rem 0.8rem}
.st-key-cohort-bar p {font-size: 0.9rem}
[data-testid=stMain] [data-testid=stButtonGroup] button {min-height: 2.5rem}
.st-key-cohort-bar :is([data-testid=stPageLink], [data-testid=stCaptionContainer]) p {font-size: 0.8125rem}
.st-key-question {flex-wrap: nowrap}
[data-testid=stMain] [data-testid=stElementContainer]:has(> [data-testid=stMultiSelect] [data-tag]) {min-width: 21rem}
[data-testid=stElementToolbarButton]:has(button[aria-label^="Download as CSV"]) {display: none}
</style>
"""
"""Narrow margins; choices side by side as high as the fields in their row; who is shown in one line, or two on a small
screen, whatever the filter; the buttons of a view beside a question of two lines;
a list of several as wide as three of its choices need;
no file without its stamp from Streamlit's own tables."""

NO_SIDEBAR = "<style>[data-testid=stSidebar], [data-testid=stExpandSidebarButton] {display: none}</style>"
"""For pages on which neither filter nor conventions act; both stay in the address, and hold on the next page."""


@contextmanager
def framed(page: Page) -> Iterator[PageInput]:
    """Draws the filter and the cohort bar of ``page``, and makes what they choose ready for the page.

    The page runs inside: the link that copies its view stands beside its question but waits for the page's choices.
    """
    stage.lead_on_if_left(page)
    begin()
    if page.file != COHORT:
        upload.leave()
    upload.forget_what_was_drawn()
    st.html(STYLE)
    study_address.settle(page.file)
    study = opened_study()
    single = single_patients_allowed()
    others = pages_with_panels().values()
    view = address.restore(page, ground(study, page, single=single, others=others, names=names()))
    said = permalink.notices(study.provenance)
    stage.begin(page, said)
    ready = shown_in(
        study,
        page,
        view,
        single=single,
        followed=followed_patient(),
        alone=bool(stage.presenting()),
        others=others,
        memory=remembered,
        names=names(),
        ledger=looks.ledger(),
        hides=small_counts_hidden(),
    )
    with hidden(hides=ready.hides), _around(page, ready, view, said):
        yield ready


@contextmanager
def _around(page: Page, ready: PageInput, view: View, said: tuple[str, ...]) -> Iterator[None]:
    """Draws what stands around the page."""
    study = ready.study
    st.session_state[SHOWN] = ready
    ahead.begin(page, ready, view)
    chooses = page.panels is not None and page.filtered
    if not chooses:
        st.html(NO_SIDEBAR)
    elif page.population:
        draw_filter(study.of_population("safety"))
    if page.population:
        draw_kept(study.of_population(page.population), ready.chosen)
    if chooses:
        draw_conventions()
    top.begin(page.file)
    keep_in_browser()
    if page.population:
        _cohort_bar(page, ready, view)
    elif page.file != COHORT and not no_real_patients():
        with st.container(border=True, key="provenance-bar"):
            _provenance(study.provenance)
    permalink.show_notices(said)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="question"):
        escaped.title(page.question, anchor=False, width="stretch")
        corner = st.container(horizontal=True, width="content", vertical_alignment="center", gap="small")
    try:
        yield
    finally:
        if stage.presenting():
            stage.end(ready, page)
        else:
            looks.draw()
            with corner:
                draw_undo()
                permalink.copy_link(view, study.provenance)
                stage.button()


def _cohort_bar(page: Page, ready: PageInput, view: View) -> None:
    withheld = ready.hides and withheld_because(ready, view)
    line = bold(small_counts.NOT_COUNTED) if withheld else _cohort_line(ready)
    with st.container(border=True, key="cohort-bar", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            escaped.text(line, width="content")
            with st.container(horizontal=True, width="content", vertical_alignment="center"):
                escaped.caption(words.population_line(ready.population), width="content")
                _provenance(ready.whole.provenance)
        if ready.chosen.filter.parts:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _chips(ready)
                with st.container(horizontal=True, width="content", gap="small", key="keep-buttons"):
                    keep_buttons(ready)
                _at_filter(page, ready)
        if ready.filter != ready.chosen.filter:
            escaped.caption(words.compared_instead(ready.filter))
        elif ready.chosen.filter.parts and not withheld and not ready.cohort.n:
            _ways_on(ready)
        if not no_real_patients():
            with st.container(horizontal=True, gap="small", vertical_alignment="center", key="small-counts"):
                small_counts_switch(drop_imported)
                if ready.hides:
                    escaped.caption(small_counts.IN_FORCE, width="content")


def _cohort_line(ready: PageInput) -> str:
    endpoint = ready.whole.dictionary.leading
    try:
        counted = ready.cohort.counted_by(endpoint)
        events = patients_of(counted.time_to(endpoint)[1], counted.weights)
        return words.cohort_line(ready.cohort, ready.whole, endpoint, events, median_follow_up(ready.cohort))
    except SmallCountsError:
        return words.few_line(ready.cohort, ready.whole)


def _provenance(provenance: Provenance) -> None:
    """Where the patients come from, and the way to what says more of it; of imported ones the fingerprint too."""
    if provenance.kind == "imported":
        escaped.page_link(COHORT, label=data_line(provenance), icon=":material/folder_open:")
    else:
        escaped.page_link(EVIDENCE, label=words.provenance_line(provenance), icon=":material/info:")


def _at_filter(page: Page, ready: PageInput) -> None:
    """What the page asks about the filter itself."""
    asked = of_page(ground(ready.study, page, single=ready.single, names=ready.names), ready.chosen)
    for control in [one for one in widgets.answered(asked) if one.look.where == "filter"]:
        with st.container(width="content", key=f"at-filter-{control.key}"):
            widgets.draw(control)


def _ways_on(ready: PageInput) -> None:
    """Under a filter that keeps nobody: a button for each condition but for which somebody is left, and one for all."""
    conditions = ready.whole.dictionary.conditions
    with st.container(horizontal=True, key="ways-on", gap="small", vertical_alignment="center"):
        escaped.text(words.NOBODY, width="content")
        for part in ready.chosen.filter.parts:
            n = ready.chosen.filter.without(part.key).of(ready.whole).n
            if n and len(ready.chosen.filter.parts) > 1:
                escaped.button(words.without_condition(part.sentence, n), key=f"without {part.key}",
                               on_click=clear, args=((part.key,),))  # fmt: skip
        label = words.without_any(ready.whole.n)
        escaped.button(label, key="without any", on_click=clear, args=(conditions,), icon=":material/undo:")


def _chips(ready: PageInput) -> None:
    with st.container(horizontal=True, key="chips", gap="small", width="content"):
        for part in ready.chosen.filter.parts:
            removed = ready.whole.n - Filter((part,)).of(ready.whole).n
            escaped.button(
                words.chip(part.sentence, removed),
                key=f"chip {part.key}",
                help=words.CHIP_HELP,
                icon=":material/close:",
                on_click=clear,
                args=((part.key,),),
            )
