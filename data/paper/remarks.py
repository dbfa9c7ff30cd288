"""Every sentence said while files are read, one function a remark: what was refused, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.reading.issue import Issue, counted, issue, listing, number

Rows = Sequence[int]

SAVE_AS = "Save it as an Excel workbook (.xlsx) or as CSV and open that."


def too_large(file: str, megabytes: int) -> Issue:
    """The files together are larger than what is accepted."""
    return issue(
        "error", file, "", (), f"The files are larger than {megabytes} MB.", "Leave out columns that are not needed."
    )


def expands_too_far(file: str, megabytes: int) -> Issue:
    """A small archive that would unfold into a large one."""
    wrong = f"The archive would expand to more than {megabytes} MB, or holds too many files."
    return issue("error", file, "", (), wrong, "Leave out columns and files that are not needed.")


def workbook_too_large(file: str, megabytes: int) -> Issue:
    """A small workbook that would unfold into a large one."""
    wrong = f"The workbook would expand to more than {megabytes} MB."
    remedy = "Delete empty formatted rows and sheets that are not needed, or save each sheet as CSV and open those."
    return issue("error", file, "", (), wrong, remedy)


def too_many_cells(file: str, cells: int) -> Issue:
    """A workbook with more cells than are read of one."""
    wrong = f"The workbook holds more than {number(cells)} cells."
    remedy = "Delete empty formatted rows and columns that are not needed, or save each sheet as CSV and open those."
    return issue("error", file, "", (), wrong, remedy)


def too_many(file: str, rows: int, columns: int, cells: int) -> Issue:
    """More rows, columns or cells than are accepted."""
    wrong = f"There are more than {number(rows)} rows, {number(columns)} columns or {number(cells)} cells."
    return issue("error", file, "", (), wrong, "Remove empty formatted rows or what is not needed, and open it again.")


def empty_file(file: str) -> Issue:
    """A file or sheet in which nothing stands."""
    return issue("error", file, "", (), "The file is empty.", "Check that it was saved.")


def old_or_locked_workbook(file: str) -> Issue:
    """A workbook of the format before 2007, or one with a password."""
    wrong = "This is an old Excel file (.xls), or a workbook protected by a password."
    return issue("error", file, "", (), wrong, "Save it as .xlsx without a password.")


def not_a_table(file: str) -> Issue:
    """A file that is neither a workbook nor text with separators."""
    return issue("error", file, "", (), "This is not a table.", SAVE_AS)


def sas_transport(file: str) -> Issue:
    """A SAS transport file, in which ADaM data sets are usually handed on."""
    wrong = "This is a SAS transport file (.xpt)."
    return issue("error", file, "", (), wrong, "Export the data set as CSV with its variable names in the first line.")


def broken_workbook(file: str) -> Issue:
    """A workbook that cannot be read."""
    return issue(
        "error", file, "", (), "The workbook is damaged and cannot be read.", "Open it in Excel and save it again."
    )


def broken_text(file: str, row: int) -> Issue:
    """A CSV file whose quotation marks do not pair."""
    wrong = "From here on the text cannot be divided into cells: a quotation mark is not closed."
    return issue("error", file, "", (row,), wrong, SAVE_AS)


def long_rows(file: str, rows: Rows) -> Issue:
    """Rows with more cells than the header has."""
    wrong = "Rows have more cells than the header: a separator stands inside a text or number."
    return issue("error", file, "", rows, wrong, "Put such texts in quotation marks, or save the sheet as .xlsx.")


def repeated_column(file: str, column: str, other: str = "") -> Issue:
    """Two columns of one name; ``other`` is the first of them where capitals or signs tell them apart."""
    also = f", also as “{other}”" if other and other != column else ""
    return issue("error", file, column, (), f"The column “{column}” is there twice{also}.", "Keep one of them.")


def nameless_column(file: str, rows: Rows) -> Issue:
    """A column with content and no name."""
    return issue("warning", file, "", rows, "A column has no name and is left out.", "Give it a name in line 1.")


def unrecognised_table(file: str, tables: Sequence[str]) -> Issue:
    """A CSV file of which it is not clear which table it is."""
    wrong = f"It is not clear which of the tables this is: {listing(tables, quotes=False)}."
    return issue("error", file, "", (), wrong, "Use the column names of the template, or name the file like its table.")


def sheet_left_out(sheet: str) -> Issue:
    """A sheet of a workbook that is none of the tables."""
    return issue("note", sheet, "", (), "The sheet is none of the four tables and was left out.")


def table_twice(table: str, files: Sequence[str]) -> Issue:
    """Two files for one table."""
    wrong = f"Several files or sheets hold the table {table}: {listing(files)}."
    return issue("error", table, "", (), wrong, "Open one of them, or put their rows into one.")


def no_patients_table() -> Issue:
    """The one table that cannot be left out."""
    wrong = "The table patients is missing."
    return issue("error", "patients", "", (), wrong, "It holds one row a patient; see the template.")


def archive_without_tables(file: str, others: Sequence[str]) -> Issue:
    """An archive in which there is no CSV file."""
    there = f" It holds {listing(others)}." if others else ""
    remedy = "Unpack it and open the files themselves: an Excel workbook (.xlsx), or CSV files."
    return issue("error", file, "", (), f"There is no CSV file in the archive.{there}", remedy)


def archive_left_out(file: str, others: Sequence[str]) -> Issue:
    """Files of an archive that are no CSV files."""
    wrong = f"Only the CSV files of the archive were read; left out: {listing(others)}."
    return issue("understood", file, "", (), wrong)


def uncomputed_formulas(sheet: str, places: Sequence[str]) -> Issue:
    """Formulas whose results are not stored in the workbook."""
    wrong = f"{counted(len(places), 'formula has', 'formulas have')} no stored result: {listing(places, quotes=False)}."
    return issue("error", sheet, "", (), wrong, "Open the workbook in Excel, save it there and add it again.")


def formulas_read(sheet: str, formulas: int) -> Issue:
    """Formulas of which the stored results were taken."""
    wrong = f"{counted(formulas, 'cell holds a formula', 'cells hold a formula')}; the stored result was read."
    return issue("understood", sheet, "", (), wrong)


def _read_as(pairs: Mapping[str, str]) -> str:
    shown = [f"{written} is {meant}" for written, meant in list(pairs.items())[:3]]
    return ", ".join(shown)


def decimal_comma(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a decimal comma."""
    wrong = f"The comma was read as the decimal sign in {counted(len(rows), 'cell', 'cells')}: {_read_as(pairs)}."
    return issue("understood", table, column, rows, wrong)


