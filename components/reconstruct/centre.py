"""How far each cohort of an ensemble lies from the centre of all, in what the paper leaves open: joint patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.ensemble import positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.ensemble import Ensemble


def distances(ensemble: Ensemble) -> NDArray[np.float64]:
    """The distance of each member from the mean of all, (M,); 1 is what a member differs by on average.

    Compared is how many patients, and how many of those who died, have each pair of levels of two prognostic factors.
    Each count is divided by its standard deviation over the members; counts that are the same in all are left out. The
    distance is the root of the mean square.
    """
    stack = ensemble.stack
    counts = np.stack([_pairs(stack.where(positions(stack) == place)) for place in range(ensemble.n)])
    spread = counts.std(axis=0)
    apart = (counts - counts.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    found: NDArray[np.float64] = np.sqrt((apart**2).mean(axis=1)) if apart.size else np.zeros(ensemble.n)
    return found


def _pairs(cohort: Cohort) -> NDArray[np.float64]:
    """Patients, and those who died, with each pair of levels; one array."""
    words = cohort.dictionary
    _, died = cohort.time_to(words.leading)
    has = np.concatenate(
        [
            cohort.codes(factor)[:, None] == np.arange(len(factor.levels))
            for factor in words.factors
            if factor.prognostic
        ],
        axis=1,
    ).astype(np.float64)
    upper = np.triu_indices(has.shape[1], 1)
    return np.concatenate([(has.T @ has)[upper], (has[died].T @ has[died])[upper]])
