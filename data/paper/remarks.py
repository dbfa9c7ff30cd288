"""Every sentence said while files are read, one function a remark: what was refused, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]

SAVE_AS = say("Save it as a workbook (.xlsx, .xls or .ods) or as CSV and open that.")


def too_large(file: str, megabytes: int) -> Issue:
    """The files together are larger than what is accepted."""
    return issue(
        "error",
        file,
        "",
        (),
        say("The files are larger than {megabytes} MB.", megabytes=megabytes),
        say("Leave out columns that are not needed."),
    )


def expands_too_far(file: str, megabytes: int) -> Issue:
    """A small archive that would unfold into a large one."""
    wrong = say("The archive would expand to more than {megabytes} MB, or holds too many files.", megabytes=megabytes)
    return issue("error", file, "", (), wrong, say("Leave out columns and files that are not needed."))


def workbook_too_large(file: str, megabytes: int) -> Issue:
    """A small workbook that would unfold into a large one."""
    wrong = say("The workbook would expand to more than {megabytes} MB.", megabytes=megabytes)
    remedy = say(
        "Delete empty formatted rows and sheets that are not needed, or save each sheet as CSV and open those."
    )
    return issue("error", file, "", (), wrong, remedy)


def too_many_cells(file: str, cells: int) -> Issue:
    """A workbook with more cells than are read of one."""
    wrong = say("The workbook holds more than {cells} cells.", cells=number(cells))
    remedy = say(
        "Delete empty formatted rows and columns that are not needed, or save each sheet as CSV and open those."
    )
    return issue("error", file, "", (), wrong, remedy)


def too_many(file: str, rows: int, columns: int, cells: int) -> Issue:
    """More rows, columns or cells than are accepted."""
    wrong = say(
        "There are more than {rows} rows, {columns} columns or {cells} cells.",
        rows=number(rows),
        columns=number(columns),
        cells=number(cells),
    )
    return issue(
        "error", file, "", (), wrong, say("Remove empty formatted rows or what is not needed, and open it again.")
    )


def reading_stopped(files: Sequence[str], reason: str, seconds: float) -> Issue:
    """Files whose reading was stopped, by its ``reason``: ``memory``, ``time`` or ``failed``."""
    wrong = {
        "memory": say("Reading this takes more memory than it may, and was stopped."),
        "time": say("Reading this took more than {n} seconds, and was stopped.", n=number(round(seconds))),
    }.get(reason, say("What reads this file broke off, and nothing of it was read."))
    remedy = say("Save the tables as CSV with the columns that are needed, and open those.")
    return issue("error", ", ".join(files), "", (), wrong, remedy)


def empty_file(file: str) -> Issue:
    """A file or sheet in which nothing stands."""
    return issue("error", file, "", (), say("The file is empty."), say("Check that it was saved."))


def locked_workbook(file: str) -> Issue:
    """A workbook with a password."""
    wrong = say("This workbook is protected by a password.")
    return issue("error", file, "", (), wrong, say("Save it without a password."))


def binary_workbook(file: str) -> Issue:
    """A workbook in Excel's binary form, in which errors of cells would be read as empty cells."""
    return issue("error", file, "", (), say("This is a binary Excel workbook (.xlsb)."), say("Save it as .xlsx."))


def archive_inside(file: str) -> Issue:
    """An archive in an archive."""
    wrong = say("This is an archive inside an archive.")
    return issue("error", file, "", (), wrong, say("Unpack it, and add what is in it."))


def not_a_table(file: str) -> Issue:
    """A file that is neither a workbook nor text with separators."""
    return issue("error", file, "", (), say("This is not a table."), SAVE_AS)


def broken_workbook(file: str) -> Issue:
    """A workbook that cannot be read."""
    return issue(
        "error",
        file,
        "",
        (),
        say("The workbook is damaged and cannot be read."),
        say("Open it in Excel and save it again."),
    )


def broken_archive(file: str) -> Issue:
    """A ZIP file that cannot be read."""
    return issue(
        "error",
        file,
        "",
        (),
        say("The archive is damaged and cannot be read."),
        say("Make it again, or open the files that it was made of."),
    )


def broken_text(file: str, row: int) -> Issue:
    """A CSV file whose quotation marks do not pair."""
    wrong = say("From here on the text cannot be divided into cells: a quotation mark is not closed.")
    return issue("error", file, "", (row,), wrong, SAVE_AS)


def long_rows(file: str, rows: Rows) -> Issue:
    """Rows with more cells than the header has."""
    wrong = say("Rows have more cells than the header: a separator stands inside a text or number.")
    return issue("error", file, "", rows, wrong, say("Put such texts in quotation marks, or save the sheet as .xlsx."))


