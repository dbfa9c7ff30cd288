"""Laboratory courses and CT findings: who is measured at which visit, and the values that give Table 3 back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct import bounds, latent
from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.schedule import COUNTED, day_column, day_matrix, measurement_rows
from components.reconstruct.spread import spread
from components.reconstruct.targets import Targets
from components.reconstruct.wanted import count, moments
from data.entries import Measure
from data.variables import DICTIONARY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

WITHIN = {"aado2": "pao2"}
"""AaDO₂ is computed from a blood gas analysis, so it is known only where PaO₂ is; its value is settled first."""

BASELINE, PROGRESSION, CHANCE = 1.5, 0.5, 0.7
"""What makes a patient be measured again beside the habit of the place: a baseline value, a progression; and chance."""
TILTS = np.linspace(-2.0, 2.0, 21)
SHOWN, SHOWN_DAYS = 0.4, 90
"""Share of progressions that %FVC shows at the next visit within so many days, where it is measured."""


@dataclass(frozen=True)
class _Frame:
    """The people in order, the day of each visit (n, visits; not a number where not seen) and who counts."""

    people: pd.DataFrame
    plan: pd.DataFrame
    days: Floats
    counted: Mask
    state: latent.Standing
    gases: bounds.Gases
    assumed: Assumptions

    @property
    def progressed(self) -> Mask:
        """Whether a patient had progressed by the day of each visit, (n, visits)."""
        return np.asarray(self.state.progression[:, None] <= self.days, dtype=np.bool_)


def courses(
    patients: pd.DataFrame,
    plan: pd.DataFrame,
    days: pd.DataFrame,
    targets: Targets,
    rng: np.random.Generator,
    assumed: Assumptions = MIDDLE,
) -> pd.DataFrame:
    """Every laboratory value and CT finding: columns patient, day, variable, value.

    ``days`` are the ``visit_days`` of the schedule. Variables and visits are those of which the paper prints a number
    of patients; n, mean and standard deviation come back to the printed digit in the outcome population. Raises
    ValueError when fewer patients are seen than measured, UnreachableMomentsError when values cannot be found.
    """
    frame = _frame(patients, plan, days, assumed, rng)
    measures = [entry for entry in DICTIONARY.measures if entry.kind in ("laboratory", "finding")]
    standings: dict[str, Floats] = {}
    who: dict[str, Mask] = {}
    for measure in measures:
        lasting = latent.level(frame.state, rng, assumed)
        lasting = latent.within_groups(lasting, _planned(measure, frame), rng)
        standings[measure.key] = latent.course(lasting, frame.state, frame.days, rng, assumed)
        who[measure.key] = _measured(
            measure, frame, standings[measure.key], who.get(WITHIN.get(measure.key, "")), targets, rng
        )
    values: dict[str, Floats] = {}
    parts = []
    for measure in sorted(measures, key=lambda entry: entry.key not in WITHIN):
        standing_at, members = standings[measure.key], who[measure.key]
        if measure.kind == "finding":
            values[measure.key] = _findings(measure, standing_at, members, targets)
        else:
            values[measure.key] = _values(measure, frame, standing_at, members, values, targets, rng)
        parts.append(measurement_rows(frame.people, frame.days, measure.key, values[measure.key]))
    return pd.concat(parts, ignore_index=True)


def _frame(
    patients: pd.DataFrame, plan: pd.DataFrame, days: pd.DataFrame, assumed: Assumptions, rng: np.random.Generator
) -> _Frame:
    people = patients[patients["patient"].isin(days["patient"])].reset_index(drop=True)
    counted = (people["population"] == COUNTED).to_numpy()
    ordered = plan.set_index("patient").reindex(people["patient"]).reset_index()
    gases = bounds.gases(day_column(people, "sao2"), rng)
    return _Frame(people, ordered, day_matrix(days, people), counted, latent.standing(people, rng), gases, assumed)


def _planned(measure: Measure, frame: _Frame) -> NDArray[np.int64]:
    """Each patient's planned baseline group of ``measure`` as a position in its factor's levels, -1 where none."""
    for factor in DICTIONARY.factors:
        if factor.source == measure.key and factor.key in frame.plan and not factor.post_baseline:
            codes = pd.Categorical(frame.plan[factor.key], categories=list(factor.words)).codes
            return np.where(frame.counted, codes, -1).astype(np.int64)
    return np.full(len(frame.people), -1, dtype=np.int64)


def _measured(
    measure: Measure,
    frame: _Frame,
    standing_at: Floats,
    within: Mask | None,
    targets: Targets,
    rng: np.random.Generator,
) -> Mask:
    """Who is measured at each visit, (n, visits)."""
    measured = np.zeros(frame.days.shape, dtype=np.bool_)
    habit = frame.assumed.habit * rng.normal(size=len(frame.people))
    group = _planned(measure, frame)
    statistic = "assessed" if measure.kind == "finding" else "n"
    for v, visit in enumerate(DICTIONARY.visits):
        n = count(targets, measure.key, statistic, visit=visit.label)
        if n is None:
            continue
        possible = frame.counted & ~np.isnan(frame.days[:, v])
        possible &= True if within is None else within[:, v]
        if v == 0 and (group >= 0).any():
            possible &= group >= 0
        if possible.sum() < n:
            raise ValueError(f"{measure.label}, {visit.label}: {n} measured but only {possible.sum()} could be")
        score = habit + BASELINE * measured[:, 0] + PROGRESSION * frame.progressed[:, v]
        score += CHANCE * rng.normal(size=len(score))
        aim = None if v == 0 else frame.assumed.carried * _change(measure, visit.label, targets)
        measured[:, v] = _tilted(score, standing_at[:, 0], possible, n, aim)
    return measured


def _change(measure: Measure, visit: str, targets: Targets) -> float:
    """Change of the printed mean from day 0 in baseline standard deviations, positive = worse."""
    everybody = np.ones(1, dtype=np.bool_)
    first, now = (moments(targets, measure.key, label, everybody) for label in (DICTIONARY.visits[0].label, visit))
    if first is None or now is None or not first.sd:
        return 0.0
    return latent.direction(measure) * (now.mean - first.mean) / first.sd


def _tilted(score: Floats, lasting: Floats, possible: Mask, n: int, aim: float | None) -> Mask:
    """The n possible patients of the highest score, tilted towards a mean lasting standing of ``aim``, if any."""
    choices = []
    for slope in (0.0,) if aim is None else TILTS:
        order = np.argsort(np.where(possible, -(score + slope * lasting), np.inf), kind="stable")
        chosen = np.zeros(len(score), dtype=np.bool_)
        chosen[order[:n]] = True
        choices.append((abs(float(lasting[chosen].mean()) - (aim or 0.0)), abs(float(slope)), chosen))
    return min(choices, key=lambda choice: choice[:2])[2]


def _values(
    measure: Measure,
    frame: _Frame,
    standing_at: Floats,
    members: Mask,
    others: dict[str, Floats],
    targets: Targets,
    rng: np.random.Generator,
) -> Floats:
    """The values at each visit, (n, visits), not a number where not measured."""
    step = 10.0**-measure.decimals
    found = np.full(frame.days.shape, np.nan)
    unseen = np.full(len(frame.people), np.nan)
    partner = others.get({inner: outer for outer, inner in WITHIN.items()}.get(measure.key, ""))
    oxygen = np.asarray(frame.people["oxygen"] == "Present", dtype=np.bool_)
    shown = np.zeros(len(frame.people), dtype=np.bool_)
    own = bounds.span(measure, rng, len(frame.people), frame.assumed)
    for v, visit in enumerate(DICTIONARY.visits):
        wanted = moments(targets, measure.key, visit.label, members[:, v])
        if wanted is None:
            continue
        progressed = frame.progressed[:, v]
        limits = own
        if v == 0:
            limits = _at_baseline(limits, measure, frame, step, rng)
        else:
            limits = bounds.before_progression(limits, measure, found[:, 0], progressed, step)
            recent = progressed & (frame.days[:, v] - frame.state.progression <= SHOWN_DAYS) & ~shown & members[:, v]
            showing = recent & (rng.random(len(recent)) < SHOWN)
            limits = bounds.of_progression(limits, measure, found[:, 0], showing)
            shown |= recent
        gas = unseen if partner is None else partner[:, v]
        limits = bounds.of_gases(
            limits, measure, gas, frame.gases if v == 0 else frame.gases.later, oxygen | progressed
        )
        chosen = members[:, v]
        inside = (limits[0][chosen], limits[1][chosen])
        found[chosen, v] = spread(latent.direction(measure) * standing_at[chosen, v], inside, step, wanted)
    return found


def _at_baseline(
    limits: bounds.Span, measure: Measure, frame: _Frame, step: float, rng: np.random.Generator
) -> bounds.Span:
    for factor in DICTIONARY.factors:
        if factor.source == measure.key and factor.key in frame.plan:
            return bounds.of_groups(limits, _planned(measure, frame), factor.cuts, step, rng)
    return limits


def _findings(measure: Measure, standing_at: Floats, members: Mask, targets: Targets) -> Floats:
    """1 for as many patients as printed, those of the best standing at the visit; 0 for the others measured."""
    found = np.full(members.shape, np.nan)
    for v, visit in enumerate(DICTIONARY.visits):
        n = count(targets, measure.key, visit=visit.label)
        if n is not None and members[:, v].any():
            best = np.argsort(np.where(members[:, v], standing_at[:, v], np.inf), kind="stable")[:n]
            found[members[:, v], v] = 0.0
            found[best, v] = 1.0
    return found
