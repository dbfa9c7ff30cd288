"""The first members of the ensemble, all at once and each by itself."""

from __future__ import annotations

import pytest

from data.cohort import Cohort, Provenance, cohort_from
from data.ensemble import Ensemble, ensemble_of, positions, tables_of
from data.reading.read import reconstructed_cohort

FEW = 2


@pytest.fixture(scope="session")
def ensemble() -> Ensemble:
    """Few members of the ensemble as an ensemble of their own, the safety population of each."""
    whole = ensemble_of(reconstructed_cohort())
    assert whole is not None
    few = whole.stack.where(positions(whole.stack) < FEW)
    return Ensemble(few.of_population("safety"), whole.members[:FEW])


@pytest.fixture(scope="session")
def members() -> list[Cohort]:
    """The same members one by one."""
    made = (cohort_from(tables_of(place), Provenance("reconstructed", "", "")) for place in range(FEW))
    return [one.of_population("safety") for one in made]
