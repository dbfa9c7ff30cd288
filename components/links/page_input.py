"""What a page is computed from: the filtered cohort, of which population, out of which whole, by which conventions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from components.core.ledger import Ledger
from components.core.method import PAPER, Method
from components.core.ranged_panel import with_ranges
from components.core.small_counts import hidden, hidden_at_first
from components.links import page_controls
from components.links.asked import PageContext, chosen_of, kept_control
from components.links.comparison import Chosen, Comparison, comparison
from components.links.page_controls import BY
from components.links.view import View
from data.cohort import Cohort
from data.ensemble import Ensemble, ensemble_of
from data.entries import Factor, Population
from data.filters import Filter, filter_from_query

if TYPE_CHECKING:
    from components.core.envelope_words import Ranges
    from components.core.panel import Panel
    from components.links.page import Page

S = TypeVar("S")
T = TypeVar("T")

Memory = Callable[[tuple[object, ...], Callable[[], "Panel"]], "Panel"]
"""Gives the panel of a question: that of the same question before, or the one it has computed."""


def computed_now(_question: tuple[object, ...], compute: Callable[[], Panel]) -> Panel:
    """The memory of who remembers nothing."""
    return compute()


@dataclass(frozen=True, eq=False)
class PageInput:
    """``cohort`` are the patients of ``whole`` (the page's population in ``study``) whom ``filter`` keeps.

    ``single`` says whether single patients may be shown, ``followed`` is the one chosen last (blank for none), and
    ``alone`` whether one panel is shown alone and large. ``others`` are the pages that a page can describe, by their
    address; panels that take long are asked of ``memory``. ``chosen`` is what was chosen of the patients: where others
    than the filter keeps are compared, ``filter`` says whom the page counts. ``notices`` are to be read before what is
    compared, ``names`` are those of kept cohorts that no link says. ``ledger`` holds the comparisons that the session
    has looked at, which one page lists and no other asks. ``hides`` says that small counts are hidden.
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
    memory: Memory = computed_now
    chosen: Chosen = field(default_factory=Chosen)
    notices: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    hides: bool = True

    def by(
        self, view: View, start: str = "subtype", *, known_at_start: bool = False, recorded: bool = True
    ) -> Factor | None:
        """The factor by which the view compares, as the page's ``comparison`` asks for it."""
        asked = comparison(self.whole, self.chosen, start, known_at_start=known_at_start, recorded=recorded)
        return view.answers(asked).factor

    def ensemble(self, view: View) -> Ensemble | None:
        """The reconstructions of the page's population, where the view asks for them and the study has any."""
        whole = ensemble_of(self.study)
        return whole.of_population(self.population) if whole is not None and view.of(page_controls.ACROSS) else None

    def across(
        self,
        view: View,
        ranges: Callable[[Ensemble, Filter, Factor | None, S], T],
        by: Factor | None,
        shown: S,
    ) -> T | None:
        """The ``ranges`` of what is ``shown`` by a factor over the reconstructions, where there are any to show."""
        ensemble = self.ensemble(view)
        return ranges(ensemble, self.filter, by, shown) if ensemble is not None else None

    def ranged(self, view: View, panel: Panel, ranges: Ranges[S, T], by: Factor | None, shown: S) -> Panel:
        """The ``panel`` of what is ``shown`` by a factor with its ``ranges``, where there are any to show."""
        return self.drawn_with_ranges(view, lambda _found: panel, ranges, by, shown)

    def drawn_with_ranges(
        self, view: View, panel: Callable[[T | None], Panel], ranges: Ranges[S, T], by: Factor | None, shown: S
    ) -> Panel:
        """As ``ranged``, of a ``panel`` that draws the ranges: it is made of them, or of None where there are none."""
        found = self.across(view, ranges.across, by, shown) if self.cohort.n else None
        made = panel(found)
        return made if found is None else with_ranges(made, ranges.said(found, shown))

    @property
    def last_day(self) -> int:
        """The last day on which anyone of the whole population was followed: axes do not jump with the filter."""
        return self.whole.last_day


def ground(
    study: Cohort, page: Page, *, single: bool, others: Iterable[Page] = (), names: Mapping[str, str] | None = None
) -> PageContext:
    """What a page asks its controls of; it can use those of the ``others`` that count patients.

    ``names`` are those of kept cohorts that no link says.

    A page that counts no population asks them of the safety analysis.
    """
    return PageContext(
        study.of_population("safety"),
        study.of_population(page.population or "safety"),
        single,
        page.controls,
        {address: ground(study, other, single=single, names=names) for address, other in _counting(others).items()},
        names or {},
    )


def _counting(pages: Iterable[Page]) -> dict[str, Page]:
    return {page.address: page for page in pages if page.population}


def shown(  # noqa: PLR0913 - what a session knows beside the view
    study: Cohort,
    page: Page,
    view: View,
    *,
    single: bool,
    followed: str = "",
    alone: bool = False,
    others: Iterable[Page] = (),
    memory: Memory = computed_now,
    names: Mapping[str, str] | None = None,
    ledger: Ledger | None = None,
    hides: bool | None = None,
) -> PageInput:
    """What ``page`` shows of ``study`` in ``view``: whom the filter keeps, or whom the view compares instead.

    A page that neither filter nor conventions touch shows everybody, enrolled patients included, by those of the paper:
    so what leaves it is stamped with everybody. Unless ``hides`` says so, small counts are hidden as they are before a
    visitor chooses; then no single patient is shown.
    """
    words, hides = study.dictionary, hidden_at_first(study.provenance.kind) if hides is None else hides
    counted = words.population[page.population or "safety"] if page.filtered else words.populations[0]
    whole = study.of_population(counted.key) if page.filtered else study
    on = ground(study, page, single=single and not hides, names=names)
    chosen = Chosen()
    if page.filtered:
        chosen = chosen_of(on, filter_from_query(view.query, words).filter, view.held(kept_control(on)))
    # What a page compares at first is a factor, and changes neither the patients nor what must be read.
    with hidden(hides=hides):
        made = view.answers(comparison(whole, chosen, "")) if BY in view.values else Comparison(None, chosen.filter)
    return PageInput(
        made.among.of(whole),
        whole,
        made.among,
        counted,
        method(view) if page.filtered else PAPER,
        study,
        single and not hides,
        "" if hides else followed,
        alone,
        _counting(others),
        memory,
        chosen,
        made.notices,
        names or {},
        ledger or Ledger(),
        hides,
    )


def method(view: View) -> Method:
    """The statistical conventions of a view."""
    ties, interval, at_risk = (
        view.of(page_controls.TIES),
        view.of(page_controls.INTERVAL),
        view.of(page_controls.AT_RISK),
    )
    return Method(ties, interval, at_risk, PAPER.level)
