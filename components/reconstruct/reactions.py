"""Adverse drug reactions: who has how many, of which category and term, serious or not, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct import targets as printed
from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.course_rules import AFTER_STOP
from components.reconstruct.reaction_quotas import Quota, quotas
from components.reconstruct.reaction_terms import (
    ALWAYS_SERIOUS,
    OTHER_CATEGORY,
    OTHER_TERMS,
    SERIOUS_OTHER_TERMS,
    SERIOUS_SINGLE_TERMS,
    SINGLE_TERMS,
)
from components.reconstruct.schedule import CLINICAL, day_column
from components.reconstruct.targets import Targets
from data.variables import DICTIONARY

ONSET = {
    "Infections": 60.0,
    "Renal impairment": 90.0,
    "Impaired glucose tolerance": 30.0,
    "Psychiatric and nervous system disorders": 14.0,
}
ONSET_ELSEWHERE, ONSET_SPREAD = 35.0, 1.2
"""Median day of onset by category and elsewhere, and the standard deviation of its logarithm."""
BEFORE_STOP = 7
"""Days before the stop within which the reaction began that made a patient stop for an adverse event."""
STOP_FOR_EVENT = "Adverse event"
OUTCOMES = ("Recovered", "Recovering", "Not recovered", "Unknown")
OUTCOME_SHARES = (0.62, 0.18, 0.14, 0.06)
UNSETTLED = 21
"""Days before the end of follow-up within which a reaction is not yet recovered."""
MOST = 8
"""Most reactions of one patient."""
UNEVEN = 1.5
"""Shape of the gamma distribution by which the number of reactions differs between patients."""
EXPOSURE = 60.0
"""Days of treatment after which a reaction has become as likely as it will be."""
HIGH_DOSE_INFECTION = 1.6
"""How much more often infections go with high-dose corticosteroids."""
ATTEMPTS = 50


@dataclass
class _Placed:
    """Rows placed so far: how many each patient may still take, and each patient's (category, term, serious)."""

    room: NDArray[np.int64]
    rows: list[list[tuple[str, str, bool]]] = field(default_factory=list)

    def add(self, patient: int, category: str, term: str, *, serious: bool) -> None:
        """Give one reaction to a patient."""
        self.room[patient] -= 1
        self.rows[patient].append((category, term, serious))

    def free_of(self, term: str) -> NDArray[np.bool_]:
        """Patients with room who do not have the term yet, (n,)."""
        without = np.array([all(term != row[1] for row in rows) for rows in self.rows], dtype=np.bool_)
        return np.asarray((self.room > 0) & without, dtype=np.bool_)


class NotPlacedError(ValueError):
    """The reactions could not be placed to the patients as the printed counts demand."""


def reactions(
    patients: pd.DataFrame,
    plan: pd.DataFrame,
    targets: Targets,
    rng: np.random.Generator,
    assumed: Assumptions = MIDDLE,
) -> pd.DataFrame:
    """One row an adverse drug reaction: columns patient, day, category, term, serious, outcome.

    Reactions and patients with reactions, in all and by antibody, and patients by category, term and seriousness are
    the printed ones in the safety population. Raises NotPlacedError when the printed counts cannot be met.
    """
    people = patients[patients["population"].isin(CLINICAL)].reset_index(drop=True)
    ordered = plan.set_index("patient").reindex(people["patient"]).reset_index()
    stop = day_column(ordered, "stop_day")
    last = day_column(people, "last_day")
    end = np.fmin(np.minimum(last, DICTIONARY.visits[-1].day), stop + AFTER_STOP)
    reasons = ordered["stop_reasons"].fillna("").str.split("; ")
    forced = np.array([STOP_FOR_EVENT in of for of in reasons]) & (end >= 1)
    affinity = np.where(ordered["high_dose_steroids"] == "Yes", HIGH_DOSE_INFECTION, 1.0)
    for _ in range(ATTEMPTS):
        numbers = _numbers(people, forced, end, targets, rng)
        try:
            placed = _placed(numbers, quotas(targets), affinity, rng)
        except NotPlacedError:
            continue
        death = day_column(people, "death_day")
        found = [_row(people, i, row, rng) for i, rows in enumerate(placed.rows) for row in rows]
        return _with_days(pd.DataFrame(found), end, np.where(forced, stop, np.nan), np.fmin(last, death), assumed, rng)
    raise NotPlacedError(f"no way found in {ATTEMPTS} attempts to place the reactions")


