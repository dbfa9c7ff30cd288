"""Which findings at the start go with death or progression?"""

from __future__ import annotations

from dataclasses import replace

from components.core import control_words as words
from components.core.across import ACROSS
from components.core.panel import Panel
from components.links import page_controls
from components.links.asked import Asked, PageContext, each
from components.links.comparison import Chosen
from components.links.control_types import Look, MultipleChoice, Option, SingleChoice, named, single_choice
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Said, Way, endpoints_not_offered
from components.links.view import View
from components.methods.where_used import Place
from components.prognosis import words as page_words
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import TWO_YEARS
from components.survival.hazard_ratios import FALSE_DISCOVERY, Order, prognosis
from components.survival.procedures import COX, DETECTABLE_RATIO, SCORE_TEST, WALD
from components.survival.reconstructions import ratios_across
from data.dictionary import Dictionary
from data.entries import Factor
from data.language import say

COUNTED_TO = single_choice(
    "horizon", named("horizon", words.COUNTED_TO_OPTIONS), look=Look(words.COUNTED_TO, widget="segments")
)


def factors_shown(dictionary: Dictionary) -> SingleChoice[str]:
    """The sections of the forest plot."""
    marked = dict.fromkeys(entry.section for entry in dictionary.factors if entry.prognostic)
    labels = {"all": words.EVERYTHING} | {section.key: section.label for section in marked}
    return single_choice("factors", named("factors", labels), look=Look(words.SECTION))


def chosen_factors(dictionary: Dictionary, section: str) -> MultipleChoice:
    """Which factors of the section are shown, at first all of them."""
    options = tuple(Option(entry.key, entry.label, entry) for entry in _of_section(dictionary, section))
    return MultipleChoice("shown", options, look=Look(page_words.CHOSEN, width=300, blank=page_words.EVERY_FACTOR))


def references(dictionary: Dictionary, section: str) -> MultipleChoice:
    """Levels that may be compared with instead of the usual ones."""
    options = tuple(
        Option(f"{entry.key}-{level.id}", f"{entry.label}: {level.label}", (entry.key, level.id))
        for entry in _of_section(dictionary, section)
        for level in entry.levels
        if level.id != entry.reference
    )
    look = Look(page_words.REFERENCE, page_words.REFERENCE_HELP, where="menu", blank=page_words.USUAL)
    return MultipleChoice("reference", options, look=look)


ORDER: SingleChoice[Order] = single_choice(
    "order", named("order", page_words.ORDERS), look=Look(page_words.ORDER, widget="segments", where="menu")
)


def _of_section(dictionary: Dictionary, section: str) -> tuple[Factor, ...]:
    marked = (entry for entry in dictionary.factors if entry.prognostic)
    return tuple(entry for entry in marked if section in {"all", entry.section.key})


def controls(ground: PageContext, _chosen: Chosen) -> Asked:
    """The endpoint, which factors, and until when events count."""
    yield page_controls.endpoint(ground.whole.dictionary)
    section = str((yield factors_shown(ground.whole.dictionary)))
    yield chosen_factors(ground.whole.dictionary, section)
    yield COUNTED_TO
    yield ORDER
    yield references(ground.whole.dictionary, section)
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """The forest plot; a click leads to the curves of the factor, with the same events."""
    dictionary = here.cohort.dictionary
    endpoint = view.of(page_controls.endpoint(dictionary))
    horizon = TWO_YEARS if view.of(COUNTED_TO) == "two_years" else None
    section = view.of(factors_shown(dictionary))
    choice, levels = chosen_factors(dictionary, section), references(dictionary, section)
    chosen = levels.meanings(view.of(levels))
    asked = dict(reversed(chosen))
    twice = [key for key in asked if sum(key == other for other, _ in chosen) > 1]
    shown = choice.meanings(view.of(choice)) or _of_section(dictionary, section)
    factors = tuple(replace(entry, reference=asked.get(entry.key, entry.reference)) for entry in shown)

    def leads(key: str) -> Way | None:
        if key not in dictionary.factor:
            return None
        way = {"by": key, "endpoint": endpoint.key}
        return Way("survival", way | ({page_controls.COUNTED.key: "shown"} if horizon else {}))

    yield from endpoints_not_offered(dictionary)
    for key in twice:
        entry = dictionary.factor[key]
        yield Said(page_words.one_reference(entry.label, entry.level(asked[key]).label), "first")

    def panel() -> Panel:
        result = prognosis(here.cohort, endpoint, factors, here.method, horizon).ordered(view.of(ORDER))
        ensemble = here.ensemble(view)
        found = ratios_across(ensemble, here.filter, result, horizon) if ensemble else None
        return prognosis_panel(result, found=found)

    yield Part("forest", panel, leads=leads, counts="rounded")


PAGE = Page(
    say("Prognosis"),
    "pages/explore/prognosis.py",
    say("Which findings at the start go with death or progression?"),
    "outcome",
    panels,
    controls,
    places=(
        Place(
            "prognosis",
            say("forest plot"),
            (*COX.values(), WALD, SCORE_TEST, FALSE_DISCOVERY, DETECTABLE_RATIO, ACROSS),
        ),
    ),
    position=30,
)
