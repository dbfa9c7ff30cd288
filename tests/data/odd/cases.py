"""All kinds of odd files, so many seeds of each."""

from __future__ import annotations

import random
from collections.abc import Iterator

import tests.data.odd.adam
import tests.data.odd.formats
import tests.data.odd.readable
import tests.data.odd.refused
import tests.data.odd.told
import tests.data.odd.workbooks  # noqa: F401 - a kind is registered where it is defined
from tests.data.odd.study import KINDS, Case


def cases(seeds: int) -> Iterator[Case]:
    """The cases of every kind with the seeds from 0; the same ones every time."""
    for name, make in KINDS.items():
        for seed in range(seeds):
            yield make(random.Random(f"{name} {seed}"))  # noqa: S311 - for tests, not for secrets
