"""What an old Excel file (.xls) holds beside the values of its cells: errors, formulas, hidden rows and columns.

The reader of the values gives an empty cell for an error, which nobody would notice. The file is an OLE2 container
([MS-CFB]) whose stream ``Workbook`` is a sequence of records ([MS-XLS]); only the few named here are looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from data.reading.workbook import Beside, Layout, Merged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_BOUNDSHEET, _BEGIN, _END = 0x85, 0x809, 0x0A
_FORMULA, _BOOLEAN_OR_ERROR, _ROW, _COLUMNS, _MERGED = 0x06, 0x205, 0x208, 0x7D, 0xE5
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def streams(content: bytes) -> dict[str, bytes]:
    """The streams of an OLE2 container by their names, those of fewer than 4096 bytes left out.

    Raises ValueError, struct.error or IndexError for a damaged one.
    """
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if not 512 <= size <= 4096:
        raise ValueError
    tables = list(struct.unpack_from("<109I", content, 76))
    further, count = struct.unpack_from("<II", content, 68)
    for _ in range(count):
        more = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        tables += more[:-1]
        further = more[-1]
    following: list[int] = []
    for table in (table for table in tables if table < _LAST_SECTOR):
        following += struct.unpack_from(f"<{size // 4}I", content, (table + 1) * size)

    def chain(at: int) -> bytes:
        parts: list[bytes] = []
        while at < _LAST_SECTOR:
            parts.append(content[(at + 1) * size : (at + 2) * size])
            at = following[at]
            if len(parts) > len(following):
                raise ValueError
        return b"".join(parts)

    directory = chain(struct.unpack_from("<I", content, 48)[0])
    found = {}
    for at in range(0, len(directory), _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, length_of_stream = struct.unpack_from("<II", directory, at + 116)
        if kind == 2 and length_of_stream >= 4096:
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            found[name] = chain(start)[:length_of_stream]
    return found


def beside(content: bytes) -> list[Beside]:
    """What stands beside the cells, sheet by sheet. Raises as ``streams`` does, and KeyError for another container."""
    found = streams(content)
    stream = found["Workbook"] if "Workbook" in found else found["Book"]
    sheets = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _BOUNDSHEET]
    return [_of_sheet(stream, at) for at in sheets]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, to its end; those of charts inside it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _of_sheet(stream: bytes, at: int) -> Beside:
    errors: dict[tuple[int, int], str] = {}
    formulas, merged, rows, columns = 0, list[Merged](), set[int](), list[tuple[int, int]]()
    for kind, data in _records(stream, at):
        if kind == _FORMULA:
            formulas += 1
            row, column, _, result, _, error, _, mark = struct.unpack_from("<HHHBBBBxxH", data)
            if mark == 0xFFFF and result == 2:
                errors[row, column] = _ERRORS.get(error, "#ERROR!")
        elif kind == _BOOLEAN_OR_ERROR and data[7]:
            row, column = struct.unpack_from("<HH", data)
            errors[row, column] = _ERRORS.get(data[6], "#ERROR!")
        elif kind == _ROW and struct.unpack_from("<H", data, 12)[0] & 0x20:
            rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            columns.append((first + 1, last + 1))
        elif kind == _MERGED:
            merged += [_merged(*struct.unpack_from("<4H", data, at)) for at in range(2, len(data) - 7, 8)]
    return Beside(errors, formulas, (), Layout(tuple(merged), frozenset(rows), tuple(columns)))


def _merged(top: int, bottom: int, left: int, right: int) -> Merged:
    ref = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
    return Merged(ref, top + 1, bottom + 1, left + 1, right + 1)
