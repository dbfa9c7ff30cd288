"""Uploaded bytes to sheets of text: CSV in Excel's encodings and separators (also zipped), or a workbook.

Nothing goes to disk.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from data.paper import remarks
from data.reading import text_messages
from data.reading.cells import unmarked
from data.reading.encoding import decoded
from data.reading.header import is_unseparated
from data.reading.issue import Issue
from data.reading.layout import GUIDES
from data.reading.sheet import LIMITS, GuessedText, Known, Part, Sheet, TooManyError, sheet_of_lines
from data.reading.text_file import UnclosedError, rows_of, separator
from data.reading.workbook import (
    TooLargeError,
    TooManyCellsError,
    Worksheet,
    checked,
    csv_files,
    is_workbook,
    worksheets,
)

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAS_TRANSPORT = b"HEADER RECORD*******"
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<html", b"<!doc", b"<?xml", b"{\\rtf")


def sheets_in(
    files: Mapping[str, bytes], known: Known | None = None
) -> tuple[tuple[Sheet, ...], tuple[Issue, ...], tuple[GuessedText, ...]]:
    """Every sheet of the files (name: content), what could not be read, and the files whose encoding is a guess.

    Its content tells the kind of a file.
    """
    if sum(len(content) for content in files.values()) > LIMITS.megabytes * 2**20:
        return (), (remarks.too_large("", LIMITS.megabytes),), ()
    found: list[Sheet] = []
    issues: list[Issue] = []
    guessed: list[GuessedText] = []
    cells = 0
    for path, content in files.items():
        name = unmarked(PurePath(path).name)
        for part in _parts(name, content, known or Known()):
            if isinstance(part, Sheet):
                cells += part.cells.size
                if cells > LIMITS.cells:
                    return (), (LIMITS.too_many(name),), ()
                found.append(part)
            elif isinstance(part, GuessedText):
                guessed.append(part)
            else:
                issues.append(part)
    return tuple(found), tuple(issues), tuple(guessed)


def _parts(name: str, content: bytes, known: Known) -> Iterator[Part]:
    start = content[:512].lstrip().lower()
    if not content.strip():
        yield remarks.empty_file(name)
    elif content.startswith(_OLD_EXCEL):
        yield remarks.old_or_locked_workbook(name)
    elif content.startswith(b"PK"):
        yield from _of_archive(name, content, known)
    elif content.startswith(_SAS_TRANSPORT):
        yield remarks.sas_transport(name)
    elif start.startswith(tuple(other.lower() for other in _OTHER_FILES)) or _binary(content):
        yield remarks.not_a_table(name)
    else:
        yield from _of_text(name, content, known)


def _binary(content: bytes) -> bool:
    return b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")


def _of_archive(name: str, content: bytes, known: Known) -> Iterator[Part]:
    """The sheets of a workbook, which is an archive itself, or the CSV files of any other archive."""
    workbook = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            workbook = is_workbook(archive)
            checked(archive, LIMITS.expanded_megabytes * 2**20)
            texts, others = ({}, ()) if workbook else csv_files(archive)
        sheets = tuple(worksheets(content, LIMITS.rows, LIMITS.columns, LIMITS.workbook_cells)) if workbook else ()
    except TooLargeError:
        yield (remarks.workbook_too_large if workbook else remarks.expands_too_far)(name, LIMITS.expanded_megabytes)
    except TooManyCellsError:
        yield remarks.too_many_cells(name, LIMITS.workbook_cells)
    except Exception:  # noqa: BLE001 - a damaged workbook can fail anywhere in its reader
        zipped = PurePath(name.lower()).suffix == ".zip" and not workbook
        yield (remarks.broken_archive if zipped else remarks.broken_workbook)(name)
    else:
        yield from _of_workbook(name, sheets, known) if workbook else _of_files(name, texts, others, known)


def _of_workbook(name: str, sheets: tuple[Worksheet, ...], known: Known) -> Iterator[Part]:
    if not any(sheet.rows for sheet in sheets):
        yield remarks.empty_file(name)
    for sheet in sheets:
        title = unmarked(sheet.title)
        if sheet.rows and title not in GUIDES:
            told = list[Issue]()
            if sheet.uncomputed:
                told.append(remarks.uncomputed_formulas(title, sheet.uncomputed))
            elif sheet.formulas:
                told.append(remarks.formulas_read(title, sheet.formulas))
            yield from sheet_of_lines(title, sheet.rows, known, LIMITS, workbook=True, told=told, layout=sheet.layout)


def _of_files(name: str, texts: Mapping[str, bytes], others: tuple[str, ...], known: Known) -> Iterator[Part]:
    if not texts:
        yield remarks.archive_without_tables(name, tuple(map(unmarked, others)))
    elif others:
        yield remarks.archive_left_out(name, tuple(map(unmarked, others)))
    for path, text in texts.items():
        inner = unmarked(PurePath(path).name)
        yield from (remarks.not_a_table(inner),) if text.startswith(b"PK") else _parts(inner, text, known)


def _of_text(name: str, content: bytes, known: Known) -> Iterator[Part]:
    read = decoded(content, known.encodings.get(name, ""))
    if read is None:
        yield text_messages.unknown_encoding(name)
        return
    if read.readings:
        yield GuessedText(name, read.encoding, read.readings)
    if not read.encoding:
        yield text_messages.undecided_encoding(name)
        return
    if read.readings:
        yield text_messages.read_as(name, read.encoding, read.examples, chosen=read.chosen)
    mark = separator(read.text, known.names)
    try:
        rows = rows_of(read.text, mark, LIMITS.rows, LIMITS.columns, LIMITS.cells)
    except UnclosedError as unclosed:
        yield remarks.broken_text(name, unclosed.args[0])
        return
    except TooManyError:
        yield LIMITS.too_many(name)
        return
    if is_unseparated(rows, known.names):
        yield text_messages.unseparated(name, next(cell for row in rows for cell in row if cell))
        return
    yield from sheet_of_lines(name, rows, known, LIMITS, workbook=False, decimal_comma=mark != ",")
