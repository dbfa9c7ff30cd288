"""What a page is computed from: the filtered cohort, of which population, out of which whole, by which conventions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.method import PAPER, Method
from components.links import page_controls
from components.links.pages import PageContext
from components.links.view import View
from data.cohort import Cohort
from data.dictionary import Population
from data.filters import Filter, filter_from_query

if TYPE_CHECKING:
    from components.links.page import Page


@dataclass(frozen=True, eq=False)
class PageInput:
    """``cohort`` are the patients of ``whole`` (the page's population in ``study``) whom ``filter`` keeps.

    ``single`` tells whether single patients may be shown, ``followed`` is the one chosen last (blank for none), and
    ``alone`` whether one panel is shown alone and large.
    """

    cohort: Cohort
    whole: Cohort
    filter: Filter
    population: Population
    method: Method
    study: Cohort
    single: bool = False
    followed: str = ""
    alone: bool = False

    @property
    def last_day(self) -> int:
        """The last day on which anyone of the whole population was followed: axes do not jump with the filter."""
        return int(self.whole.last_days.max(initial=0))


def ground(study: Cohort, page: Page, *, single: bool, others: Iterable[Page] = ()) -> PageContext:
    """What a page asks its controls of; ``others`` are the pages that it can tell of.

    A page that counts no population asks them of the safety analysis.
    """
    return PageContext(
        study.of_population("safety"),
        study.of_population(page.population or "safety"),
        single,
        page.controls,
        {other.address: ground(study, other, single=single) for other in others},
    )


def shown(
    study: Cohort, population: str, view: View, *, single: bool, followed: str = "", alone: bool = False
) -> PageInput:
    """What a page that counts ``population`` shows of ``study`` in ``view``."""
    counted = study.dictionary.population[population or "safety"]
    whole = study.of_population(counted.key)
    chosen = filter_from_query(view.query, study.dictionary).filter
    return PageInput(chosen.of(whole), whole, chosen, counted, method(view), study, single, followed, alone)


def method(view: View) -> Method:
    """The statistical conventions of a view."""
    ties, interval, at_risk = (
        view.of(page_controls.TIES),
        view.of(page_controls.INTERVAL),
        view.of(page_controls.AT_RISK),
    )
    return Method(ties, interval, at_risk, PAPER.level)
