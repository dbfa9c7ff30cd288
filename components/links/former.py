"""What links wrote before: labels for options that have ids now, and other keys; neither ever changes again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_FACTORS = {
    "none": "All patients together",
    "subtype": "Subtype",
    "anti_mda5": "Anti-MDA5 antibody",
    "anti_ars": "Anti-ARS antibody",
    "anti_jo1": "Anti-Jo-1 antibody",
    "sex": "Sex",
    "age_group": "Age",
    "weight_group": "Weight",
    "setting": "Care setting",
    "smoking": "Smoking",
    "dysphagia": "Dysphagia",
    "disease_duration_group": "Disease duration",
    "other_symptoms": "Symptoms other than muscle, lung and skin",
    "raynaud": "Raynaud phenomenon",
    "arthritis": "Arthritis or joint pain",
    "cardiopathy": "Cardiopathy",
    "fever": "Fever",
    "ip_duration_group": "Duration of interstitial pneumonia",
    "presentation": "Presentation of interstitial pneumonia",
    "ct_pattern": "CT or histological pattern",
    "sao2_group": "Arterial oxygen saturation",
    "oxygen": "Oxygen administration",
    "ferritin_group": "Ferritin",
    "kl6_group": "KL-6",
    "spd_group": "SP-D",
    "onset": "Mode of onset",
    "steroids": "Oral corticosteroids",
    "high_dose_steroids": "High-dose corticosteroids (≥ 40 mg/day)",
    "cyclophosphamide": "Cyclophosphamide",
    "pulse_cyc": "Corticosteroid pulse and cyclophosphamide",
    "previous_drug": "Previous immunosuppressant",
    "department": "Department",
    "trough_range": "Trough at month 3",
    "dose_reached": "Tacrolimus dose at month 3",
    "steroid_tapered": "Prednisolone at month 3",
}
_ENDPOINTS = {
    "overall_survival": "Overall survival",
    "progression_free": "Progression-free survival",
    "tacrolimus_persistence": "Persistence on tacrolimus",
}
_FORMS = {"mean": "Mean ± SD", "median": "Median (IQR)", "single": "Single patients"}

FORMER: Mapping[str, Mapping[str, str]] = {
    "by": _FACTORS,
    **dict.fromkeys(("endpoint", "of"), _ENDPOINTS),
    **dict.fromkeys(("form", "drawn"), _FORMS),
    "interval": {
        "by_events": "log-log, beta product below 5 events",
        "log_log": "log-log (paper)",
        "beta_product": "beta product",
    },
    "ties": {"breslow": "Breslow (paper)", "efron": "Efron"},
    "atrisk": {"r": "followed to the time or later", "kmunicate": "still followed after it"},
    "until": {"two_years": "2 years", "whole": "All follow-up"},
    "counted": {"whole": "All follow-up", "shown": "Time shown"},
    "horizon": {"whole": "All follow-up", "two_years": "2 years"},
    "at": {
        "91": "3 months",
        "183": "6 months",
        "365": "1 year",
        "548": "18 months",
        "730": "2 years",
        "1095": "3 years",
    },
    "factors": {
        "all": "All factors",
        "patient": "Patient",
        "myositis": "Myositis",
        "antibodies": "Antibodies",
        "lung": "Lung disease",
    },
    "rows": {"paper": "As in the paper", "all": "Everything recorded"},
    "numbers": {"mean": "mean ± SD", "median": "median (quartiles)"},
    "difference": {"none": "None"},
    "part": {
        "dose": "Tacrolimus dose",
        "trough": "Trough",
        "steroids": "Corticosteroids",
        "persistence": "Persistence",
        "other": "Other immunosuppressants",
    },
    "gap": {"60": "60 days", "120": "120 days", "200": "200 days", "400": "400 days"},
    "unit": {"dose_per_kg": "mg/kg/day", "dose": "mg/day"},
    "value": {
        "all": "All values",
        "fvc": "%FVC",
        "dlco": "%DLCO",
        "pao2": "PaO₂",
        "aado2": "AaDO₂",
        "ferritin": "Ferritin",
        "kl6": "KL-6",
        "spd": "SP-D",
    },
    "scale": {"absolute": "Value", "change": "Change", "percent_change": "Change in %"},
    "marker": {
        "fvc": "%FVC",
        "dlco": "%DLCO",
        "pao2": "PaO₂, mmHg",
        "aado2": "AaDO₂, mmHg",
        "ferritin": "Ferritin, ng/mL",
        "kl6": "KL-6, U/mL",
        "spd": "SP-D, ng/mL",
        "age": "Age, years",
        "weight": "Weight, kg",
        "disease_duration": "Disease duration, days",
        "ip_duration": "Duration of interstitial pneumonia, days",
        "sao2": "Arterial oxygen saturation, %",
        "tacrolimus": "Tacrolimus dose, mg/day",
        "tacrolimus_per_kg": "Tacrolimus dose, mg/kg/day",
        "trough": "Tacrolimus trough, ng/mL",
        "prednisolone": "Prednisolone equivalent, mg/day",
    },
    "rise": {"higher": "higher values", "lower": "lower values"},
    "look": {
        "clinical": "Clinical cut-points",
        "hazard": "Hazard by value",
        "ranking": "Discrimination",
        "search": "Search for a cut-point",
    },
    "shape": {"linear": "Straight line", "cubic": "Cubic spline"},
    "section": {
        "counts": "Reactions",
        "history": "Who and when",
        "deaths": "Deaths",
        "stops": "Discontinuation",
    },
    "cell": {
        "patients": "Patients, n (%)",
        "reactions": "Reactions",
        "rate": "Per 100 patient-years",
        "difference": "Risk difference",
    },
    "severity": {"all": "All", "serious": "Serious only"},
    "terms": {"two_or_more": "In two or more patients", "all": "All"},
    "category": {"any": "Any category"},
    "term": {"any": "Any term"},
    "place": {"all": "The whole paper"},
}
"""By control and id of the option."""

RENAMED = dict.fromkeys(("columns", "split", "group", "groups", "curves", "ends"), "by")
"""The key of today by that of before: each page had its own for what its groups are compared by."""

OF_SECTION = {"counts": "groups", "history": "curves", "deaths": "ends", "stops": "ends"}
"""The key that each section of Safety had for what it compares by; the first is that of a link which names none."""

FORMER_IDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "unit": {"dose_per_kg": ("tacrolimus_per_kg",), "dose": ("tacrolimus",)},
}
"""The ids that options had before."""


def former(control: str, id_: str) -> tuple[str, ...]:
    """What links wrote for the option ``id_`` of a control; nothing where they wrote the id itself, or there was none.

    Levels, and whatever a file names, are known by the words of files, which stand with them.
    """
    name = FORMER.get(control, {}).get(id_)
    return (*(() if name is None else (name,)), *FORMER_IDS.get(control, {}).get(id_, ()))


def renamed(parts: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """The parts of a link under the keys of today; where it says one thing under both, the key of today holds.

    Of the keys of the sections of Safety that counts whose section is open, as it did before: the others were asked
    only where theirs is.
    """
    found = {key: texts for key, texts in parts.items() if key not in RENAMED}
    foreign = set(OF_SECTION.values()) - {_section_key(parts)}
    for key, texts in parts.items():
        if key in RENAMED and key not in foreign:
            found.setdefault(RENAMED[key], texts)
    return found


def _section_key(parts: Mapping[str, Collection[str]]) -> str:
    """The key of the section that a link opens."""
    said = next(iter(parts.get("section", ())), "")
    named = (key for section, key in OF_SECTION.items() if said in {section, FORMER["section"][section]})
    return next(named, next(iter(OF_SECTION.values())))
