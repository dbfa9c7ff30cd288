"""Who was treated, and how do the groups compare at the start?"""

from __future__ import annotations

from components.baseline import words
from components.baseline.analysis import STANDARDIZED_DIFFERENCE, baseline, every_variable, variables_of_table_1
from components.baseline.before_after import baseline_before_after
from components.baseline.panel import baseline_panel
from components.baseline.reconstructions_words import baseline_ranges
from components.core.across import ACROSS
from components.core.columns import Columns, columns, everybody_is_in_one
from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.links import page_controls
from components.links.asked import Asked, PageContext, each
from components.links.comparison import Chosen, before_and_after, comparison, pale
from components.links.control_types import Look, Option, SingleChoice, named, single_choice
from components.links.former import former
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts
from components.links.view import View
from components.methods.where_used import Place
from data.language import say
from data.levels import Level

ROWS = single_choice("rows", named("rows", words.ROWS_OPTIONS), look=Look(words.ROWS, widget="segments"))
NUMBERS_AS: SingleChoice[words.Numbers] = single_choice(
    "numbers", named("numbers", words.NUMBERS), look=Look(words.NUMBERS_AS, widget="segments")
)


def differences(columns: Columns) -> SingleChoice[tuple[Level, Level] | None] | None:
    """Two columns of the baseline table whose distance is printed; None where no two share no patient."""
    options: list[Option[tuple[Level, Level] | None]] = [
        Option("none", words.versus(None), None, former("difference", "none"))
    ]
    for one, other in columns.apart:
        written = (f"{one.word} vs {other.word}",)
        options.append(Option(f"{one.id}~{other.id}", words.versus((one, other)), (one, other), written))
    look = Look(words.DIFFERENCE, words.DIFFERENCE_HELP, width=200)
    return single_choice("difference", options, look=look) if columns.apart else None


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The columns, the rows, how numbers are summarized, and which two columns are compared."""
    compared = yield from comparison(ground.whole, chosen)
    yield ROWS
    yield NUMBERS_AS
    found = differences(columns(compared.among.of(ground.whole), compared.factor))
    if found:
        yield found
    yield from before_and_after(chosen, compared)
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """The table of baseline characteristics."""
    dictionary = here.cohort.dictionary
    asked = here.by(view)
    by = None if everybody_is_in_one(here.cohort, asked) else asked
    listed = variables_of_table_1 if view.of(ROWS) == words.PAPER_ROWS else every_variable
    result = baseline(here.cohort, by, listed(dictionary, by), here.method)
    difference = differences(result.columns)
    display = words.Display(view.of(NUMBERS_AS), view.of(difference) if difference else None)
    behind = pale(here.chosen, view)
    change = (
        baseline_before_after(here.whole, here.filter, listed(dictionary, by), here.method, behind) if behind else None
    )

    def panel() -> Panel:
        panel = baseline_panel(result, display, by, change)
        return here.ranged(view, panel, baseline_ranges(display.numbers), by, result)

    yield Part("baseline", panel, "files", counts="rounded")


PAGE = Page(
    say("Baseline"),
    "pages/explore/baseline.py",
    say("Who was treated, and how do the groups compare at the start?"),
    "safety",
    panels,
    controls,
    places=(Place("baseline", say("table"), (DESCRIPTION, STANDARDIZED_DIFFERENCE, ACROSS)),),
    position=40,
)
