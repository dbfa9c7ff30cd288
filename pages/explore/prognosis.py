"""Which findings at the start go with death or progression?"""

from __future__ import annotations

from components.core import control_words as words
from components.core.across import ACROSS
from components.core.panel import Panel
from components.links import page_controls
from components.links.asked import Asked, PageContext, each
from components.links.comparison import Chosen
from components.links.control_types import Look, SingleChoice, named, single_choice
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Way, endpoints_not_offered
from components.links.view import View
from components.methods.where_used import Place
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import TWO_YEARS
from components.survival.hazard_ratios import FALSE_DISCOVERY, prognosis
from components.survival.procedures import COX, DETECTABLE_RATIO, SCORE_TEST, WALD
from components.survival.reconstructions import ratios_across
from data.dictionary import Dictionary
from data.language import say

COUNTED_TO = single_choice(
    "horizon", named("horizon", words.COUNTED_TO_OPTIONS), look=Look(words.COUNTED_TO, widget="segments")
)


def factors_shown(dictionary: Dictionary) -> SingleChoice[str]:
    """The sections of the forest plot."""
    marked = dict.fromkeys(entry.section for entry in dictionary.factors if entry.prognostic)
    labels = {"all": words.EVERYTHING} | {section.key: section.label for section in marked}
    return single_choice("factors", named("factors", labels), look=Look(words.SECTION))


def controls(ground: PageContext, _chosen: Chosen) -> Asked:
    """The endpoint, which factors, and until when events count."""
    yield page_controls.endpoint(ground.whole.dictionary)
    yield factors_shown(ground.whole.dictionary)
    yield COUNTED_TO
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """The forest plot; a click leads to the curves of the factor, with the same events."""
    dictionary = here.cohort.dictionary
    endpoint = view.of(page_controls.endpoint(dictionary))
    horizon = TWO_YEARS if view.of(COUNTED_TO) == "two_years" else None
    section = view.of(factors_shown(dictionary))
    marked = tuple(entry for entry in dictionary.factors if entry.prognostic)
    factors = tuple(entry for entry in marked if section in {"all", entry.section.key})

    def leads(key: str) -> Way | None:
        if key not in dictionary.factor:
            return None
        asked = {"by": key, "endpoint": endpoint.key}
        return Way("survival", asked | ({page_controls.COUNTED.key: "shown"} if horizon else {}))

    yield from endpoints_not_offered(dictionary)

    def panel() -> Panel:
        result, ensemble = prognosis(here.cohort, endpoint, factors, here.method, horizon), here.ensemble(view)
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
