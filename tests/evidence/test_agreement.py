"""R's answers beside ours, on the nine patients of conftest.py."""

from __future__ import annotations

from math import inf

import pytest

from components.evidence.agreement import Line, agreement
from data.cohort import Cohort
from data.paper.reference import Reference, ReferenceAnswer

ANSWERS = (
    ReferenceAnswer("overall_survival", "", "", "survival", 0.75),
    ReferenceAnswer("overall_survival", "subtype", "CADM", "survival", 2 / 3),
    ReferenceAnswer("overall_survival", "subtype", "PM", "survival_lower", None),
    ReferenceAnswer("progression_free", "subtype", "", "p", 0.5),
    ReferenceAnswer("overall_survival", "anti_mda5", "Positive", "hazard_ratio", 3.0),
)


def test_answers_for_another_cohort_are_not_compared(enrolled: Cohort) -> None:
    assert agreement(enrolled, Reference("another", "R 4", ANSWERS)) is None


def test_each_answer_stands_beside_ours(enrolled: Cohort) -> None:
    found = agreement(enrolled, Reference("0", "R 4", ANSWERS))
    assert found is not None
    whole, cadm, pm, test, ratio = found.lines
    assert [line.theirs for line in found.lines] == list(ANSWERS)
    assert (whole.ours, cadm.ours) == pytest.approx((5 / 6, 2 / 3))
    assert pm.ours is None
    assert test.ours is not None
    assert ratio.ours is None
    assert found.largest("survival") == pytest.approx(5 / 6 - 0.75)
    assert found.of("survival") == (whole, cadm)
    assert found.largest("survival_lower") == 0
    assert found.largest() == inf


@pytest.mark.parametrize(
    ("theirs", "ours", "difference"),
    [(0.5, 0.25, 0.25), (50.0, 51.0, 0.02), (-4.0, -3.0, 0.25), (None, None, 0), (None, 1.0, inf), (1.0, None, inf)],
)
def test_difference_is_relative_above_one(theirs: float | None, ours: float | None, difference: float) -> None:
    assert Line(ReferenceAnswer("", "", "", "survival", theirs), ours).difference == difference
