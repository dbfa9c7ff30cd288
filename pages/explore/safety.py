"""Which adverse reactions, how many, and when?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from components.core.across import ACROSS
from components.core.columns import columns
from components.core.control_words import month
from components.core.groups import ALL
from components.core.panel import Panel
from components.core.ranged_panel import with_ranges
from components.core.summary import DESCRIPTION
from components.links import page_controls
from components.links.asked import Asked, PageContext, each, meaning
from components.links.comparison import Chosen, before_and_after, comparison, pale
from components.links.control_types import OWN, Look, Option, SingleChoice, Switch, named, short_ids, single_choice
from components.links.former import former
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import ListPatients, Part, Parts, Way, what_would_bring
from components.links.view import View
from components.methods.where_used import Place
from components.safety import first_reaction_words as first
from components.safety import panels as safety
from components.safety import reactions_words as counted
from components.safety import words
from components.safety.before_after import reactions_before_after
from components.safety.deaths import deaths
from components.safety.first_reaction import first_reaction
from components.safety.reactions import INCIDENCE_RATE, RISK_DIFFERENCE, Reactions, reactions
from components.safety.reconstructions import incidence_across
from components.safety.reconstructions_words import DEATHS_RANGES, incidence_said, reactions_ranges
from components.safety.reported import reaction_rows
from components.survival.analysis import TWO_YEARS
from components.survival.chart import View as Drawing
from components.survival.competing import GRAY
from components.survival.procedures import AT_RISK, COX, CUMULATIVE_INCIDENCE, DETECTABLE_RATIO, LIMITS, WALD
from components.survival.ticks import half_years
from components.treatment.discontinuation import discontinuation
from components.treatment.reconstructions_words import STOPS_RANGES
from data.cohort import Cohort
from data.entries import Factor
from data.language import say
from data.levels import Level

TICKS = half_years(TWO_YEARS)
DRAWING = Drawing(TWO_YEARS, TICKS, tuple(month(day) for day in TICKS), (91, 365, TWO_YEARS))
"""How the curves of the first reaction are drawn, and the days at which they are printed."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    words.COUNTS: ("reactions",),
    words.HISTORY: ("reactions",),
    words.STOPS: ("persistence",),
}
"""The data of which a section needs at least one; without any it asks nothing and says what would bring it."""

SECTION = single_choice("section", named("section", words.SECTIONS), look=Look(widget="tabs"))
CELL: SingleChoice[counted.Cell] = single_choice(
    "cell", named("cell", counted.CELLS), look=Look(counted.CELL, width=230)
)
SEVERITY = single_choice(
    "severity", named("severity", counted.SERIOUSNESS), look=Look(counted.SEVERITY, widget="segments")
)
TERM_LIMIT = single_choice("terms", named("terms", counted.TERM_LIMITS), look=Look(counted.TERMS, width=230))
SERIOUS = Switch("serious", look=Look(first.SERIOUS))


def categories(reported: Reactions, cohort: Cohort) -> SingleChoice[str]:
    """The categories somebody in ``cohort`` had a reaction of; blank for any.

    One that the dictionary lists has its id there; links of a hospital's own cohort wrote its number before.
    """
    names = dict.fromkeys(row.category for row in reported.rows if row.category)
    listed = {level.word: level for level in cohort.dictionary.reaction_categories}
    options = [
        replace(option, id=level.id, label=level.label, former=(*option.former, option.id))
        if (level := listed.get(option.meaning))
        else option
        for option in _reported("category", first.ANY_CATEGORY, names, cohort)
    ]
    return single_choice("category", options, look=Look(first.CATEGORY, width=300))


def terms(reported: Reactions, category_: str, cohort: Cohort) -> SingleChoice[str] | None:
    """The terms of a category in ``cohort``, blank for any; None where the category has none."""
    names = dict.fromkeys(row.term for row in reported.rows if row.term and row.category == category_)
    of_all = dict.fromkeys(row.term for row in reported.rows if row.term)
    words = cohort.dictionary
    options = [
        replace(option, label=words.term_label(category_, option.meaning)) if option.meaning else option
        for option in _reported("term", first.ANY_TERM, of_all, cohort)
        if option.meaning in names or not option.meaning
    ]
    return single_choice("term", options, look=Look(first.TERM, width=230)) if names else None


