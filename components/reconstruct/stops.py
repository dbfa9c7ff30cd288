"""Starts and stops of treatment as rows of treatments.csv."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.reconstruct.schedule import CLINICAL, day_column
from data.variables import DICTIONARY

BASELINE_DRUGS = (
    ("cyclophosphamide", "cyclophosphamide", "start"),
    ("pulse_cyc", "methylprednisolone pulse", "pulse"),
)
"""Factor whose level Yes means a treatment at day 0, the drug and what was done; later changes are not published."""
ENHANCED = (("methylprednisolone pulse", "pulse"), ("cyclophosphamide", "start"))
"""What answers a progression beside more prednisolone; the definition of progression names enhanced treatment."""
ANSWERED, WITHIN = 0.9, 15
"""Share of progressions answered so, and within how many days."""


def stops(patients: pd.DataFrame, plan: pd.DataFrame, rng: np.random.Generator | None = None) -> pd.DataFrame:
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
            listed = {reason.word for reason in DICTIONARY.stop_reasons}
            unknown = [reason for reason in given if reason not in listed]
            if unknown:
                raise ValueError(f"{patient}: unknown reason to stop {unknown[0]!r}")
            rows += [(patient, int(day), "tacrolimus", "stop", reason) for reason in given]
    if rng is not None:
        rows += _enhanced(people, rng)
    found = pd.DataFrame(rows, columns=["patient", "day", "drug", "action", "reason"])
    return found.sort_values(["patient", "day"], kind="stable").reset_index(drop=True)


def _enhanced(people: pd.DataFrame, rng: np.random.Generator) -> list[tuple[str, int, str, str, str]]:
    """Rows of the treatment that answers progressions: cyclophosphamide where it was not given before, or a pulse."""
    rows = []
    days, last = day_column(people, "progression_day"), day_column(people, "last_day")
    for i in np.flatnonzero(~np.isnan(days)):
        answered, fresh = rng.random() < ANSWERED, people["cyclophosphamide"][i] != "Yes"
        drug, action = ENHANCED[int(fresh and rng.random() < 0.5)]
        day = int(min(days[i] + rng.integers(0, WITHIN), last[i]))
        if answered:
            rows.append((people["patient"][i], day, drug, action, ""))
    return rows
