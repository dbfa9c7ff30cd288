"""Uploaded bytes to sheets of text: text with separators, workbooks, SAS, SPSS, Stata, Parquet, and ZIPs of them.

Nothing goes to disk.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from python_calamine import PasswordError

from data.paper import remarks
from data.reading import (
    excel,
    old_excel,
    open_document,
    parquet_file,
    spreadsheet,
    statistics_file,
    statistics_messages,
    text_messages,
)
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
    files_of_tables,
    kind_of_workbook,
)

_OTHER_FILES = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"<html", b"<!doc", b"<?xml", b"{\\rtf")


def sheets_in(
    files: Mapping[str, bytes], known: Known | None = None
) -> tuple[tuple[Sheet, ...], tuple[Issue, ...], tuple[GuessedText, ...]]:
    """Every sheet of the files (name: content), what could not be read, and the files whose encoding is a guess.

    The content decides the kind of a file.
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
    if not content.strip():
        yield remarks.empty_file(name)
    elif content.startswith(old_excel.MAGIC):
        yield from _of_old_excel(name, content, known)
    elif content.startswith(b"PK"):
        yield from _of_archive(name, content, known)
    elif statistics_file.is_other_sas(content):
        yield statistics_messages.other_sas(name)
    elif statistics_file.is_portable_spss(content):
        yield statistics_messages.portable_spss(name)
    elif (kind := statistics_file.kind_of(content)) is not None:
        yield from _read(name, statistics_file.parts(name, kind, content, known, LIMITS), kind.name)
    elif content.startswith(parquet_file.MAGIC):
        yield from _read(name, parquet_file.parts(name, content, LIMITS), "Parquet")
    elif content[:512].lstrip().lower().startswith(_OTHER_FILES) or _binary(content):
        yield remarks.not_a_table(name)
    else:
        yield from _of_text(name, content, known)


def _binary(content: bytes) -> bool:
    return b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")


def _read(name: str, parts: Iterator[Part], program: str) -> Iterator[Part]:
    """What a reader of another program's files gives, or why it could not read one."""
    try:
        found = tuple(parts)
    except TooLargeError:
        yield remarks.expands_too_far(name, LIMITS.expanded_megabytes)
    except TooManyError:
        yield LIMITS.too_many(name)
    except MemoryError:
        raise
    except Exception as failure:
        if "allocate memory" in str(failure):  # how the reader of SAS, SPSS and Stata says it
            raise MemoryError from failure
        yield statistics_messages.damaged(name, program)
    else:
        yield from found


def _of_old_excel(name: str, content: bytes, known: Known) -> Iterator[Part]:
    """The sheets of an .xls file; the same container also holds .xlsx workbooks with a password."""
    most = (LIMITS.rows, LIMITS.columns, LIMITS.workbook_cells)
    try:
        sheets = tuple(spreadsheet.worksheets(content, old_excel.beside, *most))
    except TooManyCellsError:
        yield remarks.too_many_cells(name, LIMITS.workbook_cells)
    except PasswordError:
        yield remarks.locked_workbook(name)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged workbook can fail anywhere in its reader
        locked = "EncryptedPackage".encode("utf-16-le") in content
        yield (remarks.locked_workbook if locked else remarks.broken_workbook)(name)
    else:
        yield from _of_workbook(name, sheets, known)


def _of_archive(name: str, content: bytes, known: Known) -> Iterator[Part]:
    """The sheets of a workbook, which is an archive itself, or the files of any other archive."""
    kind = ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = kind_of_workbook(archive)
            checked(archive, LIMITS.expanded_megabytes * 2**20)
            files, others = ({}, ()) if kind else files_of_tables(archive)
        sheets = tuple(_worksheets(kind, content))
    except TooLargeError:
        yield (remarks.workbook_too_large if kind else remarks.expands_too_far)(name, LIMITS.expanded_megabytes)
    except TooManyCellsError:
        yield remarks.too_many_cells(name, LIMITS.workbook_cells)
    except PasswordError:
        yield remarks.locked_workbook(name)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged workbook can fail anywhere in its reader
        zipped = PurePath(name.lower()).suffix == ".zip" and not kind
        yield (remarks.broken_archive if zipped else remarks.broken_workbook)(name)
    else:
        if kind == "xlsb":
            yield remarks.binary_workbook(name)
        else:
            yield from _of_workbook(name, sheets, known) if kind else _of_files(name, files, others, known)


def _worksheets(kind: str, content: bytes) -> Iterator[Worksheet]:
    most = (LIMITS.rows, LIMITS.columns, LIMITS.workbook_cells)
    if kind == "xlsx":
        yield from spreadsheet.worksheets(content, excel.beside, *most)
    elif kind == "ods":
        yield from spreadsheet.worksheets(content, open_document.beside, *most)


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


def _of_files(name: str, files: Mapping[str, bytes], others: tuple[str, ...], known: Known) -> Iterator[Part]:
    if not files:
        yield remarks.archive_without_tables(name, tuple(map(unmarked, others)))
    elif others:
        yield remarks.archive_left_out(name, tuple(map(unmarked, others)))
    for path, content in files.items():
        inner = unmarked(PurePath(path).name)
        yield from (remarks.archive_inside(inner),) if _is_archive(content) else _parts(inner, content, known)


def _is_archive(content: bytes) -> bool:
    """Whether a file is an archive of other files, and no workbook."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not kind_of_workbook(archive)
    except Exception:  # noqa: BLE001 - a damaged archive can fail anywhere
        return False


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
