"""The hazard as it changes with a baseline value, kept as a number instead of cut into groups."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtri

from components.biomarker.analysis import Values
from components.core.analysis_set import AnalysisSet
from components.core.estimate import Estimate, Reason, missing
from components.core.look import Look
from components.core.method import PAPER, Method, Ties
from components.core.procedure import Procedure, listed
from components.engine.numeric_covariate import NumericSensitivity, numeric_sensitivity, unbounded
from components.survival.procedures import FIRTH, PROFILE
from components.survival.sensitivity import LevelSensitivity
from data.entries import Endpoint, Measure, Number
from data.language import say
from data.levels import Level

if TYPE_CHECKING:
    from lifelines import CoxPHFitter

Shape = Literal["linear", "cubic"]
EVENTS_FOR_CUBIC = 10
"""A curve needs two parameters, and these about five events each."""

KNOTS = (0.1, 0.5, 0.9)
GRID, ENDS = 60, (0.025, 0.975)
FIT = {"step_size": 0.5, "precision": 1e-15, "r_precision": 1e-18}
"""Smaller steps and a later end than lifelines' own: with its default it fails on sparse data, or stops 1e-5 early."""

TIES: Ties = "efron"
"""lifelines treats tied events no other way; the second look, beside it, then must not either."""


HAZARD_BY_VALUE = Procedure(
    "hazard-by-value",
    say("Hazard by value"),
    say(
        "A Cox model with the value as a number, on a binary logarithmic scale if it is skewed, "
        "otherwise in standard deviations; Efron's ties, Wald limits ({level})."
    ),
    say("Cox 1972; Efron 1977"),
    formula="partial likelihood in log2 x or in x / SD",
    r="coxph(Surv(day, event) ~ log2(x))",
    package="lifelines",
    section="A baseline value as a predictor",
    position=290,
    on_times=True,
    compares=True,
)
SPLINE = Procedure(
    "spline",
    say("Spline"),
    say(
        "Whether the logarithm of the hazard bends with the value is tested with a restricted cubic "
        "spline against the straight line (likelihood ratio)."
    ),
    say("Harrell, Regression Modeling Strategies, 2.4"),
    formula="restricted cubic spline, knots at the 10th, 50th and 90th percentile; 2 (l spline − l line), df 1",
    r="coxph(Surv(day, event) ~ rms::rcs(x, 3))",
    package="lifelines",
    section="A baseline value as a predictor",
    position=300,
)


