"""How long do patients live, and which groups differ?"""

from __future__ import annotations

from functools import partial
from typing import Any

from components.core import control_words as words
from components.core.across import ACROSS
from components.core.panel import Panel
from components.links import page_controls
from components.links.asked import Asked, PageContext, each
from components.links.comparison import Chosen, before_and_after, comparison
from components.links.control_types import (
    IntegerChoice,
    Look,
    MultipleChoice,
    Option,
    SingleChoice,
    Switch,
    single_choice,
)
from components.links.curves import behind, curves
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Fold, Part, Parts, endpoints_not_offered
from components.links.view import View
from components.methods.where_used import CURVES, Place
from components.prognosis import subgroups_words
from components.prognosis.reconstructions import subgroups_across
from components.prognosis.subgroups import INTERACTION, made_within, subgroups
from components.prognosis.subgroups_panel import subgroups_panel
from components.survival import adjusted_words
from components.survival.adjusted import (
    ADJUSTED_COX,
    ADJUSTED_FIRTH,
    ADJUSTED_TEST,
    MOST_COVARIATES,
    STRATIFIED_LOG_RANK,
    adjusted,
    offered,
)
from components.survival.adjusted_panel import adjusted_panel
from components.survival.analysis import TWO_YEARS, survival
from components.survival.competing import GRAY, competing, death_competes
from components.survival.competing_panel import competing_panel
from components.survival.competing_words import OPEN as APART
from components.survival.landmark import earliest_landmark
from components.survival.pairwise import PERMUTATION_LOG_RANK, TREND, WEIGHTED_LOG_RANK, pairs
from components.survival.pairwise_panel import pairs_panel
from components.survival.pairwise_words import DEALING
from components.survival.pairwise_words import OPEN as EVERY_PAIR
from components.survival.panel import survival_panel
from components.survival.procedures import (
    COX,
    CUMULATIVE_INCIDENCE,
    DETECTABLE_RATIO,
    FIRTH,
    HOLM,
    LANDMARK,
    LIMITS,
    LOG_RANK,
    PROFILE,
    WALD,
)
from components.survival.reconstructions import across
from components.survival.time_varying import TIME_VARYING_COX, time_varying
from components.survival.time_varying_panel import time_varying_panel
from components.survival.time_varying_words import OPEN as CHANGING
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.entries import Factor
from data.language import say

LAST_LANDMARK = 548
"""A landmark leaves half a year to look at before the two years end."""


def landmark_days(cohort: Cohort, factor: Factor) -> IntegerChoice:
    """The landmark days of a factor known only after the start, at first the earliest."""
    first = earliest_landmark(cohort, factor)
    return IntegerChoice("landmark", first, LAST_LANDMARK, first, Look(words.LANDMARK, words.LANDMARK_HELP, width=210))


def adjust_for(dictionary: Dictionary, factor: Factor) -> MultipleChoice:
    """What the comparison by ``factor`` may be adjusted for, at first nothing."""
    factors, numbers = offered(dictionary, factor)
    options: tuple[Option[Any], ...] = (
        *(Option(one.key, one.label, one) for one in factors),
        *page_controls.measured("adjust", numbers, lambda one: one.label),
    )
    look = Look(adjusted_words.ADJUST_FOR, adjusted_words.ADJUST_HELP, width=150, blank=adjusted_words.NOTHING)
    return MultipleChoice("adjust", options, look=look, most=MOST_COVARIATES)


def in_subgroups(factor: Factor) -> SingleChoice[str]:
    """Which level of ``factor`` is compared with its reference in subgroups, at first none."""
    base = factor.levels[factor.base]
    levels = (
        Option(f"of-{level.id}", subgroups_words.pair(level.label, base.label), level.id)
        for level in factor.levels
        if level is not base
    )
    look = Look(subgroups_words.ASK, subgroups_words.ASK_HELP, width=170)
    return single_choice("subgroups", (Option("none", subgroups_words.NOT_ASKED, ""), *levels), look=look)


def subgroup_factors(dictionary: Dictionary, factor: Factor) -> MultipleChoice:
    """By which factors the subgroups are made, at first by all."""
    options = tuple(Option(one.key, one.label, one) for one in made_within(dictionary, factor))
    look = Look(subgroups_words.WITHIN, width=300, blank=subgroups_words.EVERY_FACTOR)
    return MultipleChoice("within", options, look=look)


