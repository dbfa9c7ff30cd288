"""What is said of the text of a file: in which encoding it was read, and which line holds the names of the columns."""

from __future__ import annotations

from collections.abc import Sequence

from data.reading.issue import Issue, counted, issue, listing

Rows = Sequence[int]

ENCODINGS = {
    "cp932": "Japanese Windows (Shift JIS, code page 932)",
    "euc_jp": "older Japanese systems (EUC-JP)",
    "iso2022_jp": "Japanese mail (JIS, ISO-2022-JP)",
    "cp1252": "Western European Windows (code page 1252)",
    "mac_roman": "Western European Macintosh (Mac Roman)",
    "cp850": "Western European DOS (code page 850)",
    "cp1250": "Central European Windows (code page 1250)",
    "cp1251": "Cyrillic Windows (code page 1251)",
    "big5": "traditional Chinese (Big5)",
    "gb18030": "simplified Chinese (GB 18030)",
    "cp949": "Korean Windows (code page 949)",
}
"""The encodings of text that is no Unicode, as their users call them."""


def read_as(file: str, encoding: str, examples: Sequence[str], *, chosen: bool) -> Issue:
    """A file whose encoding was guessed or ``chosen``; the examples show whether that is right."""
    shown = f": {listing(examples)}" if examples else ""
    how = "The characters were read as chosen, in" if chosen else "The file does not tell its encoding. Guessed:"
    remedy = "" if chosen else "If these words look wrong, choose another encoding above."
    return issue("understood", file, "", (), f"{how} {ENCODINGS[encoding]}{shown}.", remedy)


def undecided_encoding(file: str) -> Issue:
    """A file that can be read in several encodings, none of which is more likely than the others."""
    wrong = "The characters of this file can be read in several encodings, and nothing tells which is right."
    remedy = "Choose above the one in which its words look right, or save it as CSV UTF-8 or as .xlsx."
    return issue("error", file, "", (), wrong, remedy)


def lines_above_header(file: str, rows: Rows, titles: Sequence[str], header: int) -> Issue:
    """Titles or remarks above the names of the columns."""
    above = counted(len(rows), "line above the header is", "lines above the header are")
    wrong = f"{above} left out: {listing(titles)}. Line {header} holds the names of the columns."
    return issue("understood", file, "", rows, wrong)


def unknown_encoding(file: str) -> Issue:
    """A file of which no encoding makes sense, or in which some characters are damaged."""
    wrong = "The characters of this file cannot be read: their encoding is not known, or some are damaged."
    return issue("error", file, "", (), wrong, "In Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx.")
