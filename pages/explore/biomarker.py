"""How well does a baseline value predict death?"""

from __future__ import annotations

from components.biomarker import words
from components.biomarker.analysis import (
    AUC,
    CONCORDANCE,
    CUT_POINT,
    baseline_values,
    clinical_factor,
    continuous,
    discrimination,
    searched_cut,
)
from components.biomarker.hazard_by_value import HAZARD_BY_VALUE, SPLINE, hazard_by_value
from components.biomarker.panels import hazard_panel, ranking_panel, search_panel
from components.links import page_controls
from components.links.curves import curves
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Fold, Part, Parts, Said, endpoints_not_offered, what_would_bring
from components.links.view import View
from components.methods.where_used import CURVES, Place
from components.survival.analysis import survival
from components.survival.panel import survival_panel
from components.survival.procedures import FIRTH, PROFILE
from data.dictionary import Endpoint, Measure, Number
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """The panel of the tab that is open; what takes long is kept for a visitor."""
    dictionary = here.cohort.dictionary
    if not continuous(dictionary):
        yield what_would_bring(dictionary.not_recorded)
        return
    yield from endpoints_not_offered(dictionary)
    entry, endpoint = view.of(page_controls.marker(dictionary)), view.of(page_controls.endpoint(dictionary, "of"))
    look = view.of(page_controls.BIOMARKER_LOOK)
    if look == words.CLINICAL:
        yield from _clinical(here, view, entry, endpoint)
        return
    data = baseline_values(here.cohort, endpoint, entry)
    patients = tuple(here.cohort.patients["patient"])
    asked = (here.whole.provenance.fingerprint, patients, entry.key, endpoint.key, here.method.level)
    if look == words.HAZARD:
        shape = view.of(page_controls.SHAPE)
        yield Part("hazard", lambda: hazard_panel(hazard_by_value(data, shape, here.method)), "files")
    elif look == words.RANKING:
        rising = view.of(page_controls.direction(entry))
        yield Part(
            "discrimination",
            lambda: ranking_panel(discrimination(data, direction=rising, method=here.method)),
            "files",
            doing=words.COMPUTING,
            kept=(*asked, rising),
        )
    else:
        yield Part(
            "cut-point",
            lambda: search_panel(searched_cut(data, method=here.method)),
            "files",
            Fold("search", words.SEARCH_NOW, words.search_caution()),
            doing=words.COMPUTING,
            kept=asked,
        )


def _clinical(here: PageInput, view: View, entry: Number | Measure, endpoint: Endpoint) -> Parts:
    factor = clinical_factor(here.cohort.dictionary, entry)
    if factor is None:
        yield Said(words.no_factor(entry), "first")
        return
    yield Said(words.factor_sentence(factor), "small")
    drawn = curves(here, view)
    yield Part(
        "clinical",
        lambda: survival_panel(
            survival(
                here.cohort, endpoint, factor, drawn.at_days, drawn.ticks, method=here.method, until=drawn.horizon
            ),
            drawn,
        ),
    )


PAGE = Page(
    say("Biomarker"),
    "pages/explore/biomarker.py",
    say("How well does a baseline value predict death?"),
    "outcome",
    panels,
    places=(
        Place("survival", say("clinical cut"), CURVES),
        Place(
            kind="hazard by value",
            label=say("hazard by value"),
            procedures=(HAZARD_BY_VALUE, SPLINE, PROFILE, FIRTH),
        ),
        Place("discrimination", say("discrimination"), (AUC, CONCORDANCE)),
        Place("cut-point", say("search for a cut-point"), (CUT_POINT,)),
    ),
    position=70,
)
