"""Who are the patients, and how did they fare?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from components.baseline.analysis import Baseline, baseline
from components.core.groups import ALL
from components.core.missing_words import each_missing
from components.core.pale import NO_FILTER, Pale
from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.courses.analysis import Course, course
from components.links.asked import Asked, PageContext
from components.links.comparison import Chosen, before_and_after, pale
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Figures, Part, Parts, Said, Way
from components.links.view import View
from components.methods.where_used import Place
from components.overview import panels as overview
from components.overview import words
from components.overview.flow import flow
from components.overview.reconstructions_words import figures_verdict
from components.safety.before_after import reactions_before_after
from components.safety.reactions import Reactions, reactions
from components.safety.words import HISTORY
from components.survival.analysis import Survival, survival
from components.survival.procedures import KAPLAN_MEIER, LOG_RANK
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.entries import Endpoint, Factor, Measure
from data.language import say

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class _Cards:
    """What the cards show of the patients ``here``, and behind them those of ``behind`` where that is asked for."""

    here: PageInput
    behind: Pale | None

    def composition(self, factors: tuple[str, ...]) -> Panel:
        def of(cohort: Cohort) -> Baseline:
            return baseline(cohort, variables=factors, method=self.here.method)

        return overview.composition_panel(of(self.here.cohort), self._before(of), self._pale)

    def curves(self, endpoint: Endpoint, by: Factor | None) -> Panel:
        def of(cohort: Cohort, factor: Factor | None = None) -> Survival:
            return survival(cohort.of_population("outcome"), endpoint, factor, method=self.here.method)

        return overview.small_survival_panel(of(self.here.cohort, by), self._before(of), self._pale)

    def taper(self, steroids: Measure) -> Panel:
        def of(cohort: Cohort) -> Course:
            return course(cohort, steroids, receiving_only=True, method=self.here.method)

        return overview.taper_panel(of(self.here.cohort), self._before(of), self._pale)

    def frequent(self, reacted: Reactions) -> Panel:
        here, behind = self.here, self.behind
        change = reactions_before_after(here.whole, here.filter, here.method, behind) if behind else None
        return overview.frequent_reactions_panel(reacted, change)

    def _before(self, of: Callable[[Cohort], T]) -> T | None:
        return None if self.behind is None else of(self.behind.of(self.here.whole))

    @property
    def _pale(self) -> Pale:
        return self.behind or NO_FILTER


def controls(_ground: PageContext, chosen: Chosen) -> Asked:
    """Whether the patients without the filter stand behind those shown."""
    yield from before_and_after(chosen)


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

    cards = _Cards(here, pale(here.chosen, view))
    yield _card("composition", partial(cards.composition, factors), Way("baseline"), words.TO_BASELINE)
    yield _card(
        "flow", lambda: overview.flow_panel(flow(here.filter.of(here.study))), Way("treatment"), words.TO_TREATMENT
    )
    for endpoint in endpoints:
        way = Way("survival", {"endpoint": endpoint.key})
        yield _card(endpoint.key, partial(cards.curves, endpoint, subtype), way, words.TO_SURVIVAL)
    for steroids in dictionary.recorded(dictionary.given("steroids")):
        yield _card("taper", partial(cards.taper, steroids), Way("treatment"), words.TO_TREATMENT)
    if found:
        yield Part(
            "frequent",
            partial(cards.frequent, reacted),
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
    controls,
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
