from __future__ import annotations

import numpy as np

from components.core.columns import Share, columns
from components.core.tally import LabelCounts, label_counts
from data.cohort import Cohort
from data.levels import Level

COST, RASH, DISTANCE, WISH = (Level(name, name, name) for name in ("cost", "rash", "distance", "wish"))
NAMED = [(COST, RASH), (), (RASH, RASH), (DISTANCE,), (COST,), (), ()]
CONCERNED = np.array([True, True, True, True, False, False, False])


def test_each_patient_counts_once_a_label_and_only_among_those_concerned(cohort: Cohort) -> None:
    found = label_counts(columns(cohort), NAMED, CONCERNED)
    assert [(label_count.label, label_count.shares) for label_count in found.labels] == [
        ("rash", (Share(2, 4),)),
        ("cost", (Share(1, 4),)),
        ("distance", (Share(1, 4),)),
    ]
    assert (found.concerned, found.unnamed, found.several) == ((4,), (1,), (1,))


def test_listed_labels_come_first_in_their_order_even_if_nobody_names_them(cohort: Cohort) -> None:
    found = label_counts(columns(cohort), NAMED, CONCERNED, (WISH, DISTANCE))
    assert [label_count.label for label_count in found.labels] == ["wish", "distance", "rash", "cost"]
    assert found.share("wish", 0) == Share(0, 4)
    assert found.share("never heard of", 0) == Share(0, 4)


def test_nobody_concerned(empty: Cohort) -> None:
    assert label_counts(columns(empty), [], np.zeros(0, dtype=bool)) == LabelCounts((), (0,), (0,), (0,))
