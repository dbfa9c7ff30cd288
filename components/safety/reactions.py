"""Adverse drug reactions: patients, reactions and incidence by category and term."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet
from components.core.columns import Columns, Share, columns
from components.core.estimate import Estimate, Reason, estimate
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.engine.proportions import risk_difference
from components.engine.rates import poisson_limits
from components.safety.reported import ReactionRecords, reaction_records
from data.cohort import Cohort
from data.counted import GivesReactionCounts, ReactionCounts, SmallCountsError
from data.dictionary import Dictionary
from data.entries import Factor
from data.language import say

Exposure = Literal["until the first reaction", "whole follow-up"]
"""What an incidence counts: first reactions per time until them, or every reaction per time followed."""

DAYS_A_YEAR = 365.25
PER_YEARS = 100


INCIDENCE_RATE = Procedure(
    "incidence-rate",
    say("Incidence per 100 patient-years"),
    say("Incidence is per 100 patient-years at risk, with exact Poisson limits ({level})."),
    say("Garwood 1936"),
    formula="100 d / years at risk, χ² quantiles for the limits",
    r="poisson.test",
    section="Safety",
    position=360,
)
RISK_DIFFERENCE = Procedure(
    "risk-difference",
    say("Risk difference"),
    say("Differences of risk have Newcombe's limits ({level})."),
    say("Newcombe 1998, method 10"),
    formula="p − q, limits from the Wilson limits of both",
    r='DescTools::BinomDiffCI(method = "score")',
    section="Safety",
    position=370,
    compares=True,
)


@dataclass(frozen=True)
class ReactionCell:
    """One row of the table in one column.

    ``patients`` with at least one such reaction, each counted once; ``reactions`` however many they had; ``rate`` per
    100 of the ``patient_years`` at risk, with exact Poisson limits; ``difference`` in percentage points against the
    reference column with Newcombe's limits, None where there is nothing to compare.
    """

    patients: Share
    reactions: int
    patient_years: float
    rate: Estimate
    difference: Estimate | None


@dataclass(frozen=True)
class ReactionRow:
    """Any reaction (no category), those of a category (no term) or of a term; all of them, or the serious only.

    ``category`` is the word of files and ``id`` that of the category, by which links ask for it; ``label`` is how the
    row is shown. All three are blank for any reaction.
    """

    id: str
    category: str
    term: str
    serious: bool
    label: str
    cells: tuple[ReactionCell, ...]


@dataclass(frozen=True, eq=False)
class Reactions:
    """Rows: any reaction, then each category followed by its terms, the most frequent first; then the same, serious.

    ``followed`` are the patient-years of each column, whatever happened in them, none for a database.
    ``left_out`` labels categories that are not listed because a count of theirs does not leave the database; with
    ``withholds`` the same may be true of terms, which are not named.
    """

    columns: Columns
    rows: tuple[ReactionRow, ...]
    exposure: Exposure
    method: Method
    left_out: tuple[str, ...] = ()
    withholds: bool = False
    followed: tuple[float, ...] = ()

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody, as in the column of all patients."""
        return self.columns.analysed

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What rates and differences were made with."""
        cells = [cell for row in self.rows for cell in row.cells]
        differences = [cell.difference for cell in cells if cell.difference is not None]
        return listed(
            (INCIDENCE_RATE, any(cell.rate.known for cell in cells)),
            (RISK_DIFFERENCE, any(difference.known for difference in differences)),
        )

    @cached_property
    def _places(self) -> dict[tuple[str, str, bool], ReactionRow]:
        by_term = {("", row.term, row.serious): row for row in reversed(self.rows) if row.term}
        return by_term | {(row.category, row.term, row.serious): row for row in self.rows}

    def row(self, category: str = "", term: str = "", *, serious: bool = False) -> ReactionRow:
        """The row of a category, of a term, or of any reaction; a term without category is sought in all of them.

        Raises KeyError where no such row is listed.
        """
        return self._places[category, term, serious]

    def patients(self, column: str, category: str = "", term: str = "", *, serious: bool = False) -> Share:
        """Patients of ``column`` with such a reaction; nobody where it never occurred."""
        c = self.columns.index(column)
        row = self._places.get((category, term, serious))
        return row.cells[c].patients if row else Share(0, self.columns.n[c])


def reactions(
    cohort: Cohort, by: Factor | None = None, exposure: Exposure = "until the first reaction", method: Method = PAPER
) -> Reactions:
    """The reactions of ``cohort`` by the levels of ``by``: every category of the dictionary, every term that occurs.

    Terms the dictionary pools are counted under their common label. Follow-up runs from day 0 to the last day; a
    reaction without a day counts as a reaction but ends no time at risk. Raises ValueError for a factor that becomes
    known only after the start: its levels are reached by those who stayed long enough.
    """
    if by is not None and by.post_baseline:
        raise ValueError(f"{by.label} becomes known after the start of treatment")
    shown, words = columns(cohort, by), cohort.dictionary
    every = exposure == "whole follow-up"
    if isinstance(cohort, GivesReactionCounts):
        given = cohort.reaction_counts(by)
        keys, tallies = _of_counts(shown, given, words, every=every)
        left_out = tuple(words.category_label(category) for category in given.left_out)
        withholds = given.withholds
    else:
        rows = reaction_records(cohort)
        keys = _keys(rows, words)
        follow_up = cohort.last_days.astype(np.float64)
        tallies = [
            _tally(shown, rows.matching(serious=serious), keys, follow_up, every=every) for serious in (False, True)
        ]
        left_out, withholds = (), False
    lines = [
        ReactionRow(words.category_id(category), category, term, serious, _label(words, category, term), cells)
        for serious, tally in zip((False, True), tallies, strict=True)
        for (category, term), cells in zip(keys, _cells(shown, tally, method, every=every), strict=True)
    ]
    years = () if isinstance(cohort, GivesReactionCounts) else (cohort.last_days @ shown.members / DAYS_A_YEAR).tolist()
    return Reactions(shown, tuple(lines), exposure, method, left_out, withholds, tuple(years))


def _label(words: Dictionary, category: str, term: str) -> str:
    return words.term_label(category, term) if term else words.category_label(category)


def _keys(rows: ReactionRecords, dictionary: Dictionary) -> list[tuple[str, str]]:
    """The rows of the table: any, then each category followed by its terms, the most frequent first."""
    patients = set(zip(rows.category, rows.counted, rows.position.tolist(), strict=True))
    terms: dict[str, list[tuple[int, str]]] = {category.word: [] for category in dictionary.reaction_categories}
    for (category, label), n in sorted(Counter((category, label) for category, label, _ in patients).items()):
        terms.setdefault(category, []).append((-n, label))
    keys = [("", "")]
    for category, found in terms.items():
        keys += [(category, ""), *((category, label) for _, label in sorted(found))]
    return keys


@dataclass(frozen=True, eq=False)
class _Tally:
    """Of each row and column (R, C): patients, reactions, and years at risk."""

    patients: NDArray[np.int64]
    reactions: NDArray[np.int64]
    years: NDArray[np.float64]


def _tally(
    shown: Columns, rows: ReactionRecords, keys: list[tuple[str, str]], follow_up: NDArray[np.float64], *, every: bool
) -> _Tally:
    had, first = _per_patient(rows, keys, len(follow_up))
    at_risk = np.broadcast_to(follow_up, had.shape) if every else np.clip(first, 0, follow_up)
    return _Tally(shown.counts(had > 0), shown.counts(had), at_risk @ shown.members / DAYS_A_YEAR)


def _of_counts(
    shown: Columns, given: ReactionCounts, words: Dictionary, *, every: bool
) -> tuple[list[tuple[str, str]], list[_Tally]]:
    """The rows of the table and their counts, summed over the levels of each column.

    A listed category that nobody had a reaction of is a row of zeros. Raises SmallCountsError where not even the
    patients with any reaction are said.
    """
    if "" in given.left_out:
        raise SmallCountsError
    levels = given.patients.shape[2]
    inside = np.zeros((levels, len(shown.levels)), dtype=np.int64)
    for c, own in enumerate(shown.levels):
        inside[slice(None) if own is None else list(own), c] = 1
    sizes = {key: int(n) for key, n in zip(given.keys, given.patients[0].sum(axis=1), strict=True)}
    terms: dict[str, list[tuple[int, str]]] = {
        one.word: [] for one in words.reaction_categories if one.word not in given.left_out
    }
    for (category, term), n in sorted(sizes.items()):
        if term and category not in given.left_out:
            terms.setdefault(category, []).append((-n, term))
    keys = [("", "")]
    for category, found in terms.items():
        keys += [(category, ""), *((category, term) for _, term in sorted(found))]
    place = {key: r for r, key in enumerate(given.keys)}
    none = np.zeros(levels)

    def of(counts: NDArray[np.int64] | NDArray[np.float64], otherwise: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = [counts[place[key]] if key in place else otherwise for key in keys]
        return np.asarray(np.stack(rows) @ inside, dtype=np.float64)

    return keys, [
        _Tally(
            of(given.patients[k], none).astype(np.int64),
            of(given.reactions[k], none).astype(np.int64),
            of(np.broadcast_to(given.days, given.at_risk[k].shape) if every else given.at_risk[k], given.days)
            / DAYS_A_YEAR,
        )
        for k in (0, 1)
    ]


def _cells(shown: Columns, tally: _Tally, method: Method, *, every: bool) -> list[tuple[ReactionCell, ...]]:
    patients, total, years = tally.patients, tally.reactions, tally.years
    rates = _rates(total if every else patients, years, method)
    differences = _differences(patients, shown, method)
    of = shown.n
    shares = [[Share(*pair) for pair in zip(row, of, strict=True)] for row in patients.tolist()]
    tables = zip(shares, total.tolist(), years.tolist(), rates, differences, strict=True)
    return [tuple(map(ReactionCell, *parts)) for parts in tables]


def _per_patient(
    rows: ReactionRecords, keys: list[tuple[str, str]], n: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many reactions of each row each patient had, and the day of the first (infinite: none), (R, n) each."""
    place = {key: r for r, key in enumerate(keys)}
    pairs = zip(rows.category, rows.counted, strict=True)
    counted_in = [(0, place[category, ""], place[category, label]) for category, label in pairs]
    row = np.array(counted_in, dtype=np.int64).reshape(-1, 3)
    cell = (row * n + rows.position[:, None]).ravel()
    first = np.full(len(keys) * n, np.inf)
    np.fmin.at(first, cell, np.repeat(rows.day, 3))
    had = np.bincount(cell, minlength=len(first))
    return had.reshape(len(keys), n), first.reshape(len(keys), n)