def _numbers(
    people: pd.DataFrame,
    forced: NDArray[np.bool_],
    end: NDArray[np.float64],
    targets: Targets,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Number of reactions of each patient, (n,), by cells of the groups of which the paper prints them."""
    numbers = np.zeros(len(people), dtype=np.int64)
    groups = [n.group for n in targets.chosen(variable="reactions", statistic="reactions") if n.group]
    inside = np.array([printed.members(people, group) for group in groups]).reshape(len(groups), len(people)).T
    weight = np.where(end >= 1, np.minimum(end, EXPOSURE) / EXPOSURE + 0.05, 0.0) + 1e6 * forced
    left = {group: _printed_pair(targets, group) for group in ("", *groups)}
    cells = sorted({tuple(row) for row in inside.tolist()}, key=sum, reverse=True)
    for cell in cells:
        there = np.flatnonzero((inside == np.array(cell)).all(axis=1))
        own = [group for group, member in zip(groups, cell, strict=True) if member]
        if len(own) > 1:
            with_any = min(round(len(there) * left[own[0]][0] / inside[:, groups.index(own[0])].sum()), len(there))
            rows = round(with_any * min(left[group][1] / max(left[group][0], 1) for group in own))
        else:
            with_any, rows = left[own[0] if own else ""]
        possible = int((weight[there] > 0).sum())
        if not (0 <= with_any <= possible and with_any <= rows <= with_any * MOST):
            raise NotPlacedError(
                f"{rows} reactions in {with_any} patients of {possible} in group {own or 'all others'}"
            )
        for group in ("", *own):
            left[group] = (left[group][0] - with_any, left[group][1] - rows)
        order = np.argsort(-(rng.random(len(there)) ** (1 / np.maximum(weight[there], 1e-12))), kind="stable")
        numbers[there[order[:with_any]]] = _shared_out(with_any, rows, rng)
    return numbers


def _printed_pair(targets: Targets, group: str) -> tuple[int, int]:
    return targets.count("reactions", group=group), targets.count("reactions", "reactions", group=group)


def _shared_out(patients: int, rows: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """``rows`` reactions shared out to ``patients``, at least one each and at most MOST."""
    share = rng.gamma(UNEVEN, size=patients)
    number = np.ones(patients, dtype=np.int64)
    for _ in range(rows - patients):
        open_ = np.where(number < MOST, share, 0.0)
        number[rng.choice(patients, p=open_ / open_.sum())] += 1
    return number


def _placed(
    numbers: NDArray[np.int64], wanted: tuple[Quota, ...], infection: NDArray[np.float64], rng: np.random.Generator
) -> _Placed:
    placed = _Placed(numbers.copy(), [[] for _ in numbers])
    for quota in sorted(wanted, key=lambda quota: -quota.patients):
        if quota.category != OTHER_CATEGORY:
            _place_category(placed, quota, infection if quota.category == "Infections" else np.ones(len(numbers)), rng)
    for quota in wanted:
        if quota.category == OTHER_CATEGORY:
            for term in quota.terms:
                for patient in _drawn(placed.free_of(term.label), np.ones(len(numbers)), term.patients, rng):
                    placed.add(patient, OTHER_CATEGORY, term.label, serious=term.label in ALWAYS_SERIOUS)
    _place_rest(placed, rng)
    return placed


def _place_category(placed: _Placed, quota: Quota, affinity: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Deal one category: its serious patients first, then its others, then what exceeds one row a patient."""
    serious, mild = _rows_of(quota, rng)
    people = _drawn(placed.room > 0, affinity * placed.room, quota.patients, rng)
    grave, rest = people[: quota.serious], people[quota.serious :]
    for rows, first, is_serious in ((serious, grave, True), (mild, rest, False)):
        if len(rows) < len(first):
            raise NotPlacedError(f"{quota.category}: {len(rows)} reactions cannot be in {len(first)} patients")
        for patient, term in zip(first, rows, strict=False):
            placed.add(patient, quota.category, term, serious=is_serious)
    for rows, first, is_serious in ((serious, grave, True), (mild, rest, False)):
        for term in rows[len(first) :]:
            allowed = np.zeros(len(placed.room), dtype=np.bool_)
            allowed[grave if is_serious else people] = True
            patient = _drawn(allowed & placed.free_of(term), np.ones(len(allowed)), 1, rng)[0]
            placed.add(patient, quota.category, term, serious=is_serious)


def _rows_of(quota: Quota, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """The serious and the other terms of a category, in random order, as labels that a patient has at most once."""
    serious = [term.label for term in quota.terms for _ in range(term.serious)]
    mild = [term.label for term in quota.terms for _ in range(term.patients - term.serious)]
    for pool, many, rows in (
        (SERIOUS_SINGLE_TERMS, quota.serious_singles, serious),
        (SINGLE_TERMS, quota.singles, mild),
    ):
        known = pool.get(quota.category, ())
        if many > len(known):
            raise NotPlacedError(f"{quota.category}: {many} further terms are needed, {len(known)} are known")
        rows.extend(str(term) for term in rng.choice(known, many, replace=False) if many)
    return [str(t) for t in rng.permutation(serious)], [str(t) for t in rng.permutation(mild)]


def _drawn(
    allowed: NDArray[np.bool_], weight: NDArray[np.float64], many: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    if allowed.sum() < many:
        raise NotPlacedError(f"{many} patients are needed, {allowed.sum()} are left")
    chances = np.where(allowed, weight, 0.0)
    return rng.choice(len(allowed), many, replace=False, p=chances / chances.sum())


def _place_rest(placed: _Placed, rng: np.random.Generator) -> None:
    names = np.array(list(OTHER_TERMS))
    often = np.array(list(OTHER_TERMS.values()), dtype=np.float64)
    for patient in np.flatnonzero(placed.room > 0):
        many = int(placed.room[patient])
        for term in rng.choice(names, many, replace=False, p=often / often.sum()):
            serious = bool(rng.random() < SERIOUS_OTHER_TERMS.get(str(term), 0.0))
            placed.add(int(patient), OTHER_CATEGORY, str(term), serious=serious)


def _row(people: pd.DataFrame, patient: int, row: tuple[str, str, bool], rng: np.random.Generator) -> dict[str, object]:
    """A row without day and outcome; pooled labels become one of their preferred terms."""
    category, term, serious = row
    pooled = {group.word: group.terms for group in DICTIONARY.term_groups}
    name = str(rng.choice(pooled[term])) if term in pooled else term
    return {
        "patient": people["patient"][patient],
        "category": category,
        "term": name,
        "serious": "Yes" if serious else "No",
        "at": patient,
    }


def _with_days(
    rows: pd.DataFrame,
    end: NDArray[np.float64],
    stopped_for_event: NDArray[np.float64],
    last: NDArray[np.float64],
    assumed: Assumptions,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Onset days within each patient's time at risk and outcomes; a stop for an event has an event just before it."""
    at = rows["at"].to_numpy()
    centre = np.log([ONSET.get(category, ONSET_ELSEWHERE) for category in rows["category"]])
    normal = NormalDist()
    within = [normal.cdf((np.log(end[i] + 0.5) - c) / ONSET_SPREAD) for i, c in zip(at, centre, strict=True)]
    share = np.clip(rng.random(len(rows)) * within, 1e-9, 1 - 1e-9)
    day = np.exp(centre + ONSET_SPREAD * np.array([normal.inv_cdf(u) for u in share]))
    evenly = 1.0 + rng.random(len(rows)) * (end[at] - 1.0)
    day = np.where(rng.random(len(rows)) < assumed.late_reactions, evenly, day)
    day = np.clip(np.rint(day), 1, np.floor(end[at]))
    causing = rows.assign(grave=rows["serious"] == "Yes").sort_values(
        ["at", "grave"], ascending=[True, False], kind="stable"
    )
    for index in causing.drop_duplicates("at").index:
        stop = stopped_for_event[at[index]]
        if not np.isnan(stop):
            day[index] = max(1, stop - rng.integers(0, BEFORE_STOP + 1))
    drawn = rng.choice(OUTCOMES, len(rows), p=OUTCOME_SHARES)
    fresh = (last[at] - day < UNSETTLED) & (drawn == OUTCOMES[0])
    outcome = np.where(fresh, OUTCOMES[2], drawn)
    found = rows.assign(day=day.astype(np.int64), outcome=outcome).sort_values(["at", "day"], kind="stable")
    return found[["patient", "day", "category", "term", "serious", "outcome"]].reset_index(drop=True)
