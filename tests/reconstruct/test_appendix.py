"""What the document says an expert could object to is counted in the committed cohort."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from components.reconstruct.believable import HEALTHY, QUARTER
from data.cohort import Cohort

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reconstruction.md"
SAFETY = "safety"


@pytest.fixture(scope="module")
def text() -> str:
    return " ".join(DOCUMENT.read_text(encoding="utf-8").partition("## Appendix")[2].split())


def measured(cohort: Cohort, key: str) -> pd.DataFrame:
    rows = cohort.of_population(SAFETY).measurements
    return rows[rows["variable"] == key].sort_values(["patient", "day"])


def test_lung_function_and_gases(committed: Cohort, text: str) -> None:
    diffusion = measured(committed, "dlco")
    of_patient = diffusion.groupby("patient")["value"]
    steps = of_patient.diff().dropna().abs()
    highest = diffusion.iloc[int(diffusion["value"].to_numpy().argmax())]
    assert f"{(of_patient.max() > 120).sum()} of {of_patient.ngroups} patients reach more than 120 %" in text
    assert f"{highest['value']:.1f} % on day {highest['day']:g}" in text
    assert f"Of {len(steps)} changes between two measurements {(steps > 30).sum()} are larger than 30 points" in text
    capacity = measured(committed, "fvc").groupby("patient")["value"].max()
    assert f"{(capacity > 120).sum()} of {len(capacity)} exceed 120 %" in text
    difference = measured(committed, "aado2")["value"]
    assert f"{(difference < HEALTHY).sum()} of {len(difference)} alveolar-arterial differences" in text


def test_durations_and_weight(committed: Cohort, text: str) -> None:
    people = committed.of_population(SAFETY).patients
    known = people[["ip_duration", "disease_duration"]].dropna()
    longer = (known["ip_duration"] - known["disease_duration"] > QUARTER).sum()
    assert f"In {longer} of {len(known)} patients interstitial pneumonia is known more than three months longer" in text
    relapsed = people[people["presentation"] == "Relapse"]
    assert (relapsed["disease_duration"] < 100).sum() == 2
    assert f"Two of {len(relapsed)} patients with relapse" in text
    assert f"{(people['weight'] < 35).sum()} patients weigh less than 35 kg" in text


def test_blood_and_treatment(committed: Cohort, text: str) -> None:
    marker = measured(committed, "kl6")
    ratio = (marker["value"] / marker.groupby("patient")["value"].shift()).dropna()
    assert f"{(ratio < 0.25).sum()} of {len(ratio)} steps fall to less than a quarter" in text
    lowest = measured(committed, "ferritin").groupby("patient")["value"].min()
    assert f"{(lowest < 10).sum()} of {len(lowest)} patients go below 10 ng/mL" in text
    people = committed.of_population(SAFETY).patients
    pulsed = people.loc[(people["pulse_cyc"] == "Yes") & (people["cyclophosphamide"] == "Yes"), "patient"]
    dose = measured(committed, "prednisolone")
    first = dose[(dose["day"] <= 0) & dose["patient"].isin(pulsed)]["value"]
    assert (first < 20).sum() == 1
    assert f"One of {len(pulsed)} patients who receive pulses and cyclophosphamide" in text
