"""Measurements, reactions and treatments from ADPC or ADLB, ADAE and ADSL."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.dictionary import Dictionary
from data.entries import Measure
from data.language import say
from data.levels import NO_DRUG, START, STOP, Level
from data.paper import remarks
from data.reading import adam_messages
from data.reading.adam_values import Dataset, dates, days_between, number, same_unit, study_days, text, unit_in
from data.reading.cells import LINE, Mask, among, distinct, folded, folded_name, lines, unreadable, which
from data.reading.issue import Issue
from data.reading.layout import COLUMNS
from data.reading.synonyms import drug_meant

CATEGORIES = {
    "INFECTIONS AND INFESTATIONS": "Infections",
    "RENAL AND URINARY DISORDERS": "Renal impairment",
    "PSYCHIATRIC DISORDERS": "Psychiatric and nervous system disorders",
    "NERVOUS SYSTEM DISORDERS": "Psychiatric and nervous system disorders",
    "CARDIAC DISORDERS": "Cardiac dysfunction",
}
"""System organ classes and the category they are counted in; all others are Other."""

OUTCOMES = {
    "RECOVERED/RESOLVED": "Recovered",
    "RECOVERED/RESOLVED WITH SEQUELAE": "Recovered",
    "RECOVERING/RESOLVING": "Recovering",
    "NOT RECOVERED/NOT RESOLVED": "Not recovered",
    "FATAL": "Fatal",
    "UNKNOWN": "Unknown",
}

TREATMENTS = ("TRT01A", "TRT01P", "ARM")
"""The columns that name the treatment, the first that is there counting."""

STUDY_TREATMENT = Level("study_treatment", "study treatment", say("study treatment"))
"""What all arms take together where none of them is the drug that the dictionary follows."""

UNRELATED = ("NONE", "NOT RELATED", "UNRELATED", "REMOTE", "UNLIKELY", "UNLIKELY RELATED", "N")


def measurements_of(
    sets: Sequence[Dataset], start: pd.Series, dictionary: Dictionary
) -> tuple[pd.DataFrame, list[Measure], list[Issue]]:
    """One row a value; of concentrations with a time point the pre-dose ones (the trough), DTYPE rows left out.

    A value marked as the baseline (ABLFL) is often taken some days before the drug is; it counts on day 0.
    """
    parts, measures, remarked = [_none("measurements")], dict[str, Measure](), list[Issue]()
    for entry in sets:
        cells = entry.cells
        derived = text(cells, "DTYPE") != ""
        flags = text(cells, "ANL01FL")
        timed = text(cells, "ATPT")
        after = (timed != "") & ~which(timed, lambda point: folded_name(point) in ("predose", "trough"))
        unflagged = (flags != "Y") & (flags == "Y").any()
        for left, why in (
            (derived, "derived"),
            (after & ~derived, "after dose"),
            (unflagged & ~after & ~derived, "unmarked"),
        ):
            if left.any():
                remarked.append(adam_messages.left_out(entry.name, lines(cells)[left].tolist(), why))
        kept = cells[~(derived | after | unflagged)]
        below = which(text(kept, "AVALCAT1"), lambda word: word.startswith(("<", "BLQ")))
        if below.any():
            remarked.append(adam_messages.below_limit(entry.name, lines(kept)[below].tolist()))
        for code in dict.fromkeys(text(kept, "PARAMCD")):
            rows = kept[text(kept, "PARAMCD") == code]
            remarked += _unit_issues(entry.name, str(code), rows)
            undated_rows = np.isnan(study_days(rows, "ADT", "ADY", start))
            if undated_rows.any():
                remarked.append(adam_messages.left_out(entry.name, lines(rows)[undated_rows].tolist(), "no day"))
                rows = rows[~undated_rows]
            measure = _measure(str(code), rows, dictionary)
            if measure.key not in dictionary.measure:
                measures[measure.key] = measure
            day, value = study_days(rows, "ADT", "ADY", start), _values(rows)
            marked = (text(rows, "ABLFL") == "Y") & (day < 0)
            if marked.any():
                remarked.append(adam_messages.baseline(entry.name, lines(rows)[marked].tolist(), str(code)))
            day = np.where(marked, 0, day)
            part = {"patient": rows["USUBJID"], "day": day, "variable": measure.key, "value": value}
            parts.append(pd.DataFrame(part, index=rows.index))
            label, unit = measure.label, measure.unit
            remarked.append(adam_messages.measure(entry.name, str(code), label, unit, measure.key, len(rows)))
    return _joined(parts), list(measures.values()), remarked


def _values(rows: pd.DataFrame) -> pd.Series:
    """AVAL as numbers; where a cell is none its text stays, so that the check can say so."""
    value = number(rows, "AVAL")
    if "AVAL" not in rows or not unreadable(rows["AVAL"]).any():
        return pd.Series(value, rows.index)
    return pd.Series(np.where(np.isnan(value), text(rows, "AVAL"), value.astype(object)), rows.index, dtype=object)


def _unit_issues(name: str, code: str, rows: pd.DataFrame) -> list[Issue]:
    """An error where one parameter comes in several units, or partly without; a note where PARAM gives the unit."""
    measured = rows[text(rows, "AVAL") != ""]
    units = np.array([same_unit(str(unit)) for unit in text(measured, "AVALU")], dtype=object)
    written = dict(zip(units.tolist(), text(measured, "AVALU").tolist(), strict=True))
    if len(written) > 1:
        where = {written[unit]: lines(measured)[units == unit].tolist() for unit in written}
        return [adam_messages.units(name, code, where)]
    if set(written) == {""}:
        unit = _unit_of(measured)
        return [adam_messages.measure_unit(name, code, unit, len(measured))] if unit else []
    return []


def _unit_of(rows: pd.DataFrame) -> str:
    unit = str(next(iter(text(rows, "AVALU")), ""))
    return unit or unit_in(str(next(iter(text(rows, "PARAM")), "")))


def _measure(code: str, rows: pd.DataFrame, dictionary: Dictionary) -> Measure:
    """The dictionary's entry of this name and unit, or a new one."""
    unit, label = _unit_of(rows), next(iter(text(rows, "PARAM")), "")
    for entry in dictionary.measures:
        names = {folded_name(name) for name in (entry.key, entry.label, *entry.aliases)}
        if not entry.derived and folded_name(code) in names and same_unit(unit) == same_unit(entry.unit):
            return entry
    key = code if code not in dictionary.measure else f"{code} ({unit})"
    return Measure(key, str(label) or code, unit, "laboratory", (-np.inf, np.inf), 2, own=True)


