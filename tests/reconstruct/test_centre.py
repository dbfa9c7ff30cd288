"""How far members lie from the centre."""

import numpy as np
import pytest

from components.reconstruct.centre import distances
from data.ensemble import Ensemble, ensemble_of, positions
from data.reading.read import reconstructed_cohort

FEW = 3


@pytest.fixture(scope="module")
def three() -> Ensemble:
    whole = ensemble_of(reconstructed_cohort())
    assert whole is not None
    return Ensemble(whole.stack.where(positions(whole.stack) < FEW), whole.members[:FEW])


def test_squares_of_the_distances_have_the_mean_one(three: Ensemble) -> None:
    assert (distances(three) ** 2).mean() == pytest.approx(1)


def test_members_that_are_alike_are_all_at_the_centre(three: Ensemble) -> None:
    first = three.stack.where(positions(three.stack) == 0)
    rows = first.patients.loc[np.repeat(np.arange(first.n), 2)].reset_index(drop=True)
    twice = first.with_patients(rows.assign(member=np.tile([0, 1], first.n)))
    assert distances(Ensemble(twice, three.members[:2])).tolist() == [0, 0]


def test_of_two_alike_and_another_the_other_is_farthest(three: Ensemble) -> None:
    own = positions(three.stack)
    parts = [np.flatnonzero(own == place) for place in (0, 0, 1)]
    rows = three.stack.patients.loc[np.concatenate(parts)].reset_index(drop=True)
    rows = rows.assign(member=np.repeat([0, 1, 2], [len(part) for part in parts]))
    found = distances(Ensemble(three.stack.with_patients(rows), three.members))
    assert found[0] == pytest.approx(found[1])
    assert found[2] == pytest.approx(2 * found[0])
