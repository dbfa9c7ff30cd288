"""The stamp of everything that leaves the dashboard: who is shown, how it was computed, where the data come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from components.wording.footer import VERSION, data_line, events_line, made_line

if TYPE_CHECKING:
    from components.panels.panel import Panel
    from data.cohort import Cohort, Provenance
    from data.dictionary import Endpoint, Population
    from data.filters import Filter


@dataclass(frozen=True)
class Stamp:
    """What a figure or table must not be parted from.

    ``n`` patients of ``population`` meet ``filter``; ``events`` of ``endpoint`` happened among them; ``caution`` are
    the panel's sentences to be read first, ``method`` its conventions and caveats; ``on`` is the date of the file.
    """

    filter: Filter
    population: Population
    n: int
    events: int
    endpoint: Endpoint
    method: str
    provenance: Provenance
    on: date
    caution: tuple[str, ...] = ()
    version: str = VERSION

    @property
    def lines(self) -> tuple[str, ...]:
        """The stamp in small type: cautions, method, patients and events, data, version and date."""
        return (
            *self.caution,
            *((self.method,) if self.method else ()),
            events_line(self.filter, self.population, self.n, self.endpoint, self.events),
            f"{data_line(self.provenance)} {made_line(self.on, self.version)}",
        )


def stamp(cohort: Cohort, population: Population, chosen: Filter, panel: Panel, on: date) -> Stamp:
    """The stamp of ``panel``, which was made of ``cohort``, the patients of ``population`` that ``chosen`` keeps.

    Events are those of the endpoint the panel shows; deaths where it shows none.
    """
    endpoint = getattr(panel.result, "endpoint", None)
    if endpoint is None:
        endpoint = cohort.dictionary.endpoints[0]
        n, events = cohort.n, int(cohort.time_to(endpoint)[1].sum())
    else:
        n, events = int(panel.result.n), int(panel.result.events)
    return Stamp(chosen, population, n, events, endpoint, panel.note, cohort.provenance, on, panel.notices)