def reactions_of(adae: Dataset | None, start: pd.Series, dictionary: Dictionary) -> tuple[pd.DataFrame, list[Issue]]:
    """One row a treatment-emergent event that was judged related to the drug."""
    if adae is None:
        return _none("reactions"), []
    cells, remarked = adae.cells, list[Issue]()
    relation = text(cells, "AREL") if "AREL" in cells else text(cells, "AEREL")
    related = ~among(relation, ["", *UNRELATED]) | ~(relation != "").any()
    emerged = text(cells, "TRTEMFL")
    before = (emerged != "Y") & (emerged == "Y").any()
    day = study_days(cells, "ASTDT", "ASTDY", start)
    undated = np.isnan(day)
    for left, why in (
        (before, "before treatment"),
        (~related & ~before, "unrelated"),
        (undated & related & ~before, "undated"),
    ):
        if left.any():
            remarked.append(adam_messages.left_out(adae.name, lines(cells)[left].tolist(), why))
    kept = related & ~before & ~undated
    rows, classes = cells[kept], [CATEGORIES.get(soc, "Other") for soc in text(cells[kept], "AEBODSYS")]
    listed = {category.word for category in dictionary.reaction_categories}
    known = [category if category in listed else "Other" for category in classes]
    term = text(rows, "AEDECOD") if "AEDECOD" in rows else text(rows, "AETERM")
    reactions = {
        "patient": rows["USUBJID"],
        "day": day[kept],
        "category": known,
        "term": [str(word).capitalize() for word in term],
        "serious": np.where(text(rows, "AESER") == "Y", "Yes", "No"),
        "outcome": [OUTCOMES.get(str(word).upper(), "Unknown") for word in text(rows, "AEOUT")],
    }
    return pd.DataFrame(reactions, index=rows.index), [
        *remarked,
        adam_messages.reactions(adae.name, len(rows), CATEGORIES),
    ]


