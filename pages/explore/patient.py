"""What happened to one patient?"""

from __future__ import annotations

from components.core.markup import bold
from components.core.panel import Panel
from components.courses.axis_range import axis_range
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import ChoosePatient, ListPatients, Part, Parts, Roster, Said
from components.links.view import View
from components.patient import words
from components.patient.history import history
from components.patient.panel import patient_panel
from components.survival.words import nobody_left
from data.language import say


def panels(here: PageInput, _view: View) -> Parts:
    """The history of the patient followed, and the table to choose from; nothing while single patients stay hidden."""
    if here.study.provenance.kind == "imported":
        yield Said(words.hidden(), "first")
    yield ListPatients()
    if not here.single:
        return
    if not here.cohort.n:
        yield Said(nobody_left(), "first")
        return
    yield ChoosePatient()
    chosen = here.followed if here.followed in here.cohort.names.tolist() else ""
    if chosen:
        result = history(here.cohort, chosen)
        extents = {course.measure.key: axis_range(here.whole, course.measure) for course in result.courses}

        def panel() -> Panel:
            return patient_panel(result, extents, here.whole.provenance)

        yield Said(bold(words.header(result)))
        yield Part("patient", panel)
    else:
        yield Said(words.none_chosen(), "small")
    yield Roster(opened=not chosen)


PAGE = Page(
    say("Patient"),
    "pages/explore/patient.py",
    say("What happened to one patient?"),
    "safety",
    panels,
    unranged={
        "patient": say(
            "this patient is a made-up row of the one reconstruction shown, and the paper fixes nothing about "
            "single patients"
        )
    },
    position=90,
)
