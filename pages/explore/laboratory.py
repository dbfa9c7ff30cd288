"""How do lung function and laboratory values move over two years?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.core.across import ACROSS
from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.courses import words
from components.courses.analysis import Scale, course
from components.courses.axis_range import axis_range
from components.courses.before_after import MEAN_DIFFERENCE, course_before_after
from components.courses.chart import CourseView
from components.courses.mixed_course import MIXED_MODEL, mixed_course
from components.courses.panels import course_panel, multiples_panel
from components.courses.reconstructions import course_across, courses_across
from components.links import page_controls
from components.links.asked import Asked, PageContext, each, meaning
from components.links.comparison import Chosen, before_and_after, comparison, pale
from components.links.control_types import Look, Option, SingleChoice, Switch, named, single_choice
from components.links.drawn_courses import hint, to_patient
from components.links.former import former
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Said, what_would_bring
from components.links.view import View
from components.methods.where_used import Place
from data.entries import Measure
from data.language import say


def values(measures: Sequence[Measure]) -> SingleChoice[Measure | None]:
    """One measurement, or None for all of them."""
    everything = Option("all", words.ALL_VALUES, None, former("value", "all"))
    single = page_controls.measured("value", measures, lambda entry: entry.label)
    options: tuple[Option[Any], ...] = (everything, *single)
    return single_choice("value", options, look=Look(words.SHOWN_VALUE, width=150))


SCALE: SingleChoice[Scale] = single_choice("scale", named("scale", words.SCALES), look=Look(words.SCALE, width=130))
LOGARITHMIC = Switch("log", look=Look(words.LOGARITHMIC, words.LOG_HELP, where="menu"))
LIMITS = Switch("limits", default=True, look=Look(words.LIMITS, where="menu"))
PAIRS = Switch("pairs", look=Look(words.PAIRS, words.PAIRS_HELP, where="menu"))
APART = Switch("apart", look=Look(words.APART, words.APART_HELP, where="menu"))
MODEL = Switch("model", look=Look(words.MODEL, words.MODEL_HELP, where="menu"))


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The value, what is compared, and how courses are drawn; nothing where no laboratory value is recorded."""
    dictionary = ground.whole.dictionary
    measures = dictionary.of_kind("laboratory")
    if not measures:
        return
    yield values(measures)
    made = yield from comparison(ground.whole, chosen, "", known_at_start=True)
    scale = yield from meaning(SCALE)
    yield page_controls.form(single=ground.single, key="drawn", narrow=True)
    if scale == "absolute":
        yield LOGARITHMIC
    yield from each(LIMITS, PAIRS, APART, MODEL)
    yield from before_and_after(chosen, made)
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """One value large, or all of them small; a click on a patient's line leads to the patient."""
    dictionary = here.cohort.dictionary
    missing = [entry for entry in dictionary.measures if entry.kind == "laboratory" and dictionary.missing(entry.key)]
    if not dictionary.of_kind("laboratory"):
        yield what_would_bring(missing)
        return
    if missing:
        yield Said(words.not_measured_here(missing), "small")
    form = view.of(page_controls.form(single=here.single, key="drawn"))
    said = hint(here, form)
    yield Part(
        "laboratory",
        lambda: _panel(here, view),
        "files",
        hint=said,
        leads=to_patient if said else None,
        doing=words.MODELLING if view.of(MODEL) else "",
        counts="rounded",
    )


def _panel(here: PageInput, view: View) -> Panel:
    measures = here.cohort.dictionary.of_kind("laboratory")
    value = view.of(values(measures))
    by = here.by(view, "", known_at_start=True)
    scale, form = view.of(SCALE), view.of(page_controls.form(single=here.single, key="drawn"))
    logarithmic, apart = view.of(LOGARITHMIC), view.of(APART)
    drawn = (value,) if value else measures
    results = [
        course(here.cohort, entry, by, scale, only_pairs=view.of(PAIRS), apart=apart, method=here.method)
        for entry in drawn
    ]
    extents = [axis_range(here.whole, entry, scale) for entry in drawn]
    models = [
        mixed_course(here.cohort, entry, by, scale, logarithmic=logarithmic, method=here.method)
        if view.of(MODEL)
        else None
        for entry in drawn
    ]
    drawing = CourseView(form, logarithmic, apart, view.of(LIMITS), marked=here.followed)
    behind = pale(here.chosen, view)
    changes = [
        course_before_after(
            here.whole, entry, here.filter, scale, only_pairs=view.of(PAIRS), method=here.method, pale=behind
        )
        for entry in drawn
        if behind
    ]
    if value:
        found = here.across(view, course_across, by, results[0])
        change = next(iter(changes), None)
        return course_panel(results[0], extents[0], drawing, models[0], found=found, change=change)
    return multiples_panel(
        results, extents, drawing, models, changes, here.across(view, courses_across, by, results) or ()
    )  # fmt: skip


PAGE = Page(
    say("Laboratory"),
    "pages/explore/laboratory.py",
    say("How do lung function and laboratory values move over two years?"),
    "outcome",
    panels,
    controls,
    places=(
        Place("course", say("one value"), (DESCRIPTION, MEAN_DIFFERENCE, MIXED_MODEL, ACROSS)),
        Place("courses", say("all values"), (DESCRIPTION, MEAN_DIFFERENCE, MIXED_MODEL, ACROSS)),
    ),
    position=60,
)
