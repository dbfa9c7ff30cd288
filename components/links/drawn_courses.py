"""How a view asks for courses to be drawn, and where a click on one patient's line leads."""

from __future__ import annotations

from components.courses import words
from components.courses.chart import CourseView
from components.links.page_input import PageInput
from components.links.part import Way


def hint(here: PageInput, form: words.Form) -> str:
    """What a click does; blank where single patients are not drawn."""
    return words.CLICK_LINE if form == "single" and here.single else ""


def drawing(here: PageInput, form: words.Form, *, gap: int = 400) -> CourseView:
    """The courses in this form, with the patient followed over the pages marked."""
    return CourseView(form, gap=gap, marked=here.followed)


def to_patient(patient: str) -> Way:
    """The way to one patient."""
    return Way("patient", patient=patient)
