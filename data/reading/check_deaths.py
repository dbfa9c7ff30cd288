"""Deaths that a file tells of without their day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.cohort import Tables
from data.reading import findings
from data.reading.cells import among, distinct, lines, numbers, texts
from data.reading.issue import Issue

FATAL = "Fatal"


def death_issues(tables: Tables) -> Iterator[Issue]:
    """Patients with a cause of death or a fatal reaction, of whom no day of death is recorded."""
    patients = tables.patients
    names = texts(patients["patient"])
    death = numbers(patients["death_day"]) if "death_day" in patients else np.full(len(patients), np.nan)
    written = texts(patients["death_day"]) if "death_day" in patients else np.full(len(patients), "", dtype=object)
    undated = np.isnan(death) & (written == "")
    if "cause_of_death" in patients:
        caused = undated & (texts(patients["cause_of_death"]) != "")
        if caused.any():
            yield findings.death_without_day(
                "patients", "cause_of_death", lines(patients)[caused].tolist(), distinct(names[caused])
            )
    reactions = tables.reactions
    if {"patient", "outcome"} <= set(reactions.columns):
        who = texts(reactions["patient"])
        fatal = (texts(reactions["outcome"]) == FATAL) & among(who, names[undated].tolist())
        if fatal.any():
            yield findings.death_without_day(
                "reactions", "outcome", lines(reactions)[fatal].tolist(), distinct(who[fatal])
            )
