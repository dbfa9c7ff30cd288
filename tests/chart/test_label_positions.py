"""Names beside a plot: near the ends of their curves, apart from each other, and beside the plot."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from components.chart.label_positions import LINE, beside, spread


def test_names_near_each_other_are_spread() -> None:
    assert spread([0.5, 0.5, 0.9], 0.1, 0, 1) == pytest.approx([0.5, 0.6, 0.9])
    assert spread([1.0, 1.0, 1.0], 0.1, 0, 1) == pytest.approx([0.8, 0.9, 1.0])


def test_a_single_name_stands_at_the_end_of_its_curve() -> None:
    assert beside([1.0], 14, 400) == (14, [1.0])
    assert beside([], 14, 400) == (14, [])


@pytest.mark.parametrize("seed", range(60))
def test_no_two_names_touch_and_none_leaves_the_plot_however_many_there_are(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    n, high = chance.randint(2, 60), chance.choice([120.0, 330.0, 900.0])
    wanted = [chance.choice([0.0, 1.0, chance.random(), 1.4, -0.3]) for _ in range(n)]
    size, places = beside(wanted, 14, high)
    half = LINE * size / 2
    edges = sorted((at * high - half, at * high + half) for at in places)
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= high + 1e-6
    assert all(below[1] <= above[0] + 1e-6 for below, above in pairwise(edges))
    assert size == pytest.approx(min(14, high / (LINE * n)))
    assert [places[i] for i in sorted(range(n), key=lambda i: min(max(wanted[i], 0.0), 1.0))] == sorted(places)
