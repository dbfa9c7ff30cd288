"""How is each number computed, and checked against what?"""

from __future__ import annotations

from dataclasses import replace

from components.core.markup import bold
from components.links import page_controls
from components.links.asked import Asked, PageContext, of_page
from components.links.comparison import Chosen
from components.links.given import every_panel, parts
from components.links.page import Page
from components.links.page_input import PageInput, shown
from components.links.part import Heading, Part, Parts, Said, Signpost, Way, Written
from components.links.view import View
from components.methods import words
from components.methods.panel import by_page_panel, places_panel, used_panel
from data.language import say


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The page that the visitor came from, and what that one asks: its methods follow from nothing else."""
    if not ground.others:
        return
    before = yield page_controls.came_from(ground.others)
    if before:
        yield from of_page(ground.others[str(before)], chosen)


def panels(here: PageInput, view: View) -> Parts:
    """The conventions in force, what the page before is computed with or what each page can use, and the document."""
    conventions = f"{bold(f'{words.IN_FORCE}.')} {words.in_force(here.method)}"
    yield Signpost(conventions, words.WHERE, Way("evidence"), words.TO_EVIDENCE)
    places = [(page.title, place) for page in here.others.values() for place in page.places]
    before = view.of(page_controls.came_from(here.others))
    if before:
        yield from _used_by(here.others[before], here, replace(view, page=before))
    else:
        yield Heading(words.BY_PAGE, "used")
        yield Said(words.BY_PAGE_HINT, "small")
        yield Part("each-page", lambda: by_page_panel(places), "tables", counts="of nobody")
    yield Written(words.contents())
    yield Heading(words.CAN_RUN, words.Section(words.CAN_RUN, "").anchor)
    yield Said(words.CAN_RUN_HINT, "small")
    yield Part("places", lambda: places_panel(places), "tables", counts="of nobody")
    for section in words.sections():
        if section.title:
            yield Heading(section.title, section.anchor)
        yield Written(section.text)


def _used_by(page: Page, here: PageInput, view: View) -> Parts:
    """What the page is computed with in this view, panel by panel, but for what it folds away."""
    there = shown(here.study, page, view, single=here.single, memory=here.memory, names=here.names, hides=here.hides)
    given = list(every_panel(parts(page, there, view)))
    in_sight = [part for part in given if part.fold is None]
    yield Heading(words.used_title(page.title), "used")
    yield Part(
        "used",
        lambda: used_panel(page.title, (part.panel() for part in in_sight), here.method.level),
        "tables",
        counts="of nobody",
        doing=next((part.doing for part in in_sight if part.doing), ""),
    )
    if folded := [part.fold.title for part in given if part.fold is not None]:
        yield Said(words.folded(folded), "small")


PAGE = Page(
    say("Methods"),
    "pages/verify/methods.py",
    say("How is each number computed, and checked against what?"),
    panels=panels,
    controls=controls,
    position=20,
)
