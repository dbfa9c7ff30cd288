"""Who was treated, and how do the groups compare at the start?"""

from __future__ import annotations

from components.baseline import words
from components.baseline.analysis import STANDARDIZED_DIFFERENCE, baseline, every_variable, variables_of_table_1
from components.baseline.panel import baseline_panel
from components.core.summary import DESCRIPTION
from components.links import page_controls
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts
from components.links.view import View
from components.methods.where_used import Place
from data.language import say


def panels(here: PageInput, view: View) -> Parts:
    """The table of baseline characteristics."""
    dictionary = here.cohort.dictionary
    by = view.of(page_controls.compared(dictionary, "columns"))
    listed = variables_of_table_1 if view.of(page_controls.BASELINE_ROWS) == words.PAPER_ROWS else every_variable
    result = baseline(here.cohort, by, listed(dictionary, by), here.method)
    difference = page_controls.difference(result.columns)
    display = words.Display(view.of(page_controls.NUMBERS_AS), view.of(difference) if difference else None)
    yield Part("baseline", lambda: baseline_panel(result, display, by), "files")


PAGE = Page(
    say("Baseline"),
    "pages/explore/baseline.py",
    say("Who was treated, and how do the groups compare at the start?"),
    "safety",
    panels,
    places=(Place("baseline", say("table"), (DESCRIPTION, STANDARDIZED_DIFFERENCE)),),
    position=40,
)
