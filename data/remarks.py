"""Every sentence said while files are read, one function a remark: what was refused, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.issue import Issue, counted, every, issue, listing, number

Rows = Sequence[int]

SAVE_AS = "Save it as an Excel workbook (.xlsx) or as CSV and open that."


def too_large(file: str, megabytes: int) -> Issue:
    """The files together are larger than what is accepted."""
    return issue(
        "error", file, "", (), f"The files are larger than {megabytes} MB.", "Leave out columns that are not needed."
    )


def too_many(file: str, rows: int, columns: int) -> Issue:
    """More rows or columns than are accepted."""
    wrong = f"There are more than {number(rows)} rows or {number(columns)} columns."
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


def repeated_column(file: str, column: str) -> Issue:
    """Two columns that mean the same."""
    return issue("error", file, column, (), f"The column “{column}” is there twice.", "Keep one of them.")


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


def read_as_japanese(file: str) -> Issue:
    """A file in the encoding of Japanese Excel."""
    return issue(
        "note", file, "", (), "The text was read in the encoding of Japanese Excel (Shift JIS, code page 932)."
    )


def read_as_western(file: str) -> Issue:
    """A file in the encoding of Western European Excel."""
    return issue("note", file, "", (), "The text was read in the encoding of Western European Excel (code page 1252).")


def decimal_comma(table: str, column: str, rows: Rows) -> Issue:
    """Numbers with a decimal comma in a file whose separator is not the comma."""
    return issue("note", table, column, rows, "The comma was read as the decimal sign: 3,5 is 3.5.")


def full_width(table: str, column: str, rows: Rows) -> Issue:
    """Numbers in full-width characters."""
    return issue("note", table, column, rows, "Full-width digits were read as ordinary ones: １２ is 12.")


def absent_table(table: str) -> Issue:
    """A table that may be left out, and was."""
    return issue("note", table, "", (), f"There is no table {table}; what needs it stays empty.")


def absent_column(table: str, column: str) -> Issue:
    """A column that may be left out, and was."""
    return issue("note", table, column, (), f"There is no column “{column}”; it is taken as not recorded.")


def one_population(member: str, patients: int) -> Issue:
    """No column tells the populations apart."""
    wrong = (
        f"There is no column “population”: {counted(patients, 'patient counts', 'patients all count')} as “{member}”."
    )
    return issue("note", "patients", "population", (), wrong)


def columns_read(table: str, names: Mapping[str, str]) -> Issue:
    """Columns found under another name."""
    pairs = ", ".join(f"“{written}” as “{key}”" for written, key in names.items())
    return issue("note", table, "", (), f"Columns were read under another name: {pairs}.")


def words_read(table: str, column: str, rows: Rows, words: Mapping[str, str]) -> Issue:
    """Words understood as another word of the dictionary."""
    pairs = ", ".join(f"“{written}” as “{meant}”" for written, meant in words.items())
    return issue("note", table, column, rows, f"Read {pairs}.")


def missing_read(table: str, column: str, rows: Rows, words: Sequence[str]) -> Issue:
    """Words understood as "not recorded"."""
    return issue("note", table, column, rows, f"Read {every(words)} as not recorded.")


ADAM_LEFT_OUT = {
    "derived": "they hold derived values (DTYPE)",
    "after dose": "only concentrations before the dose are taken",
    "unmarked": "they are not marked for analysis (ANL01FL)",
    "before treatment": "they did not begin under treatment (TRTEMFL)",
    "unrelated": "they were not judged related to the drug (AREL)",
    "undated": "they have no day of onset (ASTDT)",
}
"""Why rows of ADaM data sets are left out, by the key of the reason."""


def adam_left_out(file: str, rows: Rows, why: str) -> Issue:
    """Rows of an ADaM data set that were not taken over; ``why`` is a key of ``ADAM_LEFT_OUT``."""
    wrong = f"{counted(len(rows), 'row was', 'rows were')} left out: {ADAM_LEFT_OUT[why]}."
    return issue("note", file, "", rows, wrong)


def adam_patients(file: str, columns: Mapping[str, str], member: str, treated: int, outside: str) -> Issue:
    """How patients were taken over; ``columns`` maps keys to columns of the data set."""
    pairs = ", ".join(f"{column} as {key}" for key, column in columns.items())
    wrong = (
        f"{pairs}; “{member}” are the {counted(treated, 'treated patient', 'treated patients')} (SAFFL), "
        f"“{outside}” the others. Day 0 is TRTSDT, or else STARTDT. Columns that are not named here were left out."
    )
    return issue("note", file, "", (), wrong)


def adam_endpoint(file: str, code: str, label: str, column: str, events: int, patients: int) -> Issue:
    """How a time-to-event parameter was taken over."""
    ending = "It gives the last day."
    if column != "death_day":
        ending = "A death is not counted as a progression; patients without progression are followed to their last day."
    counts = f"{counted(events, 'event', 'events')} (CNSR 0) in {counted(patients, 'patient', 'patients')}"
    return issue("note", file, "PARAMCD", (), f"{code} ({label}) as {column}: {counts}. {ending}")


def adam_measure(file: str, code: str, label: str, unit: str, key: str, values: int) -> Issue:
    """How a measured parameter was taken over."""
    wrong = f"{code} ({label}, {unit or 'no unit'}) as measured variable {key}: {counted(values, 'value', 'values')}."
    return issue("note", file, "PARAMCD", (), wrong)


def adam_baseline(file: str, rows: Rows, code: str) -> Issue:
    """Baseline values taken before day 0."""
    wrong = f"{code}: values marked as the baseline (ABLFL) that were taken before day 0 count on day 0."
    return issue("note", file, "ABLFL", rows, wrong)


def adam_below_limit(file: str, rows: Rows) -> Issue:
    """Concentrations below the limit of quantification."""
    return issue("note", file, "AVAL", rows, "Results below the limit of quantification count as AVAL gives them.")


def adam_reactions(file: str, rows: int, categories: Mapping[str, str]) -> Issue:
    """How adverse events were taken over."""
    pairs = "; ".join(f"{soc.capitalize()} as {category}" for soc, category in categories.items())
    wrong = f"{counted(rows, 'reaction', 'reactions')}. Categories come from AEBODSYS: {pairs}; all others as Other."
    return issue("note", file, "", (), wrong)


def adam_treatments(file: str, stopped: int) -> Issue:
    """How the study drug was taken over."""
    who = counted(stopped, "patient with EOSSTT DISCONTINUED stops", "patients with EOSSTT DISCONTINUED stop")
    return issue("note", file, "", (), f"The drug begins on TRTSDT; {who} it on TRTEDT, without a reason.")


def adam_unknown_kind(file: str) -> Issue:
    """A data set that is none of those that are understood."""
    wrong = "This data set is none of those understood: ADSL, ADTTE, ADPC or ADLB, ADAE."
    return issue("warning", file, "", (), wrong, "It is left out.")


def adam_no_parameter(file: str, code: str, codes: Sequence[str]) -> Issue:
    """A time-to-event parameter that is not in the file."""
    wrong = f"There is no parameter “{code}”."
    return issue("error", file, "PARAMCD", (), wrong, f"Choose among {every(codes)}.")


def adam_no_endpoint(file: str, codes: Sequence[str]) -> Issue:
    """No parameter that could be taken for death without asking."""
    wrong = f"Which parameter is the time to death is not clear: {every(codes)}."
    return issue("error", file, "PARAMCD", (), wrong, "Choose one.")


def adam_reverse(file: str, code: str, of: str) -> Issue:
    """A parameter that holds the follow-up of another one."""
    wrong = f"“{code}” has the times of “{of}” with events and censoring exchanged: it is follow-up and no endpoint."
    return issue("note", file, "PARAMCD", (), wrong)


def adam_censoring(file: str, rows: Rows) -> Issue:
    """Censoring codes that are not whole numbers from 0."""
    wrong = "The censoring code is not 0 (event) or a whole number above (censored)."
    return issue("error", file, "CNSR", rows, wrong, "Correct CNSR.")


def adam_time_unit(file: str, units: Sequence[str]) -> Issue:
    """Times in a unit that is not known."""
    wrong = f"Times are in a unit that is not known: {listing(units)}."
    return issue(
        "error", file, "AVALU", (), wrong, "Give the dates ADT and STARTDT, or AVAL in days, weeks, months or years."
    )


def adam_disagreeing(file: str, rows: Rows) -> Issue:
    """Analysis values that are not what the dates say."""
    wrong = "AVAL is not ADT − STARTDT + 1; the dates were used."
    return issue("warning", file, "AVAL", rows, wrong, "Look these rows up.")


def adam_several(file: str, rows: Rows, code: str) -> Issue:
    """A patient with more than one time of one parameter."""
    wrong = f"Patients have more than one row of “{code}”."
    return issue("error", file, "USUBJID", rows, wrong, "Keep one row a patient and parameter, or mark it by ANL01FL.")
