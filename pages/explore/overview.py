"""Who are the patients, and how did they fare?"""

from __future__ import annotations

from collections.abc import Callable

from components.baseline.analysis import baseline
from components.core.groups import ALL
from components.core.missing_words import each_missing
from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.courses.analysis import course
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Figures, Part, Parts, Said, Way
from components.links.view import View
from components.methods.where_used import Place
from components.overview import panels as overview
from components.overview import words
from components.overview.flow import flow
from components.overview.reconstructions_words import figures_verdict
from components.safety.reactions import reactions
from components.safety.words import HISTORY
from components.survival.analysis import survival
from components.survival.procedures import KAPLAN_MEIER, LOG_RANK
from components.survival.words import nobody_left
from data.entries import Endpoint, Measure
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """The numbers in short, then the cards, each with the way to its page."""
    cohort, dictionary, method = here.cohort, here.cohort.dictionary, here.method
    yield Said(words.introduction(cohort.provenance, dictionary.study_drug))
    if not cohort.n:
        yield Said(nobody_left(), "first")
        return
    outcome = cohort.of_population("outcome")
    table = baseline(cohort, variables=dictionary.listed(("sex", "age")), method=method)
    reacted = reactions(cohort, method=method)
    both = (dictionary.leading, dictionary.in_role("progression"))
    endpoints = tuple(endpoint for endpoint in both if endpoint is not None)
    overall = tuple(survival(outcome, endpoint, method=method) for endpoint in endpoints)
    found = None if dictionary.missing("reactions") else reacted.patients(ALL)
    yield Figures(tuple(words.figures_in_short(table, overall, found)))
    ensemble = here.ensemble(view)
    if ensemble is not None:
        decided = figures_verdict(ensemble, here.filter, table, overall, reacted)
        yield Said(decided.sentence, "first" if decided.open_ else "small")

    factors = tuple(factor.key for factor in dictionary.factors if factor.always)
    subtype = dictionary.factor.get("subtype")

    def composition() -> Panel:
        return overview.composition_panel(baseline(cohort, variables=factors, method=method))

    def curves_of(endpoint: Endpoint) -> Callable[[], Panel]:
        return lambda: overview.small_survival_panel(survival(outcome, endpoint, subtype, method=method))

    def taper_of(steroids: Measure) -> Callable[[], Panel]:
        return lambda: overview.taper_panel(course(cohort, steroids, receiving_only=True, method=method))

    yield _card("composition", composition, Way("baseline"), words.TO_BASELINE)
    yield _card(
        "flow", lambda: overview.flow_panel(flow(here.filter.of(here.study))), Way("treatment"), words.TO_TREATMENT
    )
    for endpoint in endpoints:
        way = Way("survival", {"endpoint": endpoint.key})
        yield _card(endpoint.key, curves_of(endpoint), way, words.TO_SURVIVAL)
    for steroids in dictionary.recorded(dictionary.given("steroids")):
        yield _card("taper", taper_of(steroids), Way("treatment"), words.TO_TREATMENT)
    if found:
        yield Part(
            "frequent",
            lambda: overview.frequent_reactions_panel(reacted),
            "card",
            leads=lambda category: Way("safety", {"section": HISTORY, "category": category}),
            onward=Way("safety"),
            label=words.TO_SAFETY,
            counts="rounded",
        )
    wanted = map(dictionary.missing, ("progression", "steroids", "reactions"))
    if untold := [entry for entry in wanted if entry is not None]:
        yield Said(each_missing(untold), "small")


def _card(key: str, panel: Callable[[], Panel], onward: Way, label: str) -> Part:
    return Part(key, panel, "card", onward=onward, label=label, counts="rounded")


PAGE = Page(
    say("Overview"),
    "pages/explore/overview.py",
    say("Who are the patients, and how did they fare?"),
    "safety",
    panels,
    places=(
        Place("survival", say("survival cards"), (KAPLAN_MEIER, LOG_RANK)),
        Place("course", say("steroid card"), (DESCRIPTION,)),
    ),
    unranged=dict.fromkeys(
        ("composition", "flow", "overall_survival", "progression_free", "taper", "frequent"),
        say("a card is short, and the page behind it gives them"),
    ),
    position=10,
)
