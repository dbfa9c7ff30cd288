"""Every further factor as its own problem: which patients carry which level, given all survival times.

Counts by level (within each subtype where printed) hold from the start, as levels are only exchanged between patients;
the exchange goes on until the hazard ratios and their limits come back. A new factor needs no code: its rows in the
list of published numbers and its line in the dictionary are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from components.reconstruct.affinities import NEVER_TOGETHER, affinity
from components.reconstruct.annealing import NotFoundError, Schedule, annealed
from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.diagnoses import SKELETON
from components.reconstruct.labels import Deaths, Question, exchanged
from components.reconstruct.polish import polished
from components.reconstruct.quotas import SUBTYPES, Quotas, outside_levels, quotas
from components.reconstruct.splits import death_splits
from components.reconstruct.targets import FactorTarget, Floats, Ints, Targets
from components.reconstruct.unprinted import drawn_strengths
from data.entries import Factor
from data.variables import DICTIONARY

FIRST = ("onset", "presentation", "ct_pattern")
"""Factors on which the plausibility of others rests, whatever their place in the dictionary."""
ATTEMPTS = 40
POLISHABLE = 9.0
"""How far a search may be from print for the last digits to be worth looking for; else other patients die."""
SWEEPS, SETTLING = 120, 300
BATCH = 64
SPLIT = Schedule(rounds=400, hot=0.5, cold=0.1)


@dataclass(frozen=True)
class _Problem:
    """One factor: who was at risk at each death (D, n), who died in order (D,), strata and log weights of levels."""

    target: FactorTarget
    at_risk: Floats
    order: Ints
    stratum: Ints
    weight: Floats
    deaths: Deaths


def with_factors(
    patients: pd.DataFrame, targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE
) -> pd.DataFrame:
    """``patients`` (the skeleton's safety population) with a column for every factor of Tables 1 and 4.

    Derived factors get a column too: the group in which the number, or the baseline measurement, has to lie.
    Raises NotFoundError when a factor's hazard ratios are not reached.
    """
    found = patients.copy()
    for factor in in_order():
        if quotas(targets, factor).counts[:, :-1].any():
            strengths = drawn_strengths(targets.factor(factor), targets, rng) if assumed.second else None
            found[factor.key] = levels_of(found, factor, targets, assumed.together, rng, strengths)
    return found


def in_order() -> tuple[Factor, ...]:
    """The factors found after the skeleton, in the order in which they are."""
    factors = [entry for entry in DICTIONARY.factors if entry.key not in SKELETON and not entry.post_baseline]
    return tuple(sorted(factors, key=lambda entry: entry.key not in FIRST))


def levels_of(
    patients: pd.DataFrame,
    factor: Factor,
    targets: Targets,
    together: float,
    rng: np.random.Generator,
    strengths: Floats | None = None,
) -> list[str | None]:
    """The level of ``factor`` that each patient carries (None: none recorded), whatever their earlier columns are.

    With ``strengths`` (K,) the dead lean to each level by so much more, and plausible divisions of the deaths are tried
    in a random order; without them the most plausible comes first.
    Raises NotFoundError when its hazard ratios are not reached.
    """
    wanted = quotas(targets, factor)
    weight = affinity(patients, factor, targets, together)
    if strengths is not None:
        weight[patients["death_day"].notna().to_numpy(), :-1] += strengths
    inside = np.ones(len(patients), dtype=np.bool_)
    if wanted.population == "outcome":
        inside = (patients["population"] == "Outcome").to_numpy()
    problem = _problem(patients[inside], factor, wanted, weight[inside], targets)
    codes = np.full(len(patients), len(factor.words))
    splits = death_splits(problem.target, targets.count("death", population="outcome")) if problem.target.ratios else []
    if strengths is not None:
        splits = [splits[i] for i in rng.permutation(len(splits))]
    codes[inside] = _assigned(problem, wanted, splits, rng)
    for patient in np.flatnonzero(~inside):
        chance = np.exp(weight[patient]) * wanted.counts.sum(axis=0)
        codes[patient] = int(rng.choice(len(chance), p=chance / chance.sum()))
        level = outside_levels(targets).get(factor.key, "")
        if level != "":
            codes[patient] = len(factor.words) if level is None else factor.words.index(level)
    return [factor.words[code] if code < len(factor.words) else None for code in codes]


def _problem(patients: pd.DataFrame, factor: Factor, wanted: Quotas, weight: Floats, targets: Targets) -> _Problem:
    death = patients["death_day"].to_numpy(dtype=np.float64)
    order = np.argsort(death, kind="stable")[: int((~np.isnan(death)).sum())]
    last = patients["last_day"].to_numpy(dtype=np.float64)
    stratum = pd.Categorical(patients["subtype"], categories=SUBTYPES).codes.astype(np.int64)
    if len(wanted.counts) == 1:
        stratum = np.zeros_like(stratum)
    target = targets.factor(factor)
    there = (last[None, :] >= death[order][:, None]).astype(np.float64)
    weight = weight.copy()
    weight[np.ix_(order, np.array(target.eventless, dtype=np.int64))] = -1e3
    return _Problem(target, there, order, stratum, weight, Deaths(last.astype(np.int64), ~np.isnan(death)))


def _assigned(problem: _Problem, wanted: Quotas, splits: list[dict[str, int]], rng: np.random.Generator) -> Ints:
    """Level codes (n,) that meet the counts and the hazard ratios; ``splits`` of the deaths are tried in turn."""
    codes = np.empty(len(problem.stratum), dtype=np.int64)
    for stratum, counts in enumerate(wanted.counts):
        codes[problem.stratum == stratum] = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    for _ in range(SWEEPS):
        codes = _leaning(codes, problem, rng)
    codes = _repaired(codes, problem)
    if not problem.target.ratios:
        return codes
    allowed = np.ones((len(codes), wanted.counts.shape[1]), dtype=np.bool_)
    question = Question(problem.target, (), problem.stratum, wanted.counts, allowed)
    missed = np.inf
    for attempt in range(ATTEMPTS):
        split = splits[attempt % len(splits)]
        state, _ = annealed(
            codes,
            lambda state, random: _exchanged(state, problem, problem.order, random),
            lambda batch, split=split: _split_missed(batch, problem, split),  # type: ignore[misc]
            rng,
            SPLIT,
        )
        state, missed = exchanged(question, problem.deaths, state, rng)
        if 0.0 < missed < POLISHABLE:
            state, missed = polished(question, problem.deaths, state, rng)
        if missed <= 0.0:
            return _settled(state, problem, rng)
    raise NotFoundError(f"{problem.target.factor.key}: best score {missed:.3f}")


def _settled(codes: Ints, problem: _Problem, rng: np.random.Generator) -> Ints:
    """Levels that lean as the weights do, and print the same.

    The search for the last digits knows nothing of plausibility. The living who leave between the same two deaths are
    at risk at the same deaths, so that whatever they exchange leaves every printed number as it is.
    """
    deaths = problem.deaths
    survived = np.searchsorted(deaths.days, deaths.last, side="right")
    alone = len(deaths.days) + 1 + np.arange(len(codes))
    alike = np.where(deaths.died, alone, survived) + 1000 * problem.stratum
    for _ in range(SETTLING):
        codes = _leaning(codes, replace(problem, stratum=alike), rng)
    return codes


def _leaning(codes: Ints, problem: _Problem, rng: np.random.Generator) -> Ints:
    """One sweep of exchanges between random pairs, accepted by the log weights (Metropolis)."""
    codes = codes.copy()
    order = rng.permutation(len(codes))
    order = order[np.argsort(problem.stratum[order], kind="stable")]
    order = order[int(rng.integers(2)) :]
    pairs = order[: len(order) // 2 * 2].reshape(-1, 2)
    one, other = pairs[problem.stratum[pairs[:, 0]] == problem.stratum[pairs[:, 1]]].T
    taken = rng.random(len(one)) < np.exp(np.minimum(_gain(codes, one, other, problem.weight), 0.0))
    one, other = one[taken], other[taken]
    codes[one], codes[other] = codes[other], codes[one]
    return codes


def _repaired(codes: Ints, problem: _Problem) -> Ints:
    """Levels with what never goes together taken apart, by the most plausible exchange within the stratum."""
    codes = codes.copy()
    for patient in np.flatnonzero(problem.weight[np.arange(len(codes)), codes] <= NEVER_TOGETHER / 2):
        others = np.flatnonzero((problem.stratum == problem.stratum[patient]) & (codes != codes[patient]))
        if len(others):
            gains = _gain(codes, np.full(len(others), patient), others, problem.weight)
            other = int(others[int(gains.argmax())])
            codes[patient], codes[other] = codes[other], codes[patient]
    return codes


def _gain(codes: Ints, one: Ints, other: Ints, weight: Floats) -> Floats:
    """How much more plausible it is for each pair to exchange levels."""
    after = weight[one, codes[other]] + weight[other, codes[one]]
    gain: Floats = after - weight[one, codes[one]] - weight[other, codes[other]]
    return gain


def _exchanged(state: Ints, problem: _Problem, candidates: Ints, rng: np.random.Generator) -> Ints:
    """A batch with one or two exchanges of different levels within a stratum, implausible ones less often."""
    batch = np.repeat(state[None], BATCH, axis=0)
    for rows in (np.arange(BATCH), np.flatnonzero(rng.random(BATCH) < 0.4)):
        one = rng.choice(candidates, len(rows))
        other = rng.integers(0, len(state), len(rows))
        held, offered = batch[rows, one], batch[rows, other]
        after = problem.weight[one, offered] + problem.weight[other, held]
        gain = after - problem.weight[one, held] - problem.weight[other, offered]
        taken = (problem.stratum[one] == problem.stratum[other]) & (rng.random(len(rows)) < np.exp(np.minimum(gain, 0)))
        kept, a, b = rows[taken], one[taken], other[taken]
        batch[kept, a], batch[kept, b] = offered[taken], held[taken]
    return batch


def _split_missed(batch: Ints, problem: _Problem, split: dict[str, int]) -> Floats:
    missed = np.zeros(len(batch))
    for k, level in enumerate(problem.target.factor.words):
        if level in split or k in problem.target.eventless:
            missed += np.abs((batch[:, problem.order] == k).sum(axis=1) - split.get(level, 0))
    return missed
