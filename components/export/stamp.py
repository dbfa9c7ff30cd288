"""The stamp of everything that leaves the dashboard: who is shown, how it was computed, where the data come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from components.core.analysis_set import analysis_set
from components.core.footer_words import VERSION, data_line, events_line, made_line
from components.core.method import PAPER, Method
from components.core.rounded import shown_set
from components.core.small_counts import hidden_at_first, rounded_down

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet
    from components.core.panel import Panel
    from data.cohort import Cohort, Provenance
    from data.entries import Endpoint
    from data.filters import Filter


@dataclass(frozen=True)
class Stamp:
    """What a figure or table must not be parted from.

    Of the patients who meet ``filter``, ``events`` of ``endpoint`` happened among those ``analysed``; ``caution`` are
    the panel's sentences to be read first, ``method`` its conventions and caveats; ``on`` is the date of the file.
    ``conventions`` are those of the view, which hold for what a file says beside the panel. ``looked`` says which of
    the comparisons looked at by then the panel shows, and what is left of their p-values, a line each.
    """

    filter: Filter
    analysed: AnalysisSet
    events: int
    endpoint: Endpoint
    method: str
    provenance: Provenance
    on: date
    caution: tuple[str, ...] = ()
    version: str = VERSION
    conventions: Method = PAPER
    looked: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The stamp in small type: cautions, method, comparisons, patients and events, data, version and date."""
        return (
            *self.caution,
            *((self.method,) if self.method else ()),
            *self.looked,
            events_line(self.filter, self.analysed, self.endpoint, self.events),
            f"{data_line(self.provenance)} {made_line(self.on, self.version)}",
        )


def stamp(
    cohort: Cohort,
    chosen: Filter,
    panel: Panel,
    on: date,
    conventions: Method | None = None,
    looked: tuple[str, ...] = (),
    *,
    hides: bool | None = None,
) -> Stamp:
    """The stamp of ``panel``, which was made of ``cohort``, the patients that ``chosen`` keeps.

    Events are those of the endpoint the panel shows; deaths where it shows none. ``conventions`` are those of the view;
    left out, they are the ones that the panel's result was computed with, or the paper's. Counts are rounded where the
    view ``hides`` small ones; left out, as in a new session.
    """
    hidden = hidden_at_first(cohort.provenance.kind) if hides is None else hides
    analysed = shown_set(panel.analysed or analysis_set(cohort), hides=hidden)
    endpoint = getattr(panel.result, "endpoint", None)
    events = analysed.deaths if endpoint is None else _events(panel.result.events)
    events = rounded_down(events) if hidden else events
    shown = endpoint or cohort.dictionary.leading
    held: Method = getattr(panel.result, "method", PAPER) if conventions is None else conventions
    return Stamp(
        chosen,
        analysed,
        events,
        shown,
        panel.small,
        cohort.provenance,
        on,
        panel.notices,
        conventions=held,
        looked=looked,
    )


def _events(counted: int | tuple[int, ...]) -> int:
    """The events of a result, of all its groups together where it counts each."""
    return sum(counted) if isinstance(counted, tuple) else int(counted)
