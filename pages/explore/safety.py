"""Which adverse reactions, how many, and when?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from components.core.columns import columns
from components.core.control_words import month
from components.core.groups import ALL
from components.core.summary import DESCRIPTION
from components.links import page_controls
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import ListPatients, Part, Parts, Way, what_would_bring
from components.links.view import View
from components.methods.where_used import Place
from components.safety import first_reaction_words as first
from components.safety import panels as safety
from components.safety import words
from components.safety.deaths import deaths
from components.safety.first_reaction import CUMULATIVE_INCIDENCE, first_reaction
from components.safety.reactions import INCIDENCE_RATE, RISK_DIFFERENCE, reactions
from components.safety.reported import reaction_rows
from components.survival.analysis import TWO_YEARS
from components.survival.chart import View as Drawing
from components.survival.procedures import AT_RISK, LIMITS
from components.survival.ticks import half_years
from components.treatment.discontinuation import discontinuation
from data.dictionary import Factor, Level
from data.language import say

TICKS = half_years(TWO_YEARS)
DRAWING = Drawing(TWO_YEARS, TICKS, tuple(month(day) for day in TICKS), (91, 365, TWO_YEARS))
"""How the curves of the first reaction are drawn, and the days at which they are printed."""


def panels(here: PageInput, view: View) -> Parts:
    """The panels of the section that is open."""
    section = view.of(page_controls.SAFETY_SECTION)
    if missing := here.cohort.dictionary.none_recorded(*page_controls.NEEDED.get(section, ())):
        yield what_would_bring(missing)
    else:
        yield from SECTIONS[section](here, view)


def to_reactions(category: str) -> Way:
    """The way to who had a reaction of the category, and when."""
    return Way("safety", {"section": words.HISTORY, "category": category})


def _counts(here: PageInput, view: View) -> Parts:
    by = view.of(page_controls.compared(here.cohort.dictionary, "groups", "", known_at_start=True))
    yield Part(
        "reactions",
        lambda: safety.reactions_panel(
            reactions(here.cohort, by, method=here.method),
            by,
            view.of(page_controls.CELL),
            serious=view.of(page_controls.SEVERITY) == "serious",
            fewest=1 if view.of(page_controls.TERM_LIMIT) == "all" else 2,
        ),
        "files",
        hint=words.CLICK_DOT if by and columns(here.cohort, by).apart else words.CLICK_BAR,
        leads=to_reactions,
    )


def _history(here: PageInput, view: View) -> Parts:
    reported, cohort = reactions(here.whole), here.cohort
    category = view.of(page_controls.category(reported, here.whole))
    terms = page_controls.term(reported, category, here.whole)
    term, serious = view.of(terms) if terms else "", view.of(page_controls.SERIOUS)
    by = view.of(page_controls.compared(cohort.dictionary, "curves", "", known_at_start=True))
    all_ = reactions(cohort)
    found = all_.patients(ALL, category, term, serious=serious)
    grave = all_.patients(ALL, category, term, serious=True)
    yield ListPatients()
    yield Part(
        "reports",
        lambda: safety.reports_panel(
            found,
            grave,
            reaction_rows(cohort, category, term, serious=serious),
            first.asked(category, term),
            all_.analysed,
            listed=here.single,
        ),
        "answer",
    )
    yield Part(
        "incidence",
        lambda: safety.incidence_panel(
            first_reaction(
                cohort,
                category,
                term,
                serious=serious,
                by=by,
                method=here.method,
                at_days=DRAWING.at_days,
                risk_days=DRAWING.ticks,
            ),
            DRAWING,
        ),
    )


def _groups(here: PageInput, view: View) -> tuple[Factor | None, tuple[Level, ...]]:
    """The factor that groups deaths and discontinuations, and its levels."""
    by = view.of(page_controls.compared(here.cohort.dictionary, "ends", known_at_start=True))
    return by, by.levels if by else ()


def _deaths(here: PageInput, view: View) -> Parts:
    by, levels = _groups(here, view)
    yield ListPatients()
    yield Part("deaths", lambda: safety.deaths_panel(deaths(here.cohort, by), levels, listed=here.single), "files")


def _stops(here: PageInput, view: View) -> Parts:
    by, levels = _groups(here, view)
    yield ListPatients()
    yield Part(
        "discontinuation",
        lambda: safety.stops_panel(discontinuation(here.cohort, by, here.method), levels, listed=here.single),
        "files",
    )


SECTIONS: Mapping[str, Callable[[PageInput, View], Parts]] = dict(
    zip(words.SECTIONS, (_counts, _history, _deaths, _stops), strict=True)
)


PAGE = Page(
    say("Safety"),
    "pages/explore/safety.py",
    say("Which adverse reactions, how many, and when?"),
    "safety",
    panels,
    places=(
        Place("reactions", say("reactions"), (INCIDENCE_RATE, RISK_DIFFERENCE)),
        Place(
            kind="first reaction",
            label=say("who and when"),
            procedures=(CUMULATIVE_INCIDENCE, *LIMITS.values(), *AT_RISK.values()),
        ),
        Place("discontinuation", say("discontinuation"), (DESCRIPTION,)),
    ),
    position=80,
)
