"""Which patients should every page show?"""

from __future__ import annotations

from dataclasses import replace

from components.core.across import ACROSS
from components.core.panel import Panel
from components.links import page_controls
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import CohortCards, Fold, Part, Parts, Said
from components.links.view import View
from components.methods.where_used import Place
from components.selection import words
from components.selection.attrition import attrition
from components.selection.cards import Card, level_card, number_card
from components.selection.panel import attrition_panel
from components.selection.reconstructions_words import ATTRITION_RANGES
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """A card of each variable that patients can be chosen by, and what the conditions cost."""
    cards = tuple(_cards(here))
    if not cards:
        yield Said(words.NO_VARIABLES, "first")
        return
    if not here.hides:
        yield Said(words.HINT, "small")
    yield CohortCards(cards, here.whole)
    result = attrition(here.whole, here.chosen.filter)
    as_table = Fold("attrition-fold", words.AS_TABLE)

    def panel() -> Panel:
        chosen = replace(here, filter=here.chosen.filter)
        return chosen.ranged(view, attrition_panel(result), ATTRITION_RANGES, None, result)

    yield Part("attrition", panel, "files", as_table, counts="rounded")


def _cards(here: PageInput) -> list[Card]:
    """In the order in which a filter states its conditions.

    A factor that is cut from a number has no card beside that of the number, unless it has a condition.
    """
    whole, chosen, known = here.whole, here.chosen.filter, here.whole.dictionary
    cards: list[Card] = []
    numbers = [one for one in known.filtered_number.values() if page_controls.span(whole, one)]
    measured = {one.measure or one.key for one in numbers}
    conditions = {part.key for part in chosen.parts}
    for factor in known.factors:
        levels = page_controls.levels(whole, factor)
        twice = factor.source in measured and factor.key not in conditions
        if levels and not factor.post_baseline and not twice:
            cards.append(level_card(whole, factor, [option.meaning for option in levels.options], chosen))
    for number in known.filtered_number.values():
        span = page_controls.span(whole, number)
        if span:
            cards.append(number_card(whole, number, (span.low, span.high), chosen))
    return cards


PAGE = Page(
    say("Filter"),
    "pages/explore/narrow.py",
    say("Which patients should every page show?"),
    "safety",
    panels,
    places=(Place("attrition", say("conditions"), (ACROSS,)),),
    position=15,
)
