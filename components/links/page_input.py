"""What a page is computed from: the filtered cohort, of which population, out of which whole, by which conventions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.core.method import PAPER, Method
from components.links import page_controls
from components.links.pages import PageContext
from components.links.view import View
from data.cohort import Cohort
from data.dictionary import Population
from data.filters import Filter, filter_from_query

if TYPE_CHECKING:
    from components.core.panel import Panel
    from components.links.page import Page

Memory = Callable[[tuple[object, ...], Callable[[], "Panel"]], "Panel"]
"""Gives the panel of a question: that of the same question before, or the one it has computed."""


def computed_anew(_question: tuple[object, ...], compute: Callable[[], Panel]) -> Panel:
    """The memory of who remembers nothing."""
    return compute()


@dataclass(frozen=True, eq=False)
class PageInput:
    """``cohort`` are the patients of ``whole`` (the page's population in ``study``) whom ``filter`` keeps.

    ``single`` tells whether single patients may be shown, ``followed`` is the one chosen last (blank for none), and
    ``alone`` whether one panel is shown alone and large. ``others`` are the pages that a page can tell of, by their
    address; panels that take long are asked of ``memory``.
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
    others: Mapping[str, Page] = field(default_factory=dict)
    memory: Memory = computed_anew

    @property
    def last_day(self) -> int:
        """The last day on which anyone of the whole population was followed: axes do not jump with the filter."""
        return int(self.whole.last_days.max(initial=0))


def ground(study: Cohort, page: Page, *, single: bool, others: Iterable[Page] = ()) -> PageContext:
    """What a page asks its controls of; it can tell of those of the ``others`` that count patients.

    A page that counts no population asks them of the safety analysis.
    """
    return PageContext(
        study.of_population("safety"),
        study.of_population(page.population or "safety"),
        single,
        page.controls,
        {address: ground(study, other, single=single) for address, other in _counting(others).items()},
    )


def _counting(pages: Iterable[Page]) -> dict[str, Page]:
    return {page.address: page for page in pages if page.population}


def shown(
    study: Cohort,
    page: Page,
    view: View,
    *,
    single: bool,
    followed: str = "",
    alone: bool = False,
    others: Iterable[Page] = (),
    memory: Memory = computed_anew,
) -> PageInput:
    """What ``page`` shows of ``study`` in ``view``.

    A page that neither filter nor conventions touch shows everybody, enrolled patients included, by those of the paper:
    so what leaves it is stamped with everybody.
    """
    words = study.dictionary
    counted = words.population[page.population or "safety"] if page.filtered else words.populations[0]
    whole = study.of_population(counted.key) if page.filtered else study
    chosen = filter_from_query(view.query, words).filter if page.filtered else Filter()
    by = method(view) if page.filtered else PAPER
    told = _counting(others)
    return PageInput(chosen.of(whole), whole, chosen, counted, by, study, single, followed, alone, told, memory)


def method(view: View) -> Method:
    """The statistical conventions of a view."""
    ties, interval, at_risk = (
        view.of(page_controls.TIES),
        view.of(page_controls.INTERVAL),
        view.of(page_controls.AT_RISK),
    )
    return Method(ties, interval, at_risk, PAPER.level)
