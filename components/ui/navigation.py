"""Ways from one page to another: filter, conventions and comparison go along; a way may make choices beyond them."""

from __future__ import annotations

from pathlib import Path

from components.links.part import Way
from components.ui import address, escaped
from components.ui.study import follow_patient, single_patients_allowed
from data.dictionary import Dictionary

OVERVIEW, NARROW, BASELINE, SURVIVAL, SAFETY, TREATMENT, PATIENT, EVIDENCE, LOOKS, COHORT, PRESENTATION = (
    "pages/explore/overview.py",
    "pages/explore/narrow.py",
    "pages/explore/baseline.py",
    "pages/explore/survival.py",
    "pages/explore/safety.py",
    "pages/explore/treatment.py",
    "pages/explore/patient.py",
    "pages/verify/evidence.py",
    "pages/verify/looks.py",
    "pages/tools/cohort.py",
    "pages/tools/presentation.py",
)
FILES = {
    Path(file).stem: file
    for file in (
        OVERVIEW,
        NARROW,
        BASELINE,
        SURVIVAL,
        SAFETY,
        TREATMENT,
        PATIENT,
        EVIDENCE,
        LOOKS,
        COHORT,
        PRESENTATION,
    )
}
"""The file of a page by its address."""


def link(page: str, label: str, choices: dict[str, str]) -> None:
    """A link to another page where ``choices`` are made."""
    escaped.page_link(page, label=label, icon=":material/arrow_forward:", query_params=choices or None)


def follow(way: Way, dictionary: Dictionary) -> None:
    """Go where a click leads, and to its patient unless single patients stay hidden."""
    if way.patient:
        if not single_patients_allowed():
            return
        follow_patient(way.patient)
    if way.page == address.now().page:
        address.ask(way.choices)
    else:
        address.go(FILES[way.page], dictionary, way.choices)
