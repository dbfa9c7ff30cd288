"""Files to tables and cohorts: the committed cohort, and a hospital's own as CSV files or one workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

import numpy as np
import pandas as pd

from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.dictionary import Dictionary
from data.entries import Measure
from data.paper import remarks
from data.reading import adam
from data.reading.bounded import SECONDS, StoppedError, bounded
from data.reading.cells import folded_name, numbers, texts
from data.reading.check import issues
from data.reading.check_doubtful import doubts
from data.reading.check_values import MOST_VARIABLES, unknown_variables
from data.reading.closing_lines import without_closing_lines
from data.reading.column_content import SheetContent, contents_of
from data.reading.column_units import column_units, converted, renamed
from data.reading.follow_up import baseline_notes, with_last_days
from data.reading.issue import Issue
from data.reading.layout import COLUMNS, OPTIONAL, columns_of, followed
from data.reading.mapped import mapped
from data.reading.mapping import Mapping as ColumnMapping
from data.reading.mapping import described
from data.reading.mapping_messages import no_endpoint
from data.reading.messages import identifying_column
from data.reading.privacy import identifies
from data.reading.propose import proposed
from data.reading.redcap import as_tables
from data.reading.sheet import GuessedText, Known, Sheet
from data.reading.study_drug import of_drug
from data.reading.synonyms import (
    column_meanings,
    with_known_columns,
    with_known_words,
    with_numbers,
    with_plain_patients,
)
from data.reading.time_status import STATUSES, TIMES, TimeStatus, time_and_status
from data.reading.unit_suffix import without_units
from data.reading.units import unit_column
from data.reading.upload import sheets_in
from data.recorded import has_endpoints, with_recorded_variables
from data.variables import DICTIONARY

Taken = Literal["as_they_are", "without_others", "as_tables"]
"""How files are taken: as they are; so that one that is none of the tables is left out rather than refused; or so that
ADaM data sets are tables as any other."""

COHORT_FOLDER = Path(__file__).parents[1] / "cohort"


@dataclass(frozen=True)
class Unread:
    """A column of a file that is left out; ``identifies`` says what its name says about a person, if it does."""

    table: str
    column: str
    identifies: str = ""


@dataclass(frozen=True)
class Opened:
    """What became of opened files: the cohort, or none because of the errors among ``issues``.

    ``notes`` say how things were read. ``variables`` are measured variables outside the dictionary, which ``opened``
    adds when they are given back as ``added``; ``parameters`` are the time-to-event parameters of ADaM files.
    ``outcome`` is what gives the outcome by a time and a status, of which the visitor has to say what they mean.
    ``unread`` are the columns left out: of the four tables all of them, of ADaM files those that identify somebody.
    ``guessed`` are the files whose encoding is a guess or has to be chosen. ``mapping`` is what the columns were taken
    to be, or without one given what they seem to be; ``contents`` what stands in them. ADaM files have neither.
    """

    cohort: Cohort | None
    issues: tuple[Issue, ...]
    notes: tuple[Issue, ...]
    variables: tuple[str, ...] = ()
    parameters: tuple[adam.Parameter, ...] = ()
    unread: tuple[Unread, ...] = ()
    outcome: TimeStatus | None = None
    guessed: tuple[GuessedText, ...] = ()
    mapping: ColumnMapping | None = None
    contents: tuple[SheetContent, ...] = ()


def opened(
    files: Mapping[str, bytes],
    name: str = "Imported cohort",
    dictionary: Dictionary = DICTIONARY,
    added: Collection[str] = (),
    endpoints: Mapping[str, str] | None = None,
    encodings: Mapping[str, str] | None = None,
    mapping: ColumnMapping | None = None,
    taken: Taken = "as_they_are",
) -> Opened:
    """The cohort that uploaded files (name: content) hold, with everything there is to say about them; never raises.

    They are read in a process of its own (``data.reading.bounded``); what takes too much ends with a sentence. They are
    tables, one workbook, or ADaM data sets. ``added`` names measured variables to take over although the
    dictionary does not list them; ``endpoints`` gives, for ADaM, the PARAMCD of a day column (``death_day``: ``OS``);
    ``encodings`` says in which encoding a file of text is, ``mapping`` what
    every column is: then every measured variable that it names is taken over. With one ADaM
    data sets are tables as any other. ``taken`` says how the files are taken.
    """
    known = Known(_column_names(dictionary), encodings or {})
    try:
        return bounded(_opened, dict(files), name, dictionary, added, endpoints, known, mapping, taken)
    except StoppedError as stopped:
        return Opened(None, (remarks.reading_stopped(list(files), stopped.args[0], SECONDS),), ())


def _opened(
    files: Mapping[str, bytes],
    name: str,
    dictionary: Dictionary,
    added: Collection[str],
    endpoints: Mapping[str, str] | None,
    before: Known,
    mapping: ColumnMapping | None,
    taken: Taken,
) -> Opened:
    sheets, found, guessed = sheets_in(files, before)
    sheets = as_tables(sheets)
    parameters: tuple[adam.Parameter, ...] = ()
    unread: tuple[Unread, ...] = ()
    sources = adam.Sources()
    contents: tuple[SheetContent, ...] = ()
    by_mapping = taken == "as_tables" or mapping is not None
    dated = not by_mapping and any(adam.is_adam(sheet.cells) for sheet in sheets)
    if dated:
        datasets = {sheet.name: sheet.cells for sheet in sheets}
        found = (*found, *(entry for sheet in sheets for entry in sheet.issues))
        parameters = adam.parameters(datasets)
        unread = tuple(entry for name, cells in datasets.items() for entry in _unread(name, cells) if entry.identifies)
        found = (*found, *(identifying_column(entry.table, entry.column, entry.identifies) for entry in unread))
        tables, dictionary, more, sources = adam.tables_from_adam(
            datasets, dictionary, endpoints, {sheet.name: sheet.labels for sheet in sheets}
        )
    else:
        sheets = tuple(without_units(without_closing_lines(sheet, dictionary), dictionary) for sheet in sheets)
        contents = tuple(map(contents_of, sheets))
        if mapping is None:
            mapping = proposed(sheets, contents, dictionary)
            dictionary = of_drug(dictionary, dictionary.drug(mapping.study_drug))
        else:
            unread = _left_out(mapping, sheets)
            applied = mapped(mapping, sheets, dictionary)
            sheets, dictionary, sources = applied.sheets, applied.dictionary, applied.sources
            found = (*found, *applied.issues)
        refused = any(entry.severity == "error" for entry in found)
        tables, more = tables_of(sheets, dictionary, refused=refused, others=taken == "without_others")
        more = sources.named(more)
        known = {name: columns_of(name, dictionary) for name in COLUMNS if tables is not None and not sources.files}
        unread = (*unread, *(one for name in known for one in _unread(name, getattr(tables, name), known[name])))
    found = (*found, *more)
    outcome = time_and_status(tables.patients, dictionary) if tables is not None else None
    unread = tuple(entry for entry in unread if not _is_read(entry, tables, outcome))
    variables: tuple[str, ...] = ()
    if tables is not None:
        variables = unknown_variables(tables.measurements, dictionary)
        variables = variables if len(variables) <= MOST_VARIABLES else ()
        measured = variables if sources.files and not dated else added
        dictionary = dictionary.with_measures(new_measures(tables, measured, dictionary))
        checked = (
            *issues(tables, dictionary),
            *baseline_notes(tables, dictionary),
            *doubts(tables, dictionary, dated=dated),
        )
        found = (*found, *sources.named(entry for entry in checked if not _follows(entry, found)))
    found = tuple(dict.fromkeys(found))  # one sheet may hold patients and what was measured of them
    notes = tuple(entry for entry in found if entry.severity in ("understood", "note"))
    serious = tuple(entry for entry in found if entry.severity == "error")
    rest = tuple(entry for entry in found if entry.severity == "warning")
    cohort: Cohort | None = None
    if tables is not None and not serious:
        cohort, serious = _usable(
            imported_cohort(tables, name, dictionary, mapping if sources.files else None), sources
        )
    return Opened(cohort, (*serious, *rest), notes, variables, parameters, unread, outcome, guessed, mapping, contents)


def _follows(entry: Issue, earlier: Collection[Issue]) -> bool:
    """Whether an error only says that something is empty which could not be read or found before."""
    refused = [one for one in earlier if one.severity == "error"]
    if entry.table != "patients" or entry.column not in ("patient", "last_day") or not refused:
        return False
    rows = {row for one in refused for row in one.rows}
    return (bool(entry.rows) and rows.issuperset(entry.rows)) or (
        entry.column == "last_day" and any(not one.column and not one.rows for one in refused)
    )


def _is_read(entry: Unread, tables: Tables | None, outcome: TimeStatus | None) -> bool:
    """Whether a column that is none of a table's says something all the same: a unit, a time or what ended it."""
    unit = unit_column(tables.measurements) if tables is not None else ""
    told = (outcome.time, outcome.status) if outcome is not None else ()
    return entry.column in told or bool(unit and (entry.table, entry.column) == ("measurements", unit))


