from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components.core.columns import Share, columns, positions
from components.core.estimate import Reason
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE, MDA5 = DICTIONARY.factor["subtype"], DICTIONARY.factor["anti_mda5"]


def test_a_share_of_nobody_has_a_reason() -> None:
    assert Share(1, 8).percent.value == 12.5
    assert Share(0, 0).percent.reason is Reason.NO_PATIENTS


def test_members_of_each_column(cohort: Cohort) -> None:
    shown = columns(cohort, SUBTYPE)
    assert shown.labels == ("All patients", "PM", "Overall DM", "CADM", "Classic DM")
    assert shown.members.astype(int).tolist() == [
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 0, 1, 1, 0],
        [1, 0, 1, 1, 0],
        [1, 0, 1, 1, 0],
        [1, 0, 1, 0, 1],
        [1, 0, 1, 0, 1],
    ]
    assert shown.out_of == (0, 0, 0, 2, 2)


def test_a_composite_of_one_group_is_no_column(cohort: Cohort) -> None:
    """Without classic DM all DM is CADM."""
    shown = columns(cohort.where((cohort.patients["subtype"] != "Classic DM").to_numpy()), SUBTYPE)
    assert shown.labels == ("All patients", "PM", "CADM")
    assert shown.out_of == (0, 0, 0)


def test_only_groups_apart_from_the_reference_are_compared_with_it(cohort: Cohort) -> None:
    assert columns(cohort, SUBTYPE).compared == (False, False, True, True, True)
    without_pm = cohort.where((cohort.patients["subtype"] != "PM").to_numpy())
    shown = columns(without_pm, SUBTYPE)
    assert (shown.labels[shown.reference], shown.compared) == ("CADM", (False, False, False, True))
    assert columns(cohort).compared == (False,)


def test_counts_and_shares(cohort: Cohort) -> None:
    shown = columns(cohort, MDA5)
    women = (cohort.patients["sex"] == "Female").to_numpy()
    assert shown.labels == ("All patients", "Positive", "Negative")
    assert shown.counts(women).tolist() == [4, 1, 1]
    assert shown.counts(np.stack([women, ~women])).tolist() == [[4, 1, 1], [3, 2, 1]]
    assert shown.shares(women) == (Share(4, 7), Share(1, 3), Share(1, 2))
    assert shown.shares(women, of=women) == (Share(4, 4), Share(1, 1), Share(1, 1))
    assert (shown.unknown, shown.unknown_label) == (2, "Not tested")


def test_a_column_is_found_by_its_label(cohort: Cohort) -> None:
    assert columns(cohort, SUBTYPE).index("cadm") == 3
    with pytest.raises(KeyError):
        columns(cohort, SUBTYPE).index("IBM")


def test_where_each_patient_stands(cohort: Cohort) -> None:
    assert positions(cohort, pd.Series(["P7", "P1", "P8", "P1"])).tolist() == [6, 0, -1, 0]


def test_nobody_left(empty: Cohort) -> None:
    shown = columns(empty, SUBTYPE)
    assert (shown.labels, shown.n, shown.header) == (("All patients",), (0,), (Share(0, 0),))