def repeated_column(file: str, column: str, other: str = "") -> Issue:
    """Two columns of one name; ``other`` is the first of them where capitals or signs tell them apart."""
    twice = (
        say("The column “{column}” is there twice, also as “{other}”.", column=column, other=other)
        if other and other != column
        else say("The column “{column}” is there twice.", column=column)
    )
    return issue(
        "error",
        file,
        column,
        (),
        twice,
        say("Keep one of them."),
    )


def nameless_column(file: str, rows: Rows) -> Issue:
    """A column with content and no name."""
    return issue(
        "warning", file, "", rows, say("A column has no name and is left out."), say("Give it a name in line 1.")
    )


def unrecognised_table(file: str, tables: Sequence[str]) -> Issue:
    """A CSV file of which it is not clear which table it is."""
    wrong = say("It is not clear which of the tables this is: {tables}.", tables=listing(tables, quotes=False))
    return issue(
        "error", file, "", (), wrong, say("Use the column names of the template, or name the file like its table.")
    )


def sheet_left_out(sheet: str) -> Issue:
    """A sheet of a workbook, or a file beside others, that is none of the tables."""
    return issue("note", sheet, "", (), say("It is none of the four tables and was left out."))


def table_twice(table: str, files: Sequence[str]) -> Issue:
    """Two files for one table."""
    wrong = say("Several files or sheets hold the table {table}: {files}.", table=table, files=listing(files))
    return issue("error", table, "", (), wrong, say("Open one of them, or put their rows into one."))


def no_patients_table() -> Issue:
    """The one table that cannot be left out."""
    wrong = say("The table patients is missing.")
    return issue("error", "patients", "", (), wrong, say("It holds one row a patient; see the template."))


def archive_without_tables(file: str, others: Sequence[str]) -> Issue:
    """An archive in which there is no file that may hold a table."""
    there = (" " + say("It holds {others}.", others=listing(others))) if others else ""
    remedy = say(
        "Unpack it and open the files themselves: workbooks, CSV files, or files of SAS, SPSS, Stata or Parquet."
    )
    return issue("error", file, "", (), say("There is no table in the archive.{there}", there=there), remedy)


def archive_left_out(file: str, others: Sequence[str]) -> Issue:
    """Files of an archive that hold no tables."""
    wrong = say("Only the tables of the archive were read; left out: {others}.", others=listing(others))
    return issue("understood", file, "", (), wrong)


def uncomputed_formulas(sheet: str, places: Sequence[str]) -> Issue:
    """Formulas whose results are not stored in the workbook."""
    wrong = say_counted(
        len(places),
        "{places} formula has no stored result: {places_2}.",
        "{places} formulas have no stored result: {places_2}.",
        places=number(len(places)),
        places_2=listing(places, quotes=False),
    )
    return issue(
        "error",
        sheet,
        "",
        (),
        wrong,
        say("Open the workbook in the program it comes from, save it there and add it again."),
    )


def formulas_read(sheet: str, formulas: int) -> Issue:
    """Formulas of which the stored results were taken."""
    wrong = say_counted(
        formulas,
        "{formulas} cell holds a formula; the stored result was read.",
        "{formulas} cells hold a formula; the stored result was read.",
        formulas=number(formulas),
    )
    return issue("understood", sheet, "", (), wrong)


def _read_as(pairs: Mapping[str, str]) -> str:
    shown = [say("{written} is {meant}", written=written, meant=meant) for written, meant in list(pairs.items())[:3]]
    return ", ".join(shown)


