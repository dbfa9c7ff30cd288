"""What a workbook of Excel (.xlsx) holds beside the values of its cells.

Those are errors and formulas without a stored result, for both of which the reader of the values gives an empty cell,
whole numbers longer than a floating-point number can hold, merged cells, and what is hidden. They are read from the
marks of each sheet without building a tree of it, which takes a tenth of the time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string, range_boundaries

from data.reading.workbook import Beside, Layout, Merged

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)[0-9]+"[^>]*[^>/]>')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_WORD = re.compile(rb'\bt="(?!n")')
_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_LONG = re.compile(rb"-?[0-9]{16,}")
_TOLD = re.compile(rb'\bt="e"|>-?[0-9]{16,}<')
"""Whether any cell of a sheet has to be looked at by itself."""

_MARK = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")


def beside(content: bytes) -> list[Beside]:
    """What stands beside the cells, sheet by sheet. Raises whatever a damaged archive does."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.testzip() is not None:
            raise zipfile.BadZipFile
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(1024):
                raise zipfile.BadZipFile
        there = set(archive.namelist())
        return [_of_sheet(archive.read(path) if path in there else b"") for path in _paths(archive)]


def _paths(archive: zipfile.ZipFile) -> Iterator[str]:
    """Where each sheet of the workbook stands in the archive, in their order."""
    told = ET.fromstring(archive.read(RELATIONS))  # noqa: S314 - without a DOCTYPE nothing in it expands
    targets = {entry.get("Id", ""): entry.get("Target", "") for entry in told}
    book = ET.fromstring(archive.read(WORKBOOK))  # noqa: S314
    for sheet in (entry for entry in book.iter() if _local(entry.tag) == "sheet"):
        at = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), "")
        target = targets.get(at, "")
        yield target[1:] if target.startswith("/") else normpath(join("xl", target))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _of_sheet(text: bytes) -> Beside:
    rows = _ROW.findall(text)
    last = max((_attribute(tag, b"r") for tag in rows), default=0) or len(rows)
    widest = max((column_index_from_string(letters.decode()) for letters in set(_CELL.findall(text))), default=0)
    formulas = sum(1 for _ in _FORMULA.finditer(text))
    uncomputed = tuple(found.decode() for found in _UNCOMPUTED.findall(text)) if formulas else ()
    errors = dict(_texts(text)) if _TOLD.search(text) else {}
    cells = max(last * widest, sum(1 for _ in _VALUE.finditer(text)))
    return Beside(errors, formulas, uncomputed, _layout(text, rows), cells)


def _texts(text: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells, by row and column from 0, whose own text is needed: errors, and whole numbers beyond 15 digits."""
    row, column = -1, -1
    for found in _MARK.finditer(text):
        kind, told = found.group(1), found.group(2)
        if kind == b"row":
            row, column = (_attribute(told, b"r") or row + 2) - 1, -1
            continue
        at = re.search(rb'\br="([A-Z]+)([0-9]+)"', told)
        column = column_index_from_string(at.group(1).decode()) - 1 if at else column + 1
        row = int(at.group(2)) - 1 if at else row
        end = text.find(b"<", found.end())
        value = _VALUE.match(text, end) if not told.endswith(b"/") else None
        if value is None and not told.endswith(b"/"):
            value = _VALUE.search(text, end, _end(text, end))
        wanted = _ERROR.search(told) or (value and _WORD.search(told) is None and _LONG.fullmatch(value.group(1)))
        if value is not None and wanted:
            yield (row, column), value.group(1).decode("utf-8", "replace").strip()


def _end(text: bytes, start: int) -> int:
    """Where the cell ends in which ``start`` lies."""
    found = re.compile(rb"</(?:\w+:)?c>").search(text, start)
    return found.start() if found else len(text)


def _layout(text: bytes, rows: list[bytes]) -> Layout:
    merged = []
    for ref in (found.decode() for found in _MERGED.findall(text)):
        left, top, right, bottom = range_boundaries(ref)
        merged.append(Merged(ref, top, bottom, left, right))
    hidden = (_attribute(tag, b"r") for tag in rows if _HIDDEN.search(tag))
    columns = (
        (_attribute(tag, b"min"), _attribute(tag, b"max")) for tag in _COLUMN.findall(text) if _HIDDEN.search(tag)
    )
    return Layout(tuple(merged), frozenset(hidden), tuple(columns))


def _attribute(tag: bytes, name: bytes) -> int:
    """A number that an element gives; 0 where it does not."""
    found = re.search(rb'\b%s="([0-9]+)"' % name, tag)
    return int(found.group(1)) if found else 0
