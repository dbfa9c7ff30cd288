"""A writer of old Excel workbooks (BIFF8 in an OLE2 file), as small as a reader lets it be."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import date

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_DATE_FORMAT = 14
ERROR = object()
"""A cell that holds ``#DIV/0!``."""

Cell = object


def old_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], hidden: Sequence[str] = ()) -> bytes:
    """The sheets (name: rows of cells) as the content of an .xls file."""
    formats = b"".join(_record(0xE0, struct.pack("<HHH", 0, number, 0) + bytes(14)) for number in (0, _DATE_FORMAT))
    bounds = [8 + len(name.encode("utf-16-le")) + 4 for name in sheets]
    at = len(_begin(5)) + len(formats) + sum(bounds) + 4
    index, bodies = b"", b""
    for name, rows in sheets.items():
        written = _begin(16) + b"".join(_cell(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row))
        written += _record(0x0A, b"")
        index += _record(0x85, struct.pack("<IBB", at + len(bodies), int(name in hidden), 0) + _short(name))
        bodies += written
    return _compound(_begin(5) + formats + index + _record(0x0A, b"") + bodies)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 6))


def _short(name: str) -> bytes:
    return struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")


def _cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if cell is None:
        return b""
    if cell is ERROR:
        return _record(0x0205, place + struct.pack("<BB", 7, 1))
    if isinstance(cell, bool):
        return _record(0x0205, place + struct.pack("<BB", cell, 0))
    if isinstance(cell, date):
        days = (cell - date(1899, 12, 30)).days
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, days))
    if isinstance(cell, int | float):
        return _record(0x0203, place + struct.pack("<d", cell))
    text = str(cell)
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """One stream called Workbook in an OLE2 file; shorter ones than 4096 bytes would stand elsewhere."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    first = tables + 1
    chain = [_FAT] * tables + [_END] + [*range(first + 1, first + sectors), _END]
    chain += [_FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written), kind, 1)
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