@dataclass(frozen=True, eq=False)
class HazardByValue:
    """Hazard ratio for each doubling (``doubling``), or else for each standard deviation ``step``, with its p-value.

    ``curve`` (G, 4) holds value, hazard ratio against the median ``reference``, lower and upper limit, of the ``shape``
    asked for, or of the straight line where ``unbent`` says why there is no cubic; ``p_curved`` compares the cubic with
    the linear model (likelihood ratio). ``sensitivity`` looks again at the ratio; it is there also where the ratio is
    not, because the likelihood has no maximum.
    """

    entry: Number | Measure
    endpoint: Endpoint
    n: int
    events: int
    unknown: int
    doubling: bool
    step: float
    ratio: Estimate
    p: float | None
    reference: float
    shape: Shape
    curve: NDArray[np.float64]
    p_curved: float | None
    values: NDArray[np.float64]
    event: NDArray[np.bool_]
    analysed: AnalysisSet | None = None
    sensitivity: LevelSensitivity | None = None
    unbent: Reason | None = None
    reason: Reason | None = None

    @property
    def looks(self) -> tuple[Look, ...]:
        """The ratio, where it is given with a p-value."""
        key, label = self.entry.key, self.entry.label
        p = self.p
        return () if p is None else (Look(self.endpoint, key, label, (), self.n, self.events, p, self.ratio),)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ratio and the curve were made with."""
        return listed(
            (HAZARD_BY_VALUE, self.reason is None),
            (SPLINE, self.p_curved is not None),
            (PROFILE, self.sensitivity is not None),
            (FIRTH, self.sensitivity is not None),
        )


def hazard_by_value(data: Values, shape: Shape = "linear", method: Method = PAPER) -> HazardByValue:
    """A Cox model with ``data``'s values as they are: on a binary logarithmic scale if skewed, otherwise in SDs.

    ``shape`` "cubic" draws a restricted cubic spline with knots at the 10th, 50th and 90th percentile.
    lifelines, Efron's ties. Source of the spline: Harrell, Regression Modeling Strategies, section 2.4.
    """
    doubling = isinstance(data.entry, Measure) and data.entry.skewed and bool((data.values > 0).all()) and data.n > 0
    nothing = HazardByValue(
        data.entry, data.endpoint, data.n, data.events, data.unknown, doubling, 1.0, missing(Reason.TOO_FEW_EVENTS),
        None, np.nan, "linear", np.empty((0, 4)), None, data.values, data.event, data.analysed,
        reason=Reason.TOO_FEW_EVENTS,
    )  # fmt: skip
    if data.reason:
        return replace(nothing, ratio=missing(data.reason), reason=data.reason)
    x = np.log2(data.values) if doubling else data.values
    step = 1.0 if doubling else float(np.std(x, ddof=1))
    middle = float(np.median(x))
    z = (x - middle) / step
    looked = numeric_sensitivity(data.days, data.event, z, TIES, method.level)
    second = None if looked is None else _second_look(data.entry.label, looked)
    straight, why = _fitted(data, z[:, None])
    if looked is None or straight is None:
        why = why or Reason.NOT_CONVERGED if looked else Reason.NOTHING_TO_COMPARE
        return replace(nothing, step=step, ratio=missing(why), sensitivity=second, reason=why)
    knots = np.quantile(z, KNOTS)
    curved, unbent = _bent(data, z, knots)
    half = float(ndtri((1 + method.level) / 2))
    beta, se = float(straight.params_.iloc[0]), float(straight.standard_errors_.iloc[0])
    grid = np.linspace(float(np.quantile(z, ENDS[0])), float(np.quantile(z, ENDS[1])), GRID)
    if shape == "cubic" and curved is not None:
        ratios = _ratios(curved, _spline(grid, knots) - _spline(np.zeros(1), knots), half)
    else:
        ratios = _ratios(straight, grid[:, None], half)
    value = grid * step + middle
    gain = None if curved is None else max(2 * (curved.log_likelihood_ - straight.log_likelihood_), 0.0)
    return replace(
        nothing,
        step=step,
        ratio=Estimate(float(np.exp(beta)), float(np.exp(beta - half * se)), float(np.exp(beta + half * se))),
        p=float(chdtrc(1, (beta / se) ** 2)),
        reference=float(np.exp2(middle)) if doubling else middle,
        shape=shape if curved is not None else "linear",
        curve=np.column_stack([np.exp2(value) if doubling else value, ratios]),
        p_curved=None if gain is None else float(chdtrc(1, gain)),
        sensitivity=second,
        unbent=unbent if shape == "cubic" else None,
        reason=None,
    )


def _ratios(model: CoxPHFitter, basis: NDArray[np.float64], half: float) -> NDArray[np.float64]:
    """Hazard ratio with its limits for each row of ``basis`` (G, P), (G, 3)."""
    fit = basis @ model.params_.to_numpy()
    spread = half * np.sqrt(np.einsum("gi,ij,gj->g", basis, model.variance_matrix_.to_numpy(), basis))
    ratios: NDArray[np.float64] = np.exp(np.stack([fit, fit - spread, fit + spread], axis=1))
    return ratios


def _second_look(label: str, found: NumericSensitivity) -> LevelSensitivity:
    plain, firth = found.profile, found.firth
    return LevelSensitivity(
        Level("value", label),
        Estimate(plain.ratio, plain.lower, plain.upper),
        plain.p,
        Estimate(firth.ratio, firth.lower, firth.upper),
        firth.p,
    )


def _bent(
    data: Values, z: NDArray[np.float64], knots: NDArray[np.float64]
) -> tuple[CoxPHFitter, None] | tuple[None, Reason]:
    """The model of the restricted cubic spline, or why there is none."""
    if data.events < EVENTS_FOR_CUBIC:
        return None, Reason.TOO_FEW_EVENTS
    if len(np.unique(knots)) < len(KNOTS):
        return None, Reason.NO_VARIATION
    return _fitted(data, _spline(z, knots))


def _fitted(data: Values, columns: NDArray[np.float64]) -> tuple[CoxPHFitter, None] | tuple[None, Reason]:
    """The model of the ``columns`` (n, P), or why there is none."""
    if unbounded(data.days, data.event, columns):
        return None, Reason.MONOTONE
    import pandas as pd  # noqa: PLC0415 - beside lifelines
    from lifelines import CoxPHFitter  # noqa: PLC0415 - a second to load, needed on request only
    from lifelines.exceptions import ConvergenceError, ConvergenceWarning  # noqa: PLC0415

    frame = pd.DataFrame(columns, columns=[f"x{i}" for i in range(columns.shape[1])])
    frame = frame.assign(days=data.days, event=data.event)
    model = CoxPHFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # an unsound fit shows in its interval, or gives no answer
        try:
            model.fit(frame, "days", "event", fit_options=FIT)
        except ConvergenceError:
            return None, Reason.NOT_CONVERGED
    return model, None


def _spline(z: NDArray[np.float64], knots: NDArray[np.float64]) -> NDArray[np.float64]:
    """The restricted cubic spline with three ``knots``: the value, and what bends it between them, (n, 2)."""
    first, second, third = knots
    above = [np.clip(z - knot, 0, None) ** 3 for knot in knots]
    bend = above[0] - above[1] * (third - first) / (third - second) + above[2] * (second - first) / (third - second)
    return np.stack([z, bend / (third - first) ** 2], axis=1)
