"""What the Evidence page shows: the comparison with the paper, its controls, and sentences with their places."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.core.markup import bold
from components.core.panel import Panel
from components.core.table import Table
from components.evidence import words
from components.evidence.agreement import Agreement, agreement
from components.evidence.fidelity import Fidelity, fidelity
from components.links import page_controls
from components.ui import escaped, widgets
from components.ui.panel_view import show_table
from data.cohort import Cohort
from data.paper.published import PublishedNumber, published_numbers
from data.paper.reference import FILE, reference

HEIGHT = 460
WIDTHS = dict(zip(words.COLUMNS, (64, 245, 145, 84, 96, 185, 175, 116, 150, 520, 70), strict=True))
STYLE = """
<style>
.myo-said {margin: 0 0 1.1rem; max-width: 62rem}
.myo-said p {margin: 0}
.myo-said .where {font-size: 0.86rem; opacity: 0.78}
</style>
"""


def compared_with_the_paper(study: Cohort) -> tuple[Fidelity, Agreement | None] | None:
    """The study against the published numbers and R's answers, computed once; None for an imported cohort."""
    return _compared(study) if study.provenance.kind == "reconstructed" else None


def _fingerprint(study: Cohort) -> str:
    return study.provenance.fingerprint


@st.cache_resource(show_spinner=words.COMPUTING, max_entries=2, hash_funcs={Cohort: _fingerprint})
def _compared(study: Cohort) -> tuple[Fidelity, Agreement | None]:
    return fidelity(study, published()), agreement(study, reference()) if FILE.exists() else None


@st.cache_resource
def published() -> tuple[PublishedNumber, ...]:
    """Every published number."""
    return published_numbers()


def chosen_numbers(result: Fidelity) -> words.Chosen:
    """The place, the mismatches alone, and the words sought, in one row."""
    with widgets.row():
        places = {place.name: place for place in result.places if place.answerable}
        name = widgets.draw(page_controls.place(places))
        search = escaped.text_input(words.SEARCH, placeholder=words.SEARCH_HINT, key="sought", width=240)
        mismatches = widgets.draw(page_controls.MISMATCHES)
    return words.Chosen(places.get(name), mismatches, search)


def show_numbers(table: Table) -> None:
    """A long table in a window of its own height, its columns sortable."""
    escaped.caption(table.caption)
    columns = {name: [row[i] for row in table.rows] for i, name in enumerate(table.columns)}
    config = {
        name: st.column_config.TextColumn(width=WIDTHS.get(name), alignment="right" if name in words.NUMERIC else None)
        for name in table.columns
    }
    st.dataframe(columns, column_config=config, hide_index=True, height=HEIGHT, width="stretch")


def show_agreement(panel: Panel) -> None:
    """The sentence, then the tables."""
    escaped.text(panel.alt)
    for table in panel.tables:
        show_table(table)


def show_sayings(sayings: Sequence[words.Saying], note: str) -> None:
    """Sentences, each with where it comes from."""
    escaped.caption(note)
    entries = (f"<p>{escape(said.text)}</p><p class='where'>{escape(said.where)}</p>" for said in sayings)
    st.html(STYLE + "".join(f"<div class='myo-said'>{entry}</div>" for entry in entries))


def show_points(title: str, points: Sequence[str]) -> None:
    """A short list under a heading."""
    escaped.text(bold(title))
    escaped.points(points)


def show_fixed_and_open() -> None:
    """What the paper fixes beside what it leaves open."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        show_points(words.FIXED, words.FIXED_POINTS)
    with right, st.container(border=True, height="stretch"):
        show_points(words.OPEN, words.OPEN_POINTS)