PENALTY = Switch("penalty", default=True, look=Look(adjusted_words.PENALTY, adjusted_words.PENALTY_HELP, where="menu"))


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The endpoint, what is compared, from which day on where that is known later, and how curves are drawn."""
    dictionary = ground.whole.dictionary
    yield page_controls.endpoint(dictionary)
    made = yield from comparison(ground.whole, chosen)
    factor = made.factor
    if factor is not None and factor.post_baseline and not factor.known_day:
        yield landmark_days(ground.whole, factor)
    covariates = (yield adjust_for(dictionary, factor)) if factor is not None else ()
    if factor is not None and len(factor.levels) > 1:
        asked = in_subgroups(factor)
        if asked.meaning(str((yield asked))):
            yield subgroup_factors(dictionary, factor)
    yield from before_and_after(chosen, made)
    yield from each(*page_controls.survival_view(ground.whole))
    yield from each(*page_controls.across(ground.whole))
    if covariates:
        yield PENALTY


def panels(here: PageInput, view: View) -> Parts:
    """The curves, and adjusted ratios where they are asked; folded away every pair, and the factor as it changes."""
    dictionary = here.cohort.dictionary
    endpoint, factor = view.of(page_controls.endpoint(dictionary)), here.by(view)
    late = factor is not None and factor.post_baseline and not factor.known_day
    landmark = view.of(landmark_days(here.whole, factor)) if factor is not None and late else None
    if factor is not None and factor.known_day:
        landmark = factor.known_day
    drawing = curves(here, view, landmark or 0)
    tau, until = TWO_YEARS - (landmark or 0), drawing.horizon
    result = survival(
        here.cohort,
        endpoint,
        factor,
        drawing.at_days,
        drawing.ticks,
        tau,
        landmark,
        here.method,
        until=until,
        quartiles=drawing.quartiles,
    )
    yield from endpoints_not_offered(dictionary)
    change = behind(here, view, drawing, endpoint)
    found = here.across(view, partial(across, until=until), factor, result)
    yield Part("survival", lambda: survival_panel(result, drawing, change, found), counts="rounded")
    if death_competes(endpoint, dictionary.in_role("death")):
        at = drawing.at_days
        yield Part(
            "competing",
            lambda: competing_panel(competing(here.cohort, endpoint, factor, landmark, here.method, at, until=until)),
            fold=Fold("competing", APART),
            counts="rounded",
        )
    if factor is None:
        return
    adjusting = adjust_for(dictionary, factor)
    covariates = adjusting.meanings(view.of(adjusting))
    if covariates:
        yield Part(
            "adjusted",
            lambda: adjusted_panel(
                adjusted(
                    here.cohort,
                    endpoint,
                    factor,
                    covariates,
                    landmark,
                    here.method,
                    until=until,
                    penalised=view.of(PENALTY),
                )
            ),
            counts="rounded",
        )
    if len(factor.levels) > 1 and (level := view.of(in_subgroups(factor))):
        chosen = subgroup_factors(dictionary, factor)
        within = chosen.meanings(view.of(chosen)) or chosen.meanings(chosen.ids)

        def in_each() -> Panel:
            found = subgroups(here.cohort, endpoint, factor, level, within, landmark, here.method, until=until)
            return subgroups_panel(found, here.across(view, partial(subgroups_across, until=until), factor, found))

        yield Part("subgroup-forest", in_each)
    if len(result.curves) > 1:
        yield Part(
            "pairs",
            lambda: pairs_panel(pairs(here.cohort, endpoint, factor, landmark, until=until)),
            fold=Fold("every pair", EVERY_PAIR),
            doing=DEALING,
            counts="rounded",
        )
    if late:
        yield Part(
            "varying",
            lambda: time_varying_panel(time_varying(here.cohort, endpoint, factor, here.method)),
            fold=Fold("changing", CHANGING),
        )


FITTED = say(
    "every reconstruction would have to be fitted anew; how far these patients are open is said under the curves"
)

PAGE = Page(
    say("Survival"),
    "pages/explore/survival.py",
    say("How long do patients live, and which groups differ?"),
    "outcome",
    panels,
    controls,
    places=(
        Place("survival", say("curves"), (LANDMARK, *CURVES, ACROSS)),
        Place(
            "adjusted",
            say("adjusted comparison"),
            (
                LANDMARK,
                LOG_RANK,
                ADJUSTED_FIRTH,
                ADJUSTED_COX,
                ADJUSTED_TEST,
                STRATIFIED_LOG_RANK,
            ),
        ),
        Place(
            "subgroups",
            say("subgroups"),
            (LANDMARK, INTERACTION, *COX.values(), WALD, ACROSS),
        ),
        Place(
            "pairs",
            say("every pair of groups"),
            (
                LANDMARK,
                LOG_RANK,
                WEIGHTED_LOG_RANK,
                TREND,
                HOLM,
                PERMUTATION_LOG_RANK,
                DETECTABLE_RATIO,
            ),
        ),
        Place(
            "competing",
            say("event and death apart"),
            (LANDMARK, CUMULATIVE_INCIDENCE, *LIMITS.values(), GRAY, *COX.values(), WALD, DETECTABLE_RATIO),
        ),
        Place(
            "time-varying",
            say("the value as it changes"),
            (TIME_VARYING_COX, PROFILE, FIRTH),
        ),
    ),
    unranged=dict.fromkeys(("competing", "adjusted", "pairs", "varying"), FITTED),
    position=20,
)
