"""How do lung function and laboratory values move over two years?"""

from __future__ import annotations

from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.courses.analysis import course
from components.courses.axis_range import axis_range
from components.courses.chart import CourseView
from components.courses.mixed_course import MIXED_MODEL, mixed_course
from components.courses.panels import course_panel, multiples_panel
from components.courses.words import MODELLING, not_measured_here
from components.links import page_controls
from components.links.drawn_courses import hint, to_patient
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Said, what_would_bring
from components.links.view import View
from components.methods.where_used import Place
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """One value large, or all of them small; a click on a patient's line leads to the patient."""
    dictionary = here.cohort.dictionary
    missing = [entry for entry in dictionary.measures if entry.kind == "laboratory" and dictionary.missing(entry.key)]
    if not dictionary.of_kind("laboratory"):
        yield what_would_bring(missing)
        return
    if missing:
        yield Said(not_measured_here(missing), "small")
    form = view.of(page_controls.form(single=here.single, key="drawn"))
    said = hint(here, form)
    yield Part(
        "laboratory",
        lambda: _panel(here, view),
        "files",
        hint=said,
        leads=to_patient if said else None,
        doing=MODELLING if view.of(page_controls.MODEL) else "",
    )


def _panel(here: PageInput, view: View) -> Panel:
    measures = here.cohort.dictionary.of_kind("laboratory")
    value = view.of(page_controls.value(measures))
    by = view.of(page_controls.compared(here.cohort.dictionary, "group", "", known_at_start=True))
    scale, form = view.of(page_controls.SCALE), view.of(page_controls.form(single=here.single, key="drawn"))
    logarithmic, apart = view.of(page_controls.LOGARITHMIC), view.of(page_controls.APART)
    drawn = (value,) if value else measures
    results = [
        course(here.cohort, entry, by, scale, only_pairs=view.of(page_controls.PAIRS), apart=apart, method=here.method)
        for entry in drawn
    ]
    extents = [axis_range(here.whole, entry, scale) for entry in drawn]
    models = [
        mixed_course(here.cohort, entry, by, scale, logarithmic=logarithmic, method=here.method)
        if view.of(page_controls.MODEL)
        else None
        for entry in drawn
    ]
    drawing = CourseView(form, logarithmic, apart, view.of(page_controls.LIMITS), marked=here.followed)
    if value:
        return course_panel(results[0], extents[0], drawing, models[0])
    return multiples_panel(results, extents, drawing, models)


PAGE = Page(
    say("Laboratory"),
    "pages/explore/laboratory.py",
    say("How do lung function and laboratory values move over two years?"),
    "outcome",
    panels,
    places=(
        Place("course", say("one value"), (DESCRIPTION, MIXED_MODEL)),
        Place("courses", say("all values"), (DESCRIPTION, MIXED_MODEL)),
    ),
    position=60,
)
