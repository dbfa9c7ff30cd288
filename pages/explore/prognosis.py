"""Which findings at the start go with death or progression?"""

from __future__ import annotations

from components.links import page_controls
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Way, endpoints_not_offered
from components.links.view import View
from components.methods.where_used import Place
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import TWO_YEARS
from components.survival.hazard_ratios import prognosis
from components.survival.procedures import COX, DETECTABLE_RATIO, SCORE_TEST, WALD
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """The forest plot; a click leads to the curves of the factor, with the same events."""
    dictionary = here.cohort.dictionary
    endpoint = view.of(page_controls.endpoint(dictionary))
    horizon = TWO_YEARS if view.of(page_controls.COUNTED_TO) == "two_years" else None
    section = view.of(page_controls.factors_shown(dictionary))
    marked = tuple(entry for entry in dictionary.factors if entry.prognostic)
    factors = tuple(entry for entry in marked if section in {"all", entry.section.key})

    def leads(key: str) -> Way | None:
        if key not in dictionary.factor:
            return None
        asked = {"by": key, "endpoint": endpoint.key}
        return Way("survival", asked | ({page_controls.COUNTED.key: "shown"} if horizon else {}))

    yield from endpoints_not_offered(dictionary)
    yield Part(
        "forest",
        lambda: prognosis_panel(prognosis(here.cohort, endpoint, factors, here.method, horizon)),
        leads=leads,
    )


PAGE = Page(
    say("Prognosis"),
    "pages/explore/prognosis.py",
    say("Which findings at the start go with death or progression?"),
    "outcome",
    panels,
    places=(
        Place(
            "prognosis",
            say("forest plot"),
            (*COX.values(), WALD, SCORE_TEST, DETECTABLE_RATIO),
        ),
    ),
    position=30,
)
