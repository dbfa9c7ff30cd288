"""Pages of patients give ranges across reconstructions or say why not, fixed for what is printed; others give none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app import PAGES
from components.core.across import ACROSS
from components.core.panel import Panel
from components.links.computed import asked
from components.links.given import every_panel, parts
from components.links.page import Page
from components.links.part import Part, Said
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from pages.explore import biomarker, safety, treatment

STUDY = reconstructed_cohort()
WORD = "reconstructions"
COUNTING = {page.address: page for page in PAGES if page.panels and page.population}
TABS = {"biomarker": biomarker.LOOK, "treatment": treatment.PART, "safety": safety.SECTION}
VIEWS = [
    *((address, f"{TABS[address].key}={id_}") for address in TABS for id_ in TABS[address].ids),
    *((address, "") for address in COUNTING if address not in TABS),
    ("laboratory", "value=kl6"),
    ("survival", "by=sex&adjust=oxygen&endpoint=progression_free&subgroups=of-female"),
    ("survival", "by=steroid_tapered"),
    ("narrow", "subtype=cadm"),
]
"""Together they give every part of every page that counts patients."""

SLOW = {f"{biomarker.LOOK.key}={id_}" for id_ in ("ranking", "search")}
"""What draws thousands of samples and gives no ranges: that it says so is asked of it above."""

FIXED = [
    ("survival", "by=anti_mda5"),
    ("survival", "by=anti_ars"),
    ("prognosis", ""),
    ("baseline", ""),
    ("baseline", "numbers=mean&by=subtype"),
    ("overview", ""),
    ("narrow", ""),
]
"""What the paper prints of everybody, and what follows from it."""


def given(page: Page, query: str, study: Cohort = STUDY) -> Iterator[Part]:
    found = asked(page, study, query, single=True, followed=str(study.patients["patient"].iloc[0]), others=PAGES)
    yield from every_panel(parts(page, found.here, found.link.view))


def shown(panel: Panel) -> bool:
    return panel.figure is not None or bool(panel.tables or panel.aside)


def texts(panel: Panel) -> str:
    cells = [text for table in (*panel.tables, *panel.aside) for row in (table.columns, *table.rows) for text in row]
    drawn = [name for _, name in panel.figure.names] if panel.figure else []
    return " ".join((*panel.notices, panel.under_figure, panel.note, *cells, *drawn))


def test_every_panel_of_patients_gives_ranges_or_says_why_not() -> None:
    seen: set[tuple[str, str]] = set()
    without: list[tuple[str, str]] = []
    for address, query in VIEWS:
        page = COUNTING[address]
        for part in given(page, query):
            seen.add((address, part.key))
            if part.key in page.unranged or (address, part.key) in without:
                continue
            panel = part.panel()
            if shown(panel) and panel.analysed is not None and ACROSS not in panel.procedures:
                without.append((address, part.key))
    assert without == []
    assert {(address, key) for address, page in COUNTING.items() for key in page.unranged} <= seen


def test_a_panel_without_ranges_says_why_where_there_are_reconstructions() -> None:
    page = COUNTING["patient"]
    (part,) = given(page, "")
    assert page.unranged["patient"] in part.panel().note
    hospital = replace(STUDY, provenance=replace(STUDY.provenance, kind="imported"))
    (own,) = given(page, "", hospital)
    assert WORD not in own.panel().note


@pytest.mark.parametrize(("address", "query"), FIXED)
def test_what_is_printed_is_the_same_in_every_reconstruction(address: str, query: str) -> None:
    page = COUNTING[address]
    found = asked(page, STUDY, query, single=True, others=PAGES)
    pieces = list(parts(page, found.here, found.link.view))
    said = [piece.text for piece in pieces if isinstance(piece, Said)]
    first = next((part.panel() for part in every_panel(pieces) if part.fold is None and part.manner != "card"), None)
    told = " ".join(said) if address == "overview" else first.under_figure if first else ""
    assert told == "" or "Fixed by the paper" in told or "fixed by the paper" in told
    assert not told.startswith("Open")


@pytest.mark.parametrize(("address", "query"), [view for view in VIEWS if view[1] not in SLOW])
def test_of_imported_patients_and_with_the_switch_off_nothing_is_said_of_ranges(address: str, query: str) -> None:
    page = COUNTING[address]
    own = replace(STUDY, provenance=replace(STUDY.provenance, kind="imported"))
    for study, asked_for in ((own, query), (STUDY, f"{query}&reconstructions=false")):
        if study is STUDY and asked(page, study, asked_for, single=True, others=PAGES).link.ignored:
            continue  # it asks no switch
        for part in given(page, asked_for, study):
            if part.fold is None and part.key != "adjusted":
                panel = part.panel()
                assert ACROSS not in panel.procedures
                assert WORD not in texts(panel)
