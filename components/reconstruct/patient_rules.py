"""Rules about a patient's own row and treatments: antibodies, death, progression, stops."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.cohort import Cohort
from data.entries import STOP_DAY

Found = Iterable[tuple[str, str]]
"""Offending patients, each with what is wrong."""

CLINICAL_COLUMNS = ("death_day", "last_day", "progression_day", "cause_of_death")
TREATMENT_FACTORS = (
    ("cyclophosphamide", "cyclophosphamide", "start"),
    ("pulse_cyc", "methylprednisolone pulse", "pulse"),
)
OF_THE_CLINIC = ("department",)
"""Factors known of everybody enrolled."""
NEW = 30
"""Days for which a disease is new and cannot have come back."""
NOT_TREATED = ("Enrolled only", "Form only")
"""Members of the enrolled population about whom nothing clinical is known."""


def ars_negative_with_jo1(cohort: Cohort) -> Found:
    """Jo-1 is one of the ARS antibodies."""
    people = cohort.patients
    wrong = (people["anti_jo1"] == "Positive") & (people["anti_ars"] == "Negative")
    return _each(people[wrong], "anti-Jo-1 positive but anti-ARS negative")


def damage_outside_cadm(cohort: Cohort) -> Found:
    """The paper saw diffuse alveolar damage only in CADM."""
    people = cohort.patients
    wrong = (people["ct_pattern"] == "DAD") & (people["subtype"] != "CADM")
    return _each(people[wrong], "diffuse alveolar damage outside CADM")


def pulse_without_cyclophosphamide(cohort: Cohort) -> Found:
    """Pulse and cyclophosphamide includes cyclophosphamide."""
    people = cohort.patients
    wrong = (people["pulse_cyc"] == "Yes") & (people["cyclophosphamide"] == "No")
    return _each(people[wrong], "pulse with cyclophosphamide, but no cyclophosphamide")


def relapse_of_the_new(cohort: Cohort) -> Found:
    """What relapses was there before: for a month at the least, as myositis or as interstitial pneumonia."""
    people = cohort.patients
    longest = people[["disease_duration", "ip_duration"]].max(axis=1)
    wrong = (people["presentation"] == "Relapse") & (longest < NEW)
    for patient, days in zip(people.loc[wrong, "patient"], longest[wrong], strict=True):
        yield str(patient), f"relapse of what is known for {days:g} days"


def death_off_last_day(cohort: Cohort) -> Found:
    """A death ends the follow-up."""
    people = cohort.patients[cohort.patients["death_day"].notna()]
    wrong = people["death_day"] != people["last_day"]
    for patient, died, last in people.loc[wrong, ["patient", "death_day", "last_day"]].itertuples(index=False):
        yield patient, f"died on day {died:g}, followed to day {last:g}"


def progression_after_end(cohort: Cohort) -> Found:
    """A progression lies within the follow-up."""
    people = cohort.patients
    wrong = people["progression_day"] > people["last_day"]
    for patient, day, last in people.loc[wrong, ["patient", "progression_day", "last_day"]].itertuples(index=False):
        yield patient, f"progression on day {day:g}, followed to day {last:g}"


def day_before_start(cohort: Cohort) -> Found:
    """Days of outcomes count from the start of tacrolimus."""
    for column in ("death_day", "last_day", "progression_day", STOP_DAY):
        people = cohort.patients[cohort.patients[column] < 0]
        yield from _each(people, f"{column.replace('_', ' ')} before the start of tacrolimus")


def cause_without_death(cohort: Cohort) -> Found:
    """Exactly the dead have a cause of death."""
    people = cohort.patients
    if "cause_of_death" not in people:
        return
    cause = people["cause_of_death"].fillna("").astype(str) != ""
    dead = people["death_day"].notna()
    yield from _each(people[cause & ~dead], "a cause of death without a death")
    yield from _each(people[dead & ~cause], "a death without a cause")


def stop_after_end(cohort: Cohort) -> Found:
    """Tacrolimus is stopped within the follow-up."""
    people = cohort.patients
    wrong = people[STOP_DAY] > people["last_day"]
    for patient, day, last in people.loc[wrong, ["patient", STOP_DAY, "last_day"]].itertuples(index=False):
        yield patient, f"stopped on day {day:g}, followed to day {last:g}"


def several_stops(cohort: Cohort) -> Found:
    """The reasons for a stop stand on one day."""
    days = _stops(cohort).groupby("patient")["day"].nunique()
    for patient, many in days[days > 1].items():
        yield str(patient), f"tacrolimus stopped on {many} different days"


def reason_off_death(cohort: Cohort) -> Found:
    """Only the dead stop because of death, and not before the day they die."""
    stops = _stops(cohort)
    stops = stops[stops["reason"] == "Patient death"]
    died = stops["patient"].map(cohort.patients.set_index("patient")["death_day"])
    for patient, day, death in zip(stops["patient"], stops["day"], died, strict=True):
        if pd.isna(death):
            yield patient, "stopped because of death, but did not die"
        elif day > death:
            yield patient, f"stopped on day {day:g}, died on day {death:g}"


def stop_without_reaction(cohort: Cohort) -> Found:
    """Who stopped for an adverse event had an adverse reaction by then."""
    stops = _stops(cohort)
    first = cohort.reactions.groupby("patient")["day"].min()
    for patient, day in stops.loc[stops["reason"] == "Adverse event", ["patient", "day"]].itertuples(index=False):
        if not first.get(patient, float("inf")) <= day:
            yield patient, f"stopped for an adverse event on day {day:g}, no reaction by then"


def treatments_off_factors(cohort: Cohort) -> Found:
    """Treatment at baseline and the treatment rows of day 0 agree."""
    rows = cohort.treatments[cohort.treatments["day"] <= 0]
    for factor, drug, action in TREATMENT_FACTORS:
        given = set(rows.loc[(rows["drug"] == drug) & (rows["action"] == action), "patient"])
        people = cohort.patients
        listed = people["patient"].isin(given)
        yield from _each(people[(people[factor] == "Yes") & ~listed], f"no row for the {drug} at baseline")
        yield from _each(
            people[(people[factor] == "No") & listed], f"a row for {drug} at baseline, which was not given"
        )


def treated_without_start(cohort: Cohort) -> Found:
    """Everybody of the safety population starts tacrolimus on day 0."""
    rows = cohort.treatments
    rows = rows[(rows["drug"] == "tacrolimus") & (rows["action"] == "start") & (rows["day"] == 0)]
    people = cohort.of_population("safety").patients
    yield from _each(people[~people["patient"].isin(rows["patient"])], "no start of tacrolimus on day 0")


def clinical_data_of_untreated(cohort: Cohort) -> Found:
    """Nothing clinical is recorded of patients without safety data."""
    people = cohort.patients[cohort.patients["population"].isin(NOT_TREATED)]
    dictionary = cohort.dictionary
    columns = [*dictionary.factor, *dictionary.number, *CLINICAL_COLUMNS]
    there = people[[key for key in columns if key in people and key not in OF_THE_CLINIC]].notna()
    yield from _each(people[there.any(axis=1)], "clinical data without safety data")
    for name in ("measurements", "reactions", "treatments"):
        table: pd.DataFrame = getattr(cohort, name)
        yield from _each(people[people["patient"].isin(table["patient"])], f"{name} without safety data")


def _each(people: pd.DataFrame, wrong: str) -> Found:
    return [(str(patient), wrong) for patient in people["patient"]]


def _stops(cohort: Cohort) -> pd.DataFrame:
    rows = cohort.treatments
    return rows[(rows["drug"] == "tacrolimus") & (rows["action"] == "stop")]
