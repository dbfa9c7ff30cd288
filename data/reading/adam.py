"""CDISC ADaM data sets (ADSL, ADTTE, ADPC or ADLB, ADAE) to the four tables, with a note of all that was mapped.

Day 0 is TRTSDT of ADSL, or STARTDT of ADTTE where there is none. CNSR 0 is an event, every positive number is censored.
Rows with DTYPE hold derived values and are left out. The text ``NA`` is a missing value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data.cohort import Tables
from data.dictionary import Dictionary
from data.paper import remarks
from data.reading import adam_messages, adam_variable_messages
from data.reading.adam_endpoints import own_times
from data.reading.adam_sources import SUBJECT_COLUMNS, Sources, sources_of
from data.reading.adam_tables import measurements_of, reactions_of, treatments_of
from data.reading.adam_times import BY_DATES, DATES, USUAL, Parameter, date_issues, parameters_of, times_of, usual_death
from data.reading.adam_values import Dataset, dates, text, without_na
from data.reading.adam_variables import Variables, variables_of
from data.reading.cells import LINE, among, distinct, lines
from data.reading.issue import Issue
from data.reading.layout import followed
from data.reading.mapped_variables import OwnVariables, with_own
from data.reading.study_drug import of_drug
from data.reading.synonyms import with_known_words, with_numbers
from data.variables import DICTIONARY

__all__ = ("BY_DATES", "USUAL", "Parameter", "Sources", "is_adam", "parameters", "tables_from_adam", "usual_death")

COLUMN_NAMES = ("STUDYID", "USUBJID", "SEX", "AGE", "TRTSDT", "PARAMCD", "PARAM", "AVAL", "CNSR", "ADT", "AEDECOD")
"""Columns by which the header line of an ADaM data set is recognized."""

_RECORDS = ("EXTRT", "EXDOSE", "CMTRT", "CMDECOD", "MHTERM", "MHDECOD", "DVTERM", "VSTESTCD", "LBTESTCD", "PCTESTCD")
"""Columns of data sets with records of a subject (exposure, other drugs, history): they are no subjects."""


def is_adam(cells: pd.DataFrame) -> bool:
    """Whether a table is an ADaM data set: it has the column USUBJID."""
    return "USUBJID" in {str(column).upper() for column in cells.columns}


def parameters(datasets: Mapping[str, pd.DataFrame]) -> tuple[Parameter, ...]:
    """The time-to-event parameters that the data sets (name: cells) offer, in order of appearance."""
    adtte = _of_kind(_datasets(datasets, {}), "ADTTE")
    return () if adtte is None else parameters_of(adtte)


def tables_from_adam(
    datasets: Mapping[str, pd.DataFrame],
    dictionary: Dictionary = DICTIONARY,
    endpoints: Mapping[str, str] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Tables | None, Dictionary, tuple[Issue, ...], Sources]:
    """The four tables, the dictionary with what they bring, how it was mapped, and where every column comes from.

    ``datasets`` maps a name to cells of text; its columns say which data set it is. ``endpoints`` gives the PARAMCD
    of ``death_day`` (or ``BY_DATES``) and ``progression_day``; without it OS and PFS are taken. Every other parameter
    is an endpoint of its own, every further variable of ADSL a characteristic or a number; ``labels`` are what the
    files say of their columns. None when there are no patients.
    """
    sets = _datasets(datasets, labels or {})
    remarked: list[Issue] = [adam_messages.unknown_kind(entry.name) for entry in sets if not entry.kind]
    remarked += [remarks.table_twice(kind, names) for kind, names in _doubled(sets)]
    remarked += [found for entry in sets for found in date_issues(entry)]
    adsl, adtte, adae = (_of_kind(sets, kind) for kind in ("ADSL", "ADTTE", "ADAE"))
    values = [entry for entry in sets if entry.kind == "ADPC"]
    start = _first_days(adsl, adtte)
    measurements, measures, measured = measurements_of(values, start, dictionary)
    source = adsl or adtte
    if source is None:
        wrong = [entry for entry in measured if entry.severity == "error"]
        return None, dictionary, (*remarked, *wrong, adam_messages.no_subjects()), Sources()
    remarked += _unlisted(source, [entry for entry in sets if entry.kind and entry is not source])
    patients, more = _patients(source, start, dictionary)
    remarked += more
    chosen = _chosen(adtte, endpoints or {})
    times, more = times_of(adsl, adtte, patients, start, chosen)
    remarked += more
    own = OwnVariables()
    variables = variables_of(source, _read(patients, source), own, dictionary) if source is adsl else Variables()
    further = own_times(adtte, chosen, patients, start, times, own)
    remarked += [*variables.issues, *further.issues]
    treatments, drug, treated = treatments_of(adsl, start, dictionary)
    deaths = _deaths_are_told(adsl, chosen)
    if not deaths:
        remarked.append(adam_variable_messages.no_deaths(source.name))
    dictionary = with_own(of_drug(dictionary, drug), own, deaths=deaths)
    sources = sources_of(source, adtte, values, adae, chosen, variables.names | further.names)
    patients = patients.assign(**times, **variables.columns, **further.columns)
    patients, more = with_known_words("patients", patients, dictionary)
    remarked += sources.named(more)
    patients, more = with_numbers("patients", patients, dictionary, decimal_comma=False)
    remarked += sources.named(more)
    remarked += measured
    reactions, more = reactions_of(adae, start, dictionary)
    tables = Tables(patients, measurements, reactions, treatments)
    return tables, dictionary.with_measures(measures), (*remarked, *more, *treated), sources


def _deaths_are_told(adsl: Dataset | None, chosen: Mapping[str, str]) -> bool:
    """Whether the data sets can show a death: by a parameter, or by its date or flag."""
    return bool(chosen.get("death_day")) or (adsl is not None and not {"DTHDT", "DTHFL"}.isdisjoint(adsl.cells.columns))


def _read(patients: pd.DataFrame, source: Dataset) -> set[str]:
    """The columns of ADSL that are read for something else than a further variable."""
    mapped = {column for key, column in SUBJECT_COLUMNS.items() if key in patients}
    return {"USUBJID", "SAFFL", "AGEU", *DATES[source.kind], *mapped}


def _unlisted(source: Dataset, others: list[Dataset]) -> Iterator[Issue]:
    """The subjects of every other data set that the one of subjects does not list."""
    listed = set(text(source.cells, "USUBJID"))
    for entry in others:
        names = text(entry.cells, "USUBJID")
        strange = ~among(names, listed)
        if strange.any():
            found = distinct(names[strange])
            yield adam_messages.unlisted(entry.name, lines(entry.cells)[strange].tolist(), found, source.name)


def _datasets(datasets: Mapping[str, pd.DataFrame], labels: Mapping[str, Mapping[str, str]]) -> tuple[Dataset, ...]:
    found = []
    for name, cells in datasets.items():
        upper = without_na(cells.rename(columns=lambda column: str(column).upper()))
        upper = upper.loc[:, ~upper.columns.duplicated()]
        if "USUBJID" in upper:
            upper = upper.assign(USUBJID=text(upper, "USUBJID"))
        told = {column.upper(): label for column, label in labels.get(name, {}).items()}
        found.append(Dataset(name, _kind(upper), upper, told))
    return _one_of_subjects(_one_of_times(found))


def _one_of_subjects(sets: Sequence[Dataset]) -> tuple[Dataset, ...]:
    """The sets, of which none is that of subjects that has several rows a subject where another has one."""
    once = {entry.name for entry in sets if entry.kind == "ADSL" and entry.cells["USUBJID"].is_unique}
    return tuple(
        replace(entry, kind="") if once and entry.kind == "ADSL" and entry.name not in once else entry for entry in sets
    )


def _one_of_times(sets: Sequence[Dataset]) -> list[Dataset]:
    """The sets, those of times to events as one where no parameter stands in two of them."""
    times = [entry for entry in sets if entry.kind == "ADTTE"]
    codes = [code for entry in times for code in set(text(entry.cells, "PARAMCD"))]
    if len(times) < 2 or len(codes) > len(set(codes)):
        return list(sets)
    labels = {column: label for entry in times for column, label in entry.labels.items()}
    together = pd.concat([entry.cells for entry in times])
    together.index.name = LINE
    one = Dataset(", ".join(entry.name for entry in times), "ADTTE", together, labels)
    return [*(entry for entry in sets if entry.kind != "ADTTE"), one]


def _kind(cells: pd.DataFrame) -> str:
    """Which data set the columns make; ADSL has a row a subject, and its variables are repeated in all others."""
    columns = set(cells.columns)
    if "USUBJID" not in columns:
        return ""
    if {"PARAMCD", "CNSR"} <= columns:
        return "ADTTE"
    if {"PARAMCD", "AVAL"} <= columns:
        return "ADPC"
    if columns & {"AEDECOD", "AETERM"}:
        return "ADAE"
    subjects = columns & {"TRTSDT", "SAFFL", "ARM", "TRT01P"} and not columns & {"PARAMCD", *_RECORDS}
    return "ADSL" if subjects else ""


def _of_kind(sets: tuple[Dataset, ...], kind: str) -> Dataset | None:
    return next((entry for entry in sets if entry.kind == kind), None)


def _doubled(sets: tuple[Dataset, ...]) -> Iterator[tuple[str, list[str]]]:
    for kind in ("ADSL", "ADTTE", "ADAE"):
        names = [entry.name for entry in sets if entry.kind == kind]
        if len(names) > 1:
            yield kind, names


def _first_days(adsl: Dataset | None, adtte: Dataset | None) -> pd.Series:
    """The date of day 0 by patient, missing where it is not known."""
    found = pd.Series(dtype="datetime64[ns]")
    for entry, column in ((adsl, "TRTSDT"), (adtte, "STARTDT")):
        if entry is not None and column in entry.cells:
            by_patient = pd.Series(dates(entry.cells, column).to_numpy(), entry.cells["USUBJID"]).dropna()
            by_patient = by_patient[~by_patient.index.duplicated()]
            found = found.combine_first(by_patient) if len(found) else by_patient
    return found


def _patients(source: Dataset, start: pd.Series, dictionary: Dictionary) -> tuple[pd.DataFrame, list[Issue]]:
    cells = source.cells if source.kind == "ADSL" else source.cells.drop_duplicates("USUBJID")
    remarked: list[Issue] = []
    taken = {key: column for key, column in SUBJECT_COLUMNS.items() if column in cells}
    units = set(text(cells, "AGEU")) - {"", "YEARS"}
    if taken.get("age") and units:
        taken.pop("age")
        remarked.append(adam_messages.age_unit(source.name, sorted(str(unit) for unit in units)))
    patients = pd.DataFrame({"patient": cells["USUBJID"], **{key: cells[column] for key, column in taken.items()}})
    dated = patients["patient"].isin(start.index).to_numpy() | (not len(start))
    treated = dated
    if "SAFFL" in cells:
        safe = text(cells, "SAFFL") == "Y"
        treated = dated & safe
        if (safe & ~dated).any():
            names = distinct(text(cells, "USUBJID")[safe & ~dated])
            remarked.append(adam_messages.no_start(source.name, lines(cells)[safe & ~dated].tolist(), names))
    member, outside = followed(dictionary)[0], dictionary.populations[0].members[0]
    patients["population"] = np.where(treated, member, outside)
    columns = {"patient": "USUBJID", **taken}
    told = "SAFFL" if "SAFFL" in cells else ""
    mapped = adam_messages.patients(source.name, columns, member, int(treated.sum()), told, outside)
    return patients, [mapped, *remarked]


def _chosen(adtte: Dataset | None, endpoints: Mapping[str, str]) -> dict[str, str]:
    """The parameter of every day column, as chosen or else as usual."""
    if adtte is None:
        return {}
    offered = parameters_of(adtte)
    if endpoints:
        return dict(endpoints)
    codes = {entry.code for entry in offered}
    progression = {column: code for column, code in USUAL.items() if column != "death_day" and code in codes}
    death = usual_death(offered)
    return progression if death is None else {"death_day": death, **progression}
