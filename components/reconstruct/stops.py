"""Starts and stops of treatment as rows of treatments.csv."""

from __future__ import annotations

import pandas as pd

from components.reconstruct.schedule import CLINICAL, day_column
from data.variables import DICTIONARY

BASELINE_DRUGS = (
    ("cyclophosphamide", "cyclophosphamide", "start"),
    ("pulse_cyc", "methylprednisolone pulse", "pulse"),
)
"""Factor whose level Yes means a treatment at day 0, the drug and what was done; later changes are not published."""


def stops(patients: pd.DataFrame, plan: pd.DataFrame) -> pd.DataFrame:
    """One row a treatment change: columns patient, day, drug, action, reason.

    Tacrolimus starts on day 0 in everybody treated and stops as planned, one row a reason. Raises ValueError for a
    planned reason that the dictionary does not list, or a stop without a reason.
    """
    people = patients[patients["population"].isin(CLINICAL)].reset_index(drop=True)
    rows = [(patient, 0, "tacrolimus", "start", "") for patient in people["patient"]]
    for factor, drug, action in BASELINE_DRUGS:
        rows += [(patient, 0, drug, action, "") for patient in people.loc[people[factor] == "Yes", "patient"]]
    for patient, day, reasons in zip(plan["patient"], day_column(plan, "stop_day"), plan["stop_reasons"], strict=True):
        if day == day:  # noqa: PLR0124 - not a number where never stopped
            given = str(reasons).split("; ")
            unknown = [reason for reason in given if reason not in DICTIONARY.stop_reasons]
            if unknown:
                raise ValueError(f"{patient}: unknown reason to stop {unknown[0]!r}")
            rows += [(patient, int(day), "tacrolimus", "stop", reason) for reason in given]
    found = pd.DataFrame(rows, columns=["patient", "day", "drug", "action", "reason"])
    return found.sort_values(["patient", "day"], kind="stable").reset_index(drop=True)
