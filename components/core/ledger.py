"""The comparisons of a session, each once, and what their p-values are worth together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from components.core.look import LEVEL, Look
from components.engine.multiplicity import adjusted

PLANNED = 100
"""Every comparison is judged as one of at least so many: a first look is no finding because it was the first.

Twenty views show some 70 to 100 comparisons."""


@dataclass(frozen=True)
class Entry:
    """A look on a ``page`` at the patients of ``filter`` (a query), in words ``patients``; ``printed`` by the paper."""

    look: Look
    page: str
    filter: str
    patients: str
    until: int | None
    printed: bool

    @property
    def key(self) -> tuple[object, ...]:
        """What it is counted once by: the same comparison of the same patients over the same follow-up."""
        return self.filter, self.until, *self.look.key


def among_planned(look: Look) -> float:
    """The p-value of a comparison judged as one of ``PLANNED``: Holm's of it in a ledger that holds nothing else.

    From 0.01 on it is 1 whichever p it is made of, and nobody is dealt anew.
    """
    return 1.0 if look.p * PLANNED >= 1.0 else min(1.0, PLANNED * look.judged_p)


@dataclass(frozen=True)
class Ledger:
    """Every distinct comparison that was looked at, in the order of first looks.

    Those that the paper printed were chosen before anybody looked here; they do not count as exploration.
    """

    entries: tuple[Entry, ...] = ()

    def with_entries(self, seen: Iterable[Entry]) -> Ledger:
        """The ledger after these looks; one that stands there already stays as it was first seen."""
        found = {entry.key: entry for entry in self.entries}
        for entry in seen:
            found.setdefault(entry.key, entry)
        return self if len(found) == len(self.entries) else Ledger(tuple(found.values()))

    @cached_property
    def exploratory(self) -> tuple[Entry, ...]:
        """The comparisons that nobody had printed before."""
        return tuple(entry for entry in self.entries if not entry.printed)

    @property
    def printed(self) -> tuple[Entry, ...]:
        """The comparisons that the paper printed."""
        return tuple(entry for entry in self.entries if entry.printed)

    @property
    def judged_as(self) -> int:
        """How many comparisons each is judged as one of."""
        return max(len(self.exploratory), PLANNED)

    @cached_property
    def holm(self) -> tuple[float, ...]:
        """Holm's p-value of each exploratory comparison, among at least ``PLANNED``, in their order.

        It is made of the p-values by which they are judged, permutation p-values below 0.05.

        R: ``p.adjust(p, "holm", n = max(length(p), 100))``.
        """
        return self._adjusted("holm")

    @cached_property
    def false_discovery(self) -> tuple[float, ...]:
        """Benjamini and Hochberg's, likewise. R: ``p.adjust(p, "BH", n = max(length(p), 100))``."""
        return self._adjusted("benjamini-hochberg")

    def _adjusted(self, method: str) -> tuple[float, ...]:
        ps = [entry.look.judged_p for entry in self.exploratory]
        unseen = [1.0] * (self.judged_as - len(ps))
        return tuple(adjusted([*ps, *unseen], method)[: len(ps)].tolist()) if ps else ()  # type: ignore[arg-type]

    @property
    def findings(self) -> tuple[Entry, ...]:
        """The exploratory comparisons whose Holm p-value lies below 0.05."""
        return tuple(entry for entry, p in zip(self.exploratory, self.holm, strict=True) if p < LEVEL)

    @property
    def by_chance(self) -> float:
        """The chance that one of as many independent comparisons without any difference falls below 0.05."""
        return float(1.0 - np.power(1.0 - LEVEL, len(self.exploratory)))