def per_years(events: NDArray[np.int64] | NDArray[np.float64], years: NDArray[np.float64]) -> NDArray[np.float64]:
    """``events`` per 100 of the ``years``, of one shape; not a number without any."""
    per: NDArray[np.float64] = np.divide(PER_YEARS, years, out=np.full(years.shape, np.nan), where=years > 0)
    return events * per


def _rates(events: NDArray[np.int64], years: NDArray[np.float64], method: Method) -> list[list[Estimate]]:
    """Events per 100 patient-years with exact limits, (R, C)."""
    points = np.stack([per_years(part, years) for part in (events, *poisson_limits(events, method.level))])
    return [
        [estimate(rate, lower, upper, Reason.NO_FOLLOW_UP) for rate, lower, upper in row]
        for row in points.transpose(1, 2, 0).tolist()
    ]


def _differences(patients: NDArray[np.int64], shown: Columns, method: Method) -> list[list[Estimate | None]]:
    """Percentage points against the reference column, (R, C); None for it, for everybody and for what overlaps it."""
    n, r, compared = np.array(shown.n), shown.reference, shown.compared
    found = risk_difference(patients, n, patients[:, r, None], n[r], method.level)
    points = 100 * np.stack([found.estimate, found.lower, found.upper], axis=-1)
    return [
        [estimate(*cell) if wanted else None for cell, wanted in zip(row, compared, strict=True)]
        for row in points.tolist()
    ]
