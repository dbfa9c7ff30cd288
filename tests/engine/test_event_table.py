from __future__ import annotations

from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import components.engine.event_table as counting
from components.engine.event_table import EventTable, coded_days, event_table

# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
DAYS = [9, 3, 5, 3, 8, 5, 5, 12]
EVENT = [False, True, True, True, True, False, True, False]
CODES = [0, 1, 0, 0, 1, 1, 0, 1]
patients = st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(-1, 2)), min_size=1, max_size=40)


def three_levels(rows: list[tuple[int, bool, int]]) -> EventTable:
    days, events, codes = zip(*rows, strict=True)
    return event_table(days, events, codes, levels=3)


def test_counts_by_day_and_level() -> None:
    table = event_table(DAYS, EVENT, CODES, 2)
    assert table.times.tolist() == [3, 5, 8, 9, 12]
    assert table.events.tolist() == [[1, 1], [2, 0], [0, 1], [0, 0], [0, 0]]
    assert table.censored.tolist() == [[0, 0], [0, 1], [0, 0], [1, 0], [0, 1]]
    assert table.at_risk.tolist() == [[4, 4], [3, 3], [1, 2], [1, 1], [0, 1]]
    assert table.n.tolist() == [4, 4]


def test_a_single_level_needs_no_codes() -> None:
    table = event_table(DAYS, EVENT)
    assert table.at_risk.tolist() == [[8], [6], [3], [2], [1]]
    assert table.n.tolist() == [8]


def test_pooled_is_the_table_without_codes() -> None:
    pooled, plain = event_table(DAYS, EVENT, CODES, 2).pooled, event_table(DAYS, EVENT)
    assert pooled.times.tolist() == plain.times.tolist()
    assert pooled.events.tolist() == plain.events.tolist()
    assert pooled.censored.tolist() == plain.censored.tolist()


def test_a_level_alone_stands_at_its_own_days() -> None:
    level = event_table(DAYS, EVENT, CODES, 2).level(0)
    assert level.times.tolist() == [3, 5, 9]
    assert level.events.tolist() == [[1], [2], [0]]
    assert level.censored.tolist() == [[0], [0], [1]]


def test_an_unknown_level_leaves_the_patient_out() -> None:
    table = event_table([3, 4, 5], [True, True, False], [0, -1, 1], 2)
    assert table.times.tolist() == [3, 5]
    assert table.n.tolist() == [1, 1]


def test_the_day_of_a_patient_left_out_may_be_missing() -> None:
    assert event_table([3, np.nan], [True, False], [0, -1]).n.tolist() == [1]


def test_an_empty_level_and_no_patients() -> None:
    assert event_table([3], [True], [0], 3).n.tolist() == [1, 0, 0]
    nobody = event_table([], [], [], 3)
    assert nobody.times.shape == (0,)
    assert nobody.at_risk.shape == (0, 3)
    assert nobody.n.tolist() == [0, 0, 0]


def test_whole_numbers_may_come_as_floats() -> None:
    assert event_table(np.array([3.0, 2.0]), [True, False]).times.tolist() == [2, 3]


@pytest.mark.parametrize("day", [2.5, np.nan, np.inf])
def test_a_day_that_is_no_whole_number_is_refused(day: float) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        event_table([1, day], [True, False])


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="differ in length: 2, 1, 2"):
        event_table([1, 2], [True])


def test_a_code_beyond_the_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="code 2 is outside the 2 levels"):
        event_table([1, 2], [True, False], [0, 2], 2)


@given(patients, st.randoms(use_true_random=False))
def test_the_order_of_the_patients_does_not_matter(rows: list[tuple[int, bool, int]], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    a, b = (three_levels(r) for r in (rows, shuffled))
    assert a.times.tolist() == b.times.tolist()
    assert a.events.tolist() == b.events.tolist()
    assert a.censored.tolist() == b.censored.tolist()


@given(patients)
def test_every_patient_with_a_known_level_is_counted_once(rows: list[tuple[int, bool, int]]) -> None:
    table = three_levels(rows)
    for k in range(3):
        mine = [(day, event) for day, event, code in rows if code == k]
        assert table.n[k] == len(mine)
        assert table.events[:, k].sum() == sum(event for _, event in mine)
        assert table.at_risk[:, k].tolist() == [sum(day >= t for day, _ in mine) for t in table.times]


@given(
    st.lists(
        st.tuples(st.integers(-3, 12), st.booleans(), st.integers(-1, 2), st.integers(-1, 0), st.integers(-1, 3)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([1, 60, 1 << 16]),
)
def test_factors_counted_together_are_those_counted_alone(rows: list[tuple[int, ...]], at_once: int) -> None:
    days, events, *codes = (np.array(column) for column in zip(*rows, strict=True))
    sizes = (3, 1, 4)
    with patch.object(counting, "CELLS_AT_ONCE", at_once):
        together = coded_days(days, events).tables(zip(codes, sizes, strict=True))
    for table, code, levels in zip(together, codes, sizes, strict=True):
        for k in range(levels):
            for had, counts in ((True, table.events), (False, table.censored)):
                found = {day: int(((days == day) & (events == had) & (code == k)).sum()) for day in table.times}
                assert counts[:, k].tolist() == list(found.values())
        assert table.times.tolist() == sorted(set(days[code >= 0].tolist()))


def test_days_far_apart_are_sorted_and_counted_the_same() -> None:
    near, far = (event_table([far, 3, 3], [True, False, True], [0, 1, 0], 2) for far in (9, 9_000_000_000))
    assert far.times.tolist() == [3, 9_000_000_000]
    assert far.events.tolist() == near.events.tolist() == [[1, 0], [1, 0]]
    assert far.censored.tolist() == near.censored.tolist() == [[0, 1], [0, 0]]


def test_codes_of_others_are_refused() -> None:
    coded = coded_days([3, 5], [True, False])
    with pytest.raises(ValueError, match="codes and days differ in length: 3, 2"):
        coded.tables([([0, 1, 1], 2)])
    with pytest.raises(ValueError, match="code 2 is outside the 2 levels"):
        coded.tables([([0, 2], 2)])
    with pytest.raises(ValueError, match="days and event differ in length: 2, 1"):
        coded_days([3, 5], [True])
    assert coded.tables([]) == ()
