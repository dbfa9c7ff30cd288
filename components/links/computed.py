"""Every panel of a page, computed for a study and a link without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components.core.panel import Panel
from components.links.given import every_panel, parts
from components.links.page import Page
from components.links.page_input import PageInput, ground, shown
from components.links.part import Part
from components.links.view import Read, read
from data.cohort import Cohort


@dataclass(frozen=True, eq=False)
class Asked:
    """A page of a study as a link asks for it: what it is computed from, and how the link was read."""

    here: PageInput
    link: Read


def asked(
    page: Page,
    study: Cohort,
    query: str,
    *,
    single: bool,
    followed: str = "",
    others: Sequence[Page] = (),
    hides: bool | None = None,
) -> Asked:
    """What ``page`` shows of ``study`` for the query of a link; ``single`` patients may be shown, or not.

    ``others`` are the pages that it can describe. Unless ``hides`` says so, small counts are hidden as in a new
    session.
    """
    link = read(page.address, query, ground(study, page, single=single, others=others))
    return Asked(shown(study, page, link.view, single=single, followed=followed, others=others, hides=hides), link)


def computed(page: Page, found: Asked, *, folded: bool = False) -> Iterator[tuple[Part, Panel]]:
    """The page's panels in order, each with the part it is; with ``folded`` also those that are folded away."""
    for part in every_panel(parts(page, found.here, found.link.view)):
        if folded or part.fold is None:
            yield part, part.panel()
