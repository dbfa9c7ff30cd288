"""The page on which patients are chosen has one card a variable."""

from __future__ import annotations

from components.links.computed import asked
from components.links.given import parts
from components.links.part import CohortCards
from data.reading.read import reconstructed_cohort
from pages.explore.narrow import PAGE


def keys(query: str) -> list[str]:
    found = asked(PAGE, reconstructed_cohort(), query, single=True)
    cards = next(one for one in parts(PAGE, found.here, found.link.view) if isinstance(one, CohortCards)).cards
    return [card.entry.key for card in cards]


def test_a_variable_has_one_card_unless_a_condition_stands_on_its_groups() -> None:
    shown = keys("")
    assert {"age", "ferritin_day0", "kl6_day0", "sex"} <= set(shown)
    assert {"age_group", "ferritin_group", "kl6_group"}.isdisjoint(shown)
    assert set(keys("age_group=ge65")) - set(shown) == {"age_group"}
