"""No odd file is read wrongly in silence, raises, or takes long: every kind, with three seeds.

``python -m tests.data.odd 30`` tries many more.
"""

from __future__ import annotations

import random

import pytest

from tests.data.odd.cases import cases
from tests.data.odd.study import KINDS, judged, mapped_otherwise

SEEDS = 3
MOST_SECONDS = 10


def test_there_are_at_least_200_odd_files() -> None:
    assert len(KINDS) * SEEDS >= 200


@pytest.mark.parametrize("kind", KINDS)
def test_every_odd_file_is_read_right_or_refused_with_its_reason(kind: str) -> None:
    for seed in range(SEEDS):
        case = KINDS[kind](random.Random(f"{kind} {seed}"))  # noqa: S311 - for tests, not for secrets
        faults, seconds = judged(case)
        assert faults == [], case.kind
        assert seconds < MOST_SECONDS, case.kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_columns_seem_to_be_is_what_they_are(kind: str) -> None:
    """A file that opens as it is holds the same when it is opened by the mapping that is proposed for it."""
    assert mapped_otherwise(KINDS[kind](random.Random(f"{kind} 0"))) == []  # noqa: S311 - for tests, not for secrets


def test_the_same_files_are_made_every_time() -> None:
    first, again = ([case.kind for case in cases(1)] for _ in range(2))
    assert first == again
