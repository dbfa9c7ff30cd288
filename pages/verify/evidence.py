"""Does this cohort give back every number that was published?"""

from __future__ import annotations

from collections.abc import Iterable

from components.core.page_words import provenance_line
from components.core.panel import Panel
from components.evidence import coverage_words, words
from components.evidence.comparison import (
    answerable_places,
    comparable,
    comparison,
    coverage_of,
    published,
    shown_on_pages,
    trial_of_strengths,
)
from components.evidence.fidelity import Grouped, reasons, remarks
from components.evidence.panel import agreement_panel, coverage_panel, fidelity_panel, numbers_panel
from components.links.asked import Asked, PageContext
from components.links.comparison import Chosen
from components.links.control_types import Look, Option, SingleChoice, Switch, short_ids, single_choice
from components.links.former import former
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Boxes, Heading, Part, Parts, Piece, Points, Said, Search, Sheets, Sources
from components.links.view import View
from data.language import say

MISMATCHES = Switch("mismatches", look=Look(words.MISMATCHES, where="table"))


def place(names: Iterable[str]) -> SingleChoice[str]:
    """The places of the paper by name; blank for the whole paper."""
    listed = tuple(names)
    options = [Option("all", words.EVERYWHERE, "", former("place", "all"))]
    for id_, name in zip(short_ids(listed), listed, strict=True):
        label = words.place_name(name)
        options.append(Option(id_, label, name, (label,)))
    return single_choice("place", options, look=Look(words.PLACE, width=240, where="table"))


def controls(ground: PageContext, _chosen: Chosen) -> Asked:
    """Which of the published numbers are listed; nothing where there is no comparison."""
    if comparable(ground.whole):
        yield place(answerable_places())
        yield MISMATCHES


def panels(here: PageInput, view: View) -> Parts:
    """The comparison with the paper and with R where it can be made, and what is said of the paper in any case."""
    yield Said(f"{provenance_line(here.study.provenance)}. {words.EVERYBODY}", "small")
    contradictions = (words.CONTRADICTIONS, _sourced(words.CONTRADICTIONS_NOTE, remarks(published())))
    unanswerable = (words.UNANSWERABLE, _sourced(words.UNANSWERABLE_NOTE, reasons(published())))
    if not comparable(here.study):
        yield Said(words.IMPORTED, "first")
        yield Sheets((contradictions, unanswerable))
        return
    pages = shown_on_pages(here.study)
    yield Part("fidelity", lambda: fidelity_panel(comparison(here.study).fidelity, pages), doing=words.COMPUTING)
    yield Boxes(((words.FIXED, words.FIXED_POINTS), (words.OPEN, words.OPEN_POINTS)))
    if (found := coverage_of(here.study)) is not None:
        yield Heading(coverage_words.QUESTION, "left-out")
        yield Part("coverage", lambda: coverage_panel(found, trial_of_strengths()))
    agreement = Part("agreement", lambda: agreement_panel(comparison(here.study).agreement), "tables")
    yield Sheets(
        (
            (words.NUMBERS, (_numbers(here, view),)),
            contradictions,
            unanswerable,
            (words.AGREEMENT, (agreement,)),
            (words.CONVENTIONS, (Points(words.conventions()),)),
        )
    )


def _numbers(here: PageInput, view: View) -> Search:
    places = place(answerable_places())

    def panel(sought: str) -> Panel:
        result = comparison(here.study).fidelity
        of = {found.name: found for found in result.places}.get(view.of(places))
        return numbers_panel(result, words.Chosen(of, view.of(MISMATCHES), sought))

    return Search(
        "numbers",
        panel,
        words.SEARCH,
        words.SEARCH_HINT,
        (places, MISMATCHES),
        (64, 245, 145, 84, 96, 185, 175, 116, 150, 520, 70),
        frozenset(words.COLUMNS.index(name) for name in words.NUMERIC),
    )


def _sourced(note: str, found: Iterable[Grouped]) -> tuple[Piece, ...]:
    return Said(note, "small"), Sources(tuple((said.text, said.where) for said in words.sayings(found)))


PAGE = Page(
    say("Evidence"),
    "pages/verify/evidence.py",
    say("Does this cohort give back every number that was published?"),
    panels=panels,
    controls=controls,
    filtered=False,
    position=10,
)