def _reported(control: str, any_: str, names: Iterable[str], cohort: Cohort) -> tuple[Option[str], ...]:
    """What was reported by its ``names``, blank for any; where a hospital's file gave the names, by their numbers.

    ``names`` are all there are, so that an id means one name whatever else is chosen.
    """
    listed = tuple(names)
    own = cohort.provenance.kind == "imported"
    ids = tuple(f"{OWN}{i}" for i in range(1, len(listed) + 1)) if own else short_ids(listed)
    found = (Option(id_, name, name, (name,)) for id_, name in zip(ids, listed, strict=True))
    return (Option("any", any_, "", former(control, "any")), *found)


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The section, and what the section that is open asks."""
    dictionary = ground.whole.dictionary
    section = yield SECTION
    if dictionary.none_recorded(*NEEDED.get(str(section), ())):
        return
    if section == words.COUNTS:
        made = yield from comparison(ground.whole, chosen, "", known_at_start=True, recorded=False)
        compared = made.factor and columns(made.among.of(ground.whole), made.factor).apart
        yield from each(*(CELL, SEVERITY) if compared else ())
        yield TERM_LIMIT
        yield from before_and_after(chosen, made)
    elif section == words.HISTORY:
        reported = reactions(ground.whole)
        category = yield from meaning(categories(reported, ground.whole))
        of_category = terms(reported, category, ground.whole)
        if of_category:
            yield of_category
        yield SERIOUS
        yield from comparison(ground.whole, chosen, "", known_at_start=True, recorded=False)
    else:
        yield from comparison(ground.whole, chosen, known_at_start=True, recorded=False)
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """The panels of the section that is open."""
    section = view.of(SECTION)
    if missing := here.cohort.dictionary.none_recorded(*NEEDED.get(section, ())):
        yield what_would_bring(missing)
    else:
        yield from SECTIONS[section](here, view)


def to_reactions(category: str) -> Way:
    """The way to who had a reaction of the category of this id, and when."""
    return Way("safety", {"section": words.HISTORY, "category": category})


def _counts(here: PageInput, view: View) -> Parts:
    by = here.by(view, "", known_at_start=True, recorded=False)
    cell, serious, fewest = view.of(CELL), view.of(SEVERITY) == "serious", 1 if view.of(TERM_LIMIT) == "all" else 2

    def panel() -> Panel:
        result = reactions(here.cohort, by, method=here.method)
        behind = pale(here.chosen, view)
        change = reactions_before_after(here.whole, here.filter, here.method, behind) if behind else None
        ranges = reactions_ranges(cell if result.columns.apart else None, serious=serious, fewest=fewest)
        draw = partial(safety.reactions_panel, result, by, cell, serious=serious, fewest=fewest, change=change)
        return here.drawn_with_ranges(view, lambda found: draw(found=found), ranges, by, result)

    yield Part(
        "reactions",
        panel,
        "files",
        hint=words.CLICK_DOT if by and columns(here.cohort, by).apart else words.CLICK_BAR,
        leads=to_reactions,
        counts="rounded",
    )


def _history(here: PageInput, view: View) -> Parts:
    reported, cohort = reactions(here.whole), here.cohort
    category = view.of(categories(reported, here.whole))
    of_category = terms(reported, category, here.whole)
    term, serious = view.of(of_category) if of_category else "", view.of(SERIOUS)
    by = here.by(view, "", known_at_start=True, recorded=False)
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
            first.asked(cohort.dictionary.category_label(category), cohort.dictionary.term_label(category, term)),
            all_.analysed,
            listed=here.single,
        ),
        "answer",
        counts="rounded",
    )

    def incidence() -> Panel:
        result = first_reaction(
            cohort,
            category,
            term,
            serious=serious,
            by=by,
            method=here.method,
            at_days=DRAWING.at_days,
            risk_days=DRAWING.ticks,
        )
        across = here.across(view, incidence_across, by, result)
        panel = safety.incidence_panel(result, replace(DRAWING, full_table=not here.alone), across)
        return panel if across is None else with_ranges(panel, incidence_said(across, result))

    yield Part("incidence", incidence, counts="rounded")


def _groups(here: PageInput, view: View) -> tuple[Factor | None, tuple[Level, ...]]:
    """The factor that groups deaths and discontinuations, and its levels."""
    by = here.by(view, known_at_start=True, recorded=False)
    return by, by.levels if by else ()


def _deaths(here: PageInput, view: View) -> Parts:
    by, levels = _groups(here, view)
    yield ListPatients()

    def panel() -> Panel:
        result = deaths(here.cohort, by)
        draw = partial(safety.deaths_panel, result, levels, listed=here.single)
        return here.drawn_with_ranges(view, draw, DEATHS_RANGES, by, result)

    yield Part("deaths", panel, "files", counts="rounded")


def _stops(here: PageInput, view: View) -> Parts:
    by, levels = _groups(here, view)
    yield ListPatients()

    def panel() -> Panel:
        result = discontinuation(here.cohort, by, here.method)
        draw = partial(safety.stops_panel, result, levels, listed=here.single)
        return here.drawn_with_ranges(view, draw, STOPS_RANGES, by, result)

    yield Part("discontinuation", panel, "files", counts="rounded")


SECTIONS: Mapping[str, Callable[[PageInput, View], Parts]] = dict(
    zip(words.SECTIONS, (_counts, _history, _deaths, _stops), strict=True)
)


PAGE = Page(
    say("Safety"),
    "pages/explore/safety.py",
    say("Which adverse reactions, how many, and when?"),
    "safety",
    panels,
    controls,
    places=(
        Place("reactions", say("reactions"), (INCIDENCE_RATE, RISK_DIFFERENCE, ACROSS)),
        Place(
            kind="first reaction",
            label=say("who and when"),
            procedures=(
                CUMULATIVE_INCIDENCE,
                *LIMITS.values(),
                *AT_RISK.values(),
                GRAY,
                *COX.values(),
                WALD,
                DETECTABLE_RATIO,
                ACROSS,
            ),
        ),
        Place("discontinuation", say("discontinuation"), (DESCRIPTION, ACROSS)),
        Place("deaths", say("deaths"), (ACROSS,)),
    ),
    unranged={"reports": say("the range of the number of patients stands in the table below")},
    position=80,
)
