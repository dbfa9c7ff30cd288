from __future__ import annotations

import pandas as pd

from components.core.columns import Share
from components.treatment.concomitant import concomitant
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.levels import PULSE
from data.variables import DICTIONARY, TREATMENT

SEX = DICTIONARY.factor["sex"]


def made() -> Cohort:
    people = pd.DataFrame({
        "patient": ["P1", "P2", "P3"], "population": "Outcome", "sex": ["Male", "Female", "Female"],
        "cyclophosphamide": ["Yes", "No", None], "previous_drug": ["None", "Azathioprine", "None"],
    })  # fmt: skip
    given = pd.DataFrame(
        [("P1", 0, "tacrolimus", "start"), ("P1", 0, "cyclophosphamide", "pulse"),
         ("P1", 30, "cyclophosphamide", "pulse"),
         ("P2", 5, "cyclophosphamide", "pulse"), ("P3", 9, "cyclophosphamide", "stop"), ("P3", 9, "rituximab", "start"),
         ("P9", 9, "rituximab", "start")],
        columns=["patient", "day", "drug", "action"],
    )  # fmt: skip
    return cohort_from(Tables(people, pd.DataFrame(), pd.DataFrame(), given), Provenance("imported", "made", "0"))


def test_treatment_at_the_start_is_out_of_those_for_whom_it_is_recorded() -> None:
    result = concomitant(made(), TREATMENT, SEX)
    assert result.columns.labels == ("All patients", "Male", "Female")
    rows = {(row.factor.key, row.level.id): row.shares for row in result.at_start}
    assert rows["cyclophosphamide", "yes"] == (Share(1, 2), Share(1, 1), Share(0, 1))
    assert rows["previous_drug", "azathioprine"] == (Share(1, 3), Share(0, 1), Share(1, 2))
    assert ("previous_drug", "none") not in rows


def test_what_was_given_later_counts_patients_and_times() -> None:
    pulses, other = concomitant(made(), TREATMENT, SEX).given
    assert (pulses.drug.id, pulses.action) == ("cyclophosphamide", PULSE)
    assert pulses.shares == (Share(2, 3), Share(1, 1), Share(1, 2))
    assert pulses.times == (3, 2, 1)
    assert (other.drug.word, other.shares[0], other.times) == ("rituximab", Share(1, 3), (1, 0, 1))


def test_nobody_and_nothing(empty: Cohort) -> None:
    assert concomitant(empty, TREATMENT).given == ()
