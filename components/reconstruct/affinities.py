"""What goes together in patients: the light plausibility of patterns that the paper leaves open.

The paper prints margins only. These leanings decide, among the assignments that give every printed number back, which
are likelier; they are clinical common sense, not findings, and no number is made to depend on their strength.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf

import numpy as np
import pandas as pd

from components.reconstruct.targets import Floats, Targets, members
from data.entries import Factor

NEVER_TOGETHER = -50.0


@dataclass(frozen=True)
class Affinity:
    """Log odds by which ``level`` of factor ``key`` is likelier in patients with one of the ``levels`` of ``given``."""

    key: str
    level: str
    given: str
    levels: tuple[str, ...]
    weight: float


# fmt: off
AFFINITIES = (
    Affinity("ct_pattern", "DAD", "onset", ("Acute/subacute", "Acute exacerbation"), 2.0),
    Affinity("ct_pattern", "UIP", "onset", ("Chronic", "Acute exacerbation"), 1.0),
    Affinity("presentation", "Relapse", "onset", ("Acute exacerbation", "Chronic"), 1.0),
    Affinity("weight_group", "30 to < 50 kg", "sex", ("Female",), 1.5),
    Affinity("weight_group", "≥ 70 kg", "sex", ("Male",), 1.5),
    Affinity("setting", "Outpatient", "onset", ("Chronic", "Asymptomatic"), 1.5),
    Affinity("smoking", "Yes", "sex", ("Male",), 1.5),
    Affinity("disease_duration_group", "1 to < 5 years", "presentation", ("Relapse",), 3.0),
    Affinity("disease_duration_group", "≥ 5 years", "presentation", ("Relapse",), 3.0),
    Affinity("ip_duration_group", "< 1 month", "presentation", ("Relapse",), -5.0),
    Affinity("ip_duration_group", "1 to < 3 months", "presentation", ("Relapse",), -4.0),
    Affinity("ip_duration_group", "1 to < 3 years", "presentation", ("Relapse",), 2.0),
    Affinity("ip_duration_group", "≥ 3 years", "presentation", ("Relapse",), 2.0),
    Affinity("ip_duration_group", "< 1 month", "onset", ("Acute/subacute",), 1.5),
    Affinity("ip_duration_group", "1 to < 3 years", "onset", ("Acute/subacute",), -5.0),
    Affinity("ip_duration_group", "≥ 3 years", "onset", ("Acute/subacute",), -5.0),
    Affinity("ip_duration_group", "< 1 month", "onset", ("Chronic", "Acute exacerbation"), -5.0),
    Affinity("ip_duration_group", "1 to < 3 months", "onset", ("Chronic", "Acute exacerbation"), -4.0),
    Affinity("ip_duration_group", "1 to < 3 years", "disease_duration_group", ("1 to < 5 years", "≥ 5 years"), 4.0),
    Affinity("ip_duration_group", "≥ 3 years", "disease_duration_group", ("1 to < 5 years",), 3.0),
    Affinity("ip_duration_group", "≥ 3 years", "disease_duration_group", ("≥ 5 years",), 4.5),
    Affinity("arthritis", "Present", "anti_ars", ("Positive",), 0.7),
    Affinity("fever", "Present", "onset", ("Acute/subacute", "Acute exacerbation"), 1.2),
    Affinity("raynaud", "Present", "anti_ars", ("Positive",), 0.5),
    Affinity("dysphagia", "Present", "subtype", ("PM", "Classic DM"), 1.0),
    Affinity("sao2_group", "≥ 95 %", "onset", ("Chronic", "Asymptomatic"), 1.2),
    Affinity("sao2_group", "≥ 95 %", "ct_pattern", ("DAD",), -2.0),
    Affinity("sao2_group", "≥ 95 %", "anti_mda5", ("Positive",), -1.5),
    Affinity("sao2_group", "≥ 95 %", "subtype", ("CADM",), -0.7),
    Affinity("oxygen", "Present", "ct_pattern", ("DAD",), 2.5),
    Affinity("oxygen", "Present", "anti_mda5", ("Positive",), 0.7),
    Affinity("oxygen", "Present", "sao2_group", ("< 85 %", "85 to < 90 %"), 6.0),
    Affinity("oxygen", "Present", "sao2_group", ("90 to < 95 %",), 2.0),
    Affinity("oxygen", "Present", "setting", ("Outpatient",), -4.0),
    Affinity("oxygen", "Present", "onset", ("Asymptomatic",), -4.0),
    Affinity("ferritin_group", "< 500 ng/mL", "anti_mda5", ("Positive",), -1.5),
    Affinity("ferritin_group", "< 500 ng/mL", "onset", ("Chronic", "Asymptomatic"), 1.5),
    Affinity("ferritin_group", "< 500 ng/mL", "subtype", ("CADM",), -1.0),
    Affinity("ferritin_group", "< 500 ng/mL", "cause_of_death", ("Lung cancer", "Heart failure", "Myocarditis"), 3.0),
    Affinity("kl6_group", "≥ 1000 U/mL", "anti_mda5", ("Positive",), -1.2),
    Affinity("kl6_group", "≥ 1000 U/mL", "ip_duration_group", ("6 to < 12 months", "1 to < 3 years", "≥ 3 years"), 0.7),
    Affinity("spd_group", "≥ 100 ng/mL", "kl6_group", ("≥ 1000 U/mL",), 1.0),
    Affinity("steroids", "No", "onset", ("Asymptomatic", "Chronic"), 2.0),
    Affinity("high_dose_steroids", "Yes", "steroids", ("No",), NEVER_TOGETHER),
    Affinity("high_dose_steroids", "Yes", "onset", ("Acute/subacute", "Acute exacerbation"), 1.5),
    Affinity("cyclophosphamide", "Yes", "high_dose_steroids", ("Yes",), 4.0),
    Affinity("cyclophosphamide", "Yes", "anti_mda5", ("Positive",), 1.0),
    Affinity("cyclophosphamide", "Yes", "onset", ("Asymptomatic", "Chronic"), -1.5),
    Affinity("pulse_cyc", "Yes", "cyclophosphamide", ("No",), NEVER_TOGETHER),
    Affinity("pulse_cyc", "Yes", "high_dose_steroids", ("Yes",), 1.0),
    Affinity("previous_drug", "Methotrexate", "arthritis", ("Present",), 3.0),
    Affinity("previous_drug", "Etanercept", "arthritis", ("Present",), 3.0),
)
# fmt: on


def affinity(patients: pd.DataFrame, factor: Factor, targets: Targets, together: float = 1.0) -> Floats:
    """Log weight of each level (the last column: none recorded) in each patient, (n, K + 1).

    ``together`` multiplies every leaning but what never goes together. Conditions on columns not yet in ``patients``
    count for nothing. A group cut from a number whose mean and standard deviation are printed by subtype is weighted by
    its share of that normal distribution.
    """
    weight = np.zeros((len(patients), len(factor.words) + 1))
    for entry in AFFINITIES:
        if entry.key == factor.key and entry.given in patients:
            inside = patients[entry.given].isin(entry.levels).to_numpy()
            weight[inside, factor.words.index(entry.level)] += entry.weight * (
                together if entry.weight > NEVER_TOGETHER else 1.0
            )
    if factor.source:
        for number in targets.chosen(variable=factor.source, statistic="sd", population="safety", visit=""):
            inside = members(patients, number.group)
            if number.group.count("=") == 1:
                mean = targets.printed(factor.source, "mean", group=number.group).value
                share = _normal_shares(np.array(factor.cuts), mean, float(number.printed))
                weight[inside, :-1] += np.log(np.maximum(share, 1e-6))
    return weight


def _normal_shares(cuts: Floats, mean: float, sd: float) -> Floats:
    below = np.array([0.5 * (1.0 + erf((cut - mean) / sd / np.sqrt(2.0))) for cut in cuts])
    return np.diff(np.concatenate([[0.0], below, [1.0]]))
