"""A table in print: headings and cells as text, first column left, the others right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """``columns`` (C,) headings and ``rows`` of C cells.

    ``texts`` names the columns, beside the first, that hold words and stand at the left; ``strong`` the rows printed as
    headings of a block, ``inner`` those indented under the row above them. A ``light`` caption is not emphasized.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    strong: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    light: bool = False
