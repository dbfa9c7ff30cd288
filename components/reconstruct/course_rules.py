"""Rules about measurements and reactions: when they may lie, and what they may not contradict."""

from __future__ import annotations

import pandas as pd

from components.reconstruct.patient_rules import Found
from components.reconstruct.physiology import (
    ALVEOLAR,
    DECLINES,
    SATURATION_ERROR,
    SUPPLIED_OXYGEN,
    saturation_of_pao2,
)
from data.cohort import Cohort
from data.entries import STOP_DAY

HIGHEST_PER_KG = 0.3
"""Maximum daily dose of the prescribing information (mg/kg)."""
AFTER_STOP = 30
"""Days after the last dose within which an event is still put down to the drug."""
TOLERANCE = 1e-9


def measured_after_end(cohort: Cohort) -> Found:
    """Nothing is measured after the last day of follow-up."""
    return _after(cohort, cohort.measurements, "last_day", "measured", "followed to")


def measured_after_death(cohort: Cohort) -> Found:
    """Nothing is measured after death."""
    return _after(cohort, cohort.measurements, "death_day", "measured", "died on")


def measured_twice(cohort: Cohort) -> Found:
    """One value a patient, day and variable."""
    rows = cohort.measurements
    twice = rows[rows.duplicated(["patient", "day", "variable"])]
    for patient, day, key in twice[["patient", "day", "variable"]].itertuples(index=False):
        yield patient, f"{_label(cohort, key)} twice on day {day:g}"


def fall_without_progression(cohort: Cohort) -> Found:
    """A fall of %FVC to nine tenths of the baseline is a progression."""
    return _unnoticed(cohort, "fvc")


def rise_without_progression(cohort: Cohort) -> Found:
    """A rise of AaDO₂ by 15 mmHg is a progression."""
    return _unnoticed(cohort, "aado2")


def gases_beyond_alveoli(cohort: Cohort) -> Found:
    """PaO₂ and AaDO₂ add up to the oxygen pressure in the alveoli, which air (or supplied oxygen) limits."""
    rows = cohort.measurements
    gas = {key: rows[rows["variable"] == key].set_index(["patient", "day"])["value"] for key in ("pao2", "aado2")}
    both = pd.concat(gas, axis=1).dropna().reset_index()
    people = cohort.patients.set_index("patient")
    oxygen = both["patient"].map((people["oxygen"] != "Absent").astype(bool))
    supplied = oxygen | (both["patient"].map(people["progression_day"]) <= both["day"])
    total = both["pao2"] + both["aado2"]
    highest = supplied.map({True: SUPPLIED_OXYGEN, False: ALVEOLAR[1]})
    wrong = (total > highest + TOLERANCE) | (total < ALVEOLAR[0] - TOLERANCE)
    for patient, day, mmhg in zip(both["patient"][wrong], both["day"][wrong], total[wrong], strict=True):
        yield patient, f"PaO₂ and AaDO₂ add up to {mmhg:.1f} mmHg on day {day:g}"


def saturation_off_pao2(cohort: Cohort) -> Found:
    """SaO₂ at baseline is what PaO₂ implies, within a few points."""
    people = cohort.patients[["patient", "sao2", "pao2"]].dropna()
    implied = saturation_of_pao2(people["pao2"])
    wrong = (people["sao2"] - implied).abs() > SATURATION_ERROR + TOLERANCE
    for patient, recorded, meant in zip(people["patient"][wrong], people["sao2"][wrong], implied[wrong], strict=True):
        yield patient, f"SaO₂ {recorded:g} % where PaO₂ implies {meant:.1f} %"


def dose_above_maximum(cohort: Cohort) -> Found:
    """Tacrolimus stays within the maximum of the prescribing information."""
    rows = cohort.measurements
    rows = rows[(rows["variable"] == "tacrolimus_per_kg") & (rows["value"] > HIGHEST_PER_KG + TOLERANCE)]
    for patient, day, dose in rows[["patient", "day", "value"]].itertuples(index=False):
        yield patient, f"{dose:.3f} mg/kg/day of tacrolimus on day {day:g}"


def taken_after_stop(cohort: Cohort) -> Found:
    """Doses and troughs of tacrolimus are recorded only while it is taken."""
    rows = cohort.measurements
    rows = rows[rows["variable"].isin(["tacrolimus", "trough"]) & (rows["value"] > 0)]
    return _after(cohort, rows, STOP_DAY, "tacrolimus or trough recorded", "stopped on")


