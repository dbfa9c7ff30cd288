"""A comparison whose p-value somebody looks at: what is needed to count it once, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from components.core.estimate import Estimate
from components.engine.event_table import EventTable
from components.engine.permutation import permutation_logrank
from data.entries import Endpoint
from data.levels import Level

LEVEL = 0.05
MOST_DEALT = 10_000
"""Of more patients the approximation is as good, and dealing them anew would take minutes."""

PERMUTATIONS = 9_999
"""Enough to tell a p-value below 0.05 / 20 from one above it."""


@dataclass(frozen=True)
class Look:
    """One test: of which ``endpoint``, what is ``compared`` under its key ``by``, and between which ``groups``.

    The groups of a test stand in no order: the ratio of two levels and the log-rank test between them are one
    comparison. ``beside`` are the ids of what else makes it another one: a landmark, covariates, a cause. ``n`` and
    ``events`` are of all groups together, ``ratio`` a hazard ratio where two groups, or a number's step, have one.
    ``table`` counts the patients of the groups by day, and ``permuted`` is the permutation p where a page shows it.
    """

    endpoint: Endpoint
    by: str
    compared: str
    groups: tuple[Level, ...]
    n: int
    events: int
    p: float
    ratio: Estimate | None = None
    beside: tuple[str, ...] = ()
    table: EventTable | None = field(default=None, compare=False, repr=False)
    permuted: float | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What it is the same comparison by, whichever test gave the p-value."""
        return self.endpoint.key, self.by, frozenset(group.id for group in self.groups), self.beside

    @cached_property
    def judged_p(self) -> float:
        """The p-value by which it is judged among others: below 0.05 the permutation p, where groups can be dealt anew.

        Far out in the tail the chi-square approximation fails first: of a group of three a p of 0.001 means little.
        """
        if self.p >= LEVEL:
            return self.p
        if self.permuted is not None:
            return self.permuted
        return (
            self.p
            if self.table is None or self.n > MOST_DEALT
            else float(permutation_logrank(self.table, PERMUTATIONS).p)
        )


def of_two(table: EventTable | None, a: int, b: int) -> EventTable | None:
    """The event table of two of its levels."""
    if table is None:
        return None
    pair = [a, b]
    return EventTable(table.times, table.events[:, pair], table.censored[:, pair])


def looks_of(result: object) -> tuple[Look, ...]:
    """The comparisons whose p-values ``result``, or each of several, shows; none for one without a test."""
    parts: Iterable[object] = result if isinstance(result, tuple) else (result,)
    return tuple(look for part in parts for look in getattr(part, "looks", ()))