def _usable(cohort: Cohort, sources: adam.Sources) -> tuple[Cohort | None, tuple[Issue, ...]]:
    """The cohort, if anything that happened to its patients is recorded; else the error that says so."""
    return (cohort, ()) if has_endpoints(cohort) else (None, sources.named((no_endpoint(),)))


def _column_names(dictionary: Dictionary) -> frozenset[str]:
    """Every name, folded, under which a column of the four tables or of an ADaM data set is found."""
    own = {name for table in COLUMNS for name in column_meanings(table, dictionary)}
    return frozenset(own | {folded_name(name) for name in (*adam.COLUMN_NAMES, *TIMES, *STATUSES)})


def imported_cohort(
    tables: Tables, name: str, dictionary: Dictionary = DICTIONARY, mapping: ColumnMapping | None = None
) -> Cohort:
    """The cohort of a hospital's own tables; columns and measured variables outside the dictionary are left out.

    ``mapping`` is what gave the tables their meaning, if it was applied: with other names it is another cohort.
    Raises ValueError where a number cannot be read: ask ``data.reading.check.issues`` first.
    """
    measured = [entry.key for entry in dictionary.measures if not entry.derived]
    known = {}
    for table, columns in ((table, columns_of(table, dictionary)) for table in COLUMNS):
        rows: pd.DataFrame = getattr(tables, table)
        known[table] = rows[[column for column in columns if column in rows]].reset_index(drop=True)
    rows = known["measurements"]
    known["measurements"] = rows[rows["variable"].isin(measured)].reset_index(drop=True) if len(rows) else rows
    kept = Tables(**known)
    return cohort_from(kept, Provenance("imported", name, fingerprint(kept, mapping)), dictionary)


