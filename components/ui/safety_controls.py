"""The controls of the safety page."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.elements.lib.mutable_tab_container import TabContainer

from components.core.control_words import month
from components.links import offered
from components.safety import first_reaction_words as first_reaction
from components.safety import reactions_words as words
from components.safety.reactions import reactions
from components.survival.analysis import TWO_YEARS
from components.survival.chart import View
from components.ui import ask
from components.ui.controls import compared_factor, half_years, row
from components.ui.study import list_patients, patients_listed
from data.cohort import Cohort
from data.dictionary import Dictionary, Factor

TICKS = half_years(TWO_YEARS)
VIEW = View(TWO_YEARS, TICKS, tuple(month(day) for day in TICKS), (91, 365, TWO_YEARS))
"""How the curves of the first reaction are drawn, and the days at which they are printed."""


@dataclass(frozen=True)
class Asked:
    """Which reactions are looked for; blank for any."""

    category: str
    term: str
    serious: bool

    @property
    def sentence(self) -> str:
        """In words."""
        return first_reaction.asked(self.category, self.term)


def sections() -> tuple[TabContainer, ...]:
    """The sections of the page; only the one in sight is computed."""
    return ask.tabs(offered.SAFETY_SECTION)


def table(dictionary: Dictionary) -> tuple[Factor | None, words.Cell, bool, int]:
    """The groups of the table, what its cells hold, whether serious only, and how rare a term is still listed."""
    by = compared_factor(dictionary, "groups", "", known_at_start=True)
    cell, serious = words.CELLS[0], False
    if by is not None:
        cell = ask.one_of(offered.CELL, words.CELL, width=230)
        serious = ask.segments(offered.SEVERITY, words.SEVERITY)
    fewest = ask.one_of(offered.TERM_LIMIT, words.TERMS, width=230)
    return by, cell, serious, fewest


def groups(dictionary: Dictionary) -> Factor | None:
    """The groups whose curves are drawn."""
    return compared_factor(dictionary, "curves", "", known_at_start=True, width=260)


def ended(dictionary: Dictionary) -> Factor | None:
    """The groups of deaths and discontinuations."""
    with row():
        return compared_factor(dictionary, "ends", known_at_start=True)


def asked(whole: Cohort) -> Asked:
    """A category, one of its terms, and whether serious only; what can be chosen does not depend on the filter."""
    reported = reactions(whole)
    category = ask.one_of(offered.category(reported), first_reaction.CATEGORY, width=300)
    terms = offered.term(reported, category)
    term = ask.one_of(terms, first_reaction.TERM, width=230) if terms else ""
    return Asked(category, term, ask.switch(offered.SERIOUS, first_reaction.SERIOUS))


def listed() -> bool:
    """Whether single patients may be listed; for an imported cohort the visitor decides."""
    return patients_listed() or list_patients(first_reaction.LIST_ALLOWED, first_reaction.LIST_HELP)