def finding_not_yes_or_no(cohort: Cohort) -> Found:
    """Findings are 1 or 0."""
    keys = [measure.key for measure in cohort.dictionary.measures if measure.kind == "finding"]
    rows = cohort.measurements
    rows = rows[rows["variable"].isin(keys) & ~rows["value"].isin([0, 1])]
    for patient, key, value in rows[["patient", "variable", "value"]].itertuples(index=False):
        yield patient, f"{_label(cohort, key)}: {value:g}"


def seen_without_prednisolone(cohort: Cohort) -> Found:
    """At every visit of this cohort the dose of prednisolone is recorded, 0 where none is taken."""
    rows = cohort.by_visit
    known = set(rows.loc[rows["variable"] == "prednisolone", ["patient", "visit"]].itertuples(index=False, name=None))
    for patient, visit in rows[["patient", "visit"]].drop_duplicates().itertuples(index=False, name=None):
        if (patient, visit) not in known:
            yield patient, f"seen at {visit} without a dose of prednisolone"


def reaction_after_end(cohort: Cohort) -> Found:
    """No reaction begins after the last day of follow-up."""
    return _after(cohort, cohort.reactions, "last_day", "a reaction", "followed to")


def reaction_before_start(cohort: Cohort) -> Found:
    """No reaction begins before the first dose."""
    rows = cohort.reactions[cohort.reactions["day"] < 0]
    for patient, day in rows[["patient", "day"]].itertuples(index=False):
        yield patient, f"a reaction on day {day:g}"


def reaction_long_after_stop(cohort: Cohort) -> Found:
    """A drug reaction begins while the drug is taken or within a month after."""
    return _after(cohort, cohort.reactions, STOP_DAY, "a reaction", "stopped on", AFTER_STOP)


def term_off_category(cohort: Cohort) -> Found:
    """Terms that are counted together stand in the category they are counted in."""
    category = {term: group.category for group in cohort.dictionary.term_groups for term in group.terms}
    rows = cohort.reactions
    right = rows["term"].map(category)
    wrong = right.notna() & (right != rows["category"])
    for patient, term, filed in rows.loc[wrong, ["patient", "term", "category"]].itertuples(index=False):
        yield patient, f"{term} filed under {filed}"


def unknown_category(cohort: Cohort) -> Found:
    """Every reaction has one of the dictionary's categories."""
    rows = cohort.reactions
    known = [category.word for category in cohort.dictionary.reaction_categories]
    rows = rows[~rows["category"].isin(known)]
    for patient, category in rows[["patient", "category"]].itertuples(index=False):
        yield patient, f"category {category}"


def fatal_reaction_of_survivor(cohort: Cohort) -> Found:
    """Only the dead had a fatal reaction."""
    fatal = cohort.reactions.loc[cohort.reactions["outcome"] == "Fatal", "patient"]
    people = cohort.patients
    alive = people[people["patient"].isin(fatal) & people["death_day"].isna()]
    return [(str(patient), "a fatal reaction, but alive") for patient in alive["patient"]]


def _after(cohort: Cohort, rows: pd.DataFrame, column: str, what: str, end: str, grace: int = 0) -> Found:
    """Rows later than ``grace`` days after the patient's day in ``column``, one finding a patient."""
    limit = rows["patient"].map(cohort.patients.set_index("patient")[column])
    late = rows.assign(limit=limit)[rows["day"] > limit + grace]
    for patient, day, last in late.groupby("patient", sort=False)[["day", "limit"]].max().itertuples(name=None):
        yield str(patient), f"{what} on day {day:g}, {end} day {last:g}"


def _unnoticed(cohort: Cohort, key: str) -> Found:
    """Values that amount to a progression before the day of progression (or without one), if any day is recorded."""
    people = cohort.patients.set_index("patient")
    if people["progression_day"].isna().all():
        return
    rows = cohort.measurements[(cohort.measurements["variable"] == key) & (cohort.measurements["day"] > 0)]
    baseline = rows["patient"].map(people[key]).to_numpy(dtype=float)
    reached = DECLINES[key].reached(baseline, rows["value"].to_numpy(dtype=float))
    noticed = rows["patient"].map(people["progression_day"]).to_numpy(dtype=float) <= rows["day"].to_numpy()
    wrong = rows.assign(baseline=baseline)[reached & ~noticed]
    for patient, day, first, value in wrong[["patient", "day", "baseline", "value"]].itertuples(index=False):
        yield patient, f"{_label(cohort, key)} from {first:g} to {value:g} on day {day:g}, before any progression"


def _label(cohort: Cohort, key: str) -> str:
    measure = cohort.dictionary.measure.get(key)
    return measure.label if measure else key