def treatments_of(
    adsl: Dataset | None, start: pd.Series, dictionary: Dictionary
) -> tuple[pd.DataFrame, Level, list[Issue]]:
    """The start of the study drug, and its stop where a patient discontinued (EOSSTT, DISCONFL).

    The second result is the drug that is studied. Where nobody takes the one of the dictionary the treatments of all
    arms have one name, so that persistence can be compared between them; it is blank where no treatment is given.
    """
    if adsl is None or "TRTSDT" not in adsl.cells:
        return _none("treatments"), NO_DRUG, []
    cells = adsl.cells
    drug = next((text(cells, column) for column in TREATMENTS if column in cells), None)
    drugs = np.full(len(cells), "study drug", dtype=object) if drug is None else drug
    names = [drug_meant(str(name), dictionary) or str(name) for name in drugs]
    remarked = _drug_notes(adsl, [str(name) for name in drugs], names, dictionary)
    day_0 = start.reindex(cells["USUBJID"])
    begun = days_between(dates(cells, "TRTSDT"), day_0)
    known = dictionary.study_drug.word in names
    if known:
        remarked += _other_drugs(adsl, names, ~np.isnan(begun), dictionary.study_drug)
    else:
        names = [STUDY_TREATMENT.word] * len(names)
    discontinued = (text(cells, "EOSSTT") == "DISCONTINUED") | (text(cells, "DISCONFL") == "Y")
    ended = np.where(discontinued, days_between(dates(cells, "TRTEDT"), day_0), np.nan)
    parts = [_none("treatments")]
    for day, action in ((begun, START.word), (ended, STOP.word)):
        change = {"patient": cells["USUBJID"], "day": day, "drug": names, "action": action}
        parts.append(pd.DataFrame(change, index=cells.index).assign(reason=None)[~np.isnan(day)])
    stopped = int((~np.isnan(ended)).sum())
    told = "EOSSTT DISCONTINUED" if "EOSSTT" in cells else "DISCONFL Y"
    return (
        _joined(parts),
        dictionary.study_drug if known else STUDY_TREATMENT,
        [adam_messages.treatments(adsl.name, stopped, told), *remarked],
    )


def _other_drugs(adsl: Dataset, names: Sequence[str], begun: Mask, drug: Level) -> list[Issue]:
    """Who has begun with another treatment than the study drug."""
    column = next(column for column in TREATMENTS if column in adsl.cells)
    others = np.array([name not in ("", drug.word) for name in names], dtype=np.bool_) & begun
    if not others.any():
        return []
    found = distinct(np.array(names, dtype=object)[others])
    return [adam_messages.other_drugs(adsl.name, column, lines(adsl.cells)[others].tolist(), found, drug.label)]


def _drug_notes(adsl: Dataset, written: list[str], names: list[str], dictionary: Dictionary) -> list[Issue]:
    """Which drugs were read as one of the dictionary, and which were not although they contain its name."""
    column = next((column for column in TREATMENTS if column in adsl.cells), "")
    remarked: list[Issue] = []
    changed = {drug: name for drug, name in zip(written, names, strict=True) if drug != name}
    if changed:
        counts = {drug: written.count(drug) for drug in changed}
        rows = lines(adsl.cells)[among(np.array(written, dtype=object), changed)].tolist()
        remarked.append(remarks.words_read(adsl.name, column, rows, changed, counts))
    known = [drug.word for drug in dictionary.drugs if drug.names]
    for drug in known:
        near = sorted({word for word in written if word not in changed and word != drug and drug in folded(word)})
        if near:
            rows = lines(adsl.cells)[among(np.array(written, dtype=object), near)].tolist()
            remarked.append(remarks.drug_not_read(adsl.name, rows, near, drug, column))
    return remarked


def _none(table: str) -> pd.DataFrame:
    index = pd.Index([], dtype="int64", name=LINE)
    return pd.DataFrame(columns=list(COLUMNS[table]), index=index, dtype=object)


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    return pd.concat(filled) if filled else parts[0]
