"""Within what a laboratory value may lie, given the patient's progression, planned group and other values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.physiology import (
    ALVEOLAR,
    DECLINES,
    SATURATION_ERROR,
    SUPPLIED_OXYGEN,
    pao2_of_saturation,
)
from data.entries import Measure

Span = tuple[NDArray[np.float64], NDArray[np.float64]]

MET = {
    "fvc": (30.0, 145.0),
    "dlco": (15.0, 190.0),
    "pao2": (42.0, 140.0),
    "aado2": (0.5, 110.0),
    "ferritin": (5.0, 5000.0),
    "kl6": (130.0, 12000.0),
    "spd": (10.0, 1500.0),
}
"""What is met in such patients, narrower than what an import accepts; other variables keep the dictionary's range."""
OF_THE_DISEASED = MET | {"dlco": (15.0, 140.0), "aado2": (5.0, 110.0), "ferritin": (10.0, 5000.0)}
"""The same without what only healthy lungs reach, and without a lack of iron: the second version of the assumptions."""
ROOM = 3.0
"""How far inside the limits of a coherence rule (mmHg) the gases are kept, so that rounding cannot cross them."""
AIR_HIGHEST = 115.0
"""Highest PaO₂ breathing air (mmHg)."""
OWN = 0.1
"""Each patient's own limits lie up to this share of the range inside, so that values do not pile up on one number."""


def span(measure: Measure, rng: np.random.Generator, n: int, assumed: Assumptions = MIDDLE) -> Span:
    """The values met in such patients, each patient with limits of his or her own, (n,) each."""
    low, high = (OF_THE_DISEASED if assumed.second else MET).get(measure.key, measure.plausible)
    return low * (1 + 2 * OWN * rng.random(n)), high * (1 - OWN * rng.random(n))


def of_groups(
    limits: Span, code: NDArray[np.int64], cuts: tuple[float, ...], step: float, rng: np.random.Generator
) -> Span:
    """``limits`` narrowed to the planned groups: code i means ``cuts[i-1] <= value < cuts[i]``, -1 leaves them."""
    low, high = limits
    edges = np.array([-np.inf, *cuts, np.inf])
    known = code >= 0
    at = np.maximum(code, 0)
    width = np.diff(edges)
    width = np.where(np.isfinite(width), width, edges[:-1])[at]
    inside = OWN * np.maximum(width, 0.0) * rng.random((2, len(code)))
    return (
        np.where(known, np.maximum(low, edges[at] + inside[0]), low),
        np.where(known, np.minimum(high, edges[at + 1] - step - inside[1]), high),
    )


def before_progression(
    limits: Span, measure: Measure, baseline: NDArray[np.float64], free: NDArray[np.bool_], step: float
) -> Span:
    """``limits`` narrowed so that no change from ``baseline`` amounts to a progression, except where ``free``."""
    low, high = limits
    decline = DECLINES.get(measure.key)
    if decline is None:
        return limits
    edge = decline.threshold(baseline)
    held = ~free & ~np.isnan(baseline)
    if decline.falls:
        return np.where(held, np.maximum(low, np.floor(edge / step + 1e-9) * step + step), low), high
    return low, np.where(held, np.minimum(high, np.ceil(edge / step - 1e-9) * step - step), high)


def of_progression(limits: Span, measure: Measure, baseline: NDArray[np.float64], shown: NDArray[np.bool_]) -> Span:
    """``limits`` narrowed so that the patients ``shown`` have the change from ``baseline`` that is a progression."""
    low, high = limits
    decline = DECLINES.get(measure.key)
    if decline is None or not decline.falls:
        return limits
    edge = decline.threshold(baseline)
    held = shown & ~np.isnan(baseline) & (edge > low)
    return low, np.where(held, np.minimum(high, edge), high)


@dataclass(frozen=True)
class Gases:
    """The range of PaO₂ (n,) that a patient's SaO₂ at day 0 allows, and each patient's highest PaO₂ on air (n,)."""

    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    air_highest: NDArray[np.float64]

    @property
    def later(self) -> Gases:
        """The same after day 0, when no saturation is recorded."""
        low, high = MET["pao2"]
        return replace(self, lowest=np.full_like(self.lowest, low), highest=np.full_like(self.highest, high))


def gases(saturation: NDArray[np.float64], rng: np.random.Generator) -> Gases:
    """The limits of PaO₂ of patients with these saturations (%; not a number where not recorded)."""
    n = len(saturation)
    below, above = SATURATION_ERROR * (1 - 3 * OWN * rng.random((2, n)))
    return Gases(
        np.fmax(MET["pao2"][0], pao2_of_saturation(saturation - below)),
        np.fmin(MET["pao2"][1], pao2_of_saturation(saturation + above)),
        AIR_HIGHEST * (1 - OWN * rng.random(n)),
    )


def of_gases(
    limits: Span, measure: Measure, partner: NDArray[np.float64], own: Gases, oxygen: NDArray[np.bool_]
) -> Span:
    """``limits`` of PaO₂ or AaDO₂ narrowed to agree with the other gas at the visit and with the patients' ``own``.

    ``partner`` is the visit's AaDO₂ when ``measure`` is PaO₂ (not a number where not measured) and unused for AaDO₂.
    Other variables keep their limits.
    """
    if measure.key not in ("pao2", "aado2"):
        return limits
    low, high = limits
    least, most = ALVEOLAR[0] + ROOM, ALVEOLAR[1] - ROOM
    lowest = own.lowest
    highest = np.where(oxygen, own.highest, np.minimum(own.highest, np.maximum(own.air_highest, lowest)))
    top = np.where(oxygen, SUPPLIED_OXYGEN - ROOM, most)
    if measure.key == "aado2":
        return np.maximum(low, least - highest), np.minimum(high, top - lowest)
    return np.fmax(lowest, least - partner), np.fmin(highest, top - partner)
