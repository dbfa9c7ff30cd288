"""Words around what is taken along from a panel: files, slides, code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from components.core.numbers import decimal, joined
from data.language import say, say_counted

TAKE, TAKE_HELP = say("Download"), say("This figure as a file, with its filter, method and data below it.")
ADD, ADDED, ADDED_ALREADY = say("Add to slides"), say("Added to the slides"), say("Already in the slides")
ADD_HELP = say(
    "Collect this panel for a PowerPoint file with native charts; the page Presentation holds the collection."
)
CODE, CODE_HELP = (
    say("Show code"),
    say("A script that gives the numbers of this panel back from the data, in Python and in R."),
)
FILES: tuple[tuple[str, Literal["png", "svg", "pdf"], str], ...] = (
    (say("PNG picture, 300 dpi"), "png", "image/png"),
    (say("SVG picture"), "svg", "image/svg+xml"),
    (say("PDF"), "pdf", "application/pdf"),
)
NUMBERS = say("Plotted numbers, CSV")
REPORT_HTML, REPORT_PDF = say("Report, one HTML file"), say("Report, PDF")
EVERYTHING = say("Everything as ZIP: report, numbers, patients, scripts")
AGGREGATES = say("Everything as ZIP: report and tables, no patients")
OWN_PATIENTS = say("Put the patients of my cohort in as well")
CODE_HINT = say("Needs patients.csv beside it, which is part of “Everything as ZIP”.")
POWERPOINT = say("PowerPoint")
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OWN_DATA = say(
    "Curves hold the day of every event and of the end of every follow-up: of your own cohort, treat "
    "numbers, slides and vector pictures as patient data."
)
EMPTY = say(
    "Nothing is collected yet. Under every figure stands “Add to slides”; what is added waits here. This browser "
    "keeps it when the page is loaded again, but nothing of a cohort of your own."
)
MADE_AGAIN = say("Drawing the slides again")
TITLE, UP, DOWN, REMOVE = say("Title of the slide"), say("Move up"), say("Move down"), say("Remove")
CLEAR = say("Remove all")
DOWNLOAD_DECK = say("Download PowerPoint")
HOW = say(
    "Survival curves, forest plots and courses become charts that can be edited in PowerPoint, "
    "tables become tables. Method, filter and a summary of every slide stand in the notes for the "
    "speaker."
)


def slides(n: int) -> str:
    """The way to what has been collected: ``Slides (3)``."""
    return say("Slides ({n})", n=decimal(n))


def of_another_study(data: str) -> str:
    """On a slide of another study than the one open."""
    return say("Of another study than the one open, and not shown on the stage: {data}", data=data)


def collected(n: int) -> str:
    """How many panels wait: ``3 panels collected``."""
    return say_counted(n, "{n} panel collected", "{n} panels collected", n=decimal(n))


def not_made_again(titles: Sequence[str]) -> str:
    """After a page was loaded again: the slides whose view is no longer there."""
    return say("Not drawn again, because this version has no such view: {titles}", titles=joined(list(titles)))
