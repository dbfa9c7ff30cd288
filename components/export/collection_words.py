"""Words around what is taken along from a panel: files, slides, code."""

from __future__ import annotations

from typing import Literal

from components.core.numbers import count

TAKE, TAKE_HELP = "Download", "This figure as a file, with its filter, method and data below it."
ADD, ADDED, ADDED_ALREADY = "Add to slides", "Added to the slides", "Already in the slides"
ADD_HELP = "Collect this panel for a PowerPoint file with native charts; the page Presentation holds the collection."
CODE, CODE_HELP = "Show code", "A script that gives the numbers of this panel back from the data, in Python and in R."
FILES: tuple[tuple[str, Literal["png", "svg", "pdf"], str], ...] = (
    ("PNG picture, 300 dpi", "png", "image/png"),
    ("SVG picture", "svg", "image/svg+xml"),
    ("PDF", "pdf", "application/pdf"),
)
NUMBERS = "Plotted numbers, CSV"
REPORT_HTML, REPORT_PDF = "Report, one HTML file", "Report, PDF"
EVERYTHING = "Everything as ZIP: report, numbers, patients, scripts"
AGGREGATES = "Everything as ZIP: report and tables, no patients"
OWN_PATIENTS = "Put the patients of my cohort in as well"
CODE_HINT = "Needs patients.csv beside it, which is part of “Everything as ZIP”."
POWERPOINT = "PowerPoint"
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OWN_DATA = (
    "Curves hold the day of every event and of the end of every follow-up: of your own cohort, treat numbers, slides "
    "and vector pictures as patient data."
)
EMPTY = (
    "Nothing is collected yet. Under every figure stands “Add to slides”; what is added waits here, in this browser "
    "session only."
)
TITLE, UP, DOWN, REMOVE = "Title of the slide", "Move up", "Move down", "Remove"
CLEAR = "Remove all"
DOWNLOAD_DECK = "Download PowerPoint"
HOW = (
    "Survival curves, forest plots and courses become charts that can be edited in PowerPoint, tables become tables. "
    "Method, filter and a summary of every slide stand in the notes for the speaker."
)


def slides(n: int) -> str:
    """The way to what has been collected: ``Slides (3)``."""
    return f"Slides ({count(n)})"


def of_another_study(data: str) -> str:
    """On a slide of another study than the one open."""
    return f"Of another study than the one open, and not shown on the stage: {data}"


def collected(n: int) -> str:
    """How many panels wait: ``3 panels collected``."""
    return f"{count(n)} panel{'' if n == 1 else 's'} collected"