def new_measures(tables: Tables, names: Collection[str], dictionary: Dictionary = DICTIONARY) -> tuple[Measure, ...]:
    """Laboratory values for those of ``names`` that the file measures and the dictionary does not list."""
    names = [name for name in unknown_variables(tables.measurements, dictionary) if name in names]
    variable = texts(tables.measurements["variable"]) if names else np.array([], dtype=object)
    return tuple(
        Measure(
            name,
            name,
            "",
            "laboratory",
            (-np.inf, np.inf),
            _decimals(tables.measurements[variable == name]["value"]),
            own=True,
        )
        for name in names
    )


def tables_in(folder: Path) -> Tables:
    """The four tables of the CSV files in ``folder``; text stays text, blank is missing. Raises FileNotFoundError."""
    return Tables(
        **{name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""]) for name in COLUMNS}
    )


def fingerprint(tables: Tables, mapping: ColumnMapping | None = None) -> str:
    """Twelve hexadecimal digits that change with any cell of the tables (SHA-256 of their CSV form).

    They also change with what an applied ``mapping`` says, whatever the files are called.
    """
    digest = hashlib.sha256()
    for name in COLUMNS:
        table: pd.DataFrame = getattr(tables, name)
        digest.update(table.to_csv(index=False, lineterminator="\n").encode())
    if mapping is not None:
        digest.update(described(mapping))
    return digest.hexdigest()[:12]


def reconstructed_cohort(folder: Path = COHORT_FOLDER) -> Cohort:
    """The committed cohort, reconstructed from the published aggregates; its dictionary offers what it records."""
    tables = tables_in(folder)
    name = "Reconstructed from published aggregates"
    return with_recorded_variables(cohort_from(tables, Provenance("reconstructed", name, fingerprint(tables))))


