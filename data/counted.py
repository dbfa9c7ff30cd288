"""Patients counted by what was asked of them: all that leaves a database whose rows stay where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from data.dictionary import Dictionary
from data.entries import Endpoint, Factor, Population

if TYPE_CHECKING:
    from numpy.typing import NDArray


class RowsElsewhereError(Exception):
    """Something asked for single patients, whose rows stay in the database."""


class SmallCountsError(Exception):
    """What was asked for would be counts of so few patients that they do not leave the database."""


@dataclass(frozen=True)
class Bands:
    """How many days are counted together, each band at the day in its middle, and the day on which follow-up is ended.

    Both are there so that no small count is left; None where follow-up has its own end.
    """

    width: int = 1
    cut: int | None = None

    @property
    def changed(self) -> bool:
        """Whether days are other than observed."""
        return self.width > 1 or self.cut is not None

    def with_(self, other: Bands) -> Bands:
        """What is true of both: the wider band, the earlier end."""
        ends = [one.cut for one in (self, other) if one.cut is not None]
        return Bands(max(self.width, other.width), min(ends, default=None))


@dataclass(frozen=True)
class Countable:
    """Of what was asked for, ``shown``, and what is ``hidden`` because a count in it would be small.

    ``bands`` are the widest that days are counted in so that none is, and the earliest end.
    """

    shown: tuple[Factor, ...]
    hidden: tuple[Factor, ...] = ()
    bands: Bands = field(default_factory=Bands)


@dataclass(frozen=True)
class Moments:
    """A number described by the database: values, patients without one, mean, SD (n - 1), and the five quartiles.

    Quartiles are those of SAS's definition 5; what too few values leave unknown is not a number.
    """

    n: int
    missing: int
    mean: float
    sd: float
    fourths: tuple[float, float, float, float, float]


@runtime_checkable
class GivesMoments(Protocol):
    """Patients who are described where their rows are, because only counts come from there."""

    def moments(
        self, columns: Sequence[str], by: Factor | None, parts: Sequence[tuple[int, ...] | None]
    ) -> tuple[tuple[Moments, ...] | None, ...]:
        """Each number described in each of ``parts``: levels of ``by`` by position, None for everybody.

        None instead of a number of which something small would be said.
        """


@dataclass(frozen=True, eq=False)
class ReactionCounts:
    """Reactions counted where their rows are: of each of ``keys`` (R) and each level of a factor (K + 1, last unknown).

    A key is a category and a pooled term by their words, blank for any. ``patients`` had at least one such
    ``reaction`` (2, R, K + 1), all and serious ones. ``at_risk`` are days until the first, ``days`` (K + 1)
    all that were followed. ``left_out`` are categories of which a count would be small, and with ``withholds`` so may
    be terms.
    """

    keys: tuple[tuple[str, str], ...]
    patients: NDArray[np.int64]
    reactions: NDArray[np.int64]
    at_risk: NDArray[np.float64]
    days: NDArray[np.float64]
    left_out: tuple[str, ...] = ()
    withholds: bool = False


@runtime_checkable
class GivesReactionCounts(Protocol):
    """Patients whose reactions are counted where their rows are."""

    def reaction_counts(self, by: Factor | None) -> ReactionCounts:
        """The reactions by category, term and level of ``by``."""


@dataclass(frozen=True, eq=False)
class Counted:
    """A row (R) for each combination that occurs of what was asked, and ``weights`` (R,), how many patients have it.

    ``levels`` holds the codes of each factor asked for by its key, ``times`` the observed day and whether the event
    happened on it by the key of each endpoint, all (R,). It answers as a cohort does whatever was asked; a KeyError is
    raised for anything else. ``last`` is the last day of follow-up, if an endpoint was asked for. ``bands`` is how
    days are counted together.
    """

    weights: NDArray[np.int64]
    levels: Mapping[str, NDArray[np.int64]]
    times: Mapping[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]
    last: NDArray[np.int64]
    dictionary: Dictionary
    population: Population | None
    bands: Bands = field(default_factory=Bands)

    @property
    def n(self) -> int:
        """Number of patients."""
        return int(self.weights.sum())

    @property
    def rows(self) -> int:
        """Number of combinations."""
        return len(self.weights)

    @property
    def last_days(self) -> NDArray[np.int64]:
        """The last day of follow-up of the patients of each row, (R,)."""
        return self.last

    def codes(self, factor: Factor) -> NDArray[np.int64]:
        """Each row's level as a position in ``factor.levels``, -1 where not recorded, (R,)."""
        return self.levels[factor.key]

    def time_to(self, endpoint: Endpoint) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Each row's observed day (R,) and whether the event happened on it (R,)."""
        return self.times[endpoint.key]

    def counted_by(self, *_asked: Factor | Endpoint | None) -> Counted:
        """Itself: it has been counted."""
        return self

    def where(self, kept: NDArray[np.bool_]) -> Counted:
        """The rows for which ``kept`` (R,) is true."""
        return replace(
            self,
            weights=self.weights[kept],
            levels={key: codes[kept] for key, codes in self.levels.items()},
            times={key: (days[kept], had[kept]) for key, (days, had) in self.times.items()},
            last=self.last[kept],
        )