def thousands(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a sign between thousands."""
    wrong = f"Signs between thousands were taken out in {counted(len(rows), 'cell', 'cells')}: {_read_as(pairs)}."
    return issue("understood", table, column, rows, wrong)


def full_width(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers in full-width characters."""
    example = next(iter(pairs.values()))
    wrong = f"Full-width digits were read as ordinary ones in {counted(len(rows), 'cell', 'cells')}, such as {example}."
    return issue("understood", table, column, rows, wrong)


def minus_sign(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a typographer's minus sign or a dash."""
    wrong = f"A dash was read as the minus sign in {counted(len(rows), 'cell', 'cells')}: {_read_as(pairs)}."
    return issue("understood", table, column, rows, wrong)


def codes_read(table: str, rows: Rows, codes: Sequence[str]) -> Issue:
    """Codes of patients in full-width, half-width or decomposed characters, or with invisible ones."""
    wrong = (
        f"Codes of patients were read in ordinary characters in {counted(len(rows), 'row', 'rows')}: {listing(codes)}."
    )
    return issue("understood", table, "patient", rows, wrong)


def drug_not_read(table: str, rows: Rows, found: Sequence[str], drug: str, column: str = "drug") -> Issue:
    """A drug whose name contains that of the study and something else, such as an ointment."""
    wrong = f"{listing(found)} {'is' if len(found) == 1 else 'are'} not read as {drug}."
    return issue("warning", table, column, rows, wrong, f"Write “{drug}” if the study's drug is meant.")


def absent_table(table: str) -> Issue:
    """A table that may be left out, and was."""
    return issue("note", table, "", (), f"There is no table {table}; what needs it stays empty.")


def absent_column(table: str, column: str) -> Issue:
    """A column that may be left out, and was."""
    return issue("note", table, column, (), f"There is no column “{column}”; it is taken as not recorded.")


def outcome_read(table: str, time: str, unit: str, status: str, code: str, deaths: int, patients: int) -> Issue:
    """How a time and a code for what ended it were taken, as the visitor chose."""
    month = " (a month is 30.4375 days)" if unit == "months" else ""
    dead = counted(deaths, "patient died", "patients died")
    wrong = (
        f"“{time}” in {unit} is the last day{month}; “{code}” of “{status}” is death: {dead}, "
        f"{counted(patients - deaths, 'was', 'were')} censored."
    )
    return issue("understood", table, f"{time}, {status}", (), wrong)


def last_day_of_the_dead(rows: Rows) -> Issue:
    """Dead patients without a last day."""
    wrong = f"{counted(len(rows), 'dead patient has', 'dead patients have')} no last day; the day of death was taken."
    return issue("understood", "patients", "last_day", rows, wrong)


def baseline_before(rows: Rows) -> Issue:
    """Baseline values from before day 0."""
    wrong = f"{counted(len(rows), 'baseline value is', 'baseline values are')} from before day 0."
    return issue("understood", "measurements", "day", rows, wrong)


def no_baseline(rows: Rows, first: int, late: int) -> Issue:
    """First values shortly after day 0, which are no baseline values."""
    wrong = f"{counted(len(rows), 'first value is', 'first values are')} from days 1 to {late} and no baseline value."
    remedy = f"The baseline is the last value from day {_minus(first)} to day 0; write day 0 if it was meant as that."
    return issue("understood", "measurements", "day", rows, wrong, remedy)


def _minus(day: int) -> str:
    return f"−{-day}" if day < 0 else str(day)


def one_population(member: str, patients: int) -> Issue:
    """No column tells the populations apart."""
    wrong = (
        f"There is no column “population”: {counted(patients, 'patient counts', 'patients all count')} as “{member}”."
    )
    return issue("note", "patients", "population", (), wrong)


MOST_PAIRS = 8
"""So many readings of words are listed for a column; the others are counted."""


def columns_read(table: str, names: Mapping[str, str]) -> Issue:
    """Columns found under another name."""
    pairs = ", ".join(f"“{written}” as “{key}”" for written, key in names.items())
    n = counted(len(names), "column was", "columns were")
    return issue("understood", table, "", (), f"{n} read under another name: {pairs}.")


def _pairs(words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    often = sorted(words, key=lambda word: -counts[word])
    shown = [f"“{word}” as “{words[word]}” ({number(counts[word])})" for word in often[:MOST_PAIRS]]
    more = f" and {number(len(often) - MOST_PAIRS)} more" if len(often) > MOST_PAIRS else ""
    return f"{', '.join(shown)}{more}"


def words_read(table: str, column: str, rows: Rows, words: Mapping[str, str], counts: Mapping[str, int]) -> Issue:
    """Words understood as another word of the dictionary, each with the number of cells."""
    return issue("understood", table, column, rows, f"Read {_pairs(words, counts)}.")


def missing_read(table: str, column: str, rows: Rows, words: Mapping[str, str], counts: Mapping[str, int]) -> Issue:
    """Words understood as "not recorded", each with the number of cells."""
    shown = ", ".join(f"“{word}” ({number(counts[word])})" for word in list(words)[:MOST_PAIRS])
    return issue("understood", table, column, rows, f"Read as not recorded: {shown}.")
