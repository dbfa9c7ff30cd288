from __future__ import annotations

from components.evidence.institutions import institutions
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]


def test_each_institution_counts_once_a_column(cohort: Cohort) -> None:
    patients = cohort.patients.copy()
    patients["institution"] = ["I1", "I1", "I2", "I2", "I1", None, "I3"]
    found = institutions(cohort.with_patients(patients), SUBTYPE)
    assert dict(zip(found.columns.labels, found.counts, strict=True)) == {
        "All patients": 3, "PM": 1, "Overall DM": 3, "CADM": 2, "Classic DM": 1,
    }  # fmt: skip
    assert (found.cell("cadm"), found.cell("IBM")) == (2, 0)


def test_without_names_there_is_none(cohort: Cohort, empty: Cohort) -> None:
    assert institutions(cohort).counts == (0,)
    assert institutions(empty, SUBTYPE).counts == (0,)
