"""Units of laboratory values and what one is in another: mass and amount of substance, and doses by body weight."""

from __future__ import annotations

from data.reading.adam_values import same_unit
from data.reading.cells import folded_name

PER_KG = "/kg"
"""What the unit of a dose by body weight holds: it is turned into a dose by the weight of the patient."""

_SUBSTANCES: tuple[tuple[tuple[str, ...], str, str, float], ...] = (
    (("creatinine", "creat", "crea", "scr", "cre", "クレアチニン"), "mg/dL", "µmol/L", 10_000 / 113.12),
    (("bilirubin", "bili", "tbil", "totalbilirubin", "ビリルビン", "総ビリルビン"), "mg/dL", "µmol/L", 10_000 / 584.66),
    (("uricacid", "urate", "ua", "尿酸"), "mg/dL", "µmol/L", 10_000 / 168.11),
    (("glucose", "glu", "bloodglucose", "血糖"), "mg/dL", "mmol/L", 10 / 180.16),
    (("cholesterol", "chol", "totalcholesterol", "ldl", "hdl", "コレステロール"), "mg/dL", "mmol/L", 10 / 386.65),
    (("triglycerides", "trig", "tg", "中性脂肪"), "mg/dL", "mmol/L", 10 / 885.43),
    (("bun", "ureanitrogen", "尿素窒素"), "mg/dL", "mmol/L", 10 / 28.014),
    (("calcium", "ca", "カルシウム"), "mg/dL", "mmol/L", 10 / 40.078),
    (("albumin", "alb", "アルブミン"), "g/dL", "g/L", 10.0),
    (("hemoglobin", "haemoglobin", "hb", "hgb", "ヘモグロビン"), "g/dL", "g/L", 10.0),
    (("crp", "creactiveprotein", "crp値"), "mg/dL", "mg/L", 10.0),
    (("ferritin", "フェリチン", "血清フェリチン"), "ng/mL", "µg/L", 1.0),
)
"""Names of a substance, two units, and how many of the second one of the first is: from the molar mass in g/mol."""


def units_for(name: str) -> tuple[str, ...]:
    """The units between which values of this name can be converted; none for a name that is not listed."""
    found = _substance(name)
    return (found[1], found[2]) if found is not None else ()


def conversion(name: str, unit: str, shown: str) -> float | None:
    """By what a value in ``unit`` is multiplied to be in ``shown``; None where that is not known."""
    if same_unit(unit) == same_unit(shown):
        return 1.0
    found = _substance(name)
    if found is None:
        return None
    pair = (same_unit(found[1]), same_unit(found[2]))
    if (same_unit(unit), same_unit(shown)) == pair:
        return found[3]
    return 1 / found[3] if (same_unit(shown), same_unit(unit)) == pair else None


def _substance(name: str) -> tuple[tuple[str, ...], str, str, float] | None:
    return next((entry for entry in _SUBSTANCES if folded_name(name) in entry[0]), None)
