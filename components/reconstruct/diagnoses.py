"""Subtype and antibodies of every patient, the ends of follow-up being given: one factor after the other.

Subtype comes first, then, within the subtypes, anti-MDA5, whose wide interval leaves room for the fewest cohorts,
anti-ARS and anti-Jo-1. Each search leaves the earlier ones as they are, because it only exchanges levels between
patients of the same subtype.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.follow_up import EARLIEST, TWO_YEARS, late_deaths
from components.reconstruct.labels import Deaths, Question, assigned, exchanged
from components.reconstruct.polish import polished
from components.reconstruct.quotas import quotas
from components.reconstruct.reachable import reachable
from components.reconstruct.splits import death_splits
from components.reconstruct.targets import Bools, FactorTarget, Floats, Ints, SurvivalTarget, Targets
from data.variables import DICTIONARY

SUBTYPE, ARS, MDA5, JO1 = "subtype", "anti_ars", "anti_mda5", "anti_jo1"
SKELETON = (SUBTYPE, MDA5, ARS, JO1)
"""The factors found with the survival times; all others are found afterwards, one by one."""
TESTS = (JO1, ARS, MDA5)
POSITIVE, NEGATIVE, NOT_TESTED = 0, 1, 2
"""Codes of a test's result; the first two are the positions in the factor's levels."""
ATTEMPTS = 3
"""How often one factor is drawn and searched before the ends of follow-up are given up."""


def diagnosed(
    deaths: Deaths, targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE
) -> pd.DataFrame:
    """Subtype and the three antibodies of the outcome population, one row a patient; None where not tested.

    All survival percentages and hazard ratios of the four factors round to print. Jo-1, being one of the ARS
    antibodies, is positive only where ARS is positive or not tested, and ARS only where MDA5 is not positive.
    Raises NotFoundError when a search fails.
    """
    together = np.zeros(len(deaths.last), dtype=np.int64)
    late = _late_deaths_as_printed(deaths, targets)
    found = {SUBTYPE: _searched(_question(targets, SUBTYPE, together, late), deaths, targets, rng)}
    for key in SKELETON[1:]:
        found[key] = antibody(key, found, deaths, targets, rng, assumed)
    people = {SUBTYPE: np.array(DICTIONARY.factor[SUBTYPE].words, dtype=object)[found[SUBTYPE]]}
    for key in TESTS:
        people[key] = np.array([*DICTIONARY.factor[key].words, None], dtype=object)[found[key]]
    return pd.DataFrame(people)


def antibody(
    key: str,
    known: dict[str, Ints],
    deaths: Deaths,
    targets: Targets,
    rng: np.random.Generator,
    assumed: Assumptions = MIDDLE,
    strengths: Floats | None = None,
) -> Ints:
    """Results of one test (n,), positions in its levels and ``NOT_TESTED``; ``known`` holds subtype and earlier tests.

    With ``strengths`` (2,) the dead lean to each level by so much more. Raises NotFoundError when the search fails.
    """
    barred = np.zeros(len(deaths.last), dtype=np.bool_)
    if key == ARS:
        barred = known[MDA5] == POSITIVE
    elif key == JO1:
        barred = known[ARS] == NEGATIVE
    question = _question(targets, key, known[SUBTYPE], _unless(barred, POSITIVE))
    if key == MDA5:
        question = replace(question, lean=_early(deaths, POSITIVE, assumed.early_mda5))
    if strengths is not None:
        lean = np.ones((len(deaths.last), 3)) if question.lean is None else question.lean
        question = replace(question, lean=lean * np.exp([*strengths, 0.0]))
    return _searched(question, deaths, targets, rng)


def _searched(question: Question, deaths: Deaths, targets: Targets, rng: np.random.Generator) -> Ints:
    levels = question.target.factor.words
    if question.target.factor.key == SUBTYPE:
        splits = [{level: targets.count("death", group=f"subtype={level}") for level in levels}]
    else:
        splits = death_splits(question.target, int(deaths.died.sum()))
    reason = ""
    for _ in range(ATTEMPTS):
        split = splits[int(rng.integers(len(splits)))]
        printed = bool(question.target.ratios) or question.target.factor.key == SUBTYPE
        counts = tuple(split.get(level, 0) for level in levels) if printed else None
        codes, far = exchanged(question, deaths, assigned(question, deaths, counts, rng), rng)
        if far > 0.0:
            codes, far = polished(question, deaths, codes, rng)
        if far > 0.0:
            reason = f"best score {far:.3f}"
        elif not _progression_possible(question, deaths, codes, targets):
            reason = "no progressions can follow"
        else:
            return codes
    raise NotFoundError(f"{question.target.factor.label}: {reason}")


def _progression_possible(question: Question, deaths: Deaths, codes: Ints, targets: Targets) -> bool:
    """Whether the progression-free survival printed for single levels can still be met by progressions."""
    found = {t.group: t for t in targets.survival() if t.endpoint.key == "progression_free"}
    factor = question.target.factor
    return all(
        reachable(found[name], deaths.last[codes == k], deaths.died[codes == k], EARLIEST)
        for k, level in enumerate(factor.words)
        if (name := f"{factor.key}={level}") in found
    )


def _question(targets: Targets, key: str, within: Ints, allowed: Bools) -> Question:
    factor = DICTIONARY.factor[key]
    counts = quotas(targets, factor).counts
    return Question(targets.factor(factor), _curves(targets, targets.factor(factor)), within, counts, allowed)


def _curves(targets: Targets, target: FactorTarget) -> tuple[tuple[int, SurvivalTarget], ...]:
    found = {t.group: t for t in targets.survival() if t.endpoint.key == "overall_survival"}
    names = [f"{target.factor.key}={level}" for level in target.factor.words]
    return tuple((k, found[name]) for k, name in enumerate(names) if name in found)


def _late_deaths_as_printed(deaths: Deaths, targets: Targets) -> Bools:
    """Which subtypes each patient may have (n, 4): any, but the late deaths those whose survival leaves no room."""
    late = late_deaths(targets)
    allowed = np.ones((len(deaths.last), len(late) + 1), dtype=np.bool_)
    allowed[:, -1] = False
    dead_late = deaths.died & (deaths.last > TWO_YEARS)
    for k, count in enumerate(late.values()):
        allowed[dead_late, k] = count > 0
    return allowed


def _early(deaths: Deaths, level: int, strength: float) -> Floats:
    """How likely each patient is to be given a level, (n, 3): ``level`` goes to those who died early.

    From exp(strength) at the first death to exp(-strength) at the last.
    """
    lean = np.ones((len(deaths.last), 3))
    rank = np.searchsorted(deaths.days, deaths.last) / max(len(deaths.days) - 1, 1)
    lean[:, level] = np.exp(strength * (1.0 - 2.0 * np.minimum(rank, 1.0)))
    return lean


def _unless(marked: Bools, level: int) -> Bools:
    """Every level allowed to everybody but ``level`` to the marked, (n, 3)."""
    allowed = np.ones((len(marked), 3), dtype=np.bool_)
    allowed[marked, level] = False
    return allowed