def tables_of(
    sheets: Collection[Sheet], dictionary: Dictionary, *, refused: bool, others: bool = False
) -> tuple[Tables | None, tuple[Issue, ...]]:
    """The four tables among the sheets, and what was refused or understood while reading them; None without patients.

    The index of each table, named ``line``, holds the line in the file. Tables other than patients may be absent and
    are then empty. Columns and words are those of the dictionary; a column holds numbers where all its cells can be
    read as such. ``refused`` says that a file could not be read, which may be the one missing.
    """
    remarked: list[Issue] = []
    by_table: dict[str, list[Sheet]] = {name: [] for name in COLUMNS}
    for sheet in sheets:
        table = _table_of(sheet, dictionary)
        if table:
            by_table[table].append(sheet)
        elif not sheet.workbook and not others:
            remarked.append(remarks.unrecognised_table(sheet.name, tuple(COLUMNS)))
        else:
            remarked.append(remarks.sheet_left_out(sheet.name))
    read: dict[str, pd.DataFrame] = {}
    for name, found in by_table.items():
        if len(found) > 1:
            remarked.append(remarks.table_twice(name, [sheet.name for sheet in found]))
        if found:
            read[name], more = _understood(name, found[0], dictionary)
            remarked += [*found[0].issues, *more]
        elif name != "patients":
            read[name] = pd.DataFrame(columns=list(COLUMNS[name]), dtype=object)
            remarked.append(remarks.absent_table(name))
    if "patients" not in read:
        refused = refused or any(entry.severity == "error" for entry in remarked)
        return None, (*remarked, *(() if refused else (remarks.no_patients_table(),)))
    return Tables(**read), tuple(remarked)


def _unread(table: str, cells: pd.DataFrame, known: Collection[str] = ()) -> tuple[Unread, ...]:
    return tuple(Unread(table, str(name), identifies(str(name))) for name in cells.columns if name not in known)


def _left_out(mapping: ColumnMapping, sheets: Collection[Sheet]) -> tuple[Unread, ...]:
    """The columns of the sheets that a mapping leaves out."""
    there = {sheet.name: set(map(str, sheet.cells.columns)) for sheet in sheets}
    return tuple(
        Unread(table.sheet, one.column, identifies(one.column))
        for table in mapping.tables
        for one in table.columns
        if one.column in there.get(table.sheet, ()) and (one.role == "left_out" or table.holds == "left_out")
    )


def _understood(name: str, sheet: Sheet, dictionary: Dictionary) -> tuple[pd.DataFrame, list[Issue]]:
    units = column_units(name, sheet.cells.columns, dictionary)
    table, notes = with_known_columns(name, renamed(sheet.cells, units), dictionary)
    table, more = with_known_words(name, table, dictionary)
    notes += more
    table, more = with_plain_patients(name, table)
    notes += more
    table, more = with_numbers(name, table, dictionary, decimal_comma=sheet.decimal_comma)
    notes += more
    table, more = converted(name, table, units)
    notes += more
    if name == "patients":
        table, more = with_last_days(table)
        notes += more
    for column in (column for column in OPTIONAL[name] if column not in table):
        if column == "population":
            member = followed(dictionary)[0]
            notes.append(remarks.one_population(member, len(table)))
            table = table.assign(population=member)
        else:
            notes.append(remarks.absent_column(name, column))
            table = table.assign(**{column: pd.Series(None, table.index, dtype=object)})
    return table, notes


def _table_of(sheet: Sheet, dictionary: Dictionary) -> str:
    """The table whose own columns the sheet has most of; the name decides between equals. Empty when it is none."""
    there = {folded_name(str(column)) for column in sheet.cells.columns}
    shared = {"patient", "day"}
    scores = {}
    for table in COLUMNS:
        meanings = column_meanings(table, dictionary)
        named = folded_name(table) in folded_name(PurePath(sheet.name).stem)
        found = {meanings[name] for name in there if name in meanings}
        found |= {one.key for one in column_units(table, sheet.cells.columns, dictionary)}
        scores[table] = (len(found - shared), named)
    best = max(scores, key=lambda table: scores[table])
    return best if any(scores[best]) else ""


def _decimals(values: pd.Series) -> int:
    number = numbers(values)
    number = number[np.isfinite(number)]
    return next((digits for digits in (0, 1) if np.allclose(number, number.round(digits), atol=1e-9)), 2)
