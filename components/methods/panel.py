"""The panels of the Methods page: what a page uses in its view, what each can use, and where procedures run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.methods import words
from components.methods.where_used import register

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.methods.where_used import Place


def used_panel(page: str, panels: Iterable[Panel], level: float) -> Panel:
    """The procedures behind the ``panels`` that the page of this title shows, panel by panel."""
    told = [panel for panel in panels if panel.procedures]
    tables = tuple(words.used_table(panel.title, panel.procedures, level) for panel in told)
    title = words.used_title(page)
    return Panel("used", title, None, tables, title, "", () if told else (words.NOTHING_USED,))


def by_page_panel(places: Sequence[tuple[str, Place]]) -> Panel:
    """What every page can use; ``places`` are those of all pages, each with the title of its page."""
    table = words.by_page_table((page, place.label, place.procedures) for page, place in places)
    return Panel("each-page", words.BY_PAGE, None, (table,), words.BY_PAGE_HINT, "")


def places_panel(places: Sequence[tuple[str, Place]]) -> Panel:
    """Every procedure with where it can run; ``places`` are those of all pages, each with the title of its page."""
    where = {
        one: [(page, place.label) for page, place in places if one in place.procedures]
        for one in register(place for _, place in places)
    }
    return Panel("places", words.CAN_RUN, None, (words.places_table(where),), words.CAN_RUN_HINT, "")
