"""Whether patients are believable beyond what the paper prints: shares an expert would look at, each with its range.

A rule of coherence is broken by single patients; what is unbelievable here is seen in all of them together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.reconstruct.ladder import prescribed
from components.reconstruct.targets import Bools
from data.cohort import Cohort
from data.levels import PULSE, START

WEEK, QUARTER, HALF_YEAR, YEAR = 7, 91, 183, 365
ANSWER = 90
"""Days within which a progression is answered by treatment."""
ENHANCING = (START.word, PULSE.word)
"""What adds treatment, in the words of tables."""
LEAST = 1e-9
HEALTHY = 5.0
"""Alveolar-arterial difference below which nobody would think of the lungs, in mmHg."""
BLOOD = ("kl6", "ferritin", "spd", "trough")


@dataclass(frozen=True)
class Trait:
    """One number of a cohort with the range in which it is believable, and where the range comes from.

    ``value`` gives the number; not a number where the cohort has nothing it could be computed from. One ``of_skeleton``
    rests on survival times, subtype and antibodies alone, so that whatever is filled in later cannot change it.
    """

    name: str
    sentence: str
    source: str
    least: float
    most: float
    value: Callable[[Cohort], float]
    of_skeleton: bool = False


@dataclass(frozen=True)
class Finding:
    """A trait and its value in one cohort."""

    trait: Trait
    value: float

    @property
    def believable(self) -> bool:
        """Whether the value lies in the range; also where there is none."""
        return bool(np.isnan(self.value)) or self.trait.least - LEAST <= self.value <= self.trait.most + LEAST

    def __str__(self) -> str:
        """For example ``doses on rungs: 0.93, believable from 1 to 1``."""
        return f"{self.trait.name}: {self.value:.2f}, believable from {self.trait.least:g} to {self.trait.most:g}"


def off_ladder(cohort: Cohort) -> float:
    """Share of doses of prednisolone that nobody prescribes."""
    dose = _values(cohort, "prednisolone")["value"].to_numpy(dtype=np.float64)
    return float(1.0 - prescribed(dose).mean()) if len(dose) else np.nan


def commonest_odd_dose(cohort: Cohort) -> float:
    """Patients on 32.5 or 37.5 mg of prednisolone at baseline, as a share of those on any dose."""
    rows = _values(cohort, "prednisolone")
    dose = rows.loc[(rows["day"] <= 0) & (rows["value"] > 0), "value"]
    return float(dose.isin([32.5, 37.5]).mean()) if len(dose) else np.nan


def highest_per_kg(cohort: Cohort) -> float:
    """Highest baseline dose of prednisolone by body weight (mg/kg/day)."""
    rows = _values(cohort, "prednisolone")
    rows = rows[rows["day"] <= 0]
    weight = pd.to_numeric(rows["patient"].map(cohort.patients.set_index("patient")["weight"]))
    return float((rows["value"] / weight).max())


def short_chronic(cohort: Cohort) -> float:
    """Share of chronic disease, exacerbated or not, that is known for less than three months."""
    return _known(cohort, ("Chronic", "Acute exacerbation"), lambda days: days < QUARTER)


def long_acute(cohort: Cohort) -> float:
    """Share of acute or subacute disease that is known for a year or longer."""
    return _known(cohort, ("Acute/subacute",), lambda days: days >= YEAR)


def mda5_and_saturation(cohort: Cohort) -> float:
    """Phi of anti-MDA5 with SaO₂ below 95 %."""
    people = cohort.patients
    return _phi(_is(people, "anti_mda5", "Positive"), people["sao2"] < 95, people["sao2"].notna())


def cadm_and_ferritin(cohort: Cohort) -> float:
    """Phi of CADM with ferritin of 500 ng/mL or more."""
    ferritin = _baseline(cohort, "ferritin")
    return _phi(_is(cohort.patients, "subtype", "CADM"), ferritin >= 500, ferritin.notna())


def damage_and_oxygen(cohort: Cohort) -> float:
    """Phi of diffuse alveolar damage with oxygen."""
    people = cohort.patients
    known = people["ct_pattern"].notna() & people["oxygen"].notna()
    return _phi(_is(people, "ct_pattern", "DAD"), _is(people, "oxygen", "Present"), known)


def kl6_with_mda5(cohort: Cohort) -> float:
    """Median KL-6 of anti-MDA5-positive patients over that of all others."""
    value = _baseline(cohort, "kl6")
    positive = _is(cohort.patients, "anti_mda5", "Positive")
    return float(value[positive].median() / value[~positive].median())


def lungs_without_progression(cohort: Cohort) -> float:
    """Share of the deaths of interstitial lung disease that no progression precedes."""
    people = cohort.patients
    lungs = people["cause_of_death"].fillna("").astype(str).str.contains("Interstitial lung disease")
    return float(people.loc[lungs, "progression_day"].isna().mean()) if lungs.any() else np.nan


def other_death_with_ferritin(cohort: Cohort) -> float:
    """Share of other causes among the deaths with ferritin of 500 ng/mL or more."""
    dead = cohort.patients["death_day"].notna() & (_baseline(cohort, "ferritin") >= 500)
    cause = cohort.patients.loc[dead, "cause_of_death"].fillna("").astype(str)
    return float((~cause.str.contains("Interstitial lung disease")).mean()) if dead.any() else np.nan


def unanswered(cohort: Cohort) -> float:
    """Share of progressions that no treatment answers within three months, nor a higher dose of prednisolone."""
    people = cohort.patients[cohort.patients["progression_day"].notna()]
    if people.empty:
        return np.nan
    given = cohort.treatments[cohort.treatments["action"].isin(ENHANCING)]
    dose = _values(cohort, "prednisolone").sort_values("day")
    missing = 0
    for patient, day in people[["patient", "progression_day"]].itertuples(index=False):
        own = dose[dose["patient"] == patient]
        before, after = own.loc[own["day"] < day, "value"], own.loc[own["day"].between(day, day + ANSWER), "value"]
        raised = len(before) > 0 and len(after) > 0 and after.max() > before.iloc[-1]
        drug = (given["patient"] == patient) & given["day"].between(day, day + ANSWER)
        missing += not (raised or drug.any())
    return missing / len(people)


def late_mda5_deaths(cohort: Cohort) -> float:
    """Share of the deaths of anti-MDA5-positive patients that come after six months."""
    died = cohort.patients.loc[_is(cohort.patients, "anti_mda5", "Positive"), "death_day"].dropna()
    return float((died > HALF_YEAR).mean()) if len(died) else np.nan


def spacing(cohort: Cohort, key: str = "kl6") -> float:
    """Coefficient of variation of the spacing of baseline values, the middle half, on the logarithmic scale.

    About 1 for values drawn at random, near 0 for the points of a grid.
    """
    value = np.sort(np.log(_baseline(cohort, key).dropna().to_numpy(dtype=np.float64)))
    middle = np.diff(value[len(value) // 4 : 3 * len(value) // 4])
    return float(middle.std() / middle.mean()) if len(middle) > 1 else np.nan


def early_reactions(cohort: Cohort) -> float:
    """Share of the reactions that begin within three months."""
    day = cohort.reactions["day"].dropna()
    return float((day < QUARTER).mean()) if len(day) else np.nan


def trough_and_dose(cohort: Cohort) -> float:
    """Correlation of trough and daily dose of tacrolimus at the same visits."""
    dose, trough = (
        _values(cohort, key).set_index(["patient", "day"])["value"].rename(key) for key in ("tacrolimus", "trough")
    )
    both = pd.concat([dose, trough], axis=1).dropna()
    return float(both["tacrolimus"].corr(both["trough"])) if len(both) > 2 else np.nan


def on_own_weekday(cohort: Cohort) -> float:
    """Share of the days of measurement after the first that lie whole weeks after the start."""
    days = cohort.measurements.loc[cohort.measurements["day"] > 0, ["patient", "day"]].drop_duplicates()
    return float((days["day"] % WEEK == 0).mean()) if len(days) else np.nan


def cadm_over_lowest(cohort: Cohort) -> float:
    """Progression-free survival at two years of CADM less the lowest of the other subtypes, in percentage points."""
    outcome = cohort.of_population("outcome")
    days, had = outcome.time_to(outcome.dictionary.endpoint["progression_free"])
    words = outcome.dictionary.factor["subtype"].words
    codes = np.array([words.index(word) for word in outcome.patients["subtype"]])
    if len(set(codes)) < len(words):
        return np.nan
    table = kaplan_meier(event_table(days, had, codes, len(words)))
    free = 100.0 * survival_at(table, [cohort.dictionary.visit["Month 24"].day]).survival[0]
    cadm = words.index("CADM")
    return float(free[cadm] - np.delete(free, cadm).min())


def highest_diffusion(cohort: Cohort) -> float:
    """Highest %DLCO measured."""
    return float(_values(cohort, "dlco")["value"].max())


def healthy_gases(cohort: Cohort) -> float:
    """Share of alveolar-arterial differences of oxygen below 5 mmHg."""
    value = _values(cohort, "aado2")["value"]
    return float((value < HEALTHY).mean()) if len(value) else np.nan


def pneumonia_long_before(cohort: Cohort) -> float:
    """Share of patients whose interstitial pneumonia has been known for over three months longer than the myositis."""
    people = cohort.patients[["ip_duration", "disease_duration"]].dropna()
    return float((people["ip_duration"] - people["disease_duration"] > QUARTER).mean()) if len(people) else np.nan


def lungs_on_other_days(cohort: Cohort) -> float:
    """Share of days with %FVC after the first on which no blood is taken (no KL-6, ferritin, SP-D or trough)."""
    rows = cohort.measurements[cohort.measurements["day"] > 0]
    blood = set(zip(*(rows.loc[rows["variable"].isin(BLOOD), key] for key in ("patient", "day")), strict=True))
    lungs = rows.loc[rows["variable"] == "fvc", ["patient", "day"]].itertuples(index=False, name=None)
    apart = [day not in blood for day in lungs]
    return float(np.mean(apart)) if apart else np.nan


ASSUMED = "Assumed."
PRESCRIBED = "Assumed: tablets of 1, 2.5 and 5 mg are sold in Japan."
DEFINED = "The paper's definition of progression includes the need for enhanced treatment."
CORRELATED = "The paper reports that prognostic factors are generally correlated."
PRINTED = "The paper says so in words."
EXPONENTIAL = "Exponential spacings vary as much as their mean."
# fmt: off
TRAITS = (
    Trait("doses off the ladder", "Prednisolone is given in doses that tablets make.", PRESCRIBED, 0, 0, off_ladder),
    Trait("odd doses", "32.5 and 37.5 mg of prednisolone are seldom given.", PRESCRIBED, 0, 0.1, commonest_odd_dose),
    Trait("highest dose", "Prednisolone is not above 2 mg/kg/day.", ASSUMED, 0.5, 2.05, highest_per_kg),
    Trait(
        "short chronic disease", "Chronic disease has been known for three months.",
        "The word's meaning.", 0, 0.1, short_chronic,
    ),
    Trait(
        "long acute disease", "Acute disease is seldom known for a year.",
        "The word's meaning; a relapse may be.", 0, 0.1, long_acute,
    ),
    Trait("anti-MDA5 and SaO₂", "Anti-MDA5 goes with low SaO₂.", CORRELATED, 0.1, 0.6, mda5_and_saturation),
    Trait("CADM and ferritin", "CADM goes with high ferritin.", CORRELATED, 0.1, 0.6, cadm_and_ferritin),
    Trait("damage and oxygen", "Diffuse alveolar damage goes with oxygen.", CORRELATED, 0.1, 0.7, damage_and_oxygen),
    Trait("KL-6 with anti-MDA5", "KL-6 is lower with anti-MDA5.", ASSUMED, 0.4, 1.0, kl6_with_mda5),
    Trait(
        "unforeseen deaths", "A death of the lungs follows a progression.",
        DEFINED, 0, 0.1, lungs_without_progression,
    ),
    Trait("other deaths", "With high ferritin death is of the lungs.", ASSUMED, 0, 0.3, other_death_with_ferritin),
    Trait("unanswered", "A progression is answered by treatment.", DEFINED, 0, 0.2, unanswered),
    Trait(
        "late deaths", "With anti-MDA5 death comes within six months.",
        ASSUMED, 0, 0.25, late_mda5_deaths, of_skeleton=True,
    ),
    Trait(
        "spacing", "Laboratory values are spaced as if drawn.",
        EXPONENTIAL, 0.7, 1.6, spacing,
    ),
    Trait("early reactions", "Reactions begin through both years.", ASSUMED, 0.4, 0.75, early_reactions),
    Trait("trough and dose", "Monitoring loosens trough from dose.", ASSUMED, 0.0, 0.5, trough_and_dose),
    Trait("weekday", "Visits keep a patient's weekday.", ASSUMED, 0.3, 0.9, on_own_weekday),
    Trait(
        "lowest in CADM", "Progression-free survival is lowest in CADM.",
        PRINTED, -100, 0, cadm_over_lowest, of_skeleton=True,
    ),
    Trait(
        "ferritin spacing", "Ferritin is spaced as if drawn.",
        EXPONENTIAL, 0.7, 1.6, partial(spacing, key="ferritin"),
    ),
    Trait("SP-D spacing", "SP-D is spaced as if drawn.", EXPONENTIAL, 0.7, 1.6, partial(spacing, key="spd")),
    Trait(
        "days of the lungs", "Lung function is partly measured on days of its own.",
        ASSUMED, 0.1, 0.7, lungs_on_other_days,
    ),
    Trait("highest diffusion", "%DLCO is not above 140.", ASSUMED, 0, 140, highest_diffusion),
    Trait("healthy gases", "An AaDO₂ below 5 mmHg is that of the healthy.", ASSUMED, 0, 0.1, healthy_gases),
    Trait(
        "pneumonia first", "Interstitial pneumonia seldom comes three months first.",
        ASSUMED, 0, 0.25, pneumonia_long_before,
    ),
)
# fmt: on


def traits_of(cohort: Cohort, traits: tuple[Trait, ...] = TRAITS) -> tuple[Finding, ...]:
    """Every trait with its value in the cohort, in order."""
    return tuple(Finding(trait, trait.value(cohort)) for trait in traits)


def _values(cohort: Cohort, key: str) -> pd.DataFrame:
    return cohort.measurements[cohort.measurements["variable"] == key]


def _baseline(cohort: Cohort, key: str) -> pd.Series:
    """The value at day 0 in the order of the patients, not a number where there is none."""
    rows = _values(cohort, key)
    first = rows[rows["day"] == 0].set_index("patient")["value"]
    return cohort.patients["patient"].map(first).astype(float)


def _is(people: pd.DataFrame, key: str, level: str) -> pd.Series:
    return (people[key] == level).fillna(value=False).astype(bool)


def _known(cohort: Cohort, onsets: tuple[str, ...], wrong: Callable[[pd.Series], pd.Series]) -> float:
    people = cohort.patients[cohort.patients["onset"].isin(onsets) & cohort.patients["ip_duration"].notna()]
    return float(wrong(people["ip_duration"]).mean()) if len(people) else np.nan


def _phi(one: pd.Series, other: pd.Series, known: pd.Series) -> float:
    """Correlation of two yes-or-no columns among those in whom both are known."""
    a: Bools = one[known].to_numpy(dtype=np.bool_)
    b: Bools = other[known].to_numpy(dtype=np.bool_)
    if len(a) < 2 or a.all() or b.all() or not a.any() or not b.any():
        return np.nan
    return float(np.corrcoef(a, b)[0, 1])