def decimal_comma(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a decimal comma."""
    wrong = say_counted(
        len(rows),
        "The comma was read as the decimal sign in {rows} cell: {read_as}.",
        "The comma was read as the decimal sign in {rows} cells: {read_as}.",
        rows=number(len(rows)),
        read_as=_read_as(pairs),
    )
    return issue("understood", table, column, rows, wrong)


def thousands(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a sign between thousands."""
    wrong = say_counted(
        len(rows),
        "Signs between thousands were taken out in {rows} cell: {read_as}.",
        "Signs between thousands were taken out in {rows} cells: {read_as}.",
        rows=number(len(rows)),
        read_as=_read_as(pairs),
    )
    return issue("understood", table, column, rows, wrong)


def full_width(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers in full-width characters."""
    example = next(iter(pairs.values()))
    wrong = say_counted(
        len(rows),
        "Full-width digits were read as ordinary ones in {rows} cell, such as {example}.",
        "Full-width digits were read as ordinary ones in {rows} cells, such as {example}.",
        rows=number(len(rows)),
        example=example,
    )
    return issue("understood", table, column, rows, wrong)


def minus_sign(table: str, column: str, rows: Rows, pairs: Mapping[str, str]) -> Issue:
    """Numbers with a typographer's minus sign or a dash."""
    wrong = say_counted(
        len(rows),
        "A dash was read as the minus sign in {rows} cell: {read_as}.",
        "A dash was read as the minus sign in {rows} cells: {read_as}.",
        rows=number(len(rows)),
        read_as=_read_as(pairs),
    )
    return issue("understood", table, column, rows, wrong)


def codes_read(table: str, rows: Rows, codes: Sequence[str]) -> Issue:
    """Codes of patients in full-width, half-width or decomposed characters, or with invisible ones."""
    wrong = say_counted(
        len(rows),
        "Codes of patients were read in ordinary characters in {rows} row: {codes}.",
        "Codes of patients were read in ordinary characters in {rows} rows: {codes}.",
        rows=number(len(rows)),
        codes=listing(codes),
    )
    return issue("understood", table, "patient", rows, wrong)


def drug_not_read(table: str, rows: Rows, found: Sequence[str], drug: str, column: str = "drug") -> Issue:
    """A drug whose name contains that of the study and something else, such as an ointment."""
    wrong = say_counted(
        len(found), "{found} is not read as {drug}.", "{found} are not read as {drug}.", found=listing(found), drug=drug
    )
    return issue("warning", table, column, rows, wrong, say("Write “{drug}” if the study's drug is meant.", drug=drug))


def absent_table(table: str) -> Issue:
    """A table that may be left out, and was."""
    return issue("note", table, "", (), say("There is no table {table}; what needs it stays empty.", table=table))


def absent_column(table: str, column: str) -> Issue:
    """A column that may be left out, and was."""
    return issue(
        "note", table, column, (), say("There is no column “{column}”; it is taken as not recorded.", column=column)
    )


def last_day_of_the_dead(rows: Rows) -> Issue:
    """Dead patients without a last day."""
    wrong = say_counted(
        len(rows),
        "{rows} dead patient has no last day; the day of death was taken.",
        "{rows} dead patients have no last day; the day of death was taken.",
        rows=number(len(rows)),
    )
    return issue("understood", "patients", "last_day", rows, wrong)


def baseline_before(rows: Rows) -> Issue:
    """Baseline values from before day 0."""
    wrong = say_counted(
        len(rows),
        "{rows} baseline value is from before day 0.",
        "{rows} baseline values are from before day 0.",
        rows=number(len(rows)),
    )
    return issue("understood", "measurements", "day", rows, wrong)


def no_baseline(rows: Rows, first: int, late: int) -> Issue:
    """First values shortly after day 0, which are no baseline values."""
    wrong = say_counted(
        len(rows),
        "{rows} first value is from days 1 to {late} and no baseline value.",
        "{rows} first values are from days 1 to {late} and no baseline value.",
        rows=number(len(rows)),
        late=late,
    )
    if first:
        remedy = say(
            "The baseline is the last value from day {minus} to day 0; write day 0 if it was meant as that.",
            minus=_minus(first),
        )
    else:
        remedy = say("The baseline is the value of day 0 alone; write day 0 if it was meant as that.")
    return issue("understood", "measurements", "day", rows, wrong, remedy)


def _minus(day: int) -> str:
    return f"−{-day}" if day < 0 else str(day)


def one_population(member: str, patients: int) -> Issue:
    """No column tells the populations apart."""
    wrong = say_counted(
        patients,
        "There is no column “population”: {patients} patient counts as “{member}”.",
        "There is no column “population”: {patients} patients all count as “{member}”.",
        patients=number(patients),
        member=member,
    )
    return issue("note", "patients", "population", (), wrong)


MOST_PAIRS = 8
"""So many readings of words are listed for a column; the others are counted."""


def columns_read(table: str, names: Mapping[str, str]) -> Issue:
    """Columns found under another name."""
    pairs = ", ".join(say("“{written}” as “{key}”", written=written, key=key) for written, key in names.items())
    n = say_counted(len(names), "{names} column was", "{names} columns were", names=number(len(names)))
    return issue("understood", table, "", (), say("{n} read under another name: {pairs}.", n=n, pairs=pairs))


def _pairs(words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    often = sorted(words, key=lambda word: -counts[word])
    shown = [
        say("“{word}” as “{words}” ({counts})", word=word, words=words[word], counts=number(counts[word]))
        for word in often[:MOST_PAIRS]
    ]
    if len(often) <= MOST_PAIRS:
        return ", ".join(shown)
    return say("{pairs} and {often} more", pairs=", ".join(shown), often=number(len(often) - MOST_PAIRS))


def words_read(table: str, column: str, rows: Rows, words: Mapping[str, str], counts: Mapping[str, int]) -> Issue:
    """Words understood as another word of the dictionary, each with the number of cells."""
    return issue("understood", table, column, rows, say("Read {pairs}.", pairs=_pairs(words, counts)))


def missing_read(table: str, column: str, rows: Rows, words: Mapping[str, str], counts: Mapping[str, int]) -> Issue:
    """Words understood as "not recorded", each with the number of cells."""
    shown = ", ".join(f"“{word}” ({number(counts[word])})" for word in list(words)[:MOST_PAIRS])
    return issue("understood", table, column, rows, say("Read as not recorded: {shown}.", shown=shown))
