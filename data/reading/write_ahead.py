"""A database of SQLite with the changes that stand in the write-ahead log beside it, put together in memory.

SQLite itself would have to write an index of the log (``-shm``) beside the database, which a copy and a folder that may
only be read do not have. The form of the log is described in "Database File Format", section 4, at sqlite.org.
"""

from __future__ import annotations

import struct

_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_ORDERS = {0x377F0682: "<", 0x377F0683: ">"}
"""The first number of a log, and the order of bytes in which its sums are taken."""

_VERSIONS = slice(18, 20)
"""Where a database says that it has such a log (2) or none (1), for writing and reading."""

Sums = tuple[int, int]


def with_pending(database: bytes, log: bytes) -> bytes:
    """The database as of the last change that is complete in the log; what was not committed is left out."""
    if len(log) < _HEADER.size:
        return _without_log(database)
    magic, _, size, _, *salts, first, second = _HEADER.unpack_from(log)
    order = _ORDERS.get(magic, "")
    sums = _sums(log[: _HEADER.size - 8], order, (0, 0)) if order else (0, 0)
    if not order or sums != (first, second):
        return _without_log(database)
    pages: dict[int, bytes] = {}
    begun: dict[int, bytes] = {}
    pages_in_all, at = 0, _HEADER.size
    while at + _FRAME.size + size <= len(log):
        page, after, *told, first, second = _FRAME.unpack_from(log, at)
        content = log[at + _FRAME.size : at + _FRAME.size + size]
        sums = _sums(content, order, _sums(log[at : at + 8], order, sums))
        if told != salts or sums != (first, second):
            break
        begun[page] = content
        if after:
            pages |= begun
            begun, pages_in_all = {}, after
        at += _FRAME.size + size
    whole = bytearray(database)
    if pages:
        whole = whole[: pages_in_all * size].ljust(pages_in_all * size, b"\0")
        for page, content in pages.items():
            if page <= pages_in_all:
                whole[(page - 1) * size : page * size] = content
    return _without_log(bytes(whole))


def _sums(content: bytes, order: str, start: Sums) -> Sums:
    """The two sums of the log over some of its bytes, going on from ``start``."""
    one, two = start
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _without_log(database: bytes) -> bytes:
    """The database saying that it has no log: one in memory can have none."""
    whole = bytearray(database)
    whole[_VERSIONS] = b"\x01\x01"
    return bytes(whole)
