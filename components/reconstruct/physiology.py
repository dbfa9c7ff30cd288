"""What cannot be otherwise between two measurements of one patient: declines that are progressions, blood gases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Decline:
    """A change from baseline that is a progression: to ``ratio`` x baseline or less, or by ``rise`` or more upwards."""

    ratio: float | None = None
    rise: float | None = None

    @property
    def falls(self) -> bool:
        """Whether the decline is a fall (otherwise a rise)."""
        return self.ratio is not None

    def threshold(self, baseline: NDArray[np.float64]) -> NDArray[np.float64]:
        """The value at which the decline is reached, from each baseline."""
        if self.ratio is not None:
            return baseline * self.ratio
        return baseline + (self.rise or 0.0)

    def reached(self, baseline: NDArray[np.float64], value: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where the decline from baseline is reached; never where either is missing."""
        edge = self.threshold(baseline)
        return value <= edge + 1e-9 if self.falls else value >= edge - 1e-9


DECLINES = {"fvc": Decline(ratio=0.9), "aado2": Decline(rise=15.0)}
"""The paper's definition of progression; for %FVC read as a fall by a tenth of the baseline value, not ten points."""

ALVEOLAR = (82.0, 125.0)
"""PaO₂ + AaDO₂ is the alveolar pressure: on air 150 mmHg less PaCO₂ / 0.8, PaCO₂ between 20 and 54 mmHg."""
SUPPLIED_OXYGEN = 400.0
"""The same with oxygen by mask, about 60 % inspired."""
SATURATION_ERROR = 3.0
"""Saturation points by which a recorded SaO₂ may differ from what PaO₂ implies: pulse oximetry, pH, another hour."""

_PRESSURE = np.linspace(15, 700, 13701)


def saturation_of_pao2(pressure: ArrayLike) -> NDArray[np.float64]:
    """Arterial oxygen saturation (%) at a PaO₂ (mmHg) of blood at pH 7.4; Severinghaus, J Appl Physiol 1979;46:599."""
    p = np.asarray(pressure, dtype=np.float64)
    return np.asarray(100.0 / (23400.0 / (p**3 + 150.0 * p) + 1.0), dtype=np.float64)


def pao2_of_saturation(saturation: ArrayLike) -> NDArray[np.float64]:
    """PaO₂ (mmHg) at a saturation (%): the inverse of ``saturation_of_pao2``; infinite from 99.5 % on."""
    s = np.asarray(saturation, dtype=np.float64)
    found = np.interp(s, saturation_of_pao2(_PRESSURE), _PRESSURE)
    return np.asarray(np.where(np.isnan(s), np.nan, np.where(s >= 99.5, np.inf, found)), dtype=np.float64)
