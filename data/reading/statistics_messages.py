"""What is said of files of SAS, SPSS, Stata and Parquet: what they say about their own columns, and how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, clipped, issue, listing, number

Codes = Mapping[str, Mapping[str, str]]
"""By column the codes of the file, each with its word."""


def _each(columns: Mapping[str, str]) -> str:
    return listing([f"{clipped(column)} ({clipped(what)})" for column, what in columns.items()], quotes=False)


def words_for_codes(file: str, program: str, words: Codes) -> Issue:
    """Columns whose codes the file explains: the words were read."""
    shown = {column: ", ".join(f"{code} = {word}" for code, word in pairs.items()) for column, pairs in words.items()}
    wrong = say_counted(
        len(words),
        "The {program} file explains the codes of {n} column; its words were read: {shown}.",
        "The {program} file explains the codes of {n} columns; their words were read: {shown}.",
        program=program,
        n=number(len(words)),
        shown=_each(shown),
    )
    return issue("understood", file, "", (), wrong)


def codes_left(file: str, words: Codes) -> Issue:
    """Columns of which only some values are explained: they are numbers, and stay so."""
    shown = {column: ", ".join(f"{code} = {word}" for code, word in pairs.items()) for column, pairs in words.items()}
    wrong = say_counted(
        len(words),
        "In {n} column the file explains some of the numbers only; they were read as numbers: {shown}.",
        "In {n} columns the file explains some of the numbers only; they were read as numbers: {shown}.",
        n=number(len(words)),
        shown=_each(shown),
    )
    remedy = say("If one of them stands for “not recorded”, declare it missing in the file, or leave the cell empty.")
    return issue("warning", file, "", (), wrong, remedy)


def missing_codes(file: str, program: str, codes: Mapping[str, Mapping[str, int]]) -> Issue:
    """Cells that the file itself calls missing, or explains with a word for it."""
    shown = {
        column: ", ".join(f"{code}: {number(n)}" for code, n in sorted(counts.items()))
        for column, counts in codes.items()
    }
    cells = sum(n for counts in codes.values() for n in counts.values())
    wrong = say_counted(
        cells,
        "{n} cell holds a code that the {program} file calls missing; it was read as not recorded: {shown}.",
        "{n} cells hold codes that the {program} file calls missing; they were read as not recorded: {shown}.",
        program=program,
        n=number(cells),
        shown=_each(shown),
    )
    return issue("understood", file, "", (), wrong)


def labels(file: str, said: Mapping[str, str]) -> Issue:
    """What the file says of its columns."""
    wrong = say_counted(
        len(said),
        "The file says what {n} column is: {shown}.",
        "The file says what {n} columns are: {shown}.",
        n=number(len(said)),
        shown=_each(said),
    )
    return issue("note", file, "", (), wrong)


def no_rows(file: str) -> Issue:
    """A file with columns and no rows."""
    wrong = say("The file holds names of columns, but no row with anything in it.")
    return issue("error", file, "", (), wrong, say("Check that it was saved with its data."))


def damaged(file: str, program: str) -> Issue:
    """A file that its reader gives up."""
    wrong = say("This {program} file is damaged, or of a version that cannot be read.", program=program)
    return issue("error", file, "", (), wrong, say("Save it again, or export the table as CSV."))


def other_sas(file: str) -> Issue:
    """A file of SAS that holds no data set of its own: a catalogue of formats, or one of PROC CPORT."""
    wrong = say("This file of SAS is a catalogue of formats, or was made by PROC CPORT.")
    remedy = say("Export the data set as a transport file (PROC COPY with the XPORT engine), .sas7bdat or CSV.")
    return issue("error", file, "", (), wrong, remedy)


def portable_spss(file: str) -> Issue:
    """A file in the portable form of old versions of SPSS."""
    return issue("error", file, "", (), say("This is an SPSS portable file (.por)."), say("Save it in SPSS as .sav."))


def columns_left_out(file: str, columns: Sequence[str]) -> Issue:
    """Columns whose cells are lists, tables or bytes."""
    wrong = say_counted(
        len(columns),
        "{n} column is left out, for its cells hold lists or bytes: {columns}.",
        "{n} columns are left out, for their cells hold lists or bytes: {columns}.",
        n=number(len(columns)),
        columns=listing(columns),
    )
    return issue("understood", file, "", (), wrong)
