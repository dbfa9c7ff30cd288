"""What else was given: treatment at the start, and drugs other than the one studied started or pulsed later on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet
from components.core.columns import Columns, Share, columns, positions
from data.cohort import Cohort
from data.entries import Factor, Section
from data.levels import PULSE, START, Level

GIVEN = (START.word, PULSE.word)
"""The actions of a treatment row by which a patient receives the drug."""


@dataclass(frozen=True)
class AtStart:
    """In each column the patients with ``level`` of a treatment factor, out of those for whom it is recorded."""

    factor: Factor
    level: Level
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Given:
    """In each column the patients who were ever given a drug by an action, and how many ``times`` in all."""

    drug: Level
    action: Level
    shares: tuple[Share, ...]
    times: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Concomitant:
    """Treatment at the start and what was given besides the drug studied on any day, the most frequent first."""

    columns: Columns
    at_start: tuple[AtStart, ...]
    given: tuple[Given, ...]

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody, as in the column of all patients."""
        return self.columns.analysed


def concomitant(cohort: Cohort, section: Section, by: Factor | None = None) -> Concomitant:
    """Concomitant treatment by the levels of ``by``; ``section`` is that of the factors known at the start.

    A factor with two levels gives one row, its second level; others give every level but the reference.
    """
    shown = columns(cohort, by)
    at_start: list[AtStart] = []
    for factor in cohort.dictionary.factors:
        if factor.section == section and factor is not by:
            codes = cohort.codes(factor)
            levels = factor.levels[1:] if len(factor.levels) == 2 else factor.levels
            at_start += [
                AtStart(factor, level, shown.shares(codes == factor.levels.index(level), codes >= 0))
                for level in levels
                if len(factor.levels) == 2 or level.id != factor.reference
            ]
    return Concomitant(shown, tuple(at_start), _given(cohort, shown))


def _given(cohort: Cohort, shown: Columns) -> tuple[Given, ...]:
    words = cohort.dictionary
    found = [
        Given(
            words.drug(drug), words.action(action), shown.shares(times > 0), tuple(int(n) for n in shown.counts(times))
        )
        for (drug, action), times in times_given(cohort).items()
    ]
    return tuple(sorted(found, key=lambda given: (-given.shares[0].n, given.drug.word, given.action.word)))


def times_given(cohort: Cohort) -> dict[tuple[str, str], NDArray[np.int64]]:
    """How often each patient was given each drug other than the study's by each action, (n,)."""
    table = cohort.treatments
    rows = table[
        (table["drug"] != cohort.dictionary.study_drug.word).to_numpy() & table["action"].isin(GIVEN).to_numpy()
    ]
    patient = positions(cohort, rows["patient"])
    found = {}
    for drug, action in dict.fromkeys(zip(rows["drug"], rows["action"], strict=True)):
        own = patient[((rows["drug"] == drug) & (rows["action"] == action)).to_numpy()]
        found[str(drug), str(action)] = np.bincount(own[own >= 0], minlength=cohort.n).astype(np.int64)
    return found
