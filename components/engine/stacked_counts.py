"""Events and patients at risk of several cohorts at once, each at its own event days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.event_table import Counts, Floats
from components.engine.partial_likelihood import Bools


@dataclass(frozen=True, eq=False)
class StackedDays:
    """Patients of ``cohorts`` (B) cohorts by the event days of their own cohort, of which there are at most ``most``.

    ``cohort`` and ``had`` (n,) are each patient's cohort and whether he had the event; ``followed`` (n,) counts the
    event days of his cohort up to and on his own day, so that an event is on the last of them.
    """

    cohort: Counts
    had: Bools
    followed: Counts
    cohorts: int
    most: int

    def counts(self, codes: Counts, levels: int) -> tuple[Floats, Floats]:
        """Events and patients at risk, (B, D, K) each, padded with 0, as ``engine.cox.fitted`` takes them.

        ``codes`` (n,) run from 0 to ``levels - 1``; a negative one leaves the patient out.
        """
        shape = (self.cohorts, self.most + 1, levels)
        cell = (self.cohort * shape[1] + self.followed) * levels + codes
        known = codes >= 0
        size = int(np.prod(shape))
        events = np.bincount(cell[known & self.had], minlength=size).reshape(shape)[:, 1:]
        last = np.bincount(cell[known], minlength=size).reshape(shape)[:, 1:]
        at_risk = np.cumsum(last[:, ::-1], axis=1)[:, ::-1]
        return events.astype(np.float64), at_risk.astype(np.float64)


def stacked_days(days: Counts, had: Bools, cohort: Counts, cohorts: int) -> StackedDays:
    """The patients of ``cohorts`` cohorts, of whom ``cohort`` (n,) says whose each is, by their own event days."""
    most = int(days.max(initial=0))
    happened = np.zeros((cohorts, most + 1), dtype=np.bool_)
    happened[cohort[had], days[had]] = True
    nth = np.cumsum(happened, axis=1)
    followed: Counts = nth[cohort, days].astype(np.int64)
    return StackedDays(cohort, had, followed, cohorts, int(nth[:, -1].max(initial=0)))
