"""What a page gives back of nobody: one panel, which says that nobody is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import PAGES
from components.links.computed import asked, computed
from components.links.given import parts
from components.links.part import Part
from components.survival.words import nobody_left
from data.cohort import Cohort
from pages.explore import biomarker, safety, treatment

TABS = {
    "biomarker": biomarker.LOOK,
    "treatment": treatment.PART,
    "safety": safety.SECTION,
}
EXPLORED = {page.address: page for page in PAGES if page.panels and page.population}
VIEWS = [
    (address, f"{TABS[address].key}={id_}" if address in TABS else "")
    for address in EXPLORED
    for id_ in (TABS[address].ids if address in TABS else ("",))
]
NOBODY = "subtype=pm&anti_mda5=positive"


@pytest.mark.parametrize(("address", "tab"), VIEWS)
def test_of_nobody_a_page_says_so_once(enrolled: Cohort, address: str, tab: str) -> None:
    page = EXPLORED[address]
    found = asked(page, enrolled, f"{NOBODY}&{tab}", single=True)
    assert found.here.cohort.n == 0
    assert page.panels is not None
    given = list(parts(page, found.here, found.link.view))
    said = [text for part in given if (text := getattr(part, "text", "")) == nobody_left()]
    said += [notice for _, panel in computed(page, found) for notice in panel.notices]
    assert said == [nobody_left()]


@pytest.mark.parametrize(("address", "tab"), VIEWS)
def test_of_nobody_every_panel_says_so_alone(enrolled: Cohort, address: str, tab: str) -> None:
    page = EXPLORED[address]
    found = asked(page, enrolled, f"{NOBODY}&{tab}", single=True)
    assert page.panels is not None
    for part in parts(page, replace(found.here, alone=True), found.link.view):
        if isinstance(part, Part):
            panel = part.panel()
            assert (panel.figure, panel.tables, panel.cases) == (None, (), ())
            assert panel.notices == (nobody_left(),)
