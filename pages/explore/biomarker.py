"""How well does a baseline value predict death?"""

from __future__ import annotations

from components.biomarker import words
from components.biomarker.analysis import (
    AUC,
    CONCORDANCE,
    CUT_POINT,
    Direction,
    baseline_values,
    clinical_factor,
    continuous,
    discrimination,
    expected,
    searched_cut,
)
from components.biomarker.hazard_by_value import HAZARD_BY_VALUE, SPLINE, HazardByValue, Shape, hazard_by_value
from components.biomarker.panels import hazard_panel, ranking_panel, search_panel
from components.core.across import ACROSS
from components.core.pale import NO_FILTER
from components.links import page_controls
from components.links.asked import Asked, PageContext, each, meaning
from components.links.comparison import Chosen, before_and_after, pale
from components.links.control_types import Look, SingleChoice, named, single_choice
from components.links.curves import curves, curves_panel
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Fold, Part, Parts, Said, endpoints_not_offered, what_would_bring
from components.links.view import View
from components.methods.where_used import CURVES, Place
from components.survival.procedures import FIRTH, PROFILE
from data.dictionary import Dictionary
from data.entries import Endpoint, Measure, Number
from data.language import say

LOOK = single_choice("look", named("look", words.TABS), look=Look(widget="tabs"))
SHAPE: SingleChoice[Shape] = single_choice(
    "shape", named("shape", words.SHAPES), look=Look(words.SHAPE, widget="segments")
)


def marker(dictionary: Dictionary) -> SingleChoice[Number | Measure]:
    """The baseline values that may predict, at first ferritin."""
    options = page_controls.measured("marker", continuous(dictionary), words.label)
    return single_choice("marker", options, "ferritin", Look(words.VALUE))


def direction(entry: Number | Measure) -> SingleChoice[Direction]:
    """With which values risk may rise, at first as expected; asked of each value of our own dictionary apart."""
    key = f"rise_{entry.key}" if page_controls.is_ours(entry) else "rise"
    return single_choice(key, named("rise", words.DIRECTIONS), expected(entry), Look(words.DIRECTION, width=240))


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The value, the endpoint, the tab, and what that asks; nothing without a value that may predict."""
    dictionary = ground.whole.dictionary
    if not continuous(dictionary):
        return
    entry = yield from meaning(marker(dictionary))
    yield page_controls.endpoint(dictionary, "of")
    look = yield LOOK
    if look == words.HAZARD or (look == words.CLINICAL and clinical_factor(dictionary, entry)):
        yield from before_and_after(chosen)
    if look == words.CLINICAL and clinical_factor(dictionary, entry):
        yield from each(*page_controls.survival_view(ground.whole), *page_controls.across(ground.whole))
    if look == words.HAZARD:
        yield SHAPE
    if look == words.RANKING:
        yield direction(entry)


def panels(here: PageInput, view: View) -> Parts:
    """The panel of the tab that is open; what takes long is kept for a visitor."""
    dictionary = here.cohort.dictionary
    if not continuous(dictionary):
        yield what_would_bring(dictionary.not_recorded)
        return
    yield from endpoints_not_offered(dictionary)
    entry, endpoint = view.of(marker(dictionary)), view.of(page_controls.endpoint(dictionary, "of"))
    look = view.of(LOOK)
    if look == words.CLINICAL:
        yield from _clinical(here, view, entry, endpoint)
        return
    data = baseline_values(here.cohort, endpoint, entry)
    patients = tuple(here.cohort.names)
    asked = (here.whole.provenance.fingerprint, patients, entry.key, endpoint.key, here.method.level)

    behind = pale(here.chosen, view)

    def before(shape: Shape) -> HazardByValue | None:
        if behind is None:
            return None
        return hazard_by_value(baseline_values(behind.of(here.whole), endpoint, entry), shape, here.method)

    if look == words.HAZARD:
        shape = view.of(SHAPE)
        yield Part(
            "hazard",
            lambda: hazard_panel(hazard_by_value(data, shape, here.method), before(shape), behind or NO_FILTER),
            "files",
            title=words.TABS[words.HAZARD],
        )
    elif look == words.RANKING:
        rising = view.of(direction(entry))
        yield Part(
            "discrimination",
            lambda: here.memory(
                ("discrimination", *asked, rising),
                lambda: ranking_panel(discrimination(data, direction=rising, method=here.method)),
            ),
            "files",
            doing=words.COMPUTING,
            title=words.TABS[words.RANKING],
        )
    else:
        yield Part(
            "cut-point",
            lambda: here.memory(("cut-point", *asked), lambda: search_panel(searched_cut(data, method=here.method))),
            "files",
            Fold("search", words.SEARCH_NOW, words.search_caution()),
            doing=words.COMPUTING,
        )


def _clinical(here: PageInput, view: View, entry: Number | Measure, endpoint: Endpoint) -> Parts:
    factor = clinical_factor(here.cohort.dictionary, entry)
    if factor is None:
        yield Said(words.no_factor(entry), "first")
        return
    yield Said(words.factor_sentence(factor), "small")
    drawn = curves(here, view)

    yield Part("clinical", lambda: curves_panel(here, view, drawn, endpoint, factor), counts="rounded")


PAGE = Page(
    say("Biomarker"),
    "pages/explore/biomarker.py",
    say("How well does a baseline value predict death?"),
    "outcome",
    panels,
    controls,
    places=(
        Place("survival", say("clinical cut"), (*CURVES, ACROSS)),
        Place(
            kind="hazard by value",
            label=say("hazard by value"),
            procedures=(HAZARD_BY_VALUE, SPLINE, PROFILE, FIRTH),
        ),
        Place("discrimination", say("discrimination"), (AUC, CONCORDANCE)),
        Place("cut-point", say("search for a cut-point"), (CUT_POINT,)),
    ),
    unranged={
        "hazard": say("a curve would have to be fitted anew in every reconstruction"),
        "discrimination": say("samples drawn at random take seconds in one reconstruction, and minutes in all"),
        "cut-point": say("samples drawn at random take seconds in one reconstruction, and minutes in all"),
    },
    position=70,
)
