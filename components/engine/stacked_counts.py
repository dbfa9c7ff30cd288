"""Events and patients at risk of several cohorts at once, each at its own event days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.event_table import Counts, Floats
from components.engine.partial_likelihood import Bools


@dataclass(frozen=True, eq=False)
class StackedDays:
    """Patients of ``cohorts`` (B) cohorts by the event days of their own cohort, of which there are at most ``most``.

    ``place`` (n,) is each patient's: twice the number of event days of his cohort up to and on his own day, plus 1
    where he had the event on it (so on the last of them), behind those of the cohorts before his.
    """

    place: Counts
    cohorts: int
    most: int

    def counts(self, codes: Counts, levels: int) -> tuple[Floats, Floats]:
        """Events and patients at risk, (B, D, K) each, padded with 0, as ``engine.cox.fitted`` takes them.

        ``codes`` (n,) run from 0 to ``levels - 1``; a negative one leaves the patient out.
        """
        shape = (self.cohorts, self.most + 1, 2)
        size = int(np.prod(shape))
        cell = np.maximum(codes, -1) * size + (self.place + size)
        ended = np.bincount(cell, minlength=(levels + 1) * size).reshape(levels + 1, *shape)[1:, :, 1:]
        ended = np.moveaxis(ended, 0, 2).astype(np.float64)  # (B, D, K, 2)
        events: Floats = np.ascontiguousarray(ended[..., 1])
        last = events + ended[..., 0]
        return events, np.ascontiguousarray(np.cumsum(last[:, ::-1], axis=1)[:, ::-1])


def stacked_days(days: Counts, had: Bools, cohort: Counts, cohorts: int) -> StackedDays:
    """The patients of ``cohorts`` cohorts, of whom ``cohort`` (n,) says whose each is, by their own event days."""
    most = int(days.max(initial=0))
    happened = np.zeros((cohorts, most + 1), dtype=np.bool_)
    happened[cohort[had], days[had]] = True
    nth = np.cumsum(happened, axis=1)
    most_days = int(nth[:, -1].max(initial=0))
    place: Counts = (cohort * (most_days + 1) + nth[cohort, days]) * 2 + had
    return StackedDays(place, cohorts, most_days)
