"""What is said of the text of a file: in which encoding it was read, and which line holds the names of the columns."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, issue, listing, number

Rows = Sequence[int]

ENCODINGS = {
    "cp932": say("Japanese Windows (Shift JIS, code page 932)"),
    "euc_jp": say("older Japanese systems (EUC-JP)"),
    "iso2022_jp": say("Japanese mail (JIS, ISO-2022-JP)"),
    "cp1252": say("Western European Windows (code page 1252)"),
    "mac_roman": say("Western European Macintosh (Mac Roman)"),
    "cp850": say("Western European DOS (code page 850)"),
    "cp1250": say("Central European Windows (code page 1250)"),
    "cp1251": say("Cyrillic Windows (code page 1251)"),
    "big5": say("traditional Chinese (Big5)"),
    "gb18030": say("simplified Chinese (GB 18030)"),
    "cp949": say("Korean Windows (code page 949)"),
}
"""The encodings of text that is no Unicode, as their users call them."""


def read_as(file: str, encoding: str, examples: Sequence[str], *, chosen: bool) -> Issue:
    """A file whose encoding was guessed or ``chosen``; the examples show whether that is right."""
    shown = f": {listing(examples)}" if examples else ""
    name = ENCODINGS[encoding]
    if chosen:
        said = say("The characters were read as chosen, in {encoding}{shown}.", encoding=name, shown=shown)
        return issue("understood", file, "", (), said)
    said = say("The file does not state its encoding. Guessed: {encoding}{shown}.", encoding=name, shown=shown)
    return issue("understood", file, "", (), said, say("If these words look wrong, choose another encoding above."))


def undecided_encoding(file: str) -> Issue:
    """A file that can be read in several encodings, none of which is more likely than the others."""
    wrong = say("The characters of this file can be read in several encodings, and nothing shows which is right.")
    remedy = say("Choose above the one in which its words look right, or save it as CSV UTF-8 or as .xlsx.")
    return issue("error", file, "", (), wrong, remedy)


def lines_above_header(file: str, rows: Rows, titles: Sequence[str], header: int) -> Issue:
    """Titles or remarks above the names of the columns."""
    wrong = say_counted(
        len(rows),
        "{rows} line above the header is left out: {titles}. Line {header} holds the names of the columns.",
        "{rows} lines above the header are left out: {titles}. Line {header} holds the names of the columns.",
        titles=listing(titles),
        header=header,
        rows=number(len(rows)),
    )
    return issue("understood", file, "", rows, wrong)


def column_again(file: str, column: str, first: str, *, same: bool) -> Issue:
    """A second column of one name, ``column`` here, with the ``same`` content as the ``first`` or with another."""
    if same:
        wrong = say("The column “{first}” is there twice with the same content, and is read once.", first=first)
        return issue("understood", file, first, (), wrong)
    wrong = say(
        "The column “{first}” is there twice with different content. The second is called “{column}” here.",
        first=first,
        column=column,
    )
    return issue("warning", file, first, (), wrong, say("Choose what each of them is under “What every column is”."))


def lines_below(file: str, rows: Rows, found: Sequence[str]) -> Issue:
    """Sums, means and remarks below the table."""
    wrong = say_counted(
        len(rows),
        "{rows} line below the table holds no patient and is left out: {found}.",
        "{rows} lines below the table hold no patient and are left out: {found}.",
        found=listing(found),
        rows=number(len(rows)),
    )
    return issue("understood", file, "", rows, wrong)


def repeated_header(file: str, rows: Rows) -> Issue:
    """The names of the columns once more below the header, as pages and joined files have them."""
    wrong = say_counted(
        len(rows),
        "{rows} line repeats the header and is left out: it holds no record.",
        "{rows} lines repeat the header and are left out: they hold no record.",
        rows=number(len(rows)),
    )
    return issue("understood", file, "", rows, wrong)


def units_below_header(file: str, rows: Rows, units: Sequence[str]) -> Issue:
    """The units of the columns in a row of their own."""
    wrong = say_counted(
        len(rows),
        "The line below the header holds units and no record: {units}. They count as if they stood in the header.",
        "The lines below the header hold units and no record: {units}. They count as if they stood in the header.",
        units=listing(units),
    )
    return issue("understood", file, "", rows, wrong)


def doubtful_units(file: str, row: int, cells: Sequence[str]) -> Issue:
    """A row below the header with units and other words, or with units that contradict the header."""
    wrong = say(
        "The line below the header looks like units, but not all of it agrees with that or with the header: {cells}.",
        cells=listing(cells),
    )
    remedy = say("Remove the line if it is no record. A unit can stand behind the name, as in “last_day (months)”.")
    return issue("error", file, "", (row,), wrong, remedy)


def names_in_another_order(file: str, row: int) -> Issue:
    """A second table below the first, its columns in another order."""
    wrong = say("The line names the columns in another order than the header; nothing from there on was read.")
    remedy = say("Bring the lines below it into the order of the header and remove this line.")
    return issue("error", file, "", (row,), wrong, remedy)


def unseparated(file: str, header: str) -> Issue:
    """Text in which neither commas, semicolons, tabs nor bars separate the cells."""
    wrong = say("Nothing that is known separates the names of the columns: “{header}”.", header=header)
    return issue(
        "error", file, "", (), wrong, say("Save it as CSV (separated by commas, semicolons or tabs) or as .xlsx.")
    )


def unknown_encoding(file: str) -> Issue:
    """A file of which no encoding makes sense, or in which some characters are damaged."""
    wrong = say("The characters of this file cannot be read: their encoding is not known, or some are damaged.")
    return issue("error", file, "", (), wrong, say("In Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx."))
